import { addDays, type Calendar, daysBetween, isWorkingDay, type PlainDate } from '@yingdeng/rules/calendar.ts';

/**
 * The days of a city's history as numbers from 0, with their working days counted beforehand: a million histories ask
 * for tens of millions of dates. Says the same as `addWorkingDays` (a test compares them).
 */
export class Days {
  readonly from: PlainDate;
  /** Number of days. */
  readonly length: number;
  readonly #text: string[] = [];
  /** Working days up to and including the day. */
  readonly #counted: Int32Array;
  /** Day number of the first day of the month after the day's. */
  readonly #nextMonth: Int32Array;
  /** Day numbers of the working days. */
  readonly #working: number[] = [];

  /** @throws CalendarNotMaintained when a day lies outside the calendar. */
  constructor(from: PlainDate, to: PlainDate, calendar: Calendar) {
    this.from = from;
    this.length = daysBetween(from, to) + 1;
    this.#counted = new Int32Array(this.length);
    for (let day = 0, date = from; day < this.length; day += 1, date = addDays(date, 1)) {
      this.#text.push(date);
      if (isWorkingDay(date, calendar)) this.#working.push(day);
      this.#counted[day] = this.#working.length;
    }
    this.#nextMonth = new Int32Array(this.length);
    for (let day = this.length - 1, next = this.length; day >= 0; day -= 1) {
      this.#nextMonth[day] = next;
      if (this.#text[day]?.endsWith('-01')) next = day;
    }
  }

  /** The date of a day number. @throws RangeError outside the history. */
  date(day: number): PlainDate {
    const text = this.#text[day];
    if (text === undefined) throw new RangeError(`day ${day} is outside the history from ${this.from}`);
    return text;
  }

  /** The day number of a date. */
  number(date: PlainDate): number {
    return daysBetween(this.from, date);
  }

  /** The first day of the next month, or the day after the history's last. */
  monthAfter(day: number): number {
    return this.#nextMonth[day] ?? this.length;
  }

  /** The `count`-th working day after the day, which is day 0; a negative count goes back. */
  addWorking(day: number, count: number): number {
    const found = this.#working[this.#counted[day]! - 1 + count];
    if (found === undefined) throw new RangeError(`day ${day} + ${count} working days is outside the history`);
    return found;
  }

  /** The day itself when it is worked, otherwise the next that is. */
  workingOnOrAfter(day: number): number {
    return this.isWorking(day) ? day : this.addWorking(day, 1);
  }

  /** Whether the day is worked. */
  isWorking(day: number): boolean {
    return this.#working[this.#counted[day]! - 1] === day;
  }

  /** An instant of a day in Asia/Shanghai as ISO text; `second` counts from midnight. */
  instant(day: number, second: number): string {
    const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
    return `${this.date(day)}T${clock.map((part) => String(part).padStart(2, '0')).join(':')}+08:00`;
  }
}
