import { decisionDue } from '@yingdeng/rules/application.ts';
import { plainName } from '@yingdeng/rules/application-form.ts';
import { answering, type TransferSide } from '@yingdeng/rules/transfer-request.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { personKey } from '../../platform/identity.ts';
import { mayTransfer, officeAt, permit, type TransferTo } from './permit.ts';
import { putRequest, registrationOfPerson } from './request.sql.ts';
import { lockForTransfer, type TransferRow } from './transfer.sql.ts';

/** Somebody stands at the counter of the new office with a registration elsewhere. */
export interface Arriving extends TransferTo {
  readonly name: string;
  readonly idNumber: string;
}

/**
 * Asks the other office about a locked registration. The answer is due in the days a registration is decided in there (M79-3a): for the person
 * it is nothing else.
 * @throws AppError registration.notAllowed when it is asked already; law.silent
 */
export async function ask(
  tx: Tx,
  context: Context,
  row: TransferRow,
  to: TransferTo,
  side: TransferSide,
  now: Date,
): Promise<void> {
  const today = businessDate(now);
  const answers = answering(side) === 'to' ? to.office : row.office;
  const due = decisionDue(today, context.reference.policy(answers.slice(0, 6), today), context.reference.calendar);
  const { actor } = tx;
  const put = await tx.first(
    putRequest,
    row.tenant,
    newTenantId(row.tenant, now),
    row.id,
    to.office,
    to.place,
    side,
    to.reason,
    now,
    actor.kind === 'staff' ? actor.id : null,
    actor.name,
    due.due,
    JSON.stringify({ decisionWorkingDays: { value: due.workingDays, citation: due.citation } }),
  );
  if (!put) throw new AppError('registration.notAllowed', { why: '这份登记已有一份转移请求在等答复，见“跨市转移”。' });
  await audit(tx, context.crypto, now, {
    tenant: row.tenant,
    office: row.office,
    action: 'registration.transferAsk',
    subjectKind: 'registration',
    subjectId: row.id,
    personId: row.person_id,
    reason: to.reason,
    detail: { from: row.office, to: to.office, place: to.place, side },
  });
}

/**
 * The office the person came to asks the one that holds the registration to let it go (A21-7a: nobody is sent back to where he or she was
 * registered). Identity number and name must be those of the registration; a wrong pair is told apart from nobody by nothing.
 * @throws AppError registration.notAllowed, access.denied, decision.forbiddenGround
 */
export async function requestTransfer(
  context: Context,
  actor: Actor,
  on: { key: string; now: Date },
  arriving: Arriving,
): Promise<string> {
  const { name, idNumber, ...rest } = arriving;
  const to = { ...rest, reason: rest.reason.trim() };
  blockForbidden(to.reason, '转移登记的原因');
  officeAt(context, to.office);
  mayTransfer(actor, to.office);
  const { hash } = personKey(context.crypto, idNumber);
  const request = { route: 'requestTransfer', key: on.key, request: [hash.toString('hex'), to], now: on.now };
  const { result } = await once(context.db, reachingNation(actor), request, async (reaching) => {
    const tx = { ...reaching, actor };
    const held = await tx.first(registrationOfPerson, hash);
    const row =
      held && plainName(held.name) === plainName(name)
        ? await tx.first(lockForTransfer, held.tenant, held.id)
        : undefined;
    if (!row)
      throw new AppError('registration.notAllowed', {
        why: '没有查到此人有效的失业登记，请核对姓名和证件号码。没有登记的，请直接办理失业登记。',
      });
    if (row.office >= actor.lo && row.office < actor.hi)
      throw new AppError('registration.notAllowed', { why: '这份登记就在本辖区，请在业务页直接转移。' });
    if (row.status === 'exitProposed')
      throw new AppError(
        'registration.notAllowed',
        { why: '原机构正在核实一份退出，办结后再转移。' },
        { clause: 'M79-4c' },
      );
    permit(context, row, to, on.now);
    await ask(tx, context, row, to, 'to', on.now);
    return row.office;
  });
  return result;
}
