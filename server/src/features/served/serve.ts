import type { Action } from '@yingdeng/rules/access.ts';
import { checkContact, contactCountsAs, monthOf } from '@yingdeng/rules/contact.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { type ServedEnd, servedEnds } from '@yingdeng/rules/served.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { allowed } from '../service/index.ts';
import { end, lockServed, markSeen, putContact, type ServedRow } from './served.sql.ts';

interface On {
  readonly id: string;
  readonly key: string;
  readonly now: Date;
}
type Given = {
  means: 'telephone' | 'message' | 'visit' | 'counter';
  result: 'reached' | 'replied' | 'noAnswer' | 'notHome' | 'wrongNumber' | 'sent';
  note: string;
  at?: string | undefined;
};

/**
 * Records an attempt or a contact by the rules that hold for registrants (M79-1b, M79-3a): a message alone fulfils nothing.
 * @throws AppError request.notFound, access.denied, contact.incomplete, served.notAllowed, decision.forbiddenGround
 */
export async function recordServedContact(context: Context, actor: Actor, on: On, given: Given): Promise<boolean> {
  const request = { route: 'recordServedContact', key: on.key, request: [on.id, given], now: on.now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const row = await open(tx, on.id, 'contact.record');
    const today = businessDate(on.now);
    const note = given.note.trim();
    // A note from the field holds from when it happened; one that claims to come from the future is refused like any other.
    const at = given.at ? new Date(given.at) : on.now;
    const day = businessDate(at);
    const contact = { means: given.means, result: given.result, on: day, by: actor.name, content: note };
    const fault = checkContact(contact, { registeredOn: row.arrived_on, today });
    if (isRefusal(fault)) throw new AppError('contact.incomplete', { why: fault.message });
    blockForbidden(note, '联系记录');
    const spoke = contactCountsAs(given.means, given.result) === 'contact';
    const month = monthOf(day);
    const outcome = spoke ? 'contact' : 'attempt';
    const key = [row.tenant, newTenantId(row.tenant, on.now), row.id, row.person_id, row.office] as const;
    await tx.run(putContact, ...key, given.means, outcome, given.result, at, month, actor.id, actor.name, note);
    if (spoke) await tx.run(markSeen, row.tenant, row.id, at, month);
    await noteAct(context, tx, row, 'contact.record', on.now, { outcome });
    return { spoke };
  });
  return result.spoke;
}

/** Leaves the list; what the person was registered for, if at all, is not touched. @throws AppError request.notFound, access.denied, served.notAllowed */
export async function endServed(
  context: Context,
  actor: Actor,
  on: On & { version: number },
  reason: ServedEnd,
): Promise<void> {
  const request = { route: 'endServed', key: on.key, request: [on.id, on.version, reason], now: on.now };
  await once(context.db, actor, request, async (tx) => {
    const row = await open(tx, on.id, 'served.manage');
    const today = businessDate(on.now);
    const written = await tx.run(end, row.tenant, row.id, on.version, today, servedEnds[reason], actor.name);
    if (written === 0) throw new AppError('served.notAllowed', { why: '这个人的记录刚有变动，请刷新后查看。' });
    await noteAct(context, tx, row, 'served.manage', on.now, { end: reason });
    return { served: row.id };
  });
}

async function open(tx: Tx, id: string, action: Action): Promise<ServedRow> {
  const row = await tx.first(lockServed, tenantOfId(id), id);
  if (!row) throw new AppError('request.notFound');
  allowed(tx.actor, action, row.office);
  if (row.registered || row.registration_id)
    throw new AppError('served.notAllowed', { why: '此人已办理失业登记，请在登记里联系和服务，不重复记录。' });
  if (row.ended_on) throw new AppError('served.notAllowed', { why: `此人已于${row.ended_on}结束服务。` });
  return row;
}

async function noteAct(
  context: Context,
  tx: Tx,
  row: ServedRow,
  action: Action,
  now: Date,
  detail: object,
): Promise<void> {
  await audit(tx, context.crypto, now, {
    tenant: row.tenant,
    office: row.office,
    action,
    subjectKind: 'served',
    subjectId: row.id,
    personId: row.person_id,
    detail: { ...detail },
  });
}
