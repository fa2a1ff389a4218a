import { divisionName } from '@yingdeng/contract/divisions.ts';
import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { type MatchPoint, matchPoints, type Offer, type Seeker } from '@yingdeng/rules/matching.ts';
import type { MatchingPoints } from '@yingdeng/rules/provisions/parameters.ts';
import type { VacancyInput } from '@yingdeng/rules/vacancy.ts';
import { storedOf } from '../features/vacancy/stored.ts';
import type { CopyValue } from './copy-text.ts';
import type { CityPlaces } from './places.ts';
import { Random } from './random.ts';
import { cityId } from './row-context.ts';
import type { CityStaff } from './staff.ts';

/** A vacancy of a synthetic city. */
export interface CityVacancy {
  readonly id: string;
  readonly number: string;
  readonly office: string;
  readonly fields: VacancyInput;
  readonly warnings: readonly { kind: 'age' | 'tooGood'; message: string }[];
}

/** Ids of vacancies lie beyond those of any person's rows. */
const FIRST_ID = 2 ** 40;
const FEWEST = 120;
const MOST = 10_000;
/** One vacancy for so many people of the register: what a county town has. */
const PEOPLE_A_VACANCY = 20;

const families = ['东方', '云台', '太行', '怀川', '覃怀', '沁河', '丹水', '百间房', '龙源', '新河', '焦东', '南水'];
/** Kind of employer, and the posts it offers: title, occupation, lower wage, education, skill. */
const trades: readonly (readonly [
  kind: string,
  posts: readonly (readonly [string, string, number, number, number])[],
])[] = [
  [
    '机械制造有限公司',
    [
      ['数控车工', '618', 4800, 2, 2],
      ['焊工', '618', 4600, 0, 2],
      ['普工', '631', 3800, 0, 0],
      ['检验员', '408', 3900, 2, 0],
    ],
  ],
  [
    '电子有限公司',
    [
      ['操作工', '631', 4000, 0, 0],
      ['电子装配工', '625', 4200, 0, 0],
      ['设备维护电工', '631', 5000, 2, 2],
    ],
  ],
  [
    '餐饮管理有限公司',
    [
      ['厨师', '403', 5000, 0, 1],
      ['餐厅服务员', '403', 3200, 0, 0],
      ['面点师', '403', 4300, 0, 1],
    ],
  ],
  [
    '商贸有限公司',
    [
      ['收银员', '401', 2900, 0, 0],
      ['理货员', '401', 2800, 0, 0],
      ['销售', '401', 3500, 2, 0],
      ['仓库管理员', '402', 3600, 2, 0],
    ],
  ],
  [
    '物流有限公司',
    [
      ['货车司机', '402', 6000, 0, 0],
      ['分拣员', '402', 4200, 0, 0],
      ['叉车司机', '630', 5200, 0, 1],
    ],
  ],
  [
    '物业服务有限公司',
    [
      ['保安员', '407', 2700, 0, 0],
      ['保洁员', '409', 2300, 0, 0],
      ['物业客服', '406', 3100, 3, 0],
      ['水电维修工', '412', 3800, 0, 2],
    ],
  ],
  [
    '家政服务有限公司',
    [
      ['家政服务员', '410', 3800, 0, 0],
      ['养老护理员', '410', 4000, 0, 1],
      ['育婴员', '410', 5200, 0, 1],
    ],
  ],
  [
    '服装有限公司',
    [
      ['缝纫工', '605', 4200, 0, 0],
      ['裁剪工', '605', 4500, 0, 1],
    ],
  ],
  [
    '医院',
    [
      ['护士', '205', 4200, 3, 0],
      ['陪护', '414', 3600, 0, 0],
      ['导医', '414', 2900, 2, 0],
    ],
  ],
  [
    '培训学校',
    [
      ['教师', '208', 4300, 4, 0],
      ['助教', '208', 3000, 3, 0],
      ['文员', '301', 2900, 3, 0],
    ],
  ],
  [
    '财务咨询有限公司',
    [
      ['会计', '206', 4300, 3, 1],
      ['出纳', '206', 3300, 3, 0],
      ['行政助理', '301', 3000, 3, 0],
    ],
  ],
  [
    '建筑工程有限公司',
    [
      ['钢筋工', '629', 6500, 0, 1],
      ['施工员', '202', 5500, 3, 0],
      ['资料员', '301', 3500, 3, 0],
    ],
  ],
  [
    '食品有限公司',
    [
      ['食品加工工', '602', 3700, 0, 0],
      ['包装工', '631', 3500, 0, 0],
      ['质检员', '408', 3700, 2, 0],
    ],
  ],
];
const notes = [
  '长白班，双休，包午餐。',
  '两班倒，包吃住，有夜班补贴。',
  '月休四天，缴纳社会保险。',
  '可以安排短时班次，方便照顾家人。',
  '新手有师傅带，培训期照发工资。',
];

