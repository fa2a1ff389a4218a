// Days, and working days over a given calendar. Everything here is arithmetic on 'YYYY-MM-DD' texts: no clock, no time zone
// of the machine. A day the calendar does not cover is an error that says so, never a guess (M79-3a, M79-9 depend on it).
import { calendarData } from './calendar-data.gen.ts';

/** A business date in Asia/Shanghai, 'YYYY-MM-DD'. Dates compare correctly as text. */
export type PlainDate = string;

/**
 * The working-day calendar of a span of days, JSON-friendly.
 * `off`: days off by holiday → its name (weekend days of a holiday may be listed for their name).
 * `work`: weekend days that are worked → the holiday they make up for.
 * `from` and `to`: first and last day maintained, both included. Weekdays not in `off` are worked, weekends not in `work` are not.
 */
export interface Calendar {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly off: Readonly<Record<PlainDate, string>>;
  readonly work: Readonly<Record<PlainDate, string>>;
}

/** The State Council calendar shipped with the program: 2019-01-01 to 2026-12-31. */
export const shippedCalendar: Calendar = calendarData;

/** A day was needed that the calendar does not cover. An administrator must add the year. */
export class CalendarNotMaintained extends Error {
  readonly code = 'CALENDAR_NOT_MAINTAINED';
  readonly date: PlainDate;
  readonly year: number;
  constructor(date: PlainDate) {
    const year = Number(date.slice(0, 4));
    super(`日历未维护：${year}年`);
    this.name = 'CalendarNotMaintained';
    this.date = date;
    this.year = year;
  }
}

const dayInMs = 86_400_000;
const shanghaiOffsetInMs = 8 * 3_600_000;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days in a month (1–12) of a year. */
export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (monthLengths[month - 1] ?? 0);
}

/** Whether a text is a real date written 'YYYY-MM-DD' (30 February is not, nor is the year 0000). */
export function isPlainDate(text: unknown): text is PlainDate {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return year >= 1 && day >= 1 && day <= daysInMonth(year, month);
}

/** Milliseconds of the date's midnight UTC, used only as a day count. Throws RangeError when it is no real date. */
function toMs(date: PlainDate): number {
  if (!isPlainDate(date)) throw new RangeError(`不是有效日期：${date}`);
  return Date.parse(`${date}T00:00:00Z`);
}

function fromMs(ms: number): PlainDate {
  return new Date(ms).toISOString().slice(0, 10);
}

/** The date `days` calendar days later (negative: earlier). Throws RangeError on an unreal date or a fraction of a day. */
export function addDays(date: PlainDate, days: number): PlainDate {
  if (!Number.isInteger(days)) throw new RangeError(`天数应为整数：${days}`);
  return fromMs(toMs(date) + days * dayInMs);
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return (toMs(to) - toMs(from)) / dayInMs;
}

/** Day of the week, 0 Sunday … 6 Saturday. */
export function weekday(date: PlainDate): number {
  return new Date(toMs(date)).getUTCDay();
}

/** The date in Asia/Shanghai at an instant. China has kept UTC+8 without summer time since 1992; earlier instants do not occur here. */
export function shanghaiDate(instant: Date): PlainDate {
  if (Number.isNaN(instant.getTime())) throw new RangeError('不是有效时间');
  return fromMs(instant.getTime() + shanghaiOffsetInMs);
}

/** Why a day is worked or not. */
export type DayKind = 'workday' | 'makeUpWorkday' | 'weekend' | 'holiday';

function kindOf(date: PlainDate, calendar: Calendar): DayKind {
  const dayOfWeek = weekday(date);
  if (date < calendar.from || date > calendar.to) throw new CalendarNotMaintained(date);
  if (Object.hasOwn(calendar.work, date)) return 'makeUpWorkday';
  if (Object.hasOwn(calendar.off, date)) return 'holiday';
  return dayOfWeek === 0 || dayOfWeek === 6 ? 'weekend' : 'workday';
}

/** Whether the day is worked. Throws CalendarNotMaintained outside the calendar. */
export function isWorkingDay(date: PlainDate, calendar: Calendar): boolean {
  const kind = kindOf(date, calendar);
  return kind === 'workday' || kind === 'makeUpWorkday';
}

/** The day itself when it is worked, otherwise the next one that is. */
export function workingDayOnOrAfter(date: PlainDate, calendar: Calendar): PlainDate {
  let day = date;
  while (!isWorkingDay(day, calendar)) day = addDays(day, 1);
  return day;
}

function requireCount(days: number): void {
  if (!Number.isInteger(days) || days < 0) throw new RangeError(`工作日数应为不小于 0 的整数：${days}`);
}

/**
 * The `days`-th working day after `from`, which is day 0 whether it is worked or not (A21-3a, M79-3a).
 * addWorkingDays('2020-09-28', 3, shippedCalendar) → '2020-10-09'.
 * Throws CalendarNotMaintained when `from` or any day it must pass lies outside the calendar, RangeError on a bad count.
 */
export function addWorkingDays(from: PlainDate, days: number, calendar: Calendar): PlainDate {
  requireCount(days);
  kindOf(from, calendar);
  let day = from;
  for (let counted = 0; counted < days; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) counted += 1;
  }
  return day;
}

/**
 * Working days after `from` up to and including `to`, so that workingDaysBetween(d, addWorkingDays(d, n)) is n.
 * Negative when `to` is earlier: the working days by which it is late.
 */
export function workingDaysBetween(from: PlainDate, to: PlainDate, calendar: Calendar): number {
  kindOf(from, calendar);
  kindOf(to, calendar);
  if (to < from) return -workingDaysBetween(to, from, calendar);
  let count = 0;
  for (let day = from; day < to; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) count += 1;
  }
  return count;
}

/** One day of a deadline's count. `number` is the working day's number, absent when the day is not counted; day 0 is the start. */
export interface ExplainedDay {
  date: PlainDate;
  counted: boolean;
  number?: number;
  kind: DayKind | 'start';
  /** Why, in plain Chinese: 「第1个工作日」「国庆节」「周末」「第2个工作日（国庆节调休上班）」. */
  why: string;
}

/** Every day from `from` (day 0) to the `days`-th working day, each with why it counts or not. Throws as addWorkingDays. */
export function explainWorkingDays(from: PlainDate, days: number, calendar: Calendar): ExplainedDay[] {
  requireCount(days);
  kindOf(from, calendar);
  const explained: ExplainedDay[] = [{ date: from, counted: false, kind: 'start', why: '起算日，当天不算' }];
  let day = from;
  for (let number = 0; number < days; ) {
    day = addDays(day, 1);
    const kind = kindOf(day, calendar);
    if (kind === 'holiday') explained.push({ date: day, counted: false, kind, why: calendar.off[day] ?? '节假日' });
    else if (kind === 'weekend') explained.push({ date: day, counted: false, kind, why: '周末' });
    else {
      number += 1;
      const note = kind === 'makeUpWorkday' ? `（${calendar.work[day] ?? ''}调休上班）` : '';
      explained.push({ date: day, counted: true, number, kind, why: `第${number}个工作日${note}` });
    }
  }
  return explained;
}
