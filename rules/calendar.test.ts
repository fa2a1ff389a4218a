import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addWorkingDays,
  type Calendar,
  CalendarNotMaintained,
  daysBetween,
  explainWorkingDays,
  isPlainDate,
  isWorkingDay,
  shanghaiDate,
  shippedCalendar,
  weekday,
  workingDayOnOrAfter,
  workingDaysBetween,
} from './calendar.ts';

const anyDay = fc
  .integer({ min: 0, max: daysBetween('2019-01-01', '2026-10-31') })
  .map((n) => addDays('2019-01-01', n));

/** A second count, made from a flat list of every worked day, to hold against the walk. */
const workedDays: string[] = [];
for (let ms = Date.UTC(2019, 0, 1); ms <= Date.UTC(2026, 11, 31); ms += 86_400_000) {
  const date = new Date(ms).toISOString().slice(0, 10);
  const weekend = [0, 6].includes(new Date(ms).getUTCDay());
  if (date in shippedCalendar.work || (!weekend && !(date in shippedCalendar.off))) workedDays.push(date);
}

describe('dates', () => {
  it('accepts real dates only', () => {
    expect(['2020-02-29', '2000-02-29', '2026-12-31'].every(isPlainDate)).toBe(true);
    const unreal = [
      '2021-02-29',
      '1900-02-29',
      '2020-13-01',
      '2020-00-10',
      '2020-04-31',
      '2020-4-1',
      '0000-01-01',
      ' 2020-04-01',
      '',
      null,
      20200401,
    ];
    expect(unreal.filter(isPlainDate)).toEqual([]);
  });

  it('takes the business date from Asia/Shanghai', () => {
    expect(shanghaiDate(new Date('2020-09-20T15:59:59.999Z'))).toBe('2020-09-20');
    expect(shanghaiDate(new Date('2020-09-20T16:00:00.000Z'))).toBe('2020-09-21');
    expect(() => shanghaiDate(new Date('nonsense'))).toThrow(RangeError);
  });

  it('adds days over month and leap year ends, and refuses unreal dates', () => {
    expect(addDays('2020-02-28', 2)).toBe('2020-03-01');
    expect(addDays('2021-01-01', -1)).toBe('2020-12-31');
    expect(() => addDays('2020-02-30', 1)).toThrow(RangeError);
    expect(() => addDays('2020-02-20', 0.5)).toThrow(RangeError);
  });
});

describe('the State Council calendar', () => {
  it('knows the extended Spring Festival of 2020 and the make-up days', () => {
    expect(isWorkingDay('2020-01-31', shippedCalendar)).toBe(false);
    expect(isWorkingDay('2020-02-03', shippedCalendar)).toBe(true);
    expect(isWorkingDay('2020-09-27', shippedCalendar)).toBe(true);
    expect(isWorkingDay('2020-10-10', shippedCalendar)).toBe(true);
    expect(isWorkingDay('2020-10-08', shippedCalendar)).toBe(false);
  });

  it('holds exactly the published days of 2026', () => {
    const weekdaysOff = Object.keys(shippedCalendar.off).filter(
      (d) => d.startsWith('2026') && ![0, 6].includes(weekday(d)),
    );
    const days = (month: string, list: string) => list.split(' ').map((day) => `2026-${month}-${day}`);
    expect(weekdaysOff).toEqual([
      ...days('01', '01 02'),
      ...days('02', '16 17 18 19 20 23'),
      ...days('04', '06'),
      ...days('05', '01 04 05'),
      ...days('06', '19'),
      ...days('09', '25'),
      ...days('10', '01 02 05 06 07'),
    ]);
    expect(Object.keys(shippedCalendar.work).filter((d) => d.startsWith('2026'))).toEqual(
      '2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10'.split(' '),
    );
  });

  it('lists make-up days that are weekends, and no day twice', () => {
    const madeUp = Object.keys(shippedCalendar.work);
    expect(madeUp.filter((date) => ![0, 6].includes(weekday(date)))).toEqual([]);
    expect(madeUp.filter((date) => date in shippedCalendar.off)).toEqual([]);
  });
});

