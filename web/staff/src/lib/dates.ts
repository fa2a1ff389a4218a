import { useQuery } from '@tanstack/react-query';
import {
  daysBetween,
  type PlainDate,
  shanghaiDate,
  shippedCalendar,
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

/** How a due date stands to today, in words: 「今天到期」「逾期2个工作日」「还有1个工作日」. */
export function dueWords(due: PlainDate, today: PlainDate): string {
  if (due === today) return '今天到期';
  try {
    const left = workingDaysBetween(today, due, shippedCalendar);
    if (due > today) return left === 0 ? '下个工作日前到期' : `还有${left}个工作日`;
    return left === 0 ? '已逾期' : `逾期${-left}个工作日`;
  } catch {
    // Beyond the calendar nobody guesses working days.
    const days = daysBetween(today, due);
    return days > 0 ? `还有${days}天` : `逾期${-days}天`;
  }
}
