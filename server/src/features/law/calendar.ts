import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { CalendarNotMaintained, daysBetween, isPlainDate, weekday } from '@yingdeng/rules/calendar.ts';
import { checkYear, daysOfYear } from '@yingdeng/rules/calendar-year.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { violates } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { refuseFaulty } from '../../platform/faulty.ts';
import type { Answer, Call } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { addDays, changeDay } from './law.sql.ts';

/** The calendar as every process reckons with it. */
export function showCalendar(context: Context, now: Date): Answer<'getCalendar'> {
  const { from, to, off, work } = context.reference.calendar;
  const today = businessDate(now);
  return { from, to, off: { ...off }, work: { ...work }, today, daysLeft: Math.max(0, daysBetween(today, to)) };
}

/** Adds the year that follows the last maintained day. */
export async function addYear(
  context: Context,
  { actor, body, key, now }: Call<'addCalendarYear'>,
): Promise<Answer<'addCalendarYear'>> {
  const { year, source } = body;
  await once(context.db, actor, { route: 'addCalendarYear', key, request: body, now }, async (tx) => {
    refuseFaulty(checkYear(body, context.reference.calendar.to).map(fieldOf));
    const days = daysOfYear(body);
    await tx
      .run(
        addDays,
        days.map(({ day }) => day),
        days.map(({ working }) => working),
        days.map(({ name }) => name),
        source,
      )
      .catch((error: unknown) => {
        if (violates(error, 'calendar_day_pkey'))
          throw new AppError('admin.notAllowed', { why: `${year}年刚由另一位管理员增加，请刷新后查看。` });
        throw error;
      });
    const detail = { source, holidays: body.holidays, makeUp: body.makeUp };
    await audit(tx, context.crypto, now, { ...subject(actor, String(year)), action: 'calendar.addYear', detail });
    return { year };
  });
  await context.reference.refresh(context.db);
  return showCalendar(context, now);
}

/** A fault of the year by the field of the form it belongs to. */
function fieldOf(message: string): FieldFault {
  const fields = { 年份: 'year', 放假: 'holidays', 调休上班: 'makeUp' } as const;
  const name = message.split('：', 1)[0] as keyof typeof fields;
  return { field: fields[name] ?? 'year', message };
}

/**
 * Changes one maintained day from today on. Due dates that were worked out before stay: they are stored with their cases.
 * @throws AppError for a past day; CalendarNotMaintained for a day beyond the calendar.
 */
export async function changeOneDay(
  context: Context,
  { actor, body, now }: Call<'changeCalendarDay'>,
): Promise<Answer<'changeCalendarDay'>> {
  const { date, working, name, reason } = body;
  const { calendar } = context.reference;
  if (!isPlainDate(date)) refuseFaulty([{ field: 'date', message: '日期：不是有效日期。' }]);
  if (date < calendar.from || date > calendar.to) throw new CalendarNotMaintained(date);
  const today = businessDate(now);
  if (date < today) refuseFaulty([{ field: 'date', message: `日期：${date}已经过去，期限已按它计算，不能再改。` }]);
  const weekend = weekday(date) === 0 || weekday(date) === 6;
  // What departs from the ordinary week needs its name; an ordinary day has none.
  const ordinary = weekend !== working;
  if (!ordinary && name === '') refuseFaulty([{ field: 'name', message: '名称：请写节日名称。' }]);
  await context.db.transaction(actor, async (tx) => {
    await tx.run(changeDay, date, working, ordinary ? '' : name, reason);
    const before = calendar.off[date] ?? calendar.work[date] ?? '';
    await audit(tx, context.crypto, now, {
      ...subject(actor, date),
      action: 'calendar.changeDay',
      reason,
      detail: { date, working, name, before },
    });
  });
  await context.reference.refresh(context.db);
  return showCalendar(context, now);
}

/** One calendar serves the installation: the row lies with the office of whoever changed it. */
const subject = (actor: Actor, subjectId: string) => ({
  tenant: actor.office.slice(0, 4),
  office: actor.office,
  subjectKind: 'calendar',
  subjectId,
});
