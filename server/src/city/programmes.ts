import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import type { CopyValue } from './copy-text.ts';
import type { CityPlaces } from './places.ts';
import { Random } from './random.ts';
import { cityId } from './row-context.ts';
import type { CityStaff } from './staff.ts';

/** Ids lie beyond those of vacancies. */
const FIRST_POST = 2 ** 41;
const FIRST_PROJECT = 2 ** 41 + 2 ** 40;

/** A public-welfare post of a synthetic city. */
export interface CityPost {
  readonly id: string;
  /** County; posts are its office's. */
  readonly office: string;
  readonly employer: string;
  readonly title: string;
  readonly place: string;
  readonly duties: string;
  readonly wage: number;
  readonly posts: number;
  readonly validTo: PlainDate;
  readonly enteredOn: PlainDate;
}

/** A training course of a synthetic city: over, under way or to come. */
export interface CityProject {
  readonly id: string;
  readonly office: string;
  readonly name: string;
  readonly kind: 'skill' | 'startUp';
  readonly occupation: string | null;
  readonly institution: string;
  readonly place: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly applyBy: PlainDate;
  readonly enteredOn: PlainDate;
  readonly seats: number;
  readonly telephone: string;
}

/** Posts and courses of a city, by county; the same for the same seed, in every thread. All names are invented. */
export interface CityProgrammes {
  readonly posts: ReadonlyMap<string, readonly CityPost[]>;
  readonly projects: ReadonlyMap<string, readonly CityProject[]>;
}

const posts: readonly (readonly [title: string, duties: string, wage: number])[] = [
  ['社区保洁员', '楼道和院落保洁，半天班', 1900],
  ['社区巡逻协管员', '白班巡逻，登记来访', 2000],
  ['养老驿站护理员', '陪护、送餐、打扫', 2100],
  ['道路交通协管员', '早晚高峰路口劝导', 2000],
  ['公共就业服务协理员', '窗口引导、整理档案', 2100],
  ['绿化养护员', '浇水、修剪，室外作业', 1900],
];

const courses: readonly (readonly [
  name: string,
  kind: 'skill' | 'startUp',
  occupation: string | null,
  days: number,
])[] = [
  ['电工初级培训', 'skill', '631', 20],
  ['焊工初级培训', 'skill', '618', 25],
  ['养老护理员培训', 'skill', '410', 15],
  ['中式面点师培训', 'skill', '403', 15],
  ['电商客服培训', 'skill', '407', 10],
  ['会计实务培训', 'skill', '206', 30],
  ['网络创业培训', 'startUp', null, 7],
  ['开办小店创业培训', 'startUp', null, 10],
];

/** Beside those to come: so many under way, and so many that ended in the last weeks. */
const UNDER_WAY = 2;
const OVER = 4;
/** A county of a large city has more posts than one of a small one, a city never more than a list shows. */
const PEOPLE_A_ROUND = 20_000;
const MOST_ROUNDS = 7;

/** Draws posts and courses of each county. */
export function cityProgrammes(places: CityPlaces, seed: number, asOf: PlainDate, people: number): CityProgrammes {
  const rounds = Math.min(MOST_ROUNDS, Math.ceil(people / PEOPLE_A_ROUND));
  const many = rounds * posts.length;
  return {
    posts: new Map(
      places.counties.map((county, c) => [
        county.code,
        Array.from({ length: many }, (_, i): CityPost => {
          const [title, duties, wage] = posts[i % posts.length]!;
          const random = new Random(seed, 12, c * many + i);
          const township = county.townships.length > 0 ? random.pick(county.townships).name : county.name;
          return {
            id: cityId(places.tenant, seed, FIRST_POST + c * many + i),
            office: county.code,
            employer: `${township}${township.endsWith('街道') ? '办事处' : '人民政府'}`,
            title,
            place: `${county.name}${township}`,
            duties,
            wage,
            posts: random.between(1, 4),
            validTo: addDays(asOf, random.between(60, 300)),
            // One of each county has been there longer than anybody's history.
            enteredOn: addDays(asOf, -(i === 0 ? 1500 : random.between(20, 1400))),
          };
        }),
      ]),
    ),
    projects: new Map(
      places.counties.map((county, c) => [
        county.code,
        Array.from({ length: courses.length + UNDER_WAY + OVER }, (_, i): CityProject => {
          const [name, kind, occupation, days] =
            courses[(i < courses.length ? i : i - courses.length + c) % courses.length]!;
          const random = new Random(seed, 13, c * (courses.length + UNDER_WAY + OVER) + i);
          const late = i - courses.length;
          const starts =
            late < 0
              ? random.between(6, 45)
              : late < UNDER_WAY
                ? -random.between(1, days - 2)
                : -days - random.between(3, 60);
          const startsOn = addDays(asOf, starts);
          return {
            id: cityId(places.tenant, seed, FIRST_PROJECT + c * (courses.length + UNDER_WAY + OVER) + i),
            office: county.code,
            name,
            kind,
            occupation,
            institution: `${county.name}${random.pick(['职业技能培训学校', '技工学校', '就业训练中心'])}`,
            place: `${random.pick(['工业', '建设', '人民', '和平', '迎宾'])}路${random.between(1, 260)}号`,
            startsOn,
            endsOn: addDays(startsOn, days),
            applyBy: addDays(startsOn, -1),
            enteredOn: addDays(late < 0 ? asOf : startsOn, -random.between(14, 20)),
            seats: random.between(15, 40),
            telephone: `0391-${random.between(2, 8)}${String(random.below(1_000_000)).padStart(6, '0')}`,
          };
        }),
      ]),
    ),
  };
}

/** Rows of `welfare_post` and `training_project`; who is in them is counted when the people are there. */
export function programmeRows(
  { posts, projects }: CityProgrammes,
  places: CityPlaces,
  staff: CityStaff,
): { posts: CopyValue[][]; projects: CopyValue[][] } {
  const clerk = (office: string) => staff.clerksOf(office)[0]!.name;
  return {
    posts: [...posts.values()]
      .flat()
      .map((one): CopyValue[] => [
        places.tenant,
        one.id,
        one.office,
        one.office,
        one.employer,
        one.title,
        one.place,
        one.duties,
        one.wage,
        one.posts,
        one.validTo,
        'open',
        `${one.enteredOn}T10:00:00+08:00`,
        clerk(one.office),
      ]),
    projects: [...projects.values()]
      .flat()
      .map((one): CopyValue[] => [
        places.tenant,
        one.id,
        one.office,
        one.office,
        one.name,
        one.kind,
        one.occupation,
        one.institution,
        one.place,
        one.startsOn,
        one.endsOn,
        one.applyBy,
        one.seats,
        0,
        one.telephone,
        '理论和实操，结业考核后可参加技能等级认定。',
        'open',
        `${one.enteredOn}T10:00:00+08:00`,
        clerk(one.office),
      ]),
  };
}
