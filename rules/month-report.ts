import type { PlainDate } from './calendar.ts';
import { lastDayOf, monthOf } from './contact.ts';

/** What a person may say about the month (domain R060, R063). */
export const monthReports = {
  looking: '还在找工作',
  foundWork: '找到工作了',
  training: '在参加培训',
  other: '其他情况',
} as const;
export type MonthReport = keyof typeof monthReports;

/** The words a report is kept in: what was chosen, and the person's own sentence. */
export function reportText(kind: MonthReport, sentence: string): string {
  const own = sentence.trim();
  return own === '' ? `${monthReports[kind]}。` : `${monthReports[kind]}。${own}`;
}

/** How a registration stands in a month (A21-5b, M79-4a). */
export interface MonthStanding {
  readonly month: string;
  /** Last day to follow up. */
  readonly due: PlainDate;
  /** Nothing is owed in the month of registration itself. */
  readonly owed: boolean;
  readonly covered: boolean;
}

/** Whether the month of `today` is owed and covered. `lastMonth` is the latest covered month, 'YYYY-MM'. */
export function monthStanding(lastMonth: string | undefined, registeredOn: PlainDate, today: PlainDate): MonthStanding {
  const month = monthOf(today);
  return {
    month,
    due: lastDayOf(month),
    owed: monthOf(registeredOn) < month,
    covered: lastMonth !== undefined && lastMonth >= month,
  };
}
