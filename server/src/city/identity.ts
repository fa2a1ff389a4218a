import { children, provinceList } from '@yingdeng/contract/divisions.ts';
import { addDays, daysBetween, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { identityCheckDigit } from '@yingdeng/rules/identity-number.ts';
import type { Random } from './random.ts';

/** Whether the prefix of a number belongs to the city itself or to anywhere else. */
export type Origin = 'local' | 'elsewhere';

const EPOCH = '1900-01-01';
/** Pairs of sequence numbers (one odd, one even) that local people get; the other hundred are for people from elsewhere. */
const LOCAL_PAIRS = 400;
const ALL_PAIRS = 500;
/** More than there are prefectures (342), so that each has a remainder of its own. */
const CITIES = 400;

/**
 * Gives out identity numbers of one city: lawful, never twice, and never one that another city's register gives out.
 * People from elsewhere share prefixes between cities; the city's own number decides on which days of birth a pair of
 * sequence numbers is its to give, so two cities cannot meet, whatever their seeds.
 */
export class IdentityRegister {
  readonly #city: number;
  readonly #given = new Set<string>();

  /** `tenant`: the four digits of the prefecture. */
  constructor(tenant: string) {
    const cities = provinceList.flatMap((province) => children(province.code));
    this.#city = cities.findIndex((city) => city.code === `${tenant}00`);
    if (this.#city < 0) throw new Error(`no prefecture ${tenant}`);
  }

  /**
   * A number with this prefix (six digits) and sex. The birth date is the wished one or, when that day has nothing left
   * for this city, one of the days around it.
   */
  give(
    random: Random,
    origin: Origin,
    prefix: string,
    wished: PlainDate,
    sex: '1' | '2',
  ): { number: string; birthDate: PlainDate } {
    for (let tries = 0; tries < 10_000; tries += 1) {
      const birthDate = tries === 0 ? wished : addDays(wished, tries % 2 ? (tries + 1) / 2 : -tries / 2);
      const pair = origin === 'local' ? random.below(LOCAL_PAIRS) : this.#pairElsewhere(prefix, birthDate);
      if (pair === undefined) continue;
      const first17 = `${prefix}${birthDate.replaceAll('-', '')}${String(pair * 2 + (sex === '1' ? 1 : 0)).padStart(3, '0')}`;
      if (this.#given.has(first17)) continue;
      this.#given.add(first17);
      return { number: first17 + identityCheckDigit(first17), birthDate };
    }
    throw new Error(`no identity number left for ${prefix} around ${wished}`);
  }

  /** The one pair that is this city's on this day, if there is one: every pair of a day belongs to one city at most. */
  #pairElsewhere(prefix: string, birthDate: PlainDate): number | undefined {
    const shift = daysBetween(EPOCH, birthDate) * 97 + Number(prefix);
    const pair = LOCAL_PAIRS + ((((this.#city - shift) % CITIES) + CITIES) % CITIES);
    return pair < ALL_PAIRS ? pair : undefined;
  }
}
