import { useQuery } from '@tanstack/react-query';
import {
  type Calendar,
  CalendarNotMaintained,
  type PlainDate,
  shanghaiDate,
  workingDaysBetween,
} from '@yingdeng/rules/calendar.ts';
import { call } from '@yingdeng/web-shared/api.ts';

/** The server's clock: a wrong one on the desk misleads nobody, and a rehearsed day is the same day everywhere. */
export function useNow(): () => Date {
  const { data } = useQuery({
    queryKey: ['server-clock'],
    queryFn: async ({ signal }) => Date.parse((await call('getHealth', { signal })).now) - Date.now(),
    staleTime: 600_000,
  });
  return () => new Date(Date.now() + (data ?? 0));
}

/** The business date in Shanghai. */
export function useToday(): PlainDate {
  return shanghaiDate(useNow()());
}

const stamp = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** An instant as 「2026-11-20 09:05」 in Shanghai. */
export function stampText(instant: string): string {
  const parts = new Map(stamp.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')} ${parts.get('hour')}:${parts.get('minute')}`;
}

/** Now, or another instant, as the value of a datetime-local field in Shanghai. */
export function localMinute(instant: Date): string {
  return stampText(instant.toISOString()).replace(' ', 'T');
}

/** A datetime-local value of Shanghai as an instant. */
export function instantOf(local: string): string {
  return `${local}:00+08:00`;
}

/** The calendar as the server reckons with it: administrators add years and change days, so the shipped one would be a guess. */
export function useCalendar() {
  return useQuery({
    queryKey: ['calendar'],
    queryFn: ({ signal }) => call('getCalendar', { signal }),
    staleTime: 600_000,
  });
}

/**
 * How a due date stands to today by the maintained calendar, in words: 「今天到期」「逾期2个工作日」「还剩1个工作日」. A day beyond the
 * calendar says so instead of guessing; without a calendar (not read yet) there are no words.
 */
export function dueWords(due: PlainDate, today: PlainDate, calendar: Calendar | undefined): string {
  if (due === today) return '今天到期';
  if (!calendar) return '';
  try {
    const left = workingDaysBetween(today, due, calendar);
    if (due > today) return left === 0 ? '下个工作日前到期' : `还剩${left}个工作日`;
    return left === 0 ? '已逾期' : `逾期${-left}个工作日`;
  } catch (error) {
    if (error instanceof CalendarNotMaintained) return '日历未维护';
    throw error;
  }
}
