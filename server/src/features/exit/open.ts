import { type Action, can, whyNot } from '@yingdeng/rules/access.ts';
import { type ExitContext, type ExitProposal, type ExitState, exitStatusText } from '@yingdeng/rules/exit.ts';
import { parameterSpecs } from '@yingdeng/rules/provisions/parameter-specs.ts';
import { LawSilent } from '@yingdeng/rules/provisions/policy.ts';
import { isRefusal, type Refusal } from '@yingdeng/rules/refusal.ts';
import { registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { type Once, once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import { reportToSupervision } from '../application/index.ts';
import {
  addEvidence,
  type EvidencePiece,
  type ExitRow,
  lastAction,
  lastReached,
  lockExit,
  lockRegistration,
  lockRegistrationOfExit,
  type RegistrationRow,
} from './exit.sql.ts';
import { exitContext, proposalOf } from './proposal.ts';

/** A command on one exit: which, from which page, under which request key. */
export interface OnExit {
  readonly id: string;
  /** Version of the page it was decided on. Absent for the worker's answer. */
  readonly version?: number;
  readonly key: string;
  readonly now: Date;
}

/** What a command leaves behind for a repeated request: ids and words without personal data. */
export interface ExitResult {
  readonly exit: string;
  readonly registration: string;
  readonly message: string;
}

/** An exit with its registration, both locked, and what the rules need to judge it. */
export interface OpenExit {
  readonly registration: RegistrationRow;
  readonly exit: ExitRow;
  readonly law: ExitContext;
  readonly proposal: ExitProposal;
  readonly state: ExitState;
  readonly last: { actor_name: string; at: Date } | undefined;
}

/** Locks the registration, for a proposal. @throws AppError request.notFound, access.denied, registration.changed */
export async function openRegistration(
  tx: Tx,
  id: string,
  action: Action,
): Promise<RegistrationRow & { reachedAt: Date | null }> {
  const tenant = tenantOfId(id);
  const [row, last, reached] = await Promise.all([
    tx.first(lockRegistration, tenant, id),
    tx.first(lastAction, tenant, id),
    tx.first(lastReached, tenant, id),
  ]);
  if (!row) throw new AppError('request.notFound');
  admit(tx.actor, action, row);
  if (row.status !== 'active') {
    throw new AppError('registration.changed', { ...changedBy(last), what: registrationStatusText[row.status] });
  }
  return { ...row, reachedAt: reached?.at ?? null };
}

/**
 * Locks an exit and its registration, and refuses a stale page. `more` is evidence found since the proposal; it is kept with it.
 * @throws AppError request.notFound, access.denied, exit.changed
 */
export async function openExit(
  tx: Tx,
  context: Context,
  on: OnExit,
  action: Action,
  more: readonly EvidencePiece[] = [],
): Promise<OpenExit> {
  const tenant = tenantOfId(on.id);
  const [registration, stored] = await Promise.all([
    tx.first(lockRegistrationOfExit, tenant, on.id),
    tx.first(lockExit, tenant, on.id),
  ]);
  const exit = stored && { ...stored, evidence: [...stored.evidence, ...more] };
  if (!registration || !exit) throw new AppError('request.notFound');
  admit(tx.actor, action, registration);
  const [last, reached] = await Promise.all([
    tx.first(lastAction, tenant, registration.id),
    tx.first(lastReached, tenant, registration.id),
  ]);
  if (on.version !== undefined && on.version !== exit.version) throw exitChanged(exit, last);
  if (more.length > 0) await tx.run(addEvidence, tenant, exit.id, JSON.stringify(more));
  const law = exitContext(context, registration, exit, on.now);
  const said = { ...exit, proposed_by: exit.proposed_by ?? exit.proposed_by_name };
  return {
    registration,
    exit,
    law,
    proposal: proposalOf(said, law, registration, reached?.at ?? null),
    state: {
      status: exit.status,
      ...(exit.answer ? { answer: exit.answer.agrees ? 'agrees' : 'disputes' } : {}),
      ...(exit.confirmed_by ? { confirmedBy: exit.confirmed_by } : {}),
    },
    last,
  };
}

function admit(actor: Actor, action: Action, row: RegistrationRow): void {
  const scope =
    actor.kind === 'worker'
      ? { ownCase: row.person_id === actor.person }
      : { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
  if (!can(actor.role, action, scope)) {
    throw new AppError('access.denied', { why: whyNot(actor.role, action, scope) ?? '' });
  }
}

type Last = OpenExit['last'];
const changedBy = (last: Last) => ({
  who: last?.actor_name ?? '其他经办人',
  when: last ? dayAndTime(last.at) : '刚才',
});

/** Somebody was there before: who, when, what. */
export function exitChanged(exit: ExitRow, last: Last): AppError {
  return new AppError('exit.changed', { ...changedBy(last), what: exitStatusText[exit.status] });
}

const codes = [
  'exit.incomplete',
  'exit.notAllowed',
  'exit.changed',
  'registration.claimed',
  'decision.forbiddenGround',
] as const;

/** Turns a rule's refusal into an answer; what supervision must hear of rides along. */
export function lawful<T>(outcome: T | Refusal, open?: Pick<OpenExit, 'exit' | 'last'>): T {
  if (!isRefusal(outcome)) return outcome;
  if (outcome.code === 'exit.changed' && open) throw exitChanged(open.exit, open.last);
  const { message, clause, supervisionEvent } = outcome;
  throw new AppError(
    codes.find((code) => code === outcome.code) ?? 'exit.notAllowed',
    { why: message, phrase: /“(.+?)”/.exec(message)?.[1] ?? message, where: '' },
    { ...(clause ? { clause } : {}), ...(supervisionEvent ? { detail: { supervisionEvent } } : {}) },
  );
}

/**
 * Runs a command once for its key. What supervision must hear of is written although the command itself is rolled back;
 * a silent law is said as such.
 */
export async function runOnce(
  context: Context,
  actor: Actor,
  request: Once,
  subject: string,
  work: (tx: Tx) => Promise<ExitResult>,
): Promise<ExitResult> {
  try {
    return (await once(context.db, actor, request, work)).result;
  } catch (error) {
    if (error instanceof LawSilent) {
      throw new AppError('law.silent', { date: error.date, parameter: parameterSpecs[error.parameter].label });
    }
    await reportToSupervision(context, actor, { id: subject, now: request.now }, 'exit', error);
    throw error;
  }
}
