import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import type { CopyValue } from './copy-text.ts';
import type { CityPlaces } from './places.ts';
import { Random } from './random.ts';
import { cityId } from './row-context.ts';
import type { CityStaff } from './staff.ts';

/** Ids lie beyond those of vacancies. */
const FIRST_POST = 2 ** 41;
const FIRST_PROJECT = 2 ** 41 + 2 ** 40;

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

/** Rows of `welfare_post` and `training_project`: some in each county, the same for the same seed. All names are invented. */
export function programmeRows(
  places: CityPlaces,
  staff: CityStaff,
  seed: number,
  asOf: PlainDate,
): { posts: CopyValue[][]; projects: CopyValue[][] } {
  return {
    posts: places.counties.flatMap((county, c) =>
      posts.map(([title, duties, wage], i): CopyValue[] => {
        const random = new Random(seed, 12, c * posts.length + i);
        const township = county.townships.length > 0 ? random.pick(county.townships).name : county.name;
        const entered = addDays(asOf, -random.between(20, 200));
        return [
          places.tenant,
          cityId(places.tenant, seed, FIRST_POST + c * posts.length + i),
          county.code,
          county.code,
          `${township}${township.endsWith('街道') ? '办事处' : '人民政府'}`,
          title,
          `${county.name}${township}`,
          duties,
          wage,
          random.between(1, 4),
          addDays(asOf, random.between(60, 300)),
          'open',
          `${entered}T10:00:00+08:00`,
          staff.clerksOf(county.code)[0]!.name,
        ];
      }),
    ),
    projects: places.counties.flatMap((county, c) =>
      courses.map(([name, kind, occupation, days], i): CopyValue[] => {
        const random = new Random(seed, 13, c * courses.length + i);
        const starts = addDays(asOf, random.between(6, 45));
        return [
          places.tenant,
          cityId(places.tenant, seed, FIRST_PROJECT + c * courses.length + i),
          county.code,
          county.code,
          name,
          kind,
          occupation,
          `${county.name}${random.pick(['职业技能培训学校', '技工学校', '就业训练中心'])}`,
          `${random.pick(['工业', '建设', '人民', '和平', '迎宾'])}路${random.between(1, 260)}号`,
          starts,
          addDays(starts, days),
          addDays(starts, -1),
          random.between(15, 40),
          0,
          `0391-${random.between(2, 8)}${String(random.below(1_000_000)).padStart(6, '0')}`,
          '理论和实操，结业考核后可参加技能等级认定。',
          'open',
          `${addDays(asOf, -random.between(3, 20))}T10:00:00+08:00`,
          staff.clerksOf(county.code)[0]!.name,
        ];
      }),
    ),
  };
}
