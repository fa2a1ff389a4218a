import { type Action, can, whyNot } from '@yingdeng/rules/access.ts';
import { isRefusal, type Refusal } from '@yingdeng/rules/refusal.ts';
import { registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { dayAndTime } from '../../platform/words.ts';
import { recordStep } from '../casefile/index.ts';
import { findSubject, lockSubject, type SubjectRow } from './service.sql.ts';

/** On what a command of this feature works. */
export interface OnRegistration {
  readonly registrationId: string;
  readonly key: string;
  readonly now: Date;
}

/** The registration a service is for, locked and still valid. @throws AppError request.notFound, access.denied, registration.changed */
export async function openSubject(tx: Tx, id: string, action: Action): Promise<SubjectRow> {
  const row = await tx.first(lockSubject, tenantOfId(id), id);
  if (!row) throw new AppError('request.notFound');
  allowed(tx.actor, action, row.office);
  if (row.status === 'exited') {
    throw new AppError('registration.changed', {
      who: row.last_actor ?? '其他经办人',
      when: row.last_at ? dayAndTime(row.last_at) : '刚才',
      what: registrationStatusText[row.status],
    });
  }
  return row;
}

/** The same to read, ended ones too. @throws AppError request.notFound */
export async function readSubject(tx: Tx, id: string): Promise<SubjectRow> {
  const row = await tx.first(findSubject, tenantOfId(id), id);
  if (!row) throw new AppError('request.notFound');
  return row;
}

/** @throws AppError access.denied */
export function allowed(actor: Actor, action: Action, office: string): void {
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: office };
  if (!can(actor.role, action, scope))
    throw new AppError('access.denied', { why: whyNot(actor.role, action, scope) ?? '' });
}

/** What a rule let through. @throws AppError with the rule's code, words and clause */
export function lawful<T>(outcome: T | Refusal | null): T {
  if (!isRefusal(outcome)) return outcome as T;
  throw new AppError(outcome.code, { why: outcome.message }, outcome.clause ? { clause: outcome.clause } : {});
}

/** History and audit of one act, together. `text` is what the history shows; no personal data. */
export async function record(
  tx: Tx,
  context: Context,
  row: Pick<SubjectRow, 'tenant' | 'id' | 'person_id' | 'office' | 'status'>,
  now: Date,
  act: {
    action: 'classify' | 'plan' | 'service' | 'difficulty' | 'post' | 'training' | 'policy' | 'credit';
    audited: Action;
    text: string;
    detail?: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  await Promise.all([
    recordStep(tx, row, now, { action: act.action, detail: { text: act.text } }),
    audit(tx, context.crypto, now, {
      tenant: row.tenant,
      office: row.office,
      action: act.audited,
      subjectKind: 'registration',
      subjectId: row.id,
      personId: row.person_id,
      ...(act.detail ? { detail: act.detail } : {}),
    }),
  ]);
}
