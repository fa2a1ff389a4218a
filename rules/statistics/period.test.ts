import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, CalendarNotMaintained, shanghaiDate, shippedCalendar } from '../calendar.ts';
import { LawSilent, policyFor } from '../provisions/policy.ts';
import { closingInstant, periodDays, periodRule, reportMonthOf, reportPeriod } from './period.ts';

describe('M79-9: the reporting month', () => {
  it.each([
    ['2020-09', '2020-08-21', '2020-09-20', '2020-10-09'],
    ['2020-10', '2020-09-21', '2020-10-20', '2020-11-03'],
    ['2020-12', '2020-11-21', '2020-12-20', '2021-01-04'],
    ['2021-01', '2020-12-21', '2021-01-20', '2021-02-03'],
    ['2021-03', '2021-02-21', '2021-03-20', '2021-04-06'],
    ['2021-04', '2021-03-21', '2021-04-20', '2021-05-06'],
  ])('M79-9: %s runs from %s to %s and is due %s', (month, from, to, due) => {
    expect(reportPeriod(month, shippedCalendar)).toEqual({ from, to, due });
  });

  it('M79-9: months follow each other without a gap, and each day belongs to one', () => {
    const anyDay = fc.integer({ min: 0, max: 2800 }).map((n) => addDays('2019-01-01', n));
    fc.assert(
      fc.property(anyDay, (date) => {
        const { from, to } = periodDays(reportMonthOf(date));
        expect(from <= date && date <= to).toBe(true);
        expect(periodDays(reportMonthOf(addDays(to, 1))).from).toBe(addDays(to, 1));
      }),
    );
  });

  it('M79-9: the month closes at 24:00 of the 20th in Shanghai', () => {
    expect(closingInstant('2020-09').toISOString()).toBe('2020-09-20T16:00:00.000Z');
    const lastMoment = new Date(closingInstant('2020-09').getTime() - 1);
    expect(reportMonthOf(shanghaiDate(lastMoment))).toBe('2020-09');
    expect(reportMonthOf(shanghaiDate(closingInstant('2020-09')))).toBe('2020-10');
  });

  it('gives the days of a month whose due date the calendar cannot tell yet', () => {
    expect(() => reportPeriod('2026-12', shippedCalendar)).toThrow(CalendarNotMaintained);
    expect(periodDays('2026-12')).toEqual({ from: '2026-11-21', to: '2026-12-20' });
    expect(() => periodDays('2026-13')).toThrow(RangeError);
    expect(() => reportMonthOf('2026-02-30')).toThrow(RangeError);
  });

  it('M79-9: the rule comes from the policy of the month the report is made in, and there is none before October 2020', () => {
    expect(periodRule(policyFor('210300', '2020-10-01'))).toEqual({ fromDay: 21, toDay: 20, dueDays: 3 });
    expect(() => periodRule(policyFor('210300', '2020-09-30'))).toThrow(LawSilent);
  });

  it('follows another rule when one is issued', () => {
    const rule = { fromDay: 26, toDay: 25, dueDays: 5 };
    expect(reportPeriod('2021-01', shippedCalendar, rule)).toEqual({
      from: '2020-12-26',
      to: '2021-01-25',
      due: '2021-02-05',
    });
    expect(reportMonthOf('2021-12-26', rule)).toBe('2022-01');
  });
});
