import { randomInt } from 'node:crypto';
import { addWorkingDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import {
  checkExitProposal,
  type ExitContext,
  type ExitEffect,
  type ExitProposal,
  exitReasonRules,
  isExitReason,
  isGuarded,
  nextExit,
  proposeExit as proposal,
} from '@yingdeng/rules/exit.ts';
import { caseNumber } from '@yingdeng/rules/numbers.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { longDate } from '../../platform/words.ts';
import { type EvidencePiece, type ExitRow, putExit, putLastChance, type RegistrationRow } from './exit.sql.ts';
import { type ExitResult, lawful, openRegistration, runOnce } from './open.ts';
import { basisOf, exitContext, lastChanceSentOn, proposalOf } from './proposal.ts';
import { moveRegistration, record, staffIdOf, tell } from './record.ts';

/** What staff or a comparison proposes. */
export interface GivenExit {
  readonly reason: string;
  readonly subReason?: string;
  readonly evidence: readonly EvidencePiece[];
  readonly exitOn: PlainDate;
  readonly remark: string;
  readonly source: Exclude<ExitRow['source'], 'worker'>;
}

/** Days a worker has to answer a comparison's question where no provision names any: those of a last-chance notice. */
const ANSWER_WORKING_DAYS = 5;
const ATTEMPTS_AT_A_SERIAL = 5;

/**
 * Proposes an exit (A21-5d, M79-4b). A comparison's finding asks the worker first; a guarded reason sends the last-chance
 * notice (M79-4c). The registration stays valid meanwhile.
 * @throws AppError request.notFound, registration.changed, exit.incomplete, decision.forbiddenGround, law.silent
 */
export function proposeExit(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  given: GivenExit,
): Promise<ExitResult> {
  const request = { route: 'proposeExit', key: on.key, request: [on.registrationId, given], now: on.now };
  return runOnce(context, actor, request, on.registrationId, async (tx) => {
    const registration = await openRegistration(tx, on.registrationId, 'exit.propose');
    const exit = newExit(actor, registration, given, on.now);
    const law = exitContext(context, registration, exit, on.now);
    const said = proposalOf({ ...exit, proposed_by: actor.id }, law, registration, registration.reachedAt);
    lawful(proposal(said, law));
    const first = firstStep(said, law, registration, on.now);
    await store(tx, context, registration, { ...exit, ...first }, law, on.now);
    await after(tx, context, registration, exit, first, on.now);
    return { exit: exit.id, registration: registration.id, message: first.message };
  });
}

/** What a worker reports about himself or herself. */
export interface ReportedExit {
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
    await store(tx, context, registration, { ...row, ...first }, law, now);
    await after(tx, context, registration, row, first, now);
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

type NewExit = Pick<
  ExitRow,
  | 'id'
  | 'source'
  | 'reason'
  | 'sub_reason'
  | 'evidence'
  | 'exit_on'
  | 'remark'
  | 'proposed_at'
  | 'proposed_by'
  | 'answer'
  | 'answer_due'
>;

function newExit(
  actor: Actor,
  registration: RegistrationRow,
  given: Omit<GivenExit, 'source'> & { source: ExitRow['source'] },
  now: Date,
): NewExit {
  return {
    id: newTenantId(registration.tenant, now),
    source: given.source,
    reason: given.reason,
    sub_reason: given.subReason ?? null,
    evidence: [...given.evidence],
    exit_on: given.exitOn,
    remark: given.remark.trim(),
    proposed_at: now,
    proposed_by: staffIdOf(actor),
    answer: null,
    answer_due: null,
  };
}

interface FirstStep {
  readonly status: ExitRow['status'];
  readonly answer_due: PlainDate | null;
  readonly effects: readonly ExitEffect[];
  readonly message: string;
}

/** What follows a proposal at once: the last-chance notice, the question to the worker, or nothing. */
function firstStep(said: ExitProposal, law: ExitContext, registration: RegistrationRow, now: Date): FirstStep {
  const dead = registration.deceased_on !== null;
  if (isGuarded(said.reason, law.policy)) {
    const next = lawful(
      nextExit({ status: 'proposed' }, 'warn', { proposal: said, context: { ...law, today: lastChanceSentOn(now) } }),
    );
    const until = next.effects.find((effect) => effect.kind === 'startLastChance')?.until ?? null;
    return {
      status: next.status,
      answer_due: until,
      effects: next.effects,
      message: `已发出最后一次告知，期限到${longDate(until ?? '')}。期满没有回应，再确认，并由第二人复核。`,
    };
  }
  const askable = isExitReason(said.reason) && !exitReasonRules[said.reason].cannotAsk && !dead;
  if (said.source === 'comparison' && askable) {
    const next = lawful(nextExit({ status: 'proposed' }, 'ask', { proposal: said }));
    const days = law.policy.guardedExit?.value.lastChanceWorkingDays ?? ANSWER_WORKING_DAYS;
    const due = addWorkingDays(law.today, days, law.calendar);
    const message = `已先询问本人，请本人在${longDate(due)}前答复。答复前不能退出。`;
    return { status: next.status, answer_due: due, effects: next.effects, message };
  }
  return { status: 'proposed', answer_due: null, effects: [], message: '已提出退出，登记仍有效，确认后才退出。' };
}

async function store(
  tx: Tx,
  context: Context,
  registration: RegistrationRow,
  exit: NewExit & FirstStep,
  law: ExitContext,
  now: Date,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await tx.run(
      putExit,
      registration.tenant,
      exit.id,
      caseNumber(businessDate(now), randomInt(0, 1_000_000_000)),
      registration.id,
      registration.person_id,
      registration.division,
      registration.office,
      exit.status,
      exit.source,
      exit.reason,
      exit.sub_reason,
      JSON.stringify(exit.evidence),
      exit.exit_on,
      exit.remark,
      now,
      exit.proposed_by,
      tx.actor.name,
      exit.answer_due,
      basisOf(law.policy, exit.reason),
    );
    if (stored > 0) return;
    // The serial drawn by chance is taken (AAZ341 is never repeated, M79X-2).
    if (attempt === ATTEMPTS_AT_A_SERIAL) throw new AppError('server.failed');
    context.log.info({ attempt }, 'exit serial drawn again');
  }
}

/** Registration, history, message of a new exit. */
async function after(
  tx: Tx,
  context: Context,
  registration: RegistrationRow,
  exit: NewExit,
  first: FirstStep,
  now: Date,
): Promise<void> {
  const to = await moveRegistration(tx, registration, 'proposeExit', {});
  const detail = { reason: exit.reason, subReason: exit.sub_reason ?? undefined, source: exit.source };
  const due = first.answer_due ?? undefined;
  await record(tx, context, registration, exit, now, {
    action: 'proposeExit',
    to,
    audited: 'exit.propose',
    detail: { ...detail, ...(due ? { answerDue: due } : {}) },
  });
  if (first.status === 'asked') {
    const asked = {
      action: 'ask',
      to,
      audited: 'exit.propose',
      detail: { text: `请本人在${longDate(due ?? '')}前答复` },
    };
    await record(tx, context, { ...registration, status: to }, exit, now, asked);
  }
  if (first.effects.some((effect) => effect.kind === 'startLastChance')) {
    await tx.run(
      putLastChance,
      registration.tenant,
      newTenantId(registration.tenant, now),
      registration.id,
      registration.person_id,
      registration.office,
      now,
      businessDate(now).slice(0, 7),
      staffIdOf(tx.actor),
      tx.actor.name,
      `最后一次告知，期限到${longDate(due ?? '')}`,
    );
  }
  await tell(tx, context, registration, exit, first.effects, now, due ? { due } : {});
}
