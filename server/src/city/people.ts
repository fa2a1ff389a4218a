import { children, provinceList, statisticsOnly } from '@yingdeng/contract/divisions.ts';
import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import type { IdentityRegister } from './identity.ts';
import { givenName, surname, uyghurName } from './names.ts';
import { addressElsewhere, addressIn, type CityPlaces, type County, type Place } from './places.ts';
import { Random, weights } from './random.ts';

/** Somebody of the synthetic city, as the form of annex 1 would describe the person. */
export interface CityPerson {
  /** Position in the city, from 0. */
  readonly index: number;
  readonly name: string;
  readonly sex: '1' | '2';
  readonly birthDate: PlainDate;
  /** AAC002 */
  readonly idNumber: string;
  readonly documentType: '01' | '17' | '90' | '04';
  readonly documentNumber: string;
  readonly ethnic: string;
  readonly political: string;
  readonly education: string;
  readonly health: string;
  readonly disability?: { scale: 'injury' | 'card'; grade: string };
  readonly household: Place;
  readonly residence: Place;
  /** County of the city where the person lives. */
  readonly home: County;
  readonly mobile: string;
  readonly email?: string;
  /** Hong Kong, Macao and Taiwan residents state that they worked on the mainland before (A21-1b). */
  readonly hmtPreviouslyEmployed?: true;
}

/**
 * No operator has been given the prefix 154: a message to one of these numbers cannot reach anybody.
 */
const SYNTHETIC_MOBILE_PREFIX = '154';

/** Prefixes of abolished counties: people born there keep them for life. */
const retiredPrefixes = [
  '130521',
  '140726',
  '220381',
  '320684',
  '330103',
  '340225',
  '350402',
  '410306',
  '410322',
  '410381',
  '410728',
  '411626',
  '430521',
  '510132',
  '610322',
  '632321',
];

const ages = weights<readonly [low: number, high: number]>(
  [[16, 19], 5],
  [[20, 24], 15],
  [[25, 34], 31],
  [[35, 44], 25],
  [[45, 54], 17],
  [[55, 59], 6],
  [[60, 62], 1],
);
const politicalOf = weights(['13', 78], ['03', 12], ['01', 9], ['02', 0.5], ['12', 0.3], ['05', 0.1], ['08', 0.1]);
/** Education by generation: schools grew. Codes that stand in the long and in the short table alike. */
const educationOf = {
  young: weights(['30', 30], ['20', 28], ['61', 14], ['71', 13], ['41', 6], ['44', 4], ['47', 3], ['14', 2]),
  middle: weights(['71', 40], ['61', 18], ['30', 16], ['20', 11], ['41', 8], ['47', 4], ['81', 2], ['14', 1]),
  old: weights(['71', 52], ['61', 22], ['81', 13], ['41', 7], ['30', 4], ['20', 1.5], ['90', 0.5]),
};
const healthOf = weights(
  ['10', 92],
  ['20', 4],
  ['30', 1],
  ['31', 0.6],
  ['37', 0.6],
  ['64', 0.9],
  ['62', 0.4],
  ['61', 0.3],
  ['63', 0.1],
  ['67', 0.1],
);
const householdSizes = weights([1, 66], [2, 27], [3, 7]);
const documentOf = weights<'01' | '90'>(['01', 97], ['90', 3]);

/** Manchu live mostly in Xiuyan; elsewhere the register of a northern city is meant. */
function ethnicOf(random: Random, home: County): string {
  const manchu = home.code === '210323' ? 0.78 : home.code.startsWith('2103') ? 0.09 : 0.002;
  const draw = random.unit();
  if (draw < manchu) return '11';
  if (draw < manchu + 0.012) return '03';
  if (draw < manchu + 0.016) return random.pick(['02', '06', '07', '08', '10', '15']);
  return draw < manchu + 0.017 ? '05' : '01';
}

/** Everything households share while a city is drawn. */
export class Population {
  readonly #places: CityPlaces;
  readonly #seed: number;
  readonly #asOf: PlainDate;
  readonly #register: IdentityRegister;
  readonly #elsewhere: readonly string[];

  constructor(places: CityPlaces, seed: number, asOf: PlainDate, register: IdentityRegister) {
    this.#places = places;
    this.#seed = seed;
    this.#asOf = asOf;
    this.#register = register;
    this.#elsewhere = provinceList
      .flatMap((province) => children(province.code))
      .flatMap((city) => children(city.code))
      .map((county) => county.code)
      .filter((code) => !code.startsWith(places.tenant) && !statisticsOnly.has(code));
  }

