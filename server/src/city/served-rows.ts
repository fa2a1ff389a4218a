import { addDays, isWorkingDay, type PlainDate, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import { firstContactDue } from '@yingdeng/rules/contact.ts';
import { servedGroupNames, servedGroups } from '@yingdeng/rules/served.ts';
import { personKey } from '../platform/identity.ts';
import { officeTime } from './noted.ts';
import { Random } from './random.ts';
import { accountId, clerkOf, neighbourOf, type PersonRows } from './row-context.ts';
import type { CityAccount } from './staff.ts';

/** One in twenty-five people of the city has a neighbour who stands on a list of the three groups and is not registered. */
const SHARE = 0.04;

/** What was said to whom, and what was not answered. */
const spoken = ['了解情况，暂未就业，推送了岗位信息', '正在备考，愿意先了解见习岗位', '在家照看孩子，希望就近灵活就业'];

/** A person of the three groups as a list brought him or her; older ones were contacted, the latest still wait (M79-1b). */
export function servedRow(rows: PersonRows): void {
  const { context, history, add } = rows;
  const { person, episodes } = history;
  const random = new Random(context.seed, 22, person.index);
  if (!random.chance(SHARE)) return;
  const office = episodes[0]!.application.office;
  const division = office.slice(0, 6);
  const group = random.pick(servedGroupNames);
  const young = group === 'graduates';
  const { name, idNumber } = neighbourOf(rows, random, division, young ? '2002-01-01' : '1978-01-01');
  const { personId, hash } = personKey(context.crypto, idNumber);
  // The latest list came this week.
  const arrivedOn = addDays(context.asOf, -(random.chance(0.4) ? random.between(0, 4) : random.between(5, 45)));
  const due = firstContactDue(arrivedOn, context.law.policy(division, arrivedOn), shippedCalendar);
  const contactedOn = addDays(arrivedOn, random.between(1, 4));
  const contacted = contactedOn < addDays(context.asOf, -3);
  const clerk = clerkOf(rows, office);
  const id = rows.id();
  const contacts = contactsOf(random, context.asOf, contacted ? contactedOn : undefined, arrivedOn);
  const met = contacts.filter(({ reached }) => reached);
  add(
    'served_person',
    context.tenant,
    id,
    division,
    office,
    personId,
    hash,
    group,
    servedGroups[group].sources[0],
    name,
    context.crypto.seal({ idNumber }),
    context.crypto.seal({ mobile: `154${String(10_000_000 + person.index).slice(-8)}` }),
    young ? null : addDays(arrivedOn, -20),
    young ? null : addDays(arrivedOn, 160),
    young ? random.pick(['软件技术专业', '护理专业', '会计专业', '机电一体化专业']) : '',
    arrivedOn,
    due?.due ?? arrivedOn,
    met[0]?.at,
    met.at(-1)?.at.slice(0, 7),
    JSON.stringify(due ? { firstContactWorkingDays: { value: due.workingDays, citation: due.citation } } : {}),
    `${arrivedOn}T09:00:00+08:00`,
    clerk.name,
  );
  for (const contact of contacts) contactRow(rows, { id, personId, office, clerk }, contact, random);
}

interface ServedContact {
  readonly at: string;
  readonly reached: boolean;
}

/** Attempts before, the first contact, and for most of those seen in an earlier month the one of this month. */
function contactsOf(
  random: Random,
  asOf: PlainDate,
  first: PlainDate | undefined,
  arrivedOn: PlainDate,
): ServedContact[] {
  const attempted = first ?? addDays(asOf, -1);
  const contacts: ServedContact[] = [];
  if (random.chance(0.3) && attempted > arrivedOn) contacts.push({ at: `${arrivedOn}T16:40:00+08:00`, reached: false });
  if (!first) return contacts;
  contacts.push({ at: `${first}T10:30:00+08:00`, reached: true });
  const day = addDays(asOf, -random.between(0, Number(asOf.slice(8)) - 1));
  if (first.slice(0, 7) < asOf.slice(0, 7) && random.chance(0.6) && isWorkingDay(day, shippedCalendar))
    contacts.push({ at: officeTime(random, day), reached: true });
  return contacts;
}

function contactRow(
  { context, add, id }: PersonRows,
  served: { id: string; personId: string; office: string; clerk: CityAccount },
  { at, reached }: ServedContact,
  random: Random,
): void {
  add(
    'served_contact',
    context.tenant,
    id(),
    served.id,
    served.personId,
    served.office,
    'telephone',
    reached ? 'contact' : 'attempt',
    reached ? 'reached' : 'noAnswer',
    at,
    at.slice(0, 7),
    accountId(context, served.clerk),
    served.clerk.name,
    reached ? random.pick(spoken) : '',
  );
}
