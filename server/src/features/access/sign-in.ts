import { randomInt } from 'node:crypto';
import type { ErrorCode } from '@yingdeng/contract/errors.ts';
import { normaliseIdentityEntry, parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { audit, NO_TENANT } from '../../platform/audit.ts';
import { newId, sameBytes } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { limitAttempts } from '../../platform/limits.ts';
import { type Session, staffActor, staffTicket, type WorkerProfile } from '../../platform/session.ts';
import { sendSms } from '../../platform/sms.ts';
import { clockTime } from '../../platform/words.ts';
import {
  type AccountRow,
  dropCode,
  failed,
  findAccount,
  insertCode,
  signedIn,
  tryCode,
  unlocked,
} from './access.sql.ts';
import { passwordMatches } from './password.ts';
import { acceptedStep } from './second-factor.ts';

const LOCK_AFTER = 5;
const LOCK_MINUTES = 15;
const CODE_MINUTES = 5;
const CODE_TRIES = 5;

const bySource = { name: 'sign-in-source', times: 60, minutes: 10 } as const;
const byAccount = { name: 'sign-in-account', times: 20, minutes: 10 } as const;
const codeByMobile = { name: 'code-mobile', times: 3, minutes: 10 } as const;
const codeBySource = { name: 'code-source', times: 30, minutes: 10 } as const;

/**
 * Signs a staff member in with password and one-time code. Wrong user name, wrong password and wrong code give the same
 * answer; five failures lock the account for a quarter of an hour.
 */
export async function signInStaff(
  context: Context,
  now: Date,
  source: string,
  given: { username: string; password: string; code: string },
): Promise<{ cookie: string; session: Session }> {
  await limitAttempts(context, now, bySource, [source]);
  await limitAttempts(context, now, byAccount, [context.crypto.lookupHash('token', given.username).toString('hex')]);
  const actor = systemActor('sign-in');
  const account = await context.db.read(actor, (tx) => tx.first(findAccount, given.username));
  if (account?.locked_until && account.locked_until > now) {
    throw new AppError('signIn.locked', { until: clockTime(account.locked_until) });
  }
  if (account?.locked_until) await context.db.transaction(actor, (tx) => tx.run(unlocked, account.id));
  const passwordRight = await passwordMatches(account?.password_hash, given.password);
  const step =
    account && passwordRight
      ? acceptedStep(context.crypto.open<string>(account.second_factor_sealed), given.code, now, account.last_code_step)
      : undefined;
  if (!account || step === undefined) throw await refused(context, now, account, 'signIn.wrong');
  const used = await context.db.transaction(actor, async (tx) => {
    const count = await tx.run(signedIn, account.id, step);
    if (count > 0) {
      const entry = {
        tenant: tenantOf(account),
        office: account.office,
        action: 'signIn',
        subjectKind: 'account',
        subjectId: account.id,
      };
      await audit({ ...tx, actor: staffActor(account) }, context.crypto, now, entry);
    }
    return count;
  });
  if (used === 0) throw new AppError('signIn.wrong');
  return { cookie: await staffTicket(context, account.id, now), session: { actor: staffActor(account) } };
}

async function refused(
  context: Context,
  now: Date,
  account: AccountRow | undefined,
  code: ErrorCode,
): Promise<AppError> {
  if (!account) return new AppError(code);
  const row = await context.db.transaction(systemActor('sign-in'), async (tx) => {
    const counted = await tx.first(failed, account.id, LOCK_AFTER, new Date(now.getTime() + LOCK_MINUTES * 60_000));
    await audit(tx, context.crypto, now, {
      tenant: tenantOf(account),
      office: account.office,
      action: 'signInFailed',
      subjectKind: 'account',
      subjectId: account.id,
    });
    return counted;
  });
  return row?.locked_until && row.locked_until > now
    ? new AppError('signIn.locked', { until: clockTime(row.locked_until) })
    : new AppError(code);
}

function tenantOf(account: { office: string }): string {
  return account.office.slice(0, 4) || NO_TENANT;
}

/** Sends a one-time code to a worker's telephone. Says nothing about whether the person is known. */
export async function requestCode(
  context: Context,
  now: Date,
  source: string,
  given: { name: string; idNumber: string; mobile: string },
): Promise<{ request: string; validMinutes: number }> {
  const idNumber = normaliseIdentityEntry(given.idNumber);
  const parsed = parseIdentityNumber(idNumber);
  const mobile = given.mobile.replace(/[\s-]/g, '');
  const fields = [
    ...parsed.faults.map((fault) => ({ field: 'idNumber', message: fault.message })),
    ...(/^1\d{10}$/.test(mobile) ? [] : [{ field: 'mobile', message: '手机号：应为1开头的11位数字。' }]),
    ...(given.name.trim().length > 0 ? [] : [{ field: 'name', message: '姓名：没有填。' }]),
  ];
  if (fields.length > 0) throw new AppError('request.invalid', {}, { fields });
  const mobileHash = context.crypto.lookupHash('mobile', mobile);
  await limitAttempts(context, now, codeBySource, [source]);
  await limitAttempts(context, now, codeByMobile, [mobileHash.toString('hex')]);
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  const request = newId(now);
  const profile: WorkerProfile = { name: given.name.trim(), idNumber, sex: parsed.sex, mobile };
  await context.db.transaction(systemActor('sign-in'), (tx) =>
    tx.run(
      insertCode,
      request,
      mobileHash,
      context.crypto.lookupHash('token', `${request}:${code}`),
      context.crypto.seal(profile),
      now,
      new Date(now.getTime() + CODE_MINUTES * 60_000),
    ),
  );
  await sendSms(context, {
    id: request,
    to: mobile,
    text: `【应登】您的验证码是${code}，${CODE_MINUTES}分钟内有效，请勿告诉他人。`,
    template: 'signInCode',
  });
  return { request, validMinutes: CODE_MINUTES };
}

/** The profile behind a right code; five tries, once. */
export async function profileByCode(
  context: Context,
  now: Date,
  source: string,
  given: { request: string; code: string },
): Promise<WorkerProfile> {
  await limitAttempts(context, now, codeBySource, [`try:${source}`]);
  return context.db
    .transaction(systemActor('sign-in'), async (tx) => {
      const row = await tx.first(tryCode, given.request, now);
      const right =
        row &&
        row.tries <= CODE_TRIES &&
        sameBytes(row.code_hash, context.crypto.lookupHash('token', `${given.request}:${given.code}`));
      if (!right) return undefined;
      await tx.run(dropCode, given.request);
      return context.crypto.open<WorkerProfile>(row.profile_sealed);
    })
    .then((profile) => {
      if (!profile) throw new AppError('signIn.codeWrong');
      return profile;
    });
}
