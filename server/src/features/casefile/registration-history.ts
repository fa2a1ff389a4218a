import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { putRegistrationAction } from './registration-history.sql.ts';

/** A registration as whoever changes it holds it. */
interface Registration {
  readonly tenant: string;
  readonly id: string;
  readonly person_id: string;
  readonly office: string;
  readonly status: string;
}

/**
 * One step in the history of a registration, by the actor of the transaction: what was done, what it became (the same where nothing changed),
 * and what the page tells of it. The caller sends it together with its other writes.
 */
export function recordStep(
  tx: Tx,
  { tenant, id, person_id, office, status }: Registration,
  now: Date,
  step: { readonly action: string; readonly to?: string; readonly detail: Readonly<Record<string, unknown>> },
): Promise<unknown> {
  const { actor } = tx;
  return tx.run(
    putRegistrationAction,
    tenant,
    newTenantId(tenant, now),
    id,
    person_id,
    office,
    step.action,
    status,
    step.to ?? status,
    now,
    actor.kind === 'staff' ? actor.id : null,
    actor.name,
    JSON.stringify(step.detail),
  );
}
