// The reporting month (M79-9): from the 21st of last month to the 20th of this one, 24:00 Asia/Shanghai, due in the first
// days of the next month, moved past days off. September 2020 is 2020-08-21 to 2020-09-20, due 2020-10-09, as the clause says.
import { addDays, type Calendar, isPlainDate, type PlainDate, workingDayOnOrAfter } from '../calendar.ts';
import { ministry79 } from '../provisions/documents.ts';
import { asIssued, type Policy, requirePolicy } from '../provisions/policy.ts';

/** A reporting month named by the month its last day lies in, 'YYYY-MM'. */
export type ReportMonth = string;

/** `fromDay` of the month before to `toDay` of the month; due within `dueDays` days of the month after. */
export interface PeriodRule {
  readonly fromDay: number;
  readonly toDay: number;
  readonly dueDays: number;
}

/** First and last day of a reporting month, both included. */
export interface PeriodDays {
  from: PlainDate;
  to: PlainDate;
}

/** A reporting month with the day it must be reported by. */
export interface ReportPeriod extends PeriodDays {
  due: PlainDate;
}

/** The rule of a policy; throws LawSilent when the law of that day knows no monthly report (before October 2020). */
export function periodRule(policy: Policy): PeriodRule {
  return {
    ...requirePolicy(policy, 'statisticsPeriod').value,
    dueDays: requirePolicy(policy, 'statisticsDueDays').value,
  };
}

/** The rule of M79-9, the only one issued so far. */
const shippedRule = periodRule(asIssued(ministry79.number));

function dayOf(month: ReportMonth, monthsLater: number, day: number): PlainDate {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new RangeError(`不是有效月份：${month}`);
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + monthsLater;
  const date = `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
  return `${date}-${String(day).padStart(2, '0')}`;
}

/** First and last day of a reporting month; needs no calendar, so it also answers for months whose holidays are not yet published. */
export function periodDays(month: ReportMonth, rule: PeriodRule = shippedRule): PeriodDays {
  return { from: dayOf(month, -1, rule.fromDay), to: dayOf(month, 0, rule.toDay) };
}

/**
 * reportPeriod('2020-09', shippedCalendar) → { from: '2020-08-21', to: '2020-09-20', due: '2020-10-09' }.
 * Throws CalendarNotMaintained when the due day lies beyond the calendar, RangeError on a text that is no month.
 */
export function reportPeriod(month: ReportMonth, calendar: Calendar, rule: PeriodRule = shippedRule): ReportPeriod {
  const due = workingDayOnOrAfter(dayOf(month, 1, rule.dueDays), calendar);
  return { ...periodDays(month, rule), due };
}

/** The reporting month a day belongs to: the 20th to this month's, the 21st to the next. */
export function reportMonthOf(date: PlainDate, rule: PeriodRule = shippedRule): ReportMonth {
  if (!isPlainDate(date)) throw new RangeError(`不是有效日期：${date}`);
  const month = date.slice(0, 7);
  return Number(date.slice(8)) <= rule.toDay ? month : dayOf(month, 1, 1).slice(0, 7);
}

/** The instant a reporting month closes: 24:00 of its last day in Asia/Shanghai. What happened before it belongs to the month. */
export function closingInstant(month: ReportMonth, rule: PeriodRule = shippedRule): Date {
  return new Date(`${addDays(periodDays(month, rule).to, 1)}T00:00:00+08:00`);
}
