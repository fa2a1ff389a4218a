import { groundRules, isGround } from '@yingdeng/rules/eligibility.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { tenantIdFrom } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import {
  putAnswer,
  settleDecisions,
  unansweredJoined,
  type WaitingDecision,
  waitingDecisions,
} from './decisions.sql.ts';
import { uploadDivision } from './places.ts';
import { findPlatform } from './platform-client.ts';

const AT_ONCE = 500;
/** A joined case is decided within days; the search for unanswered ones looks back so far. */
const LOOK_BACK_DAYS = 90;
const actor = systemActor('decisions');

/** Said to the applicant on the platform when there is no decision of a clerk to quote. */
const standardReasons: Readonly<Record<string, string>> = {
  handedOver: '申请信息需要与您核对，已转登记失业地的公共就业服务机构人工办理，工作人员会与您联系，不影响提交时间。',
  duplicate: '您已有有效的失业登记，不用重复申请。',
};

/** What is answered under a number of the platform. */
export interface PlatformAnswer {
  readonly tenant: string;
  readonly office: string;
  readonly platformNumber: string;
  readonly outcome: string;
  readonly decidedAt: Date;
  /** Tells apart two answers under one number. */
  readonly occasion: string;
}

/** Puts an answer under a number of the platform on its way, once. */
export async function answerPlatform(tx: Tx, answer: PlatformAnswer): Promise<void> {
  const { tenant, platformNumber, outcome, occasion } = answer;
  const id = tenantIdFrom(tenant, `answer:${platformNumber}:${outcome}:${occasion}`);
  await tx.run(putAnswer, tenant, id, answer.office, platformNumber, outcome, answer.decidedAt);
}

/**
 * Uploads decisions at once (M79-7a, A21-3c, H122-2c): the local case under division and number, a forwarded one under the
 * platform's number. The same decision again is harmless there, so a lost answer is mended by sending again.
 * @returns how many were settled; 0 also when no platform is configured. @throws PlatformSilent, PlatformRefused
 */
export async function sendDecisions(context: Context): Promise<number> {
  const platform = findPlatform(context);
  if (!platform) return 0;
  await answerJoined(context);
  const waiting = await context.db.read(actor, (tx) => tx.rows(waitingDecisions, AT_ONCE));
  if (waiting.length === 0) return 0;
  const results = await platform.sendDecisions(waiting.map(itemOf));
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
    ),
  );
  const returned = results.filter(({ result }) => result === 'returned').length;
  if (returned > 0) context.log.warn({ returned }, 'decisions returned by the platform');
  return waiting.length;
}

/** A forwarded application that joined an open case is answered with the decision of that case. */
async function answerJoined(context: Context): Promise<void> {
  const since = new Date(context.clock.now().getTime() - LOOK_BACK_DAYS * 86_400_000);
  await context.db.transaction(actor, async (tx) => {
    for (const row of await tx.rows(unansweredJoined, since, AT_ONCE)) {
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

function itemOf(row: WaitingDecision): object {
  const key =
    row.platform_number === null
      ? { AAB301: uploadDivision(row.division ?? ''), serial: row.number }
      : { applicationNumber: row.platform_number };
  return {
    ...key,
    outcome: row.outcome,
    decidedAt: inShanghai(row.decided_at),
    ...(row.outcome === 'registered' && row.registration_number ? { registrationNumber: row.registration_number } : {}),
    ...reasonOf(row),
  };
}

function reasonOf({ outcome, ground, text }: WaitingDecision): { reason?: string } {
  if (outcome === 'refused' && isGround(ground)) return { reason: `${groundRules[ground].toWorker}${text ?? ''}` };
  return standardReasons[outcome] ? { reason: standardReasons[outcome] } : {};
}

/** An instant with the offset of Shanghai, as the platform writes times. */
function inShanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().replace('Z', '+08:00');
}
