import { type Role, roleNames } from '@yingdeng/rules/access.ts';
import { addDays } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Answer } from '../../platform/http.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import { accountsOf, type ColleagueRow, colleaguesOf, workingRoles } from '../desk/index.ts';
import { daysOf, listRange } from '../worklist/index.ts';
import {
  forbiddenGrounds,
  keptContacts,
  keptDecisions,
  openContacts,
  openDecisions,
  openExits,
} from './figures.sql.ts';
import { placesOf } from './places.ts';

type Answered = Answer<'getSupervisionFigures'>;
/** The figures of one place or one person. */
export type Figures = Answered['total'];

/** Days whose due dates are looked back upon. */
const WINDOW_DAYS = 30;
/** People listed at most; a province's desk opens a city for the rest. */
const PEOPLE = 300;

/** The window of due dates that have run out: thirty days up to yesterday. */
export function windowOf(now: Date): { since: string; today: string; sinceInstant: Date } {
  const today = businessDate(now);
  const since = addDays(today, -WINDOW_DAYS);
  return { since, today, sinceInstant: new Date(`${since}T00:00:00+08:00`) };
}

const none = (): Figures => ({
  decision: { open: 0, near: 0, late: 0 },
  contact: { open: 0, near: 0, late: 0 },
  exit: { open: 0, review: 0 },
  decided: { due: 0, kept: 0 },
  contacted: { due: 0, kept: 0 },
  forbidden: 0,
});

/** Figures of one office and person, before they are added up. */
interface Cell {
  readonly office: string;
  readonly person: string | null;
  readonly part: Partial<Figures>;
}

/** Everything late, near and open of the range, and how the last thirty days were kept: by office and by person, all of one moment. */
export async function readFigures(context: Context, actor: Actor, now: Date): Promise<Answered> {
  const days = daysOf(context, now);
  const { since, today, sinceInstant } = windowOf(now);
  const { divisions, lo, hi } = listRange(actor, undefined, 'supervision.read');
  const { cells, colleagues } = await context.db.read(actor, async (tx) => {
    const [decision, contact, exit, decided, contacted, forbidden, colleagues] = await Promise.all([
      tx.rows(openDecisions, divisions, lo, hi, days.today, days.near),
      tx.rows(openContacts, divisions, lo, hi, days.today, days.near),
      tx.rows(openExits, divisions, lo, hi),
      tx.rows(keptDecisions, divisions, lo, hi, since, today),
      tx.rows(keptContacts, divisions, lo, hi, since, today),
      tx.rows(forbiddenGrounds, tenantsOf(actor.office), lo, hi, sinceInstant),
      tx.rows(colleaguesOf, workingRoles, lo, hi),
    ]);
    const cells: Cell[] = [
      ...decision.map(({ office, person, ...decision }) => ({ office, person, part: { decision } })),
      ...contact.map(({ office, person, ...contact }) => ({ office, person, part: { contact } })),
      ...exit.map(({ office, person, ...exit }) => ({ office, person, part: { exit } })),
      ...decided.map(({ office, person, ...decided }) => ({ office, person, part: { decided } })),
      ...contacted.map(({ office, person, ...contacted }) => ({ office, person, part: { contacted } })),
      ...forbidden.map(({ office, person, count }) => ({ office, person, part: { forbidden: count } })),
    ];
    const known = new Set(colleagues.map(({ id }) => id));
    const others = new Set(cells.flatMap(({ person }) => (person && !known.has(person) ? [person] : [])));
    return { cells, colleagues: [...colleagues, ...(others.size > 0 ? await tx.rows(accountsOf, [...others]) : [])] };
  });
  const total = none();
  const byPerson = new Map<string | null, Figures>();
  const byOffice = new Map<string, Figures>();
  for (const { office, person, part } of cells) {
    add(total, part);
    add(entry(byPerson, person), part);
    add(entry(byOffice, office), part);
  }
  return {
    on: today,
    since,
    until: addDays(today, -1),
    total,
    offices: placesOf(context, actor, [...byOffice], { none, add }),
    ...peopleOf(context, byPerson, colleagues),
  };
}

function entry<Key>(map: Map<Key, Figures>, key: Key): Figures {
  let figures = map.get(key);
  if (!figures) {
    figures = none();
    map.set(key, figures);
  }
  return figures;
}

function add(to: Figures, part: Partial<Figures>): void {
  for (const [name, value] of Object.entries(part)) {
    if (typeof value === 'number') to.forbidden += value;
    else {
      const sums = to[name as 'decision'] as Record<string, number>;
      for (const [figure, count] of Object.entries(value)) sums[figure] = (sums[figure] ?? 0) + count;
    }
  }
}

/** Late first, then near, then open; people with nothing stay in the list, so that work can be shared out to them. */
const weight = ({ decision, contact, exit }: Figures): number =>
  (decision.late + contact.late) * 1e8 +
  (decision.near + contact.near) * 1e4 +
  decision.open +
  contact.open +
  exit.open;

function peopleOf(
  context: Context,
  byPerson: ReadonlyMap<string | null, Figures>,
  accounts: readonly ColleagueRow[],
): Pick<Answered, 'people' | 'more'> {
  const people = accounts
    .map((account) => ({
      id: account.id,
      name: account.display_name,
      roleText: roleNames[account.role as Role],
      officeName: context.reference.officeName(account.office),
      closed: account.closed,
      figures: byPerson.get(account.id) ?? none(),
    }))
    .sort((a, b) => weight(b.figures) - weight(a.figures));
  const nobodys = byPerson.get(null);
  const shown = people.slice(0, PEOPLE);
  return {
    people: nobodys
      ? [{ name: '未分派', roleText: '', officeName: '', closed: false, figures: nobodys }, ...shown]
      : shown,
    more: people.length - shown.length,
  };
}
