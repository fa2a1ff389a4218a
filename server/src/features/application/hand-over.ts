import { nextApplication } from '@yingdeng/rules/application.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId, tenantIdFrom } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { followMatters, moveMatters, wakeMatters } from '../matter/index.ts';
import { notify } from '../notice/index.ts';
import {
  type ApplicationRow,
  closeApplication,
  copyApplication,
  copyPerson,
  moveApplication,
  movePerson,
  putAction,
} from './application.sql.ts';
import { allowed, type OnApplication, openFor, reporting } from './decide.ts';
import type { OpenForm, SealedForm } from './form-storage.ts';

/**
 * Hands an application over to the right office; number, submission and due date stay, the clock runs on (A21-7a, M79-1a).
 * To another city the case goes on under a new id there, since every key begins with the city; the old row stays as its record.
 */
export async function handOverApplication(
  context: Context,
  actor: Actor,
  on: OnApplication,
  to: { office: string; reason: string },
): Promise<{ number: string }> {
  if (!context.reference.office(to.office))
    throw new AppError('application.notAllowed', { why: '没有这个机构，请从列表中选择。' });
  return reporting(context, actor, on, 'application', async () => {
    const request = { route: 'handOverApplication', key: on.key, request: [on.id, on.version, to], now: on.now };
    // The right to hand over is checked against the own range first; the move itself reaches the other office.
    const { result } = await once(context.db, reachingNation(actor), request, async (tx) => {
      const row = await openFor({ ...tx, actor }, context, on, 'application.handOver');
      if (row.office < actor.lo || row.office >= actor.hi) throw new AppError('request.notFound');
      await moveOpen({ ...tx, actor }, context, row, to, placesOf(row, row.form as unknown as OpenForm), on.now);
      return { number: row.number };
    });
    return result;
  });
}

/** Moves an open, locked application to one of the places the worker named. @returns its id there. @throws AppError */
export async function moveOpen(
  tx: Tx,
  context: Context,
  row: ApplicationRow,
  to: { office: string; reason: string },
  places: readonly string[],
  now: Date,
): Promise<string> {
  const { office, reason } = to;
  allowed(
    nextApplication(row as { status: 'submitted' }, 'handOver', { from: row.office, to: office, places, reason }),
  );
  const moved = office.startsWith(row.tenant)
    ? await moveInside(tx, row, office)
    : await moveToOtherCity(tx, context, row, office, now);
  await record(tx, context, row, moved, to, now);
  return moved.id;
}

/** The four places the worker named: only their counties may receive the case. */
function placesOf(row: ApplicationRow, form: OpenForm): string[] {
  return [form.household.division, form.residence.division, form.placeDivision, row.division].filter(Boolean);
}

async function moveInside(tx: Tx, row: ApplicationRow, office: string): Promise<{ tenant: string; id: string }> {
  const [moved] = await Promise.all([
    tx.first(moveApplication, row.tenant, row.id, office.slice(0, 6), office),
    tx.run(movePerson, row.tenant, row.person_id, office),
    tx.run(moveMatters, row.tenant, row.id, office.slice(0, 6), office),
  ]);
  if (!moved) throw new AppError('application.changed', { who: '其他经办人', when: '刚才', what: '已办结' });
  return { tenant: row.tenant, id: row.id };
}

async function moveToOtherCity(tx: Tx, context: Context, row: ApplicationRow, office: string, now: Date) {
  const tenant = office.slice(0, 4);
  const id = tenantIdFrom(tenant, `moved:${row.id}`);
  const closed = await tx.first(
    closeApplication,
    row.tenant,
    row.id,
    'handedOver',
    now,
    accountOf(tx.actor),
    tx.actor.name,
    null,
    JSON.stringify({ to: office, id }),
  );
  if (!closed) throw new AppError('application.changed', { who: '其他经办人', when: '刚才', what: '已办结' });
  await tx.run(copyPerson, row.tenant, row.person_id, tenant, office, now);
  const copied = await tx.run(copyApplication, row.tenant, row.id, tenant, id, office.slice(0, 6), office);
  if (copied === 0)
    throw new AppError('application.notAllowed', {
      why: '此人在对方城市已有正在办理的申请，请联系对方机构按重复申请办结。',
    });
  await followMatters(tx, { tenant: row.tenant, application: row.id }, { tenant, application: id, now });
  await tx.run(wakeMatters, row.tenant, row.id, now);
  context.log.info({ from: row.tenant, to: tenant }, 'application handed over to another city');
  return { tenant, id };
}

/** Jobs act without an account. */
const accountOf = (actor: Actor) => (actor.kind === 'staff' ? actor.id : null);

async function record(
  tx: Tx,
  context: Context,
  row: ApplicationRow,
  moved: { tenant: string; id: string },
  to: { office: string; reason: string },
  now: Date,
): Promise<void> {
  const detail = JSON.stringify({
    from: row.office,
    to: to.office,
    reason: to.reason,
    due: row.due_on,
    clause: 'A21-7a',
  });
  const entries =
    moved.id === row.id
      ? [{ ...moved, office: to.office, status: 'submitted' }]
      : [
          { ...moved, office: to.office, status: 'submitted' },
          { tenant: row.tenant, id: row.id, office: row.office, status: 'handedOver' },
        ];
  for (const entry of entries) {
    void tx.run(
      putAction,
      entry.tenant,
      newTenantId(entry.tenant, now),
      entry.id,
      row.person_id,
      entry.office,
      'handOver',
      'submitted',
      entry.status,
      now,
      accountOf(tx.actor),
      tx.actor.name,
      detail,
    );
  }
  void audit(tx, context.crypto, now, {
    tenant: moved.tenant,
    office: to.office,
    action: 'application.handOver',
    subjectKind: 'application',
    subjectId: moved.id,
    personId: row.person_id,
    reason: to.reason,
    detail: { from: row.office, to: to.office },
  });
  await notify(context, tx, now, {
    tenant: moved.tenant,
    office: to.office,
    personId: row.person_id,
    template: 'application.handedOver',
    facts: { number: row.number, due: row.due_on },
    mobile: context.crypto.open<SealedForm>(row.sealed).mobile,
    subjectKind: 'application',
    subjectId: moved.id,
    occasion: to.office,
  });
}
