import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { businessDate } from '../../../platform/clock.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Answer } from '../../../platform/http.ts';
import { getTransport } from '../transport.ts';
import { reconcile } from './reconcile.ts';

/**
 * Compares one day, or the ten days up to yesterday, for the counties of the actor's range, now. Safe to repeat.
 * @throws AppError exchange.notConfigured, request.invalid for a day that has not come
 */
export async function reconcileNow(context: Context, actor: Actor, on?: PlainDate): Promise<Answer<'reconcileExits'>> {
  getTransport(context);
  const now = context.clock.now();
  if (on && on > businessDate(now)) {
    throw new AppError('request.invalid', {}, { fields: [{ field: 'on', message: '日期：不能晚于今天。' }] });
  }
  const range = { lo: actor.lo, hi: actor.hi };
  const { days, differences, notAnswered } = await reconcile(context, { range, ...(on ? { from: on, to: on } : {}) });
  await context.db.transaction(actor, (tx) =>
    audit(tx, context.crypto, now, {
      tenant: actor.office.slice(0, 4),
      office: actor.office,
      action: 'exchange.reconcile',
      subjectKind: 'exchangeDay',
      subjectId: on ?? businessDate(now),
      detail: { days, differences, notAnswered },
    }),
  );
  const parts = [differences > 0 ? `发现${differences}条差异` : notAnswered === days ? '' : '没有差异'];
  if (notAnswered > 0) {
    parts.push(context.config.platform ? '平台没有应答，未能与平台核对' : '没有平台的查询接口，只核对了本地');
  }
  return { days, differences, notAnswered, message: `对账完成：${parts.filter(Boolean).join('；')}。` };
}
