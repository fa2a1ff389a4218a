import { addDays } from '@yingdeng/rules/calendar.ts';
import { formOf } from './form.ts';
import { benefitNumber } from './matter-rows.ts';
import type { CityApplication } from './model.ts';
import { officeTime } from './noted.ts';
import { Random } from './random.ts';
import { clerkOf, neighbourOf, type PersonRows } from './row-context.ts';

/** What the intake says about a form that cannot be taken, and how a clerk put it right. */
const faults = [
  '手机号码应为11位，以1开头；港澳号码请加区号，如+852',
  '登记表或承诺不完整，请与本人核对后在窗口登记。',
] as const;
const settled = ['已电话核对，本人到窗口重新填写', '本人已找到工作，不再登记'] as const;

/** What the benefit office handed over for an application that came through it (A21-4h). */
export function handoverRow(
  rows: PersonRows,
  applicationId: string,
  application: CityApplication,
  sealed: Buffer,
): void {
  put(rows, {
    number: benefitNumber(rows, application),
    division: application.division,
    at: application.submittedAt,
    sealed,
    state: application.status === 'duplicate' ? 'joined' : 'taken',
    applicationId,
  });
}

/** Somebody beside this person, whose form has a fault: it waits for a clerk, or was settled with the person. A sequence of its own. */
export function faultyHandoverRow(rows: PersonRows): void {
  const { context, history } = rows;
  const random = new Random(context.seed, 35, history.person.index);
  if (!random.chance(0.0025)) return;
  const { application } = history.episodes[0]!;
  const { division } = application;
  const { name, idNumber, sex } = neighbourOf(rows, random, division, '1982-03-01');
  const form = { ...formOf(random, history.person, application), name, idNumber, documentNumber: idNumber, sex };
  const waits = random.chance(0.5);
  const day = addDays(context.asOf, -(waits ? random.between(0, 5) : random.between(8, 60)));
  const at = officeTime(random, day);
  const clerk = clerkOf(rows, division);
  put(rows, {
    number: `${division}SB99${String(history.person.index).padStart(7, '0')}`,
    division,
    at,
    sealed: context.crypto.seal({ form: { ...form, mobile: form.mobile.slice(0, 10) }, commitment: undefined }),
    state: waits ? 'faulty' : 'settled',
    faults: random.pick(faults),
    ...(waits
      ? {}
      : { settled: { at: officeTime(random, addDays(day, 2)), by: clerk.name, text: random.pick(settled) } }),
  });
}

function put(
  { context, add }: PersonRows,
  one: {
    number: string;
    division: string;
    at: string;
    sealed: Buffer;
    state: 'taken' | 'joined' | 'faulty' | 'settled';
    applicationId?: string;
    faults?: string;
    settled?: { at: string; by: string; text: string };
  },
): void {
  add(
    'benefit_handover',
    context.tenant,
    one.number,
    one.division,
    one.division,
    one.at,
    one.at,
    one.sealed,
    one.state,
    one.applicationId,
    one.faults ?? '',
    one.settled?.at,
    one.settled?.by,
    one.settled?.text,
  );
}