  /** The members of one household: the same for the same seed and number, if all households before it were drawn too. */
  household(number: number, firstIndex: number): CityPerson[] {
    const random = new Random(this.#seed, Number(this.#places.tenant), number);
    const home = random.weighted(this.#places.byPopulation);
    const residence = addressIn(random, home);
    const size = random.weighted(householdSizes);
    const headSex = random.chance(0.53) ? '1' : '2';
    const [low, high] = random.weighted(ages);
    const headAge = random.between(low, high);
    const family = surname(random);
    const members: CityPerson[] = [];
    for (let i = 0; i < size; i += 1) {
      const isChild = i > 0 && headAge >= 42 && random.chance(0.6);
      const sex = i === 0 || (isChild && random.chance(0.5)) ? headSex : headSex === '1' ? '2' : '1';
      const age =
        i === 0
          ? headAge
          : isChild
            ? Math.max(17, headAge - random.between(22, 28))
            : Math.min(62, Math.max(20, headAge + random.between(-4, 4)));
      // Children carry the name of the household's head as often as not; a spouse has an own one.
      const own = i === 0 || isChild ? family : surname(random);
      members.push(this.#person(random, firstIndex + i, { home, residence, sex, age, family: own, like: members[0] }));
    }
    return members;
  }

  /** One person living alone, of a given age, who is in no history. */
  stranger(number: number, age: number, hmt: boolean): CityPerson {
    const random = new Random(this.#seed, Number(this.#places.tenant), number, 1);
    const home = random.weighted(this.#places.byPopulation);
    const sex = random.chance(0.5) ? '1' : '2';
    return this.#person(random, number, {
      home,
      residence: addressIn(random, home),
      sex,
      age,
      family: surname(random),
      hmt,
    });
  }

  #person(
    random: Random,
    index: number,
    given: {
      home: County;
      residence: Place;
      sex: '1' | '2';
      age: number;
      family: string;
      like?: CityPerson;
      hmt?: boolean;
    },
  ): CityPerson {
    const { home, residence, sex, age } = given;
    const wished = addDays(
      `${Number(this.#asOf.slice(0, 4)) - age - 1}${this.#asOf.slice(4, 8)}15`,
      random.between(40, 325),
    );
    const kind = random.unit();
    const hmt = given.hmt ?? kind < 0.001;
    const { household, origin, prefix } = this.#origin(random, home, residence, hmt, given);
    const { number, birthDate } = this.#register.give(random, origin, prefix, wished, sex);
    const ethnic = hmt ? '01' : ethnicOf(random, home);
    const year = Number(birthDate.slice(0, 4));
    const health = random.weighted(healthOf);
    const generation = age < 32 ? 'young' : age < 47 ? 'middle' : 'old';
    const education = random.weighted(educationOf[generation]);
    return {
      index,
      name: ethnic === '05' ? uyghurName(random, sex) : given.family + givenName(random, sex, year),
      sex,
      birthDate,
      ...documents(random, number, hmt, kind, year),
      ethnic,
      political:
        age > 28 || Number(education) > 61
          ? random.weighted(politicalOf).replace('03', '13')
          : random.weighted(politicalOf),
      // Whoever is seventeen has not been to a university.
      education: age < 19 && Number(education) < 40 ? '61' : age < 22 && education < '30' ? '30' : education,
      health,
      disability: health >= '60' ? { scale: 'card', grade: String(random.between(1, 4)) } : undefined,
      household,
      residence,
      home,
      mobile:
        SYNTHETIC_MOBILE_PREFIX +
        String((index * 7_919 + this.#seed * 104_729 + Number(this.#places.tenant) * 1_000_003) % 100_000_000).padStart(
          8,
          '0',
        ),
      email: random.chance(0.12) ? `user${index}@example.com` : undefined,
      hmtPreviouslyEmployed: hmt ? true : undefined,
    };
  }

  /** Household address and the prefix of the number: mostly here, some of another county, some of anywhere. */
  #origin(random: Random, home: County, residence: Place, hmt: boolean, given: { like?: CityPerson; hmt?: boolean }) {
    const { like } = given;
    if (hmt) {
      const prefix = given.hmt ? '810000' : random.weighted(hmtPrefixes);
      return { household: residence, origin: 'elsewhere', prefix } as const;
    }
    if (like && /^[1-7]/.test(like.idNumber) && random.chance(0.85)) {
      const local =
        like.idNumber.startsWith(this.#places.tenant) &&
        this.#places.counties.some((each) => like.idNumber.startsWith(each.code));
      return {
        household: like.household,
        origin: local ? 'local' : 'elsewhere',
        prefix: like.idNumber.slice(0, 6),
      } as const;
    }
    const draw = random.unit();
    if (draw < 0.81) return { household: residence, origin: 'local', prefix: home.code } as const;
    if (draw < 0.92) {
      const county = random.weighted(this.#places.byPopulation);
      return { household: addressIn(random, county), origin: 'local', prefix: county.code } as const;
    }
    if (draw < 0.94)
      return { household: residence, origin: 'elsewhere', prefix: random.pick(retiredPrefixes) } as const;
    const prefix = random.pick(this.#elsewhere);
    // Half of those born elsewhere have moved their household here.
    return {
      household: random.chance(0.5) ? residence : addressElsewhere(random, prefix),
      origin: 'elsewhere',
      prefix,
    } as const;
  }
}

const hmtPrefixes = weights(['810000', 70], ['830000', 25], ['820000', 5]);

/** Numbers as they stand in papers: 15 digits for a few of the old, a residence permit, a social security card, a Hong Kong permit. */
function documents(random: Random, number: string, hmt: boolean, kind: number, year: number) {
  if (hmt && kind < 0.0001) {
    // Without a residence permit the social security number begins with letters.
    return {
      idNumber: `HKG1${number.slice(6, 17)}000`,
      documentType: '04',
      documentNumber: `H${number.slice(9, 17)}`,
    } as const;
  }
  if (hmt) return { idNumber: number, documentType: '17', documentNumber: number } as const;
  // 15-digit numbers were given until 1999; the widened number is the same person's.
  const idNumber = year < 1972 && random.chance(0.01) ? number.slice(0, 6) + number.slice(8, 17) : number;
  if (random.weighted(documentOf) === '90') {
    return {
      idNumber,
      documentType: '90',
      documentNumber: `F${String(random.below(100_000_000)).padStart(8, '0')}`,
    } as const;
  }
  return { idNumber, documentType: '01', documentNumber: idNumber } as const;
}
