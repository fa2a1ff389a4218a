import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { exchangeDays } from './days.ts';
import { uploadExits } from './send.ts';
import { getTransport } from './transport.ts';

/** How a day stands after it was sent. */
export interface DaySent {
  readonly on: PlainDate;
  readonly exits: number;
  readonly accepted: number;
  readonly returned: number;
  readonly blocked: number;
  /** Not accepted or returned so far: waiting, or sent without a receipt. */
  readonly waiting: number;
  readonly receipts: readonly string[];
}

/**
 * Builds and sends the exits of a business date now, for the counties of the actor's range (M79-8a). Safe to repeat.
 * @throws AppError exchange.notConfigured, request.invalid for a day that has not come
 */
export async function sendDay(context: Context, actor: Actor, on: PlainDate): Promise<DaySent> {
  getTransport(context);
  if (on > businessDate(context.clock.now())) {
    throw new AppError('request.invalid', {}, { fields: [{ field: 'on', message: '日期：不能晚于今天。' }] });
  }
  const range = { lo: actor.lo, hi: actor.hi };
  await uploadExits(context, on, { range });
  const [day] = await exchangeDays(context, actor, on, on);
  if (!day) throw new AppError('server.failed');
  const { exits, accepted, returned, blocked } = day;
  if (actor.kind === 'staff') {
    await context.db.transaction(actor, (tx) =>
      audit(tx, context.crypto, context.clock.now(), {
        tenant: actor.office.slice(0, 4),
        office: actor.office,
        action: 'exchange.send',
        subjectKind: 'exchangeDay',
        subjectId: on,
        detail: { exits, accepted, returned, blocked },
      }),
    );
  }
  return {
    on,
    exits,
    accepted,
    returned,
    blocked,
    waiting: day.waiting + day.sent,
    receipts: day.receipts.map(({ receipt }) => receipt),
  };
}
