import { type ExitEffect, type ExitState, type NextExit, nextExit } from '@yingdeng/rules/exit.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { type EvidencePiece, endExit, sendToReview, turnDown } from './exit.sql.ts';
import { type ExitResult, lawful, type OnExit, type OpenExit, openExit, runOnce } from './open.ts';
import { basisOf } from './proposal.ts';
import { endRegistration, moveRegistration, record, staffIdOf, tell } from './record.ts';

/**
 * Confirms an exit (M79-4b): the registration ends, the claim is free, the person is told unless exempt, the record is in
 * tonight's batch. A guarded exit goes to a second person instead (M79-4c).
 * @throws AppError request.notFound, exit.changed, exit.notAllowed, exit.incomplete
 */
export function confirmExit(
  context: Context,
  actor: Actor,
  on: OnExit,
  evidence: readonly EvidencePiece[] = [],
): Promise<ExitResult> {
  const request = { route: 'confirmExit', key: on.key, request: [on.id, on.version, evidence], now: on.now };
  return runOnce(context, actor, request, on.id, async (tx) => {
    const open = await openExit(tx, context, on, 'exit.confirm', evidence);
    const state = silentIsAnswered(open, businessDate(on.now));
    const input = { proposal: open.proposal, context: open.law, by: actor.id };
    const next = lawful(nextExit(state, 'confirm', input), open);
    if (next.status === 'confirmed') return end(tx, context, open, next, on.now, false);
    const { registration, exit } = open;
    await tx.run(
      sendToReview,
      registration.tenant,
      exit.id,
      staffIdOf(actor),
      actor.name,
      basisOf(open.law.policy, exit.reason),
    );
    await record(tx, context, registration, exit, on.now, {
      action: 'review',
      to: registration.status,
      audited: 'exit.confirm',
      detail: { note: '转第二人复核', clause: 'M79-4c' },
    });
    return { exit: exit.id, registration: registration.id, message: '已转第二人复核，复核同意后才退出。' };
  });
}

/** A question left unanswered past its day counts as unanswered; the rules then want an investigation (A21-3b). */
function silentIsAnswered({ state, exit }: OpenExit, today: string): ExitState {
  if (state.status !== 'asked') return state;
  if (!exit.answer_due || today <= exit.answer_due) {
    throw new AppError(
      'exit.notAllowed',
      { why: '正在等本人答复，答复前不能退出。本人说明情况后，或者期满由工作人员调查核实后，再办理。' },
      { clause: 'H122-2d' },
    );
  }
  const { status } = lawful(nextExit(state, 'recordAnswer', { answer: 'noAnswer' }));
  return { ...state, status, answer: 'noAnswer' };
}

/**
 * The second person of a guarded exit agrees or not (M79-4c); never whoever proposed or confirmed it.
 * @throws AppError request.notFound, exit.changed, exit.notAllowed, exit.incomplete, decision.forbiddenGround
 */
export function reviewExit(
  context: Context,
  actor: Actor,
  on: OnExit,
  given: { agrees: boolean; note: string },
): Promise<ExitResult> {
  const request = { route: 'reviewExit', key: on.key, request: [on.id, on.version, given], now: on.now };
  return runOnce(context, actor, request, on.id, async (tx) => {
    const open = await openExit(tx, context, on, 'exit.review');
    const review = nextExit(open.state, 'review', { proposal: open.proposal, context: open.law, by: actor.id });
    if (!given.agrees) {
      // The same person may neither agree nor disagree; what the exit lacks otherwise does not hinder turning it down.
      if ('refused' in review && review.supervisionEvent) lawful(review, open);
      if (open.state.status !== 'awaitingReview') lawful(review, open);
      return down(tx, context, open, lawful(nextExit(open.state, 'reject', { reason: given.note }), open), on.now, {
        reason: given.note,
        audited: 'exit.review',
      });
    }
    // What a reviewer writes stands in the file as the reason of an exit: no forbidden ground among it (M79-2).
    blockForbidden(given.note, '复核退出的意见');
    return end(tx, context, open, lawful(review, open), on.now, true, given.note);
  });
}

/** Turns a proposed exit down; the registration stays as it was. @throws AppError request.notFound, exit.changed */
export function rejectExit(context: Context, actor: Actor, on: OnExit, reason: string): Promise<ExitResult> {
  const request = { route: 'rejectExit', key: on.key, request: [on.id, on.version, reason], now: on.now };
  return runOnce(context, actor, request, on.id, async (tx) => {
    const open = await openExit(tx, context, on, 'exit.reject');
    const next = lawful(nextExit(open.state, 'reject', { reason }), open);
    return down(tx, context, open, next, on.now, { reason, audited: 'exit.reject' });
  });
}

async function end(
  tx: Tx,
  context: Context,
  open: OpenExit,
  next: NextExit,
  now: Date,
  reviewed: boolean,
  note?: string,
): Promise<ExitResult> {
  const { registration, exit, law } = open;
  const notice = noticeOf(next.effects, registration.deceased_on !== null);
  await Promise.all([
    tx.run(
      endExit,
      registration.tenant,
      exit.id,
      now,
      staffIdOf(tx.actor),
      tx.actor.name,
      businessDate(now),
      JSON.stringify(notice),
      basisOf(law.policy, exit.reason),
      reviewed,
    ),
    endRegistration(tx, context, registration, exit, now),
  ]);
  await record(tx, context, registration, exit, now, {
    action: 'exit',
    to: 'exited',
    audited: reviewed ? 'exit.review' : 'exit.confirm',
    detail: { reason: exit.reason, subReason: exit.sub_reason ?? undefined, notice, ...(note ? { note } : {}) },
  });
  await tell(tx, context, registration, exit, next.effects, now);
  const told = notice.notify ? '已告知本人' : notice.why.replace(/[。]$/, '');
  return { exit: exit.id, registration: registration.id, message: `已退出，${told}，今晚上传全国平台。` };
}

/** Whether the person is told, and why not (A21-5d, M79-4b). Somebody known to be dead is not, whatever the reason says. */
function noticeOf(effects: readonly ExitEffect[], dead: boolean): { notify: boolean; why: string; clause: string } {
  const exempt = effects.find((effect) => effect.kind === 'noNotice');
  if (exempt) return { notify: false, why: exempt.why, clause: exempt.clause };
  if (dead) return { notify: false, why: '已死亡的，不再告知，也不发送任何消息。', clause: 'A21-5d' };
  return { notify: true, why: '退出失业登记应当以适当方式告知本人。', clause: 'M79-4b' };
}

/** Turned down, by whoever has the say: the exit is closed, the registration valid as before. */
async function down(
  tx: Tx,
  context: Context,
  open: OpenExit,
  next: NextExit,
  now: Date,
  by: { reason: string; audited: string },
): Promise<ExitResult> {
  const { registration, exit } = open;
  const reviewed = by.audited === 'exit.review';
  await tx.run(turnDown, registration.tenant, exit.id, now, staffIdOf(tx.actor), tx.actor.name, reviewed);
  const to = await moveRegistration(tx, registration, 'rejectExit', { reason: by.reason });
  await record(tx, context, registration, exit, now, {
    action: 'rejectExit',
    to,
    audited: by.audited,
    detail: { reason: by.reason },
  });
  await tell(tx, context, registration, exit, next.effects, now);
  return { exit: exit.id, registration: registration.id, message: '不予退出，登记继续有效。' };
}
