import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Seeker } from '@yingdeng/rules/matching.ts';
import type { MatchingPoints } from '@yingdeng/rules/provisions/parameters.ts';
import type { Tx } from '../../platform/database.ts';
import { type OfferRow, offersSince, revisionsOf } from './match.sql.ts';

/** A ranked vacancy. */
export interface Ranked {
  readonly id: string;
  readonly score: number;
}

/** What came of one ranking: the best, how many were looked at, how many were valid. */
export interface Ranking {
  readonly best: readonly Ranked[];
  readonly looked: number;
  readonly valid: number;
}

const FIRST_SIZE = 1024;
const day = (date: PlainDate): number => Number(date.replaceAll('-', ''));

/** The vacancies of one city as columns of numbers; a slot is a vacancy's place in all of them. */
class CityOffers {
  revision = 0;
  size = 0;
  readonly ids: string[] = [];
  /** Places of work in words. */
  readonly place: string[] = [];
  readonly #slots = new Map<string, number>();
  number = new Float64Array(FIRST_SIZE);
  occupation = new Uint16Array(FIRST_SIZE);
  division = new Uint32Array(FIRST_SIZE);
  wageFrom = new Uint32Array(FIRST_SIZE);
  wageTo = new Uint32Array(FIRST_SIZE);
  education = new Uint8Array(FIRST_SIZE);
  skill = new Uint8Array(FIRST_SIZE);
  /** Days as yyyymmdd; a closed vacancy ends before it begins. */
  from = new Uint32Array(FIRST_SIZE);
  to = new Uint32Array(FIRST_SIZE);
  /** Revision of each slot: two requests may read changes at once, and the older reading must not win. */
  #revisions = new Float64Array(FIRST_SIZE);
  #valid: { today: number; count: number } | undefined;
  #byMajor: number[][] | undefined;
  #byCounty: Map<number, number[]> | undefined;
  readonly #byTown = new Map<string, ReadonlySet<number>>();

  put(row: OfferRow): void {
    let slot = this.#slots.get(row.id);
    if (slot === undefined) {
      slot = this.size;
      this.size += 1;
      this.#slots.set(row.id, slot);
      this.ids.push(row.id);
      if (slot === this.number.length) this.#grow();
    }
    if (row.revision < this.#revisions[slot]!) return;
    this.#revisions[slot] = row.revision;
    this.number[slot] = Number(row.number);
    this.occupation[slot] = Number(row.occupation);
    this.division[slot] = Number(row.work_division);
    this.place[slot] = row.work_place;
    this.wageFrom[slot] = row.wage_from;
    this.wageTo[slot] = row.wage_to;
    this.education[slot] = row.education;
    this.skill[slot] = row.skill;
    this.from[slot] = row.state === 'open' ? day(row.valid_from) : 99_999_999;
    this.to[slot] = row.state === 'open' ? day(row.valid_to) : 0;
    this.revision = Math.max(this.revision, row.revision);
    this.#byMajor = undefined;
    this.#byCounty = undefined;
    this.#byTown.clear();
    this.#valid = undefined;
  }

  #grow(): void {
    const twice = <T extends Float64Array | Uint32Array | Uint16Array | Uint8Array>(old: T, next: T): T => {
      next.set(old as never);
      return next;
    };
    const length = this.number.length * 2;
    this.number = twice(this.number, new Float64Array(length));
    this.#revisions = twice(this.#revisions, new Float64Array(length));
    this.occupation = twice(this.occupation, new Uint16Array(length));
    for (const name of ['division', 'wageFrom', 'wageTo', 'from', 'to'] as const)
      this[name] = twice(this[name], new Uint32Array(length));
    for (const name of ['education', 'skill'] as const) this[name] = twice(this[name], new Uint8Array(length));
  }

