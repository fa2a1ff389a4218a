import { CalendarNotMaintained } from '@yingdeng/rules/calendar.ts';
import {
  closingInstant,
  type PeriodRule,
  periodDays,
  periodRule,
  reportMonthOf,
  reportPeriod,
} from '@yingdeng/rules/statistics/period.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';

/** A reporting month of a division, as the law of the month it is made in has it (M79-9). */
export interface ReportingMonth {
  readonly month: string;
  readonly from: string;
  readonly to: string;
  /** Undefined while the calendar of that year is not maintained. */
  readonly due: string | undefined;
  readonly opens: Date;
  readonly closes: Date;
  readonly last: string;
  /** The month the report is made in. */
  readonly next: string;
}

/** The month some months after another: '2020-12', 1 → '2021-01'. */
export function monthAfter(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Days and instants of a reporting month; throws LawSilent where no law asks for a monthly report (before October 2020). */
export function reportingMonth(context: Context, division: string, month: string): ReportingMonth {
  const rule = ruleOf(context, division, month);
  const { from, to } = periodDays(month, rule);
  const last = monthAfter(month, -1);
  return {
    month,
    from,
    to,
    due: dueOf(context, month, rule),
    opens: closingInstant(last, rule),
    closes: closingInstant(month, rule),
    last,
    next: monthAfter(month, 1),
  };
}

/** The last reporting month that is over at an instant. */
export function lastClosedMonth(context: Context, division: string, now: Date): string {
  const today = businessDate(now);
  return monthAfter(reportMonthOf(today, ruleOf(context, division, today.slice(0, 7))), -1);
}

/** A month's report is made in the month after: that month's law says how. */
const ruleOf = (context: Context, division: string, month: string): PeriodRule =>
  periodRule(context.reference.policy(division, `${monthAfter(month, 1)}-01`));

function dueOf(context: Context, month: string, rule: PeriodRule): string | undefined {
  try {
    return reportPeriod(month, context.reference.calendar, rule).due;
  } catch (error) {
    if (error instanceof CalendarNotMaintained) return undefined;
    throw error;
  }
}
