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

/** What is wrong with the reason a recorded comparison is withdrawn for, or null: what counted for thousands goes only with words that say why (A21-5b). */
export function checkWithdrawal(reason: string): Refusal | null {
  const length = [...reason.trim()].length;
  if (length === 0) return refuse('contact.incomplete', '撤销原因：请写明为什么撤销。', 'A21-5b');
  return length > 200 ? refuse('contact.incomplete', '撤销原因：不能超过200个字。', 'A21-5b') : null;
}

/** What is wrong with a comparison before it is recorded, or null: data says nothing of days after it, and what is long past is no follow-up. */
export function checkComparison(given: GivenComparison, today: PlainDate): Refusal | null {
  const no = (why: string) => refuse('contact.incomplete', why, 'A21-5b');
  if (!Object.hasOwn(sources, given.source)) return no('比对来源：请选择。');
  if (!isPlainDate(given.asOf) || given.asOf > today) return no(`数据日期：不能晚于今天（${today}）。`);
  if (nextMonth(monthOf(given.asOf)) < monthOf(today)) return no('数据日期：只能是本月或上个月的。');
  return null;
}
