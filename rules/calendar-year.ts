// Entering a year of the State Council calendar: what an announcement lists, checked before it becomes days.
import { addDays, type Calendar, daysInMonth, isPlainDate, isWorkingDay, type PlainDate, weekday } from './calendar.ts';

/** A weekday off, or a weekend day worked, with the holiday's name. */
export interface NamedDay {
  readonly date: PlainDate;
  readonly name: string;
}

/** One year as the announcement gives it: weekdays that are off, weekend days that are worked. */
export interface YearEntry {
  readonly year: number;
  readonly holidays: readonly NamedDay[];
  readonly makeUp: readonly NamedDay[];
}

const isWeekend = (date: PlainDate) => weekday(date) === 0 || weekday(date) === 6;
const weekdayNames = ['日', '一', '二', '三', '四', '五', '六'];
/** A year has eleven statutory days off or so, most on weekdays; fewer than this has been entered in part. */
const FEWEST_HOLIDAYS = 5;

/** What is wrong with an entered year, in Chinese; `lastDay` is the last day the calendar covers now. */
export function checkYear({ year, holidays, makeUp }: YearEntry, lastDay: PlainDate): string[] {
  const next = Number(addDays(lastDay, 1).slice(0, 4));
  const faults: string[] = [];
  if (year !== next) faults.push(`年份：应接着已维护的日历增加${next}年。`);
  if (holidays.length < FEWEST_HOLIDAYS) faults.push('放假：少于5天，请把全年放假安排填完整。');
  const seen = new Set<string>();
  const each = (days: readonly NamedDay[], what: string, weekend: boolean, mend: string) => {
    for (const { date, name } of days) {
      if (!isPlainDate(date)) faults.push(`${what}：${date || '空白'}不是有效日期。`);
      else if (Number(date.slice(0, 4)) !== year) faults.push(`${what}：${date}不在${year}年。`);
      else if (isWeekend(date) !== weekend)
        faults.push(`${what}：${date}是星期${weekdayNames[weekday(date)]}，${mend}。`);
      if (name.trim() === '') faults.push(`${what}：${date}没有写节日名称。`);
      if (seen.has(date)) faults.push(`${what}：${date}填了两次。`);
      seen.add(date);
    }
  };
  each(holidays, '放假', false, '本来就休息，不用填');
  each(makeUp, '调休上班', true, '本来就上班，不用填');
  return faults;
}

/** Every day of an entered year, in order. The entry must have passed `checkYear`. */
export function daysOfYear({
  year,
  holidays,
  makeUp,
}: YearEntry): { day: PlainDate; working: boolean; name: string }[] {
  const record = (days: readonly NamedDay[]) => Object.fromEntries(days.map(({ date, name }) => [date, name.trim()]));
  const calendar: Calendar = {
    from: `${year}-01-01`,
    to: `${year}-12-31`,
    off: record(holidays),
    work: record(makeUp),
  };
  const length = daysInMonth(year, 2) === 29 ? 366 : 365;
  return Array.from({ length }, (_, index) => {
    const day = addDays(calendar.from, index);
    return { day, working: isWorkingDay(day, calendar), name: calendar.off[day] ?? calendar.work[day] ?? '' };
  });
}

/**
 * Reads an announcement typed as lines: 「元旦 2027-01-01」「春节 20270205 20270208-20270211」. A line is a name and dates or spans;
 * weekend days inside a span are left out of holidays. What cannot be read comes back as a day that is no date, so that `checkYear` says so.
 */
export function readNamedDays(text: string, kind: 'holidays' | 'makeUp'): NamedDay[] {
  return text
    .split(/[\n；;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [name = '', ...spans] = line.split(/[\s、，,：:]+/).filter((word) => word !== '');
      if (spans.length === 0) return [{ date: line, name: '' }];
      return spans.flatMap((span) => daysOfSpan(span, kind).map((date) => ({ date, name })));
    });
}

function daysOfSpan(span: string, kind: 'holidays' | 'makeUp'): string[] {
  const date = (text: string) => text.replace(/^(\d{4})-?(\d{2})-?(\d{2})$/, '$1-$2-$3');
  const [, from = '', to = ''] = /^(\d{4}-?\d{2}-?\d{2})(?:[至—~-](\d{4}-?\d{2}-?\d{2}))?$/.exec(span) ?? [];
  if (from === '') return [span];
  if (to === '') return [date(from)];
  if (!isPlainDate(date(from)) || !isPlainDate(date(to)) || date(to) < date(from)) return [span];
  const days: PlainDate[] = [];
  for (let day = date(from); day <= date(to) && days.length < 31; day = addDays(day, 1)) days.push(day);
  return kind === 'holidays' ? days.filter((day) => !isWeekend(day)) : days;
}
