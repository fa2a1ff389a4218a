import { can, whyNot } from '@yingdeng/rules/access.ts';
import { checkReferralOutcome, type ReferralOutcome, referralResults } from '@yingdeng/rules/referral.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import { proposeExit } from '../exit/index.ts';
import { readSubject, writeService } from '../service/index.ts';
import { findReferral, lockReferral, putTold, type ReferralRow, setExit, settle } from './referral.sql.ts';
import { referralOf } from './referral-words.ts';

/** A command on one referral. */
interface OnReferral {
  readonly id: string;
  readonly key: string;
  readonly now: Date;
}

interface GivenOutcome extends ReferralOutcome {
  readonly means: string;
  readonly proposeExit: boolean;
  readonly version: number;
}

const changed = (row: ReferralRow) =>
  new AppError('referral.changed', {
    who: row.settled_by_name ?? '本人',
    when: dayAndTime(row.settled_at ?? row.referred_at),
    what: row.state === 'open' ? '本人已说明结果' : referralResults[row.state],
  });

/**
 * Records how a referral went (A21-4d, R053). A refusal of suitable work is a person's judgement and ends nothing by itself (M79-4c). Somebody
 * taken on: when asked to, an exit is proposed that asks the person first; the registration stays valid until it is confirmed (M79-4b).
 * The result stands also when no exit can be proposed; the message says why.
 * @throws AppError request.notFound, access.denied, referral.changed, referral.faulty
 */
export async function settleReferral(
  context: Context,
  actor: Actor,
  on: OnReferral,
  given: GivenOutcome,
): Promise<Answer<'settleReferral'>> {
  const tenant = tenantOfId(on.id);
  const request = { route: 'settleReferral', key: on.key, request: [on.id, given], now: on.now };
  await once(context.db, actor, request, async (tx) => {
    const row = await tx.first(lockReferral, tenant, on.id);
    if (!row) throw new AppError('request.notFound');
    admit(tx.actor, row);
    if (row.state !== 'open' || row.version !== given.version) throw changed(row);
    await write(tx, context, row, given, on.now);
    return on.id;
  });
  const exit = given.result === 'hired' && given.proposeExit ? await exitOf(context, actor, on, given) : undefined;
  const row = await context.db.read(actor, (tx) => tx.first(findReferral, tenant, on.id));
  if (!row) throw new AppError('request.notFound');
  return { referral: referralOf(row), message: exit ?? plainMessages[given.result] };
}

const plainMessages = {
  hired: '已记为录用。登记仍有效，退出须另行提出。',
  notHired: '已记录，可以再推荐别的岗位。',
  declined: '已记录。这一项不会结束登记。',
  withdrawn: '推荐已取消。',
} as const;

function admit(actor: Actor, row: ReferralRow): void {
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
  if (!can(actor.role, 'referral.record', scope))
    throw new AppError('access.denied', { why: whyNot(actor.role, 'referral.record', scope) ?? '' });
}

async function write(tx: Tx, context: Context, row: ReferralRow, given: GivenOutcome, now: Date): Promise<void> {
  const refusal = checkReferralOutcome(given, { referredOn: businessDate(row.referred_at), today: businessDate(now) });
  if (refusal)
    throw new AppError('referral.faulty', { why: refusal.message }, refusal.clause ? { clause: refusal.clause } : {});
  const declined = given.result === 'declined';
  const { actor } = tx;
  if (given.result !== 'withdrawn') {
    // The result only: the reason is somebody's own words and stands with the referral.
    const content = `回访求职结果：${row.vacancy.title}（${row.vacancy.employerName}）`;
    const served = { content, outcome: `${referralResults[given.result]}。`, on: businessDate(now) };
    await writeService(
      context,
      tx,
      await readSubject(tx, row.registration_id),
      { kind: 'askedAfterwards', result: 'done', ...served },
      now,
    );
  }
  await Promise.all([
    tx.run(
      settle,
      row.tenant,
      row.id,
      given.result,
      given.reason.trim(),
      given.means,
      given.result === 'hired' ? (given.startedOn ?? null) : null,
      declined ? (given.suitable ?? null) : null,
      declined ? (given.withoutGoodReason ?? null) : null,
      now,
      actor.kind === 'staff' ? actor.id : null,
      actor.name,
    ),
    audit(tx, context.crypto, now, {
      tenant: row.tenant,
      office: row.office,
      action: 'referral.record',
      subjectKind: 'referral',
      subjectId: row.id,
      personId: row.person_id,
      detail: {
        result: given.result,
        ...(declined ? { suitable: given.suitable ?? null, withoutGoodReason: given.withoutGoodReason ?? null } : {}),
      },
    }),
  ]);
}

/** Proposes exit 11 under a key of its own, so that a repeated request proposes once. @returns what happened, in words */
async function exitOf(context: Context, actor: Actor, on: OnReferral, given: GivenOutcome): Promise<string> {
  const row = await context.db.read(actor, (tx) => tx.first(findReferral, tenantOfId(on.id), on.id));
  if (!row || !given.startedOn) return plainMessages.hired;
  const { employerName, title, number } = row.vacancy;
  const text = `推荐岗位${number}（${employerName}，${title}），回访得知已录用，${given.startedOn}上班`;
  const kind = given.means === 'employer' ? 'employerStatement' : 'workerStatement';
  try {
    const done = await proposeExit(
      context,
      actor,
      { registrationId: row.registration_id, key: `${on.key}-exit`.slice(-80), now: on.now },
      {
        source: 'clerk',
        askFirst: true,
        reason: '11',
        evidence: [{ kind, date: businessDate(on.now), text }],
        exitOn: given.startedOn,
        remark: '',
      },
    );
    await context.db.transaction(actor, (tx) => tx.run(setExit, row.tenant, row.id, done.exit));
    return `已记为录用。${done.message}`;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return `已记为录用。没有提出退出：${error.message}`;
  }
}

/**
 * The worker says how a referral went (A21-5a): kept beside it, for the office that asks; nothing follows by itself.
 * @throws AppError request.notFound, referral.notAllowed when the office has recorded the result
 */
export async function tellResult(
  context: Context,
  actor: Actor,
  on: OnReferral,
  given: { result: 'hired' | 'notHired' | 'declined'; reason: string },
): Promise<Answer<'tellResult'>> {
  const tenant = tenantOfId(on.id);
  const request = { route: 'tellResult', key: on.key, request: [on.id, given], now: on.now };
  await once(context.db, actor, request, async (tx) => {
    const row = await tx.first(lockReferral, tenant, on.id);
    if (!row || row.person_id !== actor.person) throw new AppError('request.notFound');
    if (row.state !== 'open')
      throw new AppError('referral.notAllowed', { why: `工作人员已记为“${referralResults[row.state]}”。` });
    const told = { result: given.result, reason: given.reason.trim(), at: on.now.toISOString() };
    await Promise.all([
      tx.run(putTold, tenant, on.id, JSON.stringify(told)),
      audit(tx, context.crypto, on.now, {
        tenant,
        office: row.office,
        action: 'referral.record',
        subjectKind: 'referral',
        subjectId: on.id,
        personId: row.person_id,
        detail: { told: given.result },
      }),
    ]);
    return on.id;
  });
  const row = await context.db.read(actor, (tx) => tx.first(findReferral, tenant, on.id));
  if (!row) throw new AppError('request.notFound');
  const message =
    given.result === 'hired'
      ? '恭喜！已告诉工作人员。请接着填从哪一天开始上班，我们核实后再结束登记。'
      : '谢谢，已告诉工作人员。';
  return { referral: referralOf(row), message };
}