  /** Slots by major group, and by county; made anew after a change, a millisecond for ten thousand. */
  lists(): { byMajor: number[][]; byCounty: Map<number, number[]> } {
    if (!this.#byMajor || !this.#byCounty) {
      this.#byMajor = Array.from({ length: 10 }, () => []);
      this.#byCounty = new Map();
      for (let slot = 0; slot < this.size; slot += 1) {
        if (this.to[slot] === 0) continue;
        this.#byMajor[Math.floor(this.occupation[slot]! / 100)]!.push(slot);
        const county = this.#byCounty.get(this.division[slot]!);
        if (county) county.push(slot);
        else this.#byCounty.set(this.division[slot]!, [slot]);
      }
    }
    return { byMajor: this.#byMajor, byCounty: this.#byCounty };
  }

  /** Slots in a county whose place of work names a street or town; looked for once and kept until something changes. */
  inTown(county: number, town: string): ReadonlySet<number> {
    const key = `${county}${town}`;
    const known = this.#byTown.get(key);
    if (known) return known;
    const found = new Set((this.lists().byCounty.get(county) ?? []).filter((slot) => this.place[slot]!.includes(town)));
    this.#byTown.set(key, found);
    return found;
  }

  valid(today: number): number {
    if (this.#valid?.today === today) return this.#valid.count;
    let count = 0;
    for (let slot = 0; slot < this.size; slot += 1)
      if (this.from[slot]! <= today && this.to[slot]! >= today) count += 1;
    this.#valid = { today, count };
    return count;
  }
}

/** The best so far, best first; score, then the newer number. */
class Best {
  readonly ids: string[] = [];
  readonly scores: number[] = [];
  readonly #numbers: number[] = [];
  readonly #limit: number;
  constructor(limit: number) {
    this.#limit = limit;
  }
  offer(score: number, number: number, ids: readonly string[], slot: number): void {
    const { scores } = this;
    const numbers = this.#numbers;
    let at = scores.length;
    if (at === this.#limit) {
      const last = at - 1;
      if (score < scores[last]! || (score === scores[last] && number < numbers[last]!)) return;
      at = last;
    }
    while (at > 0 && (scores[at - 1]! < score || (scores[at - 1] === score && numbers[at - 1]! < number))) {
      scores[at] = scores[at - 1]!;
      numbers[at] = numbers[at - 1]!;
      this.ids[at] = this.ids[at - 1]!;
      at -= 1;
    }
    scores[at] = score;
    numbers[at] = number;
    this.ids[at] = ids[slot]!;
  }
}

/**
 * Vacancies in the memory of this process, for ranking: a few dozen bytes each. Not a second truth: every use first asks, in its own
 * transaction, for the revision of each city and reads what changed since (`refresh`), so that it ranks no less than that transaction sees.
 * A transaction that writes vacancies must not refresh: it may still be undone.
 */
export class VacancyIndex {
  readonly #cities = new Map<string, CityOffers>();
  /** Rises with every change that was read: what was ranked before may rank otherwise now. */
  generation = 0;

  /** Brings the cities up to what this transaction sees; one statement when nothing changed. */
  async refresh(tx: Tx, tenants: readonly string[]): Promise<void> {
    const revisions = await tx.rows(revisionsOf, tenants);
    const behind = revisions.filter(({ tenant, revision }) => (this.#cities.get(tenant)?.revision ?? 0) < revision);
    const changed = await Promise.all(
      behind.map(({ tenant }) => tx.rows(offersSince, tenant, this.#cities.get(tenant)?.revision ?? 0)),
    );
    behind.forEach(({ tenant, revision }, i) => {
      const city = this.#cities.get(tenant) ?? new CityOffers();
      this.#cities.set(tenant, city);
      for (const row of changed[i]!) city.put(row);
      this.generation += 1;
      // A revision that changed no row (a repeated import) leaves none to read.
      city.revision = Math.max(city.revision, revision);
    });
  }

  /** The best vacancies for a person on a day, as rules/matching.ts scores them. */
  rank(
    seeker: Seeker,
    worth: MatchingPoints,
    on: { tenants: readonly string[]; today: PlainDate; limit: number },
  ): Ranking {
    const best = new Best(on.limit);
    const asked = askedOf(seeker, worth);
    const today = day(on.today);
    let looked = 0;
    let valid = 0;
    for (const tenant of on.tenants) {
      const city = this.#cities.get(tenant);
      if (!city) continue;
      valid += city.valid(today);
      looked += rankCity(city, asked, today, best);
    }
    return { best: best.ids.map((id, i) => ({ id, score: best.scores[i]! })), looked, valid };
  }
}

/** A seeker as numbers: points by occupation, and where the person lives. */
interface Asked {
  readonly worth: MatchingPoints;
  /** By three-digit code; 0 outside the major groups asked for. */
  readonly occupation: Int16Array;
  readonly majors: readonly number[];
  readonly county: number;
  readonly town: string | undefined;
  readonly city: number;
  readonly province: number;
  readonly wage: number;
  readonly education: number;
  readonly skill: number;
}

function askedOf(seeker: Seeker, worth: MatchingPoints): Asked {
  const majors = new Set([...seeker.wishes, ...seeker.trained].map((code) => (Number(code) / 100) | 0));
  const occupation = new Int16Array(1000);
  for (const major of majors) occupation.fill(worth.related, major * 100, major * 100 + 100);
  // The dearer meaning is written last and stands.
  for (const code of seeker.trained) occupation[Number(code)] = worth.trained;
  for (const code of seeker.wishes.slice(1)) occupation[Number(code)] = worth.wishOther;
  const [first] = seeker.wishes;
  if (first !== undefined) occupation[Number(first)] = worth.wishFirst;
  const county = Number(seeker.division);
  return {
    worth,
    occupation,
    majors: [...majors],
    county,
    town: seeker.town,
    city: (county / 100) | 0,
    province: (county / 10_000) | 0,
    wage: seeker.wage ?? 0,
    education: seeker.education,
    skill: seeker.skill,
  };
}

/** Newest first: of equal ones the newer stands before, so that what comes later is turned away at once. */
function rankCity(city: CityOffers, asked: Asked, today: number, best: Best): number {
  const { byMajor, byCounty } = city.lists();
  const { majors, county, province, town } = asked;
  const inTown = town === undefined ? nowhere : city.inTown(county, town);
  let looked = 0;
  for (const major of majors) {
    const slots = byMajor[major] ?? [];
    for (let i = slots.length - 1; i >= 0; i -= 1) {
      const slot = slots[i]!;
      if (city.from[slot]! > today || city.to[slot]! < today) continue;
      if (((city.division[slot]! / 10_000) | 0) !== province) continue;
      looked += 1;
      best.offer(scoreOf(city, slot, asked, inTown), city.number[slot]!, city.ids, slot);
    }
  }
  const near = byCounty.get(county) ?? [];
  for (let i = near.length - 1; i >= 0; i -= 1) {
    const slot = near[i]!;
    if (city.from[slot]! > today || city.to[slot]! < today) continue;
    // Those of a wished major group have been looked at above.
    if (majors.includes((city.occupation[slot]! / 100) | 0)) continue;
    looked += 1;
    best.offer(scoreOf(city, slot, asked, inTown), city.number[slot]!, city.ids, slot);
  }
  return looked;
}

const nowhere: ReadonlySet<number> = new Set();

function scoreOf(city: CityOffers, slot: number, asked: Asked, inTown: ReadonlySet<number>): number {
  const { worth, wage } = asked;
  const division = city.division[slot]!;
  let score = asked.occupation[city.occupation[slot]!]!;
  if (division === asked.county) score += inTown.has(slot) ? (worth.sameTown ?? worth.sameCounty) : worth.sameCounty;
  else if (((division / 100) | 0) === asked.city) score += worth.sameCity;
  else if (((division / 10_000) | 0) === asked.province) score += worth.sameProvince;
  if (wage > 0) {
    if (city.wageFrom[slot]! >= wage) score += worth.wageMet;
    else if (city.wageTo[slot]! >= wage) score += worth.wageWithin;
  }
  if (asked.education >= city.education[slot]!) score += worth.educationMet;
  if (asked.skill >= city.skill[slot]!) score += worth.skillMet;
  return score;
}
