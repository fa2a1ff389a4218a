import { isPlainDate, type PlainDate } from './calendar.ts';
import { monthOf, nextMonth } from './contact.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Source, sources } from './verification.ts';

/** A comparison of the registered with data of other departments, as a means of the monthly follow-up (A21-5b). */
export interface GivenComparison {
  readonly source: Source;
  /** Day of the data. */
  readonly asOf: PlainDate;
}

/** What is wrong with a comparison before it is recorded, or null: data says nothing of days after it, and what is long past is no follow-up. */
export function checkComparison(given: GivenComparison, today: PlainDate): Refusal | null {
  const no = (why: string) => refuse('contact.incomplete', why, 'A21-5b');
  if (!Object.hasOwn(sources, given.source)) return no('比对来源：请选择。');
  if (!isPlainDate(given.asOf) || given.asOf > today) return no(`数据日期：不能晚于今天（${today}）。`);
  if (nextMonth(monthOf(given.asOf)) < monthOf(today)) return no('数据日期：只能是本月或上个月的。');
  return null;
}
