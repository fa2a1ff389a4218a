import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { lastDayOf, monthOf } from '@yingdeng/rules/contact.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { maskTelephone } from '../../platform/words.ts';
import { listsInForce, placesOf } from '../contact/index.ts';
import { servedRound } from '../served/index.ts';
import { daysOf, listRange } from '../worklist/index.ts';
import {
  type FirstContactRow,
  type FollowUpRow,
  firstContactsOf,
  followUpPage,
  type RoundStepRow,
  roundSteps,
} from './followup.sql.ts';
import { noteOf } from './list.ts';
import { streetOf } from './street.ts';

type Person = Answer<'getFieldDay'>['people'][number];

/** A round of a day is far shorter; what is kept on a telephone stays little. */
const MOST = 150;
const MOST_SERVED = 50;
const START = '00000000-0000-0000-0000-000000000000';

/**
 * The people to contact of the own office for a round without a network: first contacts, then follow-ups of the month, then
 * whom the office owes a step of the plan by the next working day (A21-4f); beside them people of the three groups (M79-1b). Name, masked telephone,
 * street, due date, no identity number. What is taken away is written into the audit, with the registrations.
 */
export async function readFieldDay(context: Context, actor: Actor, now: Date): Promise<Answer<'getFieldDay'>> {
  const today = businessDate(now);
  const month = monthOf(today);
  const { divisions, lo, hi } = listRange(actor, undefined, 'contact.record');
  return context.db.transaction(actor, async (tx) => {
    const [first, later, steps, groups] = await Promise.all([
      tx.rows(firstContactsOf, divisions, lo, hi, MOST + 1),
      tx.rows(followUpPage, divisions, lo, hi, '-infinity', START, MOST + 1, '-infinity', lastDayOf(month)),
      tx.rows(roundSteps, divisions, lo, hi, daysOf(context, now).near, MOST + 1),
      servedRound(context, tx, { divisions, lo, hi }, { today, limit: MOST_SERVED + 1 }),
    ]);
    const promised = Map.groupBy(steps, (row) => row.id);
    const owed = new Set(first.map((row) => row.id));
    const listed = new Set([...owed, ...later.map((row) => row.id)]);
    const all = [
      ...first.map((row) => personOf(context, row, { purpose: 'first', due: row.due, today })),
      ...later
        .filter((row) => !owed.has(row.id))
        .map((row) => personOf(context, row, { purpose: 'followUp', due: row.next_contact_on, today })),
      ...[...promised.values()].flatMap(([row]) =>
        row && !listed.has(row.id) ? [personOf(context, row, { purpose: 'step', due: row.step_due, today })] : [],
      ),
    ].map((one) => ({
      ...one,
      steps: (promised.get(one.registrationId) ?? []).map(({ what, step_due: dueOn }) => ({ what, dueOn })),
    }));
    const people = all.slice(0, MOST);
    const served = groups.slice(0, MOST_SERVED);
    const counties = [...new Set(people.map((one) => one.division))];
    const lists = await Promise.all(counties.map((county) => tx.rows(listsInForce, placesOf(county), today)));
    await audit(tx, context.crypto, now, {
      tenant: actor.office.slice(0, 4),
      office: actor.office,
      action: 'contact.takeAlong',
      subjectKind: 'account',
      subjectId: actor.id,
      reason: '外出走访',
      detail: {
        registrations: people.map((one) => one.registrationId),
        served: served.map((one) => one.servedId),
      },
    });
    return {
      at: now.toISOString(),
      month,
      account: actor.id,
      officeName: context.reference.officeName(actor.office),
      people,
      served,
      more: all.length > people.length || groups.length > served.length,
      lists: counties.flatMap((county, index) => (lists[index] ?? []).map((one) => ({ county, ...one }))),
    };
  });
}

function personOf(
  context: Context,
  row: FirstContactRow | FollowUpRow | RoundStepRow,
  on: { purpose: Person['purpose']; due: PlainDate; today: PlainDate },
): Omit<Person, 'steps'> {
  const sealed = row.contact_sealed ?? row.form_sealed;
  const { mobile = '', residenceDetail = '' } = sealed
    ? context.crypto.open<{ mobile?: string; residenceDetail?: string }>(sealed)
    : {};
  return {
    registrationId: row.id,
    applicationId: row.application_id,
    number: row.number,
    name: row.name ?? row.form_name ?? '',
    mobileMasked: mobile ? maskTelephone(mobile) : '',
    division: row.office.slice(0, 6),
    street: streetOf(residenceDetail),
    purpose: on.purpose,
    dueOn: on.due,
    state: dueState(on.due, on.today, context.reference.calendar),
    note: noteOf(row),
  };
}
