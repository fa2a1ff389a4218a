import type { SupervisionEvent } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../context.ts';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { putSupervisionEvent } from './application.sql.ts';

/**
 * Writes what supervision must hear of, when an error carries it: a forbidden ground somebody tried to use (M79-2f, M79-14).
 * The blocked command was rolled back, so this has a transaction of its own.
 */
export async function reportToSupervision(
  context: Context,
  actor: Actor,
  on: { id: string; now: Date },
  subjectKind: string,
  error: unknown,
): Promise<void> {
  if (!(error instanceof AppError)) return;
  const event = error.body.detail?.supervisionEvent as SupervisionEvent | undefined;
  if (!event) return;
  const tenant = tenantOfId(on.id);
  await context.db.transaction({ ...systemActor('supervision'), name: actor.name }, (tx) =>
    tx.run(
      putSupervisionEvent,
      tenant,
      newTenantId(tenant, on.now),
      actor.office || `${tenant}00`,
      event.kind,
      on.now,
      actor.kind === 'staff' ? actor.id : null,
      actor.name,
      subjectKind,
      on.id,
      JSON.stringify({ text: event.text, clauses: event.clauses }),
    ),
  );
}
