import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import {
  checkExitProposal,
  type ExitContext,
  type ExitProposal,
  exitReasonRules,
  isExitReason,
} from '@yingdeng/rules/exit.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { type FirstStep, newExit, storeExit } from './new-exit.ts';
import { type ExitResult, lawful, openRegistration, runOnce } from './open.ts';
import { exitContext, proposalOf } from './proposal.ts';

/** What a worker reports about himself or herself. */
interface ReportedExit {
  readonly registrationId: string;
  readonly reason: string;
  readonly subReason?: string;
  readonly exitOn: PlainDate;
  readonly text: string;
  readonly key: string;
  readonly now: Date;
}

/**
 * The worker reports that a circumstance of exit has occurred (A21-5a): a proposal with the worker's own statement. What the
 * office must have in hand besides is asked for at confirmation, never of the worker (M79-2a).
 * @throws AppError request.notFound, exit.notAllowed, exit.incomplete, registration.changed
 */
export function reportExit(context: Context, actor: Actor, given: ReportedExit): Promise<ExitResult> {
  const { registrationId, key, now, ...content } = given;
  const request = { route: 'reportExit', key, request: [registrationId, content], now };
  return runOnce(context, actor, request, registrationId, async (tx) => {
    const registration = await openRegistration(tx, registrationId, 'exit.propose');
    const statement = { kind: 'workerStatement', date: businessDate(now), text: given.text.trim() || '本人报告' };
    const needsText = isExitReason(given.reason) && exitReasonRules[given.reason].needsText;
    const row = newExit(
      actor,
      registration,
      { ...content, evidence: [statement], remark: needsText ? given.text.trim() : '', source: 'worker' },
      now,
    );
    const law = exitContext(context, registration, row, now);
    checkReport(proposalOf({ ...row, proposed_by: actor.id }, law, registration, registration.reachedAt), law);
    const first: FirstStep = { status: 'proposed', answer_due: null, effects: [], message: '已收到您的报告。' };
    await storeExit(tx, context, registration, row, first, law, now);
    return { exit: row.id, registration: registration.id, message: first.message };
  });
}

/** A worker's report is checked for what only the worker can say: reason, kind, date, and the text where the code has none. */
function checkReport(said: ExitProposal, law: ExitContext): void {
  const rule = isExitReason(said.reason) ? exitReasonRules[said.reason] : undefined;
  if (rule?.cannotAsk || rule?.guardedBy) {
    throw new AppError('exit.notAllowed', { why: '这种情形由工作人员核实办理，不用您报告。' });
  }
  const inHand = { kind: 'workerStatement' as const, source: '', date: law.today };
  const refusal = checkExitProposal(
    {
      ...said,
      evidence: (rule?.evidence ?? []).map((kind) => ({ ...inHand, kind })),
      income: { monthly: 0, standard: 0, standardOf: '' },
    },
    law,
  );
  if (!isRefusal(refusal)) return;
  // A worker's wording is no attempt at a forbidden ground: nobody is reported for it.
  const { supervisionEvent: _, ...plain } = refusal;
  lawful(plain.code === 'decision.forbiddenGround' ? { ...plain, code: 'exit.notAllowed' } : plain);
}