/** The vacancies of a city: the same for the same seed, in every thread. Employers are invented. */
export function cityVacancies(places: CityPlaces, seed: number, asOf: PlainDate, people: number): CityVacancy[] {
  const count = Math.min(MOST, Math.max(FEWEST, Math.round(people / PEOPLE_A_VACANCY)));
  return Array.from({ length: count }, (_, i) => {
    const random = new Random(seed, 11, i);
    const county = random.weighted(places.byPopulation);
    const [kind, posts] = random.pick(trades);
    const [title, occupation, wage, education, skill] = random.pick(posts);
    const wageFrom = wage + random.between(-3, 4) * 100;
    // A few have run out, so that the lists have something to leave out.
    const ended = random.chance(0.08);
    const from = addDays(asOf, ended ? -random.between(60, 90) : -random.between(0, 40));
    const doubted = random.chance(0.03);
    return {
      id: cityId(places.tenant, seed, FIRST_ID + i),
      number: `${places.tenant}${String(i + 1).padStart(8, '0')}`,
      office: county.code,
      fields: {
        employerName: `${places.name}${random.pick(families)}${kind}`,
        employerCode: '',
        employerRef: '',
        title,
        occupation,
        workDivision: county.code,
        workPlace: `${random.pick(['工业', '建设', '人民', '和平', '迎宾'])}路${random.between(1, 260)}号`,
        wageFrom,
        wageTo: wageFrom + random.between(3, 18) * 100,
        education,
        skill,
        posts: random.between(1, 12),
        kind: random.chance(0.9) ? 'fullTime' : 'partTime',
        telephone: `0391-${random.between(2, 8)}${String(random.below(1_000_000)).padStart(6, '0')}`,
        description: doubted ? `${random.pick(notes)}18至45岁。` : random.pick(notes),
        validFrom: from,
        validTo: addDays(from, ended ? 45 : random.between(75, 170)),
      },
      warnings: doubted ? [{ kind: 'age', message: '“18至45岁”限制年龄，请核实是不是岗位必需。' }] : [],
    };
  });
}

/** Rows of the tables `vacancy_counter`, `vacancy` and `vacancy_change`. `at`: when all of them were entered. */
export function vacancyRows(
  vacancies: readonly CityVacancy[],
  staff: CityStaff,
  accountIdOf: (index: number) => string,
): { counter: CopyValue[]; vacancies: CopyValue[][]; changes: CopyValue[][] } {
  const [first] = vacancies;
  const tenant = first?.number.slice(0, 4) ?? '';
  const rows = vacancies.map((one): CopyValue[] => {
    const clerk = staff.clerksOf(one.office)[0]!;
    const at = `${one.fields.validFrom}T09:30:00+08:00`;
    const row = storedOf(one.fields, { id: one.id, number: one.number }, one.warnings);
    const columns = Object.values({ ...row, warnings: JSON.stringify(row.warnings) }) as CopyValue[];
    return [tenant, one.office, ...columns, 'open', 1, at, at, accountIdOf(clerk.index), clerk.name];
  });
  return {
    counter: [tenant, 1, vacancies.length],
    vacancies: rows,
    changes: vacancies.map((one) => {
      const clerk = staff.clerksOf(one.office)[0]!;
      const at = `${one.fields.validFrom}T09:30:00+08:00`;
      return [tenant, one.id, one.id, one.office, 'enter', '{}', at, accountIdOf(clerk.index), clerk.name];
    }),
  };
}

/** What matching reads of a vacancy. */
export const offerOf = ({ fields }: CityVacancy): Offer => ({
  occupation: fields.occupation,
  division: fields.workDivision,
  place: fields.workPlace,
  wageFrom: fields.wageFrom,
  wageTo: fields.wageTo,
  education: fields.education,
  skill: fields.skill,
});

/** One of the vacancies that suit a person well, valid on a day; the copy that a referral keeps, and why it fits. */
export function vacancyFor(
  random: Random,
  vacancies: readonly CityVacancy[],
  seeker: Seeker,
  on: { day: PlainDate; worth: MatchingPoints },
): { vacancy: CityVacancy; copy: string; points: MatchPoint[] } | undefined {
  let best: { vacancy: CityVacancy; points: MatchPoint[]; score: number } | undefined;
  // A clerk looks at some, not at ten thousand.
  for (let tries = 0; tries < 25; tries += 1) {
    const vacancy = random.pick(vacancies);
    if (vacancy.fields.validFrom > on.day || vacancy.fields.validTo < on.day) continue;
    const points = matchPoints(seeker, offerOf(vacancy), on.worth);
    const score = points.reduce((sum, point) => sum + point.points, 0);
    if (!best || score > best.score) best = { vacancy, points, score };
  }
  if (!best) return undefined;
  const { fields, number } = best.vacancy;
  const copy = JSON.stringify({
    number,
    title: fields.title,
    employerName: fields.employerName,
    telephone: fields.telephone,
    placeText: divisionName(fields.workDivision),
  });
  return { vacancy: best.vacancy, copy, points: best.points };
}
