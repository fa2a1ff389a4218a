import type { ExitEffect } from '@yingdeng/rules/exit.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { nextRegistration, type RegistrationAction, type RegistrationInputs } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { personKey } from '../../platform/identity.ts';
import { recordStep } from '../casefile/index.ts';
import { wakeByRegistration } from '../matter/index.ts';
import { notify } from '../notice/index.ts';
import { type ExitRow, type RegistrationRow, releaseClaim, setDeceased, setRegistration } from './exit.sql.ts';
import { reasonTextOf } from './proposal.ts';

/** What of an exit the records and messages about it need. */
export type ExitSubject = Pick<ExitRow, 'id' | 'reason' | 'sub_reason'>;

/** Account of a staff member who acts; workers and jobs have none. */
export const staffIdOf = (actor: Actor): string | null => (actor.kind === 'staff' ? actor.id : null);

/** One step of the history: the same names on the history of the registration and in the audit. */
export interface HistoryStep {
  /** A word of the case's history. */
  readonly action: string;
  readonly to: RegistrationRow['status'];
  /** Action of the audit, a name of rules/access.ts. */
  readonly audited: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Writes history and audit of one step. */
export async function record(
  tx: Tx,
  context: Context,
  registration: RegistrationRow,
  exit: ExitSubject,
  now: Date,
  step: HistoryStep,
): Promise<void> {
  const { tenant, person_id, office } = registration;
  await Promise.all([
    recordStep(tx, registration, now, {
      action: step.action,
      to: step.to,
      detail: { exit: exit.id, ...step.detail },
    }),
    audit(tx, context.crypto, now, {
      tenant,
      office,
      action: step.audited,
      subjectKind: 'exit',
      subjectId: exit.id,
      personId: person_id,
      detail: { registration: registration.id, step: step.action, status: step.to },
    }),
  ]);
}

/** Moves the registration by its own table and returns the new status. */
export async function moveRegistration<A extends RegistrationAction>(
  tx: Tx,
  registration: RegistrationRow,
  action: A,
  input: RegistrationInputs[A],
  exitedOn: string | null = null,
): Promise<RegistrationRow['status']> {
  const next = nextRegistration({ status: registration.status }, action, input);
  if (isRefusal(next)) throw new AppError('exit.notAllowed', { why: next.message });
  await tx.run(setRegistration, registration.tenant, registration.id, next.status, exitedOn);
  return next.status;
}

/** Keyed hash of the person's identity number; from the form when the person's row belongs to another county now. */
export function idHashOf(context: Context, registration: RegistrationRow): Buffer {
  return (
    registration.id_hash ??
    personKey(context.crypto, context.crypto.open<{ idNumber: string }>(registration.sealed).idNumber).hash
  );
}

/** Ends the registration: status, claim, and for the dead the day from which nobody is written to (A21-5d). */
export async function endRegistration(
  tx: Tx,
  context: Context,
  registration: RegistrationRow,
  exit: ExitSubject & { exit_on: string },
  now: Date,
): Promise<void> {
  await Promise.all([
    moveRegistration(tx, registration, 'exit', { on: exit.exit_on }, exit.exit_on),
    tx.run(releaseClaim, idHashOf(context, registration), registration.id),
    // The benefit system is told; whether it stops anything is its own matter (domain §5.1).
    tx.run(wakeByRegistration, registration.tenant, registration.id, now),
    ...(exit.reason === '26'
      ? [tx.run(setDeceased, registration.tenant, registration.person_id, exit.exit_on, now)]
      : []),
  ]);
}

type Template = 'exit.asked' | 'exit.lastChance' | 'exit.confirmed' | 'exit.rejected' | 'exit.restored';

/** Writes the message an effect asks for; nothing is ever written to the dead. */
export async function tell(
  tx: Tx,
  context: Context,
  registration: RegistrationRow,
  exit: ExitSubject,
  effects: readonly ExitEffect[],
  now: Date,
  facts: { due?: string } = {},
): Promise<void> {
  if (registration.deceased_on || exit.reason === '26') return;
  for (const effect of effects) {
    if (effect.kind !== 'message') continue;
    await send(tx, context, registration, exit, effect.template, now, facts);
  }
}

/** The same for a restored registration, whose person may have been taken for dead. */
export async function send(
  tx: Tx,
  context: Context,
  registration: RegistrationRow,
  exit: ExitSubject,
  template: Template,
  now: Date,
  facts: { due?: string } = {},
): Promise<void> {
  const { mobile } = context.crypto.open<{ mobile?: string }>(registration.contact_sealed ?? registration.sealed);
  await notify(context, tx, now, {
    tenant: registration.tenant,
    office: registration.office,
    personId: registration.person_id,
    template,
    facts: { number: registration.number, reasonText: reasonTextOf(exit), ...(facts.due ? { due: facts.due } : {}) },
    ...(mobile ? { mobile } : {}),
    subjectKind: 'exit',
    subjectId: exit.id,
  });
}
