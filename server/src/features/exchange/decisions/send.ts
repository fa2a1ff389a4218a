import { groundRules, isGround } from '@yingdeng/rules/eligibility.ts';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { newTenantId, sm3 } from '../../../platform/crypto.ts';
import { uploadDivision } from '../places.ts';
import { findPlatform, PlatformSilent } from '../platform-client.ts';
import { answerPlatform } from './answer.ts';
import {
  putDecisionAttempts,
  settleDecisions,
  unansweredJoined,
  unansweredLinked,
  type WaitingDecision,
  waitingDecisions,
} from './decisions.sql.ts';

const AT_ONCE = 500;
/** A joined case is decided within days; the search for unanswered ones looks back so far. */
const LOOK_BACK_DAYS = 90;
const actor = systemActor('decisions');

/** Said to the applicant on the platform when there is no decision of a clerk to quote. */
const standardReasons: Readonly<Record<string, string>> = {
  handedOver: '申请信息需要与您核对，已转登记失业地的公共就业服务机构人工办理，工作人员会与您联系，不影响提交时间。',
  duplicate: '您已有有效的失业登记，不用重复申请。',
};

/** A decision as the platform is told it. */
export interface DecisionItem {
  readonly applicationNumber?: string;
  readonly AAB301?: string;
  readonly serial?: string;
  readonly outcome: string;
  readonly decidedAt: string;
  readonly registrationNumber?: string;
  readonly reason?: string;
}

/** Under which key the attempts at one decision are kept. */
export const attemptsKey = (id: string) => `decision:${id}`;

/**
 * Uploads decisions at once (M79-7a, A21-3c, H122-2c): the local case under division and number, a forwarded one under the
 * platform's number. The same decision again is harmless there, so a lost answer is mended by sending again. Each is settled by
 * itself, with what was sent, its SM3 digest, the receipt and every attempt.
 * @returns how many were settled; 0 also when no platform is configured. @throws PlatformSilent, PlatformRefused
 */
export async function sendDecisions(context: Context): Promise<number> {
  const platform = findPlatform(context);
  if (!platform) return 0;
  await answerJoined(context);
  const waiting = await context.db.read(actor, (tx) => tx.rows(waitingDecisions, AT_ONCE));
  if (waiting.length === 0) return 0;
  const items = waiting.map(decisionItem);
  const texts = items.map((item) => JSON.stringify(item));
  const results = await platform.sendDecisions(items).catch(async (error: unknown) => {
    if (error instanceof PlatformSilent)
      await noteDecisions(context, waiting, () => ['silent', { error: error.message }]);
    throw error;
  });
  await context.db.transaction(actor, (tx) =>
    tx.run(
      settleDecisions,
      context.clock.now(),
      waiting.map(({ tenant }) => tenant),
      waiting.map(({ id }) => id),
      results.map(({ result }) => result),
      results.map(({ faults }) =>
        JSON.stringify(faults.map(({ rule, field, message }) => ({ check: rule, field, message }))),
      ),
      texts.map((text) => context.crypto.seal(text)),
      texts.map((text) => sm3(text)),
      results.map(({ receipt }) => receipt ?? null),
    ),
  );
  await noteDecisions(context, waiting, (at) => {
    const { result, receipt, faults } = results[at]!;
    return [result, { ...(receipt ? { receipt } : {}), ...(faults.length > 0 ? { faults } : {}) }];
  });
  const returned = results.filter(({ result }) => result === 'returned').length;
  if (returned > 0) context.log.warn({ returned }, 'decisions returned by the platform');
  return waiting.length;
}

/** Keeps what became of an attempt at each of some decisions. */
export async function noteDecisions(
  context: Context,
  waiting: readonly { readonly tenant: string; readonly id: string }[],
  of: (at: number) => [outcome: string, detail: object],
): Promise<void> {
  const now = context.clock.now();
  const notes = waiting.map((_, at) => of(at));
  await context.db.transaction(actor, (tx) =>
    tx.run(
      putDecisionAttempts,
      now,
      waiting.map(({ tenant }) => tenant),
      waiting.map(({ tenant }) => newTenantId(tenant, now)),
      waiting.map(({ id }) => attemptsKey(id)),
      notes.map(([outcome]) => outcome),
      notes.map(([, detail]) => JSON.stringify(detail)),
    ),
  );
}

/** A forwarded application that belongs to another case is answered with the decision of that case. */
export async function answerJoined(context: Context): Promise<void> {
  const since = new Date(context.clock.now().getTime() - LOOK_BACK_DAYS * 86_400_000);
  await context.db.transaction(actor, async (tx) => {
    const found = await Promise.all([
      tx.rows(unansweredJoined, since, AT_ONCE),
      tx.rows(unansweredLinked, since, AT_ONCE),
    ]);
    for (const row of found.flat()) {
      void answerPlatform(tx, {
        tenant: row.tenant,
        office: row.office,
        platformNumber: row.platform_number,
        outcome: row.status,
        decidedAt: row.decided_at,
        occasion: row.application_id,
      });
    }
  });
}

export function decisionItem(row: WaitingDecision): DecisionItem {
  const key =
    row.platform_number === null || (row.mended?.local && row.number && row.division)
      ? { AAB301: uploadDivision(row.division ?? ''), serial: row.number ?? '' }
      : { applicationNumber: row.platform_number };
  return {
    ...key,
    outcome: row.outcome,
    decidedAt: inShanghai(row.decided_at),
    ...(row.outcome === 'registered' && row.registration_number ? { registrationNumber: row.registration_number } : {}),
    ...reasonOf(row),
  };
}

function reasonOf({ outcome, ground, text, mended }: WaitingDecision): { reason?: string } {
  if (mended?.reason) return { reason: mended.reason };
  if (outcome === 'refused' && isGround(ground)) return { reason: `${groundRules[ground].toWorker}${text ?? ''}` };
  return standardReasons[outcome] ? { reason: standardReasons[outcome] } : {};
}

/** An instant with the offset of Shanghai, as the platform writes times. */
function inShanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}
