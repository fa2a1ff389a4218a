import { inRange } from '@yingdeng/rules/access.ts';
import { type ApplicationForm, checkApplicationForm, normaliseForm } from '@yingdeng/rules/application-form.ts';
import { commitmentText, findCommitment } from '@yingdeng/rules/commitment.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { sheetCodeOf } from '../application/index.ts';
import type { FormSheet } from './form.ts';
import { type Printing, printingBy } from './printing.ts';

/** How long a checked form may be fetched as a sheet. */
const MINUTES = 10;

/** A checked form on its way to the printer: sealed into the address, because nothing of it is stored before submission. */
interface Passage {
  readonly form: ApplicationForm;
  readonly version: string;
  readonly account: string;
  readonly until: number;
}

/**
 * Checks a form that is to be signed by hand, complete and under the law of today, and answers the code of the sheet with its sealed passage.
 * @throws AppError form.faulty, form.commitment, access.denied for a place outside the range
 */
export function requestSheet(
  context: Context,
  actor: Actor,
  { form: given, version }: { form: ApplicationForm; version: string },
  now: Date,
): { code: string; sheet: string } {
  const form = normaliseForm(given);
  const today = businessDate(now);
  const { faults } = checkApplicationForm(form, { today, policy: context.reference.policy(form.placeDivision, today) });
  if (faults.length > 0)
    throw new AppError('form.faulty', { count: faults.length }, { fields: faults, clause: 'A21-8a' });
  if (!inRange(form.placeDivision, { lo: actor.lo.slice(0, 6), hi: actor.hi }))
    throw new AppError('access.denied', { why: '登记失业地不在您的辖区，不能在这里打印签名表。' });
  if (!findCommitment(version)) throw new AppError('form.commitment');
  const passage: Passage = { form, version, account: actor.id, until: now.getTime() + MINUTES * 60_000 };
  return { code: sheetCodeOf(version, form), sheet: context.crypto.seal(passage).toString('base64url') };
}

/** The sheet of a passage. @throws AppError request.notFound when it is over, of another account, or none. */
export function openSheet(
  context: Context,
  actor: Actor,
  sealed: string,
  now: Date,
): { sheet: FormSheet; printing: Printing } {
  const { form, version, account, until } = opened(context, sealed);
  if (account !== actor.id || now.getTime() > until) throw new AppError('request.notFound');
  const code = sheetCodeOf(version, form);
  return {
    sheet: {
      form,
      places: context.reference.policy(form.placeDivision, businessDate(now)).registrationPlaces?.value ?? [],
      commitment: commitmentText(version),
      unsigned: '',
      remarks: [
        `登记表校验码：${code}（承诺书版本${version}）。由申请人本人当天签名，窗口存档；内容有改动须重新打印、重新签名。`,
      ],
    },
    printing: printingBy(context, actor, now, actor.office, '申请人签名'),
  };
}

function opened(context: Context, sealed: string): Passage {
  try {
    return context.crypto.open<Passage>(Buffer.from(sealed, 'base64url'));
  } catch {
    throw new AppError('request.notFound');
  }
}
