import { type Calendar, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import { describe, expect, it } from 'vitest';
import { dueWords, instantOf, stampText } from './dates.ts';
import { dateEntry, monthEntry, timeEntry } from './entries.ts';

describe('what a clerk types', () => {
  it('eight digits, dots and Chinese units are one date; what does not exist is none', () => {
    for (const typed of ['20261120', '2026-11-20', '2026.11.20', '2026年11月20日', ' ２０２６１１２０ '])
      expect(dateEntry(typed)).toBe('2026-11-20');
    for (const typed of ['', '20260230', '2026112', 'x']) expect(dateEntry(typed)).toBe('');
  });

  it('a month is year and month; other text stays for the check to name', () => {
    expect(['202607', '2026.7', '2026年7月'].map(monthEntry)).toEqual(['2026-07', '2026-07', '2026-07']);
    expect(monthEntry('去年')).toBe('去年');
  });

  it('a time is four digits', () => {
    expect(['1405', '9:30', '24:00', '1260'].map(timeEntry)).toEqual(['14:05', '09:30', '', '']);
  });
});

describe('due dates in words (M79-3a)', () => {
  const words = (due: string, today: string, calendar: Calendar | undefined = shippedCalendar) =>
    dueWords(due, today, calendar);

  it('counts working days over weekend and holiday, and never only by colour', () => {
    expect(words('2020-09-28', '2020-09-28')).toBe('今天到期');
    expect(words('2020-10-09', '2020-09-28')).toBe('还剩3个工作日');
    expect(words('2020-09-28', '2020-09-30')).toBe('逾期2个工作日');
    expect(words('2020-09-25', '2020-09-26')).toBe('已逾期');
  });

  it('goes by the calendar that is maintained: a day made free counts no more, a year added is known', () => {
    const maintained = {
      ...shippedCalendar,
      off: { ...shippedCalendar.off, '2026-11-25': '本地放假' },
      to: '2199-12-31',
    };
    expect(words('2026-11-26', '2026-11-24')).toBe('还剩2个工作日');
    expect(words('2026-11-26', '2026-11-24', maintained)).toBe('还剩1个工作日');
    expect(words('2199-01-03', '2199-01-01', maintained)).toBe('还剩2个工作日');
  });

  it('says that the calendar is not maintained instead of guessing, and nothing before it is read', () => {
    expect(words('2199-01-03', '2199-01-01')).toBe('日历未维护');
    expect(dueWords('2026-11-26', '2026-11-24', undefined)).toBe('');
  });
});

describe('instants', () => {
  it('are shown and entered in Shanghai', () => {
    expect(stampText('2026-11-20T16:05:00.000Z')).toBe('2026-11-21 00:05');
    expect(new Date(instantOf('2026-11-21T00:05')).toISOString()).toBe('2026-11-20T16:05:00.000Z');
  });
});
