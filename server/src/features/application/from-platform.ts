import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { markJoined, startEarlier } from './amend.sql.ts';
import { putAction } from './application.sql.ts';
import { openFor } from './decide.ts';
import { moveOpen } from './hand-over.ts';
import { dueOf } from './submit.ts';

/**
 * The person also applied on the platform, and that submission was earlier than the one the clock of this open case started
 * with: the office has only until that day (H122-2c, R022). Later submissions change nothing.
 */
export async function joinPlatform(
  tx: Tx,
  context: Context,
  id: string,
  submittedAt: Date,
  division: string,
  now: Date,
): Promise<void> {
  void tx.run(markJoined, tenantOfId(id), id);
  await joinEarlier(tx, context, id, submittedAt, division, now);
}

/** The clock of an open case starts with the earliest of the person's submissions, wherever it was made. */
export async function joinEarlier(
  tx: Tx,
  context: Context,
  id: string,
  submittedAt: Date,
  division: string,
  now: Date,
): Promise<void> {
  const tenant = tenantOfId(id);
  const on = businessDate(submittedAt);
  const due = dueOf(context.reference.policy(division, on), on, context.reference.calendar);
  const basis = JSON.stringify({ decisionWorkingDays: { value: due.workingDays, citation: due.citation } });
  const moved = await tx.first(startEarlier, tenant, id, submittedAt, on, due.due, basis);
  if (!moved) return;
  await tx.run(
    putAction,
    tenant,
    newTenantId(tenant, now),
    id,
    moved.person_id,
    moved.office,
    'startEarlier',
    'submitted',
    'submitted',
    now,
    null,
    tx.actor.name,
    JSON.stringify({ due: due.due, clause: due.citation.clauseId, note: `提交于${on}，办结期限提前到${due.due}` }),
  );
}

/**
 * The worker chose another county on the platform: the open case follows at once, with number, submission and due date
 * (A21-7a, M79-1a). @returns its id there. @throws AppError application.notAllowed, application.changed
 */
export async function followPlace(
  tx: Tx,
  context: Context,
  id: string,
  to: { division: string; reason: string },
  now: Date,
): Promise<string> {
  const row = await openFor(tx, context, { id, key: '', now }, 'application.check');
  const office = context.reference.receivingOffice(to.division);
  return moveOpen(tx, context, row, { office, reason: to.reason }, [to.division], now);
}
