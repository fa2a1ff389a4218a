import { codeText } from '@yingdeng/contract/code-tables.ts';
import { can, whyNot } from '@yingdeng/rules/access.ts';
import type { RegistrationPlace } from '@yingdeng/rules/provisions/parameters.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { nextRegistration, registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import { movePerson } from '../application/index.ts';
import { recordStep } from '../casefile/index.ts';
import { moveMatters } from '../matter/index.ts';
import { notify } from '../notice/index.ts';
import {
  followByOffice,
  followRegistration,
  lockForTransfer,
  moveDecision,
  moveFile,
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

/** Where to, on which place of registration, why (said by the person). */
export interface TransferTo {
  readonly office: string;
  readonly place: RegistrationPlace;
  readonly reason: string;
}

/**
 * Moves a valid registration to another office of the city at the wish of the person (M79-1a), with everything that is open about it. Number, day of
 * registration and every clock stay; what was done stays recorded where it was done. The month counts it as 转出 here and 转入 there (M79-9).
 * @returns the code of the office. @throws AppError request.notFound, access.denied, registration.changed, registration.notAllowed, decision.forbiddenGround
 */
export async function transferRegistration(
  context: Context,
  actor: Actor,
  on: OnTransfer,
  to: TransferTo,
): Promise<string> {
  const reason = to.reason.trim();
  blockForbidden(reason, '转移登记的原因');
  const target = context.reference.office(to.office);
  if (!target?.open)
    throw new AppError('registration.notAllowed', { why: '没有这个机构，或者已经停用，请从列表中选择。' });
  const request = { route: 'transferRegistration', key: on.key, request: [on.id, on.version, to], now: on.now };
  // The right to transfer is checked against the own range; the move itself reaches the other office.
  const { result } = await once(context.db, reachingNation(actor), request, async (tx) => {
    const row = await open({ ...tx, actor }, on);
    permit(context, row, to, reason, on.now);
    await move({ ...tx, actor }, row, to, reason, on.now);
    await writeDown({ ...tx, actor }, context, row, to, reason, on.now);
    return to.office;
  });
  return result;
}

async function open(tx: Tx, { id, version }: OnTransfer): Promise<TransferRow> {
  const { actor } = tx;
  const row = await tx.first(lockForTransfer, tenantOfId(id), id);
  if (!row || row.office < actor.lo || row.office >= actor.hi) throw new AppError('request.notFound');
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
  if (!can(actor.role, 'registration.transfer', scope))
    throw new AppError('access.denied', { why: whyNot(actor.role, 'registration.transfer', scope) ?? '' });
  if (row.version !== version) throw changed(row);
  return row;
}

const changed = (row: TransferRow): AppError =>
  new AppError('registration.changed', {
    who: row.last_actor ?? '其他经办人',
    when: row.last_at ? dayAndTime(row.last_at) : '刚才',
    what: registrationStatusText[row.status],
  });

function permit(context: Context, row: TransferRow, to: TransferTo, reason: string, now: Date): void {
  const places = context.reference.policy(to.office.slice(0, 6), businessDate(now)).registrationPlaces?.value ?? [];
  const next = nextRegistration({ status: row.status }, 'transfer', {
    from: row.office,
    to: to.office,
    place: to.place,
    places,
    reason,
  });
  if (!isRefusal(next)) return;
  if (next.code === 'registration.changed') throw changed(row);
  throw new AppError('registration.notAllowed', { why: next.message }, next.clause ? { clause: next.clause } : {});
}

async function move(tx: Tx, row: TransferRow, to: TransferTo, reason: string, now: Date): Promise<void> {
  const { tenant, id } = row;
  const { office, place } = to;
  const division = office.slice(0, 6);
  const { actor } = tx;
  const by = actor.kind === 'staff' ? actor.id : null;
  await Promise.all([
    tx.run(putTransfer, tenant, newTenantId(tenant, now), id, division, office, place, now, by, actor.name, reason),
    tx.run(moveRegistration, tenant, id, division, office, place),
    tx.run(moveFile, tenant, row.application_id, division, office),
    tx.run(moveDecision, tenant, row.application_id, office),
    tx.run(movePerson, tenant, row.person_id, office),
    tx.run(moveMatters, tenant, row.application_id, division, office),
    ...followRegistration.map((statement) => tx.run(statement, tenant, id, division, office)),
    ...followByOffice.map((statement) => tx.run(statement, tenant, id, office)),
  ]);
}

async function writeDown(
  tx: Tx,
  context: Context,
  row: TransferRow,
  to: TransferTo,
  reason: string,
  now: Date,
): Promise<void> {
  const { tenant, id } = row;
  const names = `${context.reference.officeName(row.office)} → ${context.reference.officeName(to.office)}`;
  const place = codeText('registrationPlace', to.place) ?? to.place;
  await Promise.all([
    recordStep(tx, row, now, {
      action: 'transfer',
      detail: { text: `${names}（${place}），${reason}`, clause: 'M79-1a', from: row.office, to: to.office },
    }),
    audit(tx, context.crypto, now, {
      tenant,
      office: to.office,
      action: 'registration.transfer',
      subjectKind: 'registration',
      subjectId: id,
      personId: row.person_id,
      reason,
      detail: { from: row.office, to: to.office, place: to.place },
    }),
  ]);
  if (row.deceased_on) return;
  const mobile = row.contact_sealed && context.crypto.open<{ mobile?: string }>(row.contact_sealed).mobile;
  await notify(context, tx, now, {
    tenant,
    office: to.office,
    personId: row.person_id,
    template: 'registration.transferred',
    facts: { number: row.number },
    ...(mobile ? { mobile } : {}),
    subjectKind: 'registration',
    subjectId: id,
    occasion: `${to.office}:${now.toISOString()}`,
  });
}
