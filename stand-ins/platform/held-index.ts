import { createHash } from 'node:crypto';
import type { Held } from './holdings.ts';

/** What the platform holds of one county and day, told without its items. */
export interface DayDigest {
  AAB301: string;
  /** `YYYYMMDD` */
  date: string;
  count: number;
  /** SM3 over one line `AAZ341 digest` an item, each ended by a line feed, in ascending order of AAZ341 */
  digest: string;
}

interface Day {
  items: Map<string, Held>;
  sorted?: Held[];
  digest?: string;
}

/** Held records by county and day, in the order of their serial number; sorted and hashed when somebody asks. */
export class HeldIndex {
  readonly #days = new Map<string, Day>();

  /** Adds a record; the one under the same number is replaced, also when it reported another day. */
  put(held: Held, before: Held | undefined): void {
    if (before) this.remove(before);
    const key = `${held.AAB301} ${held.date}`;
    let day = this.#days.get(key);
    if (!day) {
      day = { items: new Map() };
      this.#days.set(key, day);
    }
    day.items.set(held.AAZ341, held);
    delete day.sorted;
    delete day.digest;
  }

  remove(held: Held): void {
    const key = `${held.AAB301} ${held.date}`;
    const day = this.#days.get(key);
    if (!day) return;
    day.items.delete(held.AAZ341);
    delete day.sorted;
    delete day.digest;
    if (day.items.size === 0) this.#days.delete(key);
  }

  /** Days of every county that begins with `prefix`, both ends included; only those with records. */
  digests(prefix: string, from: string, to: string): DayDigest[] {
    const found: DayDigest[] = [];
    for (const [key, day] of this.#days) {
      const [AAB301 = '', date = ''] = key.split(' ');
      if (!AAB301.startsWith(prefix) || date < from || date > to) continue;
      found.push({ AAB301, date, count: day.items.size, digest: digestOf(day) });
    }
    return found.sort((a, b) => (a.date + a.AAB301 < b.date + b.AAB301 ? -1 : 1));
  }

  /** The next records of a county and day after a serial number. */
  page(AAB301: string, date: string, after: string, limit: number): { items: Held[]; count: number; more: boolean } {
    const day = this.#days.get(`${AAB301} ${date}`);
    if (!day) return { items: [], count: 0, more: false };
    const sorted = sortedOf(day);
    let begin = 0;
    let end = sorted.length;
    while (begin < end) {
      const middle = (begin + end) >> 1;
      if ((sorted[middle]?.AAZ341 ?? '') > after) end = middle;
      else begin = middle + 1;
    }
    return { items: sorted.slice(begin, begin + limit), count: sorted.length, more: begin + limit < sorted.length };
  }
}

function sortedOf(day: Day): Held[] {
  day.sorted ??= [...day.items.values()].sort((a, b) => (a.AAZ341 < b.AAZ341 ? -1 : 1));
  return day.sorted;
}

function digestOf(day: Day): string {
  if (day.digest === undefined) {
    const hash = createHash('sm3');
    for (const { AAZ341, digest } of sortedOf(day)) hash.update(`${AAZ341} ${digest}\n`, 'utf8');
    day.digest = hash.digest('hex');
  }
  return day.digest;
}
