import { can, whyNot } from '@yingdeng/rules/access.ts';
import type { RegistrationPlace } from '@yingdeng/rules/provisions/parameters.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { nextRegistration, registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { dayAndTime } from '../../platform/words.ts';
import type { TransferRow } from './transfer.sql.ts';

/** Where to, on which place of registration, why (said by the person). */
export interface TransferTo {
  readonly office: string;
  readonly place: RegistrationPlace;
  readonly reason: string;
}

/** @throws AppError registration.notAllowed when there is no such office */
export function officeAt(context: Context, office: string): void {
  if (!context.reference.office(office)?.open)
    throw new AppError('registration.notAllowed', { why: '没有这个机构，或者已经停用，请从列表中选择。' });
}

/** @throws AppError access.denied */
export function mayTransfer(actor: Actor, office: string): void {
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: office };
  if (!can(actor.role, 'registration.transfer', scope))
    throw new AppError('access.denied', { why: whyNot(actor.role, 'registration.transfer', scope) ?? '' });
}

/** What the page did not know yet. */
export const changed = (row: TransferRow): AppError =>
  new AppError('registration.changed', {
    who: row.last_actor ?? '其他经办人',
    when: row.last_at ? dayAndTime(row.last_at) : '刚才',
    what: registrationStatusText[row.status],
  });

/** What the law of the place and day says to it. @throws AppError registration.changed, registration.notAllowed */
export function permit(context: Context, row: TransferRow, to: TransferTo, now: Date): 'moveTo' | 'askOffice' {
  const places = context.reference.policy(to.office.slice(0, 6), businessDate(now)).registrationPlaces?.value ?? [];
  const next = nextRegistration({ status: row.status }, 'transfer', {
    from: row.office,
    to: to.office,
    place: to.place,
    places,
    reason: to.reason,
  });
  if (!isRefusal(next)) return next.effects.some(({ kind }) => kind === 'askOffice') ? 'askOffice' : 'moveTo';
  if (next.code === 'registration.changed') throw changed(row);
  throw new AppError('registration.notAllowed', { why: next.message }, next.clause ? { clause: next.clause } : {});
}
