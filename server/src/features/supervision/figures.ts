import { type Role, roleNames } from '@yingdeng/rules/access.ts';
import { addDays } from '@yingdeng/rules/calendar.ts';
import { median, type Tally, tally } from '@yingdeng/rules/statistics/median.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Answer } from '../../platform/http.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import { accountsOf, type ColleagueRow, colleaguesOf, workingRoles } from '../desk/index.ts';
import { daysOf, keptContacts, keptDecisions, listRange } from '../worklist/index.ts';
import { contactDays, decisionDays } from './days.sql.ts';
import { forbiddenGrounds, openContacts, openDecisions, openExits } from './figures.sql.ts';
import { placesOf } from './places.ts';

type Answered = Answer<'getSupervisionFigures'>;
type Figures = Answered['total'];
/** Figures before they are shown: what adds up from office to office, so tallies of days instead of medians. */
export type Sums = Omit<Figures, 'decisionDays' | 'contactDays'> & { decisionDays: Tally; contactDays: Tally };

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

const none = (): Sums => ({
  decision: { open: 0, near: 0, late: 0 },
  contact: { open: 0, near: 0, late: 0 },
  exit: { open: 0, review: 0 },
  decided: { due: 0, kept: 0 },
  contacted: { due: 0, kept: 0 },
  decisionDays: new Map(),
  contactDays: new Map(),
  forbidden: 0,
});

/** Figures of one office and person, before they are added up. */
interface Cell {
  readonly office: string;
  readonly person: string | null;
  readonly part: Partial<Sums>;
}

/** Everything late, near and open of the range, and how the last thirty days were kept: by office and by person, all of one moment. */
export async function readFigures(context: Context, actor: Actor, now: Date): Promise<Answered> {
  const days = daysOf(context, now);
  const { since, today, sinceInstant } = windowOf(now);
  const { divisions, lo, hi } = listRange(actor, undefined, 'supervision.read');
  const { cells, colleagues } = await context.db.read(actor, async (tx) => {
    const [decision, contact, exit, decided, contacted, decisionTook, contactTook, forbidden, colleagues] =
      await Promise.all([
        tx.rows(openDecisions, divisions, lo, hi, days.today, days.near),
        tx.rows(openContacts, divisions, lo, hi, days.today, days.near),
        tx.rows(openExits, divisions, lo, hi),
        tx.rows(keptDecisions, divisions, lo, hi, since, today),
        tx.rows(keptContacts, divisions, lo, hi, since, today),
        tx.rows(decisionDays, divisions, lo, hi, since, today),
        tx.rows(contactDays, divisions, lo, hi, since, today),
        tx.rows(forbiddenGrounds, tenantsOf(actor.office), lo, hi, sinceInstant),
        tx.rows(colleaguesOf, workingRoles, lo, hi),
      ]);
    const cells: Cell[] = [
      ...decision.map(({ office, person, ...decision }) => ({ office, person, part: { decision } })),
      ...contact.map(({ office, person, ...contact }) => ({ office, person, part: { contact } })),
      ...exit.map(({ office, person, ...exit }) => ({ office, person, part: { exit } })),
      ...decided.map(({ office, person, ...decided }) => ({ office, person, part: { decided } })),
      ...contacted.map(({ office, person, ...contacted }) => ({ office, person, part: { contacted } })),
      ...decisionTook.map(({ office, person, days, count }) => ({
        office,
        person,
        part: { decisionDays: new Map([[days, count]]) },
      })),
      ...contactTook.map(({ office, person, days, count }) => ({
        office,
        person,
        part: { contactDays: new Map([[days, count]]) },
      })),
      ...forbidden.map(({ office, person, count }) => ({ office, person, part: { forbidden: count } })),
    ];
    const known = new Set(colleagues.map(({ id }) => id));
    const others = new Set(cells.flatMap(({ person }) => (person && !known.has(person) ? [person] : [])));
    return { cells, colleagues: [...colleagues, ...(others.size > 0 ? await tx.rows(accountsOf, [...others]) : [])] };
  });
  const total = none();
  const byPerson = new Map<string | null, Sums>();
  const byOffice = new Map<string, Sums>();
  for (const { office, person, part } of cells) {
    add(total, part);
    add(entry(byPerson, person), part);
    add(entry(byOffice, office), part);
  }
  return {
    on: today,
    since,
    until: addDays(today, -1),
    total: shown(total),
    offices: placesOf(context, actor, [...byOffice], { none, add, shown }),
    ...peopleOf(context, byPerson, colleagues),
  };
}

function entry<Key>(map: Map<Key, Sums>, key: Key): Sums {
  let figures = map.get(key);
  if (!figures) {
    figures = none();
    map.set(key, figures);
  }
  return figures;
}

function add(to: Sums, part: Partial<Sums>): void {
  for (const [name, value] of Object.entries(part)) {
    if (typeof value === 'number') to.forbidden += value;
    else if (value instanceof Map)
      for (const [days, count] of value) tally(to[name as 'decisionDays' | 'contactDays'], days, count);
    else {
      const sums = to[name as 'decision'] as Record<string, number>;
      for (const [figure, count] of Object.entries(value)) sums[figure] = (sums[figure] ?? 0) + count;
    }
  }
}

/** The sums as they are shown: medians of the tallies. */
function shown({ decisionDays, contactDays, ...rest }: Sums): Figures {
  return { ...rest, decisionDays: tookOf(decisionDays), contactDays: tookOf(contactDays) };
}

function tookOf(days: Tally): Figures['decisionDays'] {
  const middle = median(days);
  const done = [...days.values()].reduce((sum, count) => sum + count, 0);
  return { done, ...(middle === undefined ? {} : { median: middle }) };
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
  byPerson: ReadonlyMap<string | null, Sums>,
  accounts: readonly ColleagueRow[],
): Pick<Answered, 'people' | 'more'> {
  const people = accounts
    .map((account) => ({
      id: account.id,
      name: account.display_name,
      roleText: roleNames[account.role as Role],
      officeName: context.reference.officeName(account.office),
      closed: account.closed,
      figures: shown(byPerson.get(account.id) ?? none()),
    }))
    .sort((a, b) => weight(b.figures) - weight(a.figures));
  const nobodys = byPerson.get(null);
  const listed = people.slice(0, PEOPLE);
  return {
    people: nobodys
      ? [{ name: '未分派', roleText: '', officeName: '', closed: false, figures: shown(nobodys) }, ...listed]
      : listed,
    more: people.length - listed.length,
  };
}
