import { describe, expect, it } from 'vitest';
import { isWorkingDay, shippedCalendar, weekday } from './calendar.ts';
import { checkYear, daysOfYear, readNamedDays, type YearEntry } from './calendar-year.ts';

const named = (record: Readonly<Record<string, string>>) =>
  Object.entries(record).map(([date, name]) => ({ date, name }));
const of2026 = (days: Readonly<Record<string, string>>) =>
  named(days).filter(({ date }) => date.startsWith('2026') && ![0, 6].includes(weekday(date)));

describe('a year of the calendar', () => {
  const entry: YearEntry = {
    year: 2026,
    holidays: of2026(shippedCalendar.off),
    makeUp: named(shippedCalendar.work).filter(({ date }) => date.startsWith('2026')),
  };

  it('2026 entered from its announcement is 2026 as shipped, day by day', () => {
    expect(checkYear(entry, '2025-12-31')).toEqual([]);
    const days = daysOfYear(entry);
    expect(days).toHaveLength(365);
    for (const { day, working } of days) expect(working, day).toBe(isWorkingDay(day, shippedCalendar));
    expect(daysOfYear({ ...entry, year: 2028, holidays: [], makeUp: [] })).toHaveLength(366);
  });

  it('says what cannot be: another year, an unreal date, a holiday on a weekend, a make-up day on a weekday, twice, nameless', () => {
    const faults = checkYear(
      {
        year: 2028,
        holidays: [
          { date: '2028-02-30', name: '春节' },
          { date: '2028-01-01', name: '元旦' },
          { date: '2027-01-04', name: '元旦' },
          { date: '2028-01-03', name: '' },
          { date: '2028-01-03', name: '元旦' },
        ],
        makeUp: [{ date: '2028-01-04', name: '元旦' }],
      },
      '2026-12-31',
    );
    expect(faults).toEqual([
      '年份：应接着已维护的日历增加2027年。',
      '放假：2028-02-30不是有效日期。',
      '放假：2028-01-01是星期六，本来就休息，不用填。',
      '放假：2027-01-04不在2028年。',
      '放假：2028-01-03没有写节日名称。',
      '放假：2028-01-03填了两次。',
      '调休上班：2028-01-04是星期二，本来就上班，不用填。',
    ]);
    expect(checkYear({ year: 2027, holidays: [], makeUp: [] }, '2026-12-31')).toEqual([
      '放假：少于5天，请把全年放假安排填完整。',
    ]);
  });

  it('reads lines of names, dates and spans; weekend days of a holiday are left out', () => {
    expect(readNamedDays('元旦 2027-01-01\n国庆节：20271001-20271004、2027-10-05', 'holidays')).toEqual([
      { date: '2027-01-01', name: '元旦' },
      { date: '2027-10-01', name: '国庆节' },
      { date: '2027-10-04', name: '国庆节' },
      { date: '2027-10-05', name: '国庆节' },
    ]);
    expect(readNamedDays('国庆节 2027-09-25；', 'makeUp')).toEqual([{ date: '2027-09-25', name: '国庆节' }]);
    expect(readNamedDays('春节', 'holidays')).toEqual([{ date: '春节', name: '' }]);
    expect(readNamedDays('春节 二月五日', 'holidays')).toEqual([{ date: '二月五日', name: '春节' }]);
  });
});
