import { addDays, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import { firstContactDue } from '@yingdeng/rules/contact.ts';
import { identityCheckDigit } from '@yingdeng/rules/identity-number.ts';
import { servedGroupNames, servedGroups } from '@yingdeng/rules/served.ts';
import { personKey } from '../platform/identity.ts';
import { givenName, surname } from './names.ts';
import { Random } from './random.ts';
import { clerkOf, type PersonRows } from './row-context.ts';

/** One in twenty-five people of the city has a neighbour who stands on a list of the three groups and is not registered. */
const SHARE = 0.04;

/** A person of the three groups as a list brought him or her; older ones were contacted, the latest still wait. */
export function servedRow(rows: PersonRows): void {
  const { context, history, add } = rows;
  const { person, episodes } = history;
  const random = new Random(context.seed, 22, person.index);
  if (!random.chance(SHARE)) return;
  const office = episodes[0]!.application.office;
  const division = office.slice(0, 6);
  const group = random.pick(servedGroupNames);
  const sex = random.chance(0.5) ? '1' : '2';
  const young = group === 'graduates';
  // Days and sequence numbers follow from the index: no two of a city are alike.
  const born = addDays(young ? '2002-01-01' : '1978-01-01', Math.floor(person.index / 500) % 1500);
  const sequence = String((person.index % 500) * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0');
  const first17 = `${division}${born.replaceAll('-', '')}${sequence}`;
  const { personId, hash } = personKey(context.crypto, first17 + identityCheckDigit(first17));
  // The latest list came this week.
  const arrivedOn = addDays(context.asOf, -(random.chance(0.4) ? random.between(0, 4) : random.between(5, 45)));
  const due = firstContactDue(arrivedOn, context.law.policy(division, arrivedOn), shippedCalendar);
  const contactedOn = addDays(arrivedOn, random.between(1, 4));
  const contacted = contactedOn < addDays(context.asOf, -3);
  const clerk = clerkOf(rows, office);
  add(
    'served_person',
    context.tenant,
    rows.id(),
    division,
    office,
    personId,
    hash,
    group,
    servedGroups[group].sources[0],
    surname(random) + givenName(random, sex, Number(born.slice(0, 4))),
    context.crypto.seal({ idNumber: first17 + identityCheckDigit(first17) }),
    context.crypto.seal({ mobile: `154${String(10_000_000 + person.index).slice(-8)}` }),
    young ? null : addDays(arrivedOn, -20),
    young ? null : addDays(arrivedOn, 160),
    young ? random.pick(['软件技术专业', '护理专业', '会计专业', '机电一体化专业']) : '',
    arrivedOn,
    due?.due ?? arrivedOn,
    contacted ? `${contactedOn}T10:30:00+08:00` : null,
    contacted ? contactedOn.slice(0, 7) : null,
    JSON.stringify(due ? { firstContactWorkingDays: { value: due.workingDays, citation: due.citation } } : {}),
    `${arrivedOn}T09:00:00+08:00`,
    clerk.name,
  );
}
