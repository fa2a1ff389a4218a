import type { PlainDate } from './calendar.ts';
import { monthOf } from './contact.ts';
import { classPointNames } from './provisions/parameter-specs.ts';
import type { ClassPoints } from './provisions/parameters.ts';
import type { Policy } from './provisions/policy.ts';
import type { Citation } from './provisions/provision.ts';
import { type Refusal, refuse } from './refusal.ts';

/** The classes in which registrants are served (M79-3b, A21-4a). */
export const serviceClasses = { A: '条件较好', B: '一般', C: '较弱或有困难', D: '有创业意愿' } as const;
export type ServiceClass = keyof typeof serviceClasses;

/** What each class gets first; the order in which a clerk offers services. */
export const classServices: Readonly<Record<ServiceClass, string>> = {
  A: '推送岗位，本人自主求职，按月跟踪',
  B: '职业指导，推荐岗位和培训，按月跟踪',
  C: '一人一策，推荐岗位并陪同对接，增加联系次数',
  D: '创业培训、开业指导、融资和政策落实',
};

export const skillLevels = {
  certified: '有职业资格、技能等级或职称（本人自述）',
  practised: '有一技之长',
  some: '做过几样，不精',
  none: '没有专门技能',
} as const;
export const wishKinds = {
  employed: '找单位上班',
  flexible: '灵活就业',
  startUp: '自己创业',
  training: '先参加培训',
  undecided: '还没想好',
} as const;
export const searchKinds = { alone: '会自己找', withHelp: '要人帮着找', not: '不会找' } as const;
export const hindranceKinds = {
  care: '要照顾老人、孩子或病人',
  health: '身体不太好',
  transport: '出行不便',
  language: '普通话或识字有困难',
  hours: '只能做固定时段',
} as const;

/** What an interview finds out beside the three texts, in the person's own words turned into choices. Nothing is proven by papers (M79-2c). */
export interface InterviewProfile {
  readonly skill: keyof typeof skillLevels;
  /** Whole years in the longest occupation. */
  readonly years: number;
  readonly wish: keyof typeof wishKinds;
  readonly search: keyof typeof searchKinds;
  readonly hindrances: readonly (keyof typeof hindranceKinds)[];
}

/** What a class is computed from. Sex, age, household and insurance are not among it, and so cannot decide. */
export interface ClassFacts extends InterviewProfile {
  /** AAC011. */
  readonly education: string;
  readonly disabled: boolean;
  /** A recognition of difficulty (就业困难人员) is in force. */
  readonly difficulty: boolean;
  /** Month of unemployment as on the form, 'YYYY-MM'. */
  readonly unemployedMonth: string;
  readonly on: PlainDate;
}

/** One named point. */
export interface ClassPoint {
  readonly name: keyof ClassPoints;
  readonly label: string;
  readonly points: number;
}

/** A class that explains itself. */
export interface ComputedClass {
  readonly class: ServiceClass;
  readonly points: readonly ClassPoint[];
  readonly total: number;
  /** One sentence: why this class. */
  readonly why: string;
  readonly citations: readonly Citation[];
}

/** AAC011 codes of college and above, and of primary school and below (GB/T 4658). */
const college = (code: string) => /^[123]/.test(code);
const primary = (code: string) => /^[89]/.test(code) && code !== '90';

const applies: Readonly<Record<Exclude<keyof ClassPoints, 'hindrance'>, (facts: ClassFacts) => boolean>> = {
  skillCertified: ({ skill }) => skill === 'certified',
  skillPractised: ({ skill }) => skill === 'practised',
  skillNone: ({ skill }) => skill === 'none',
  yearsFive: ({ years }) => years >= 5,
  yearsNone: ({ years }) => years === 0,
  schoolCollege: ({ education }) => college(education),
  schoolPrimary: ({ education }) => primary(education),
  outUpToThreeMonths: (facts) => monthsOut(facts) < 3,
  outTwelveMonths: (facts) => monthsOut(facts) >= 12,
  searchesAlone: ({ search }) => search === 'alone',
  searchesNot: ({ search }) => search === 'not',
  disabled: ({ disabled }) => disabled,
};

/** Whole months between the month of unemployment and the day; a month in the future counts as none. */
export function monthsOut({ unemployedMonth, on }: Pick<ClassFacts, 'unemployedMonth' | 'on'>): number {
  const number = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
  return Math.max(0, number(monthOf(on)) - number(unemployedMonth));
}

/**
 * The class of a registrant by named points (M79-3b, A21-4a): recognised difficulty is C, a wish to start a business is D, otherwise the points
 * decide. Undefined where the law of the day sets neither points nor bounds: then a clerk classes with a reason.
 */
export function computeClass(facts: ClassFacts, policy: Policy): ComputedClass | undefined {
  const { classPoints, classBounds } = policy;
  if (!classPoints || !classBounds) return undefined;
  const points: ClassPoint[] = [];
  for (const name of Object.keys(applies) as (keyof typeof applies)[]) {
    const worth = classPoints.value[name];
    if (worth !== 0 && applies[name](facts)) points.push({ name, label: classPointNames[name], points: worth });
  }
  for (const one of facts.hindrances) {
    points.push({ name: 'hindrance', label: hindranceKinds[one], points: classPoints.value.hindrance });
  }
  const total = points.reduce((sum, one) => sum + one.points, 0);
  const { strongFrom, weakBelow } = classBounds.value;
  const byPoints: ServiceClass = total >= strongFrom ? 'A' : total < weakBelow ? 'C' : 'B';
  const [name, why]: [ServiceClass, string] = facts.difficulty
    ? ['C', '已认定为就业困难人员，按C类服务。']
    : facts.wish === 'startUp'
      ? ['D', '本人有创业意愿，按D类服务。']
      : [byPoints, `合计${total}分：${strongFrom}分及以上为A，低于${weakBelow}分为C。`];
  return { class: name, points, total, why, citations: [...classPoints.citations, ...classBounds.citations] };
}

/** A clerk may class otherwise, with a reason; a recognised difficulty stays C, because its duties follow from it (A21-4f). */
export function checkClass(
  chosen: ServiceClass,
  computed: ComputedClass | undefined,
  on: { reason: string; difficulty: boolean },
): Refusal | null {
  if (on.difficulty && chosen !== 'C')
    return refuse('service.faulty', '已认定为就业困难人员的，按C类服务；认定退出后再调整。', 'A21-4f');
  if (computed?.class !== chosen && on.reason.trim().length < 4)
    return refuse(
      'service.faulty',
      computed
        ? `按面谈情况是${computed.class}类，改为${chosen}类的，请写明理由。`
        : '本地没有分类记分的规定，请写明分类理由。',
      'M79-3b',
    );
  return null;
}
