import { addDays, type PlainDate } from './calendar.ts';
import { lastDayOf, monthOf, nextMonth } from './contact.ts';
import type { Policy } from './provisions/policy.ts';
import type { ServiceClass } from './service-class.ts';

/** What the day of the next contact follows from. */
export interface RhythmFacts {
  readonly registeredOn: PlainDate;
  /** Day of the latest contact that covers its month, data comparison and own report included; absent when there was none. */
  readonly lastContactOn?: PlainDate | undefined;
  /** Absent before the interview: then the calendar month alone rules. */
  readonly class?: ServiceClass | null | undefined;
}

/** The longest rhythm there is: as long as a month can be, it means the calendar month itself and no day within it. */
export const monthlyRhythm = 31;

/**
 * The last day for the next contact (M79-4a, A21-5b): the latest contact plus the days of the class (contactRhythmDays), and never later than the end
 * of the calendar month that is owed next. So a class may ask for more than one contact a month, none for less. The month of registration
 * is not owed (followUpDue). `policy` is that of the day on which this is computed: a change of law holds from the next contact on.
 */
export function nextContactOn(facts: RhythmFacts, policy: Policy): PlainDate {
  const { registeredOn, lastContactOn } = facts;
  const latest = lastContactOn !== undefined && lastContactOn > registeredOn ? lastContactOn : registeredOn;
  const monthEnd = lastDayOf(nextMonth(monthOf(latest)));
  const days = facts.class ? policy.contactRhythmDays?.value[facts.class] : undefined;
  if (days === undefined || days >= monthlyRhythm || lastContactOn === undefined) return monthEnd;
  return earlier(addDays(lastContactOn, days), monthEnd);
}

/** The earlier of two days. */
export function earlier(one: PlainDate, other: PlainDate): PlainDate {
  return one.localeCompare(other) < 0 ? one : other;
}
