import { isRefusal } from '@yingdeng/rules/refusal.ts';
import {
  declineGrounds,
  isDeclineGround,
  nextTransferRequest,
  type TransferRequestAction,
  type TransferRequestState,
  type TransferSide,
} from '@yingdeng/rules/transfer-request.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantIdFrom, tenantOfId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { reportToSupervision } from '../application/index.ts';
import { recordStep } from '../casefile/index.ts';
import { mayTransfer, permit } from './permit.ts';
import { lockRequest, type RequestRow, settleRequest } from './request.sql.ts';
import { lockForTransfer } from './transfer.sql.ts';
import { move, tell } from './transfer.ts';

/** A request as it stood on the screen. */
export interface OnRequest {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly now: Date;
}

/** What is done with it. */
export interface Answered {
  readonly action: TransferRequestAction;
  readonly ground?: string | undefined;
  readonly text: string;
}

/**
 * Settles a request (M79-1a): taken, the registration moves in the same transaction and the person is told; declined on a ground of the list, the
 * person is told that it stays; taken back, nothing else happens.
 * @returns how it stands now, with both offices. @throws AppError request.notFound, access.denied, registration.notAllowed, registration.changed
 */
export async function settleTransfer(
  context: Context,
  actor: Actor,
  on: OnRequest,
  answered: Answered,
): Promise<{ state: TransferRequestState; from: string; office: string }> {
  const text = answered.text.trim();
  const { action, ground } = answered;
  try {
    blockForbidden(text, '转移请求的答复');
  } catch (error) {
    // The event lies in the city of whoever wrote it.
    await reportToSupervision(
      context,
      actor,
      { id: tenantIdFrom(actor.office.slice(0, 4), on.id), now: on.now },
      'registration',
      error,
    );
    throw error;
  }
  const request = { route: 'settleTransfer', key: on.key, request: [on.id, on.version, answered], now: on.now };
  const { result } = await once(context.db, reachingNation(actor), request, async (reaching) => {
    const tx = { ...reaching, actor };
    const tenant = tenantOfId(on.id);
    const asked = await tx.first(lockRequest, tenant, on.id);
    const acting = asked ? sidesOf(actor, asked) : [];
    if (!asked || acting.length === 0) throw new AppError('request.notFound');
    mayTransfer(actor, acting.includes('to') ? asked.office : asked.from_office);
    if (asked.version !== on.version)
      throw new AppError('registration.notAllowed', { why: '这份请求刚有变动，请刷新后查看。' });
    const today = businessDate(on.now);
    const next = nextTransferRequest({ ...asked, dueOn: asked.due_on, today, acting }, action, ground);
    if (isRefusal(next))
      throw new AppError('registration.notAllowed', { why: next.message }, next.clause ? { clause: next.clause } : {});
    const row = await tx.first(lockForTransfer, tenant, asked.registration_id);
    if (!row) throw new AppError('request.notFound');
    const to = { office: asked.office, place: asked.place_kind, reason: asked.reason };
    if (action === 'accept') {
      if (row.status === 'exitProposed')
        throw new AppError(
          'registration.notAllowed',
          { why: '原机构正在核实一份退出，办结后再转移。' },
          { clause: 'M79-4c' },
        );
      permit(context, row, to, on.now);
    }
    const kept = next === 'declined' ? (ground ?? null) : null;
    const by = actor.kind === 'staff' ? actor.id : null;
    await tx.run(settleRequest, tenant, on.id, next, kept, text, on.now, by, actor.name);
    if (action === 'accept') await move(tx, context, row, to, on.now);
    else if (action === 'decline' && ground && isDeclineGround(ground)) {
      const why = [declineGrounds[ground].text, text].filter(Boolean).join('；');
      const office = context.reference.officeName(asked.office);
      await recordStep(tx, row, on.now, {
        action: 'transferDeclined',
        detail: { text: `${office}：${why}`, clause: declineGrounds[ground].clause },
      });
      await tell(tx, context, row, on.now, {
        tenant,
        office: asked.from_office,
        template: 'registration.transferDeclined',
        facts: { number: row.number, text: why },
        subjectId: row.id,
        occasion: on.id,
      });
    }
    if (action !== 'accept')
      await audit(tx, context.crypto, on.now, {
        tenant,
        office: asked.from_office,
        action: 'registration.transferSettle',
        subjectKind: 'registration',
        subjectId: row.id,
        personId: row.person_id,
        reason: text,
        detail: { to: asked.office, state: next, ...(kept ? { ground: kept } : {}) },
      });
    return { state: next, from: asked.from_office, office: asked.office };
  });
  return result;
}

/** For which of the two offices the actor works. */
export function sidesOf(
  actor: Actor,
  { from_office: from, office }: Pick<RequestRow, 'from_office' | 'office'>,
): TransferSide[] {
  const own = (code: string) => code >= actor.lo && code < actor.hi;
  return [...(own(from) ? (['from'] as const) : []), ...(own(office) ? (['to'] as const) : [])];
}
