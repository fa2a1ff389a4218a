import type { Action } from '@yingdeng/rules/access.ts';
import type { Registering } from '@yingdeng/rules/one-matter.ts';
import { isRefusal, type Refusal } from '@yingdeng/rules/refusal.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { lockMatter, type MatterRow } from '../matter/index.ts';
import { allowed } from '../service/index.ts';
import { type CaseRow, findCase } from './bundle.sql.ts';

/** On which part, as it stood on the screen. */
export interface OnMatter {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly now: Date;
}

/** The case, when the actor reaches it. @throws AppError request.notFound, access.denied */
export async function caseFor(tx: Tx, applicationId: string, action: Action): Promise<CaseRow> {
  const row = await tx.first(findCase, tenantOfId(applicationId), applicationId);
  if (!row) throw new AppError('request.notFound');
  if (tx.actor.kind === 'worker') {
    if (row.person_id !== tx.actor.person) throw new AppError('request.notFound');
  } else allowed(tx.actor, action, row.office);
  return row;
}

/** A part, locked and as it stood on the screen, with its case. @throws AppError request.notFound, access.denied, matter.notAllowed */
export async function matterFor(
  tx: Tx,
  on: Pick<OnMatter, 'id' | 'version'>,
  action: Action,
): Promise<{ row: MatterRow; file: CaseRow }> {
  const row = await tx.first(lockMatter, tenantOfId(on.id), on.id);
  if (!row) throw new AppError('request.notFound');
  const file = await caseFor(tx, row.application_id, action);
  if (row.version !== on.version) throw moved();
  return { row, file };
}

/** Somebody else was first. */
export const moved = () => new AppError('matter.notAllowed', { why: '这一项刚有变动，请刷新后查看。' });

/** @throws AppError with the rule's code, words and clause */
export function lawful(outcome: Refusal | null): void {
  if (isRefusal(outcome))
    throw new AppError(outcome.code, { why: outcome.message }, outcome.clause ? { clause: outcome.clause } : {});
}

/** How the registration stands on which the parts wait. */
export function registeringOf(file: Pick<CaseRow, 'status' | 'registration_status'>): Registering {
  // In another city it goes on, with the parts that went along.
  if (file.status === 'handedOver') return 'handedOver';
  if (file.registration_status === 'exited') return 'exited';
  if (file.status === 'submitted') return 'open';
  return file.status;
}