describe('working days', () => {
  it.each([
    ['2020-09-28', 3, '2020-10-09'],
    ['2020-09-28', 5, '2020-10-12'],
    ['2020-09-28', 7, '2020-10-14'],
    ['2020-09-27', 5, '2020-10-10'],
    ['2020-09-25', 3, '2020-09-29'],
    ['2020-09-30', 5, '2020-10-14'],
    ['2020-12-31', 1, '2021-01-04'],
    ['2020-09-28', 0, '2020-09-28'],
  ])('A21-3a, M79-3a: %s and %i working days make %s', (from, days, due) => {
    expect(addWorkingDays(from, days, shippedCalendar)).toBe(due);
  });

  it('M79-3a, A21-3a: agrees with a brute-force count over 2019–2026', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 15 }), (from, days) => {
        const due = workedDays.filter((day) => day > from)[days - 1];
        expect(addWorkingDays(from, days, shippedCalendar)).toBe(due);
        expect(workingDaysBetween(from, due ?? '', shippedCalendar)).toBe(days);
      }),
    );
  });

  it('counts backwards as a lateness', () => {
    expect(workingDaysBetween('2020-10-12', '2020-10-09', shippedCalendar)).toBe(-2);
    expect(workingDaysBetween('2020-10-09', '2020-10-09', shippedCalendar)).toBe(0);
  });

  it('moves a day off to the next day that is worked', () => {
    expect(workingDayOnOrAfter('2020-10-03', shippedCalendar)).toBe('2020-10-09');
    expect(workingDayOnOrAfter('2020-10-10', shippedCalendar)).toBe('2020-10-10');
  });

  it('never guesses beyond the table', () => {
    expect(() => addWorkingDays('2026-12-30', 3, shippedCalendar)).toThrow(new CalendarNotMaintained('2027-01-01'));
    expect(addWorkingDays('2026-12-30', 1, shippedCalendar)).toBe('2026-12-31');
    expect(() => addWorkingDays('2027-03-01', 0, shippedCalendar)).toThrow('日历未维护：2027年');
    expect(() => addWorkingDays('2018-12-31', 1, shippedCalendar)).toThrow('日历未维护：2018年');
    expect(() => isWorkingDay('2027-01-04', shippedCalendar)).toThrow(CalendarNotMaintained);
    expect(() => addWorkingDays('2020-09-28', -1, shippedCalendar)).toThrow(RangeError);
    expect(() => addWorkingDays('2020-09-31', 1, shippedCalendar)).toThrow(RangeError);
  });

  it('takes a year an administrator adds', () => {
    const longer: Calendar = {
      ...shippedCalendar,
      to: '2027-12-31',
      off: { ...shippedCalendar.off, '2027-01-01': '元旦' },
    };
    expect(addWorkingDays('2026-12-30', 2, longer)).toBe('2027-01-04');
  });
});

describe('explaining a deadline', () => {
  it('says of every day why it counts or not', () => {
    const days = explainWorkingDays('2020-09-29', 3, shippedCalendar);
    expect(days.at(0)).toEqual({ date: '2020-09-29', counted: false, kind: 'start', why: '起算日，当天不算' });
    expect(days.find((day) => day.date === '2020-10-03')).toMatchObject({ counted: false, why: '国庆节' });
    expect(days.at(-1)).toEqual({
      date: '2020-10-10',
      counted: true,
      number: 3,
      kind: 'makeUpWorkday',
      why: '第3个工作日（国庆节调休上班）',
    });
    expect(explainWorkingDays('2020-09-11', 1, shippedCalendar).map((day) => day.why)).toEqual([
      '起算日，当天不算',
      '周末',
      '周末',
      '第1个工作日',
    ]);
  });

  it('ends on the due date and leaves out no day', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 12 }), (from, count) => {
        const days = explainWorkingDays(from, count, shippedCalendar);
        expect(days.at(-1)?.date).toBe(addWorkingDays(from, count, shippedCalendar));
        expect(days.map((day) => day.date)).toEqual(days.map((_, index) => addDays(from, index)));
        expect(days.filter((day) => day.counted)).toHaveLength(count);
      }),
    );
  });
});
