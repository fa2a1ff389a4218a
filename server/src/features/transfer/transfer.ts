import { codeText } from '@yingdeng/contract/code-tables.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { movePerson } from '../application/index.ts';
import { recordStep } from '../casefile/index.ts';
import { moveMatters } from '../matter/index.ts';
import { notify } from '../notice/index.ts';
import { ask } from './ask.ts';
import { changed, mayTransfer, officeAt, permit, type TransferTo } from './permit.ts';
import { type Arrived, moveToCity } from './to-city.ts';
import {
  followByOffice,
  followRegistration,
  lockForTransfer,
  moveDecision,
  moveFile,
  moveLoaded,
  moveRegistration,
  putTransfer,
  type TransferRow,
} from './transfer.sql.ts';

/** A transfer of one registration, from one page, under one request key. */
export interface OnTransfer {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly now: Date;
}

/**
 * Moves a valid registration to another office of the city at the wish of the person (M79-1a), with everything that is open about it. Number, day of
 * registration and every clock stay; what was done stays recorded where it was done. The month counts it as 转出 here and 转入 there (M79-9).
 * To another city it goes when the office there agrees: that is asked here.
 * @returns whether it went. @throws AppError request.notFound, access.denied, registration.changed, registration.notAllowed, decision.forbiddenGround
 */
export async function transferRegistration(
  context: Context,
  actor: Actor,
  on: OnTransfer,
  to: TransferTo,
): Promise<'moved' | 'asked'> {
  const reason = to.reason.trim();
  const wanted = { ...to, reason };
  blockForbidden(reason, '转移登记的原因');
  officeAt(context, to.office);
  const request = { route: 'transferRegistration', key: on.key, request: [on.id, on.version, to], now: on.now };
  // The right to transfer is checked against the own range; the move itself reaches the other office.
  const { result } = await once(context.db, reachingNation(actor), request, async (reaching) => {
    const tx = { ...reaching, actor };
    const row = await open(tx, on);
    const next = permit(context, row, wanted, on.now);
    if (next === 'askOffice') {
      await ask(tx, context, row, wanted, 'from', on.now);
      return 'asked' as const;
    }
    await move(tx, context, row, wanted, on.now);
    return 'moved' as const;
  });
  return result;
}

async function open(tx: Tx, { id, version }: OnTransfer): Promise<TransferRow> {
  const { actor } = tx;
  const row = await tx.first(lockForTransfer, tenantOfId(id), id);
  if (!row || row.office < actor.lo || row.office >= actor.hi) throw new AppError('request.notFound');
  mayTransfer(actor, row.office);
  if (row.version !== version) throw changed(row);
  return row;
}

/** Moves a locked registration, within the city or to another one, writes it down on both sides and tells the person. */
export async function move(tx: Tx, context: Context, row: TransferRow, to: TransferTo, now: Date): Promise<void> {
  const elsewhere = to.office.slice(0, 4) !== row.tenant;
  const arrived: Arrived = elsewhere ? await moveToCity(tx, context, row, to, now) : await moveInside(tx, row, to, now);
  await writeDown(tx, context, row, arrived, to, now);
}

async function moveInside(tx: Tx, row: TransferRow, to: TransferTo, now: Date): Promise<Arrived> {
  const { tenant, id } = row;
  const { office, place, reason } = to;
  const division = office.slice(0, 6);
  const { actor } = tx;
  const by = actor.kind === 'staff' ? actor.id : null;
  // Before the row moves: it keeps where it stood and who had it in hand.
  await tx.run(putTransfer, tenant, newTenantId(tenant, now), id, division, office, place, now, by, actor.name, reason);
  await Promise.all([
    tx.run(moveRegistration, tenant, id, division, office, place),
    tx.run(moveFile, tenant, row.application_id, division, office),
    tx.run(moveDecision, tenant, row.application_id, office),
    tx.run(moveLoaded, tenant, id, division, office),
    tx.run(movePerson, tenant, row.person_id, office),
    tx.run(moveMatters, tenant, row.application_id, division, office),
    ...followRegistration.map((statement) => tx.run(statement, tenant, id, division, office)),
    ...followByOffice.map((statement) => tx.run(statement, tenant, id, office)),
  ]);
  return { tenant, registration: id, application: row.application_id };
}

async function writeDown(
  tx: Tx,
  context: Context,
  row: TransferRow,
  arrived: Arrived,
  to: TransferTo,
  now: Date,
): Promise<void> {
  const near = arrived.tenant === row.tenant;
  const nameOf = (office: string) =>
    near ? context.reference.officeName(office) : context.reference.officeNameFromAfar(office);
  const names = `${nameOf(row.office)} → ${nameOf(to.office)}`;
  const place = codeText('registrationPlace', to.place) ?? to.place;
  const detail = { text: `${names}（${place}），${to.reason}`, clause: 'M79-1a', from: row.office, to: to.office };
  const there = { ...row, ...arrived, id: arrived.registration, office: to.office };
  const sides = near ? [row] : [row, there];
  await Promise.all([
    ...sides.map((side) => recordStep(tx, side, now, { action: 'transfer', detail })),
    ...sides.map((side) =>
      audit(tx, context.crypto, now, {
        tenant: side.tenant,
        office: sides.length === 1 ? to.office : side.office,
        action: 'registration.transfer',
        subjectKind: 'registration',
        subjectId: side.id,
        personId: row.person_id,
        reason: to.reason,
        detail: { from: row.office, to: to.office, place: to.place },
      }),
    ),
  ]);
  await tell(tx, context, row, now, {
    tenant: arrived.tenant,
    office: to.office,
    template: 'registration.transferred',
    facts: { number: row.number },
    subjectId: arrived.registration,
    occasion: `${to.office}:${now.toISOString()}`,
  });
}

/** Tells the person of a registration; never the dead. */
export async function tell(
  tx: Tx,
  context: Context,
  row: Pick<TransferRow, 'deceased_on' | 'contact_sealed' | 'person_id'>,
  now: Date,
  message: Omit<Parameters<typeof notify>[3], 'personId' | 'mobile' | 'subjectKind'>,
): Promise<void> {
  if (row.deceased_on) return;
  const mobile = row.contact_sealed && context.crypto.open<{ mobile?: string }>(row.contact_sealed).mobile;
  await notify(context, tx, now, {
    ...message,
    personId: row.person_id,
    subjectKind: 'registration',
    ...(mobile ? { mobile } : {}),
  });
}
