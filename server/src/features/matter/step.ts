import { type MatterAction, type MatterState, nextMatter } from '@yingdeng/rules/one-matter.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../context.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { type MatterRow, putMatterAction } from './matter.sql.ts';

/** The state an action leads to. @throws AppError matter.notAllowed */
export function movedTo(row: Pick<MatterRow, 'kind' | 'state'>, action: MatterAction): MatterState {
  const next = nextMatter(row.kind, row.state, action);
  if (isRefusal(next)) throw new AppError(next.code, { why: next.message });
  return next;
}

/** History and audit of one step of a part. Neither touches the registration's own (M79-2e). `text` has no personal data. */
export async function recordMatter(
  tx: Tx,
  context: Context,
  row: MatterRow,
  to: MatterState,
  now: Date,
  act: { action: MatterAction | 'stop' | 'check' | 'tellExit' | 'ask'; text: string },
): Promise<void> {
  const { actor } = tx;
  await Promise.all([
    tx.run(
      putMatterAction,
      row.tenant,
      newTenantId(row.tenant, now),
      row.id,
      row.person_id,
      row.office,
      act.action,
      row.state,
      to,
      now,
      actor.kind === 'staff' ? actor.id : null,
      actor.name,
      act.text,
    ),
    audit(tx, context.crypto, now, {
      tenant: row.tenant,
      office: row.office,
      action: act.action === 'ask' ? 'matter.ask' : 'matter.settle',
      subjectKind: 'application',
      subjectId: row.application_id,
      personId: row.person_id,
      detail: { matter: row.id, kind: row.kind, step: act.action, state: to },
    }),
  ]);
}
