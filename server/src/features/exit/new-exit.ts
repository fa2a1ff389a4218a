import { randomInt } from 'node:crypto';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { ExitContext, ExitEffect } from '@yingdeng/rules/exit.ts';
import { caseNumber } from '@yingdeng/rules/numbers.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { longDate } from '../../platform/words.ts';
import { type EvidencePiece, type ExitRow, putExit, putLastChance, type RegistrationRow } from './exit.sql.ts';
import { basisOf } from './proposal.ts';
import { moveRegistration, record, staffIdOf, tell } from './record.ts';

/** What an exit says, whoever says it. */
export interface GivenContent {
  readonly reason: string;
  readonly subReason?: string;
  readonly evidence: readonly EvidencePiece[];
  readonly exitOn: PlainDate;
  readonly remark: string;
}

const ATTEMPTS_AT_A_SERIAL = 5;

/** An exit before it has a serial and a status. */
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

/** An exit as given now by the actor. */
export function newExit(
  actor: Actor,
  registration: RegistrationRow,
  given: GivenContent & { source: ExitRow['source'] },
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

/** The first status of an exit and what follows at once. */
export interface FirstStep {
  readonly status: ExitRow['status'];
  readonly answer_due: PlainDate | null;
  readonly effects: readonly ExitEffect[];
  readonly message: string;
}

/** Stores a new exit with its registration's status, history, last-chance record and message. */
export async function storeExit(
  tx: Tx,
  context: Context,
  registration: RegistrationRow,
  exit: NewExit,
  first: FirstStep,
  law: ExitContext,
  now: Date,
): Promise<void> {
  await insert(tx, context, registration, { ...exit, ...first }, law, now);
  await after(tx, context, registration, exit, first, now);
}

async function insert(
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
