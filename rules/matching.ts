import type { MatchingPoints } from './provisions/parameters.ts';

/**
 * How well a vacancy fits a person who looks for work (A21-4d, M79-3b): named points, each with its reason in Chinese, added up. What a point is
 * worth is a provision. Sex, age, household registration and insurance are not among the inputs and cannot be: the shapes below are all
 * that is read. `match.sql.ts` of the server says the same in SQL, `seeker-index.ts` over arrays; tests hold the three together.
 */

/** What is known of a person's search. Codes: occupations of three digits, division of residence of six. */
export interface Seeker {
  /** Wished occupations, the dearest first. */
  readonly wishes: readonly string[];
  /** Occupations of the person's qualifications and skills, as declared. */
  readonly trained: readonly string[];
  readonly division: string;
  /** Street or town of residence as the address names it (`townOf`); absent: it names none. */
  readonly town?: string;
  /** Yuan a month hoped for; absent: the person named none. */
  readonly wage?: number;
  /** `educationLevel` of the highest education. */
  readonly education: number;
  /** Highest skill level: 0 none, 1 beginner (五级) to 5 senior technician (一级). */
  readonly skill: number;
}

/** What matching reads of a vacancy. */
export interface Offer {
  readonly occupation: string;
  /** Six digits of the place of work. */
  readonly division: string;
  /** The place of work in words, within its county. */
  readonly place: string;
  readonly wageFrom: number;
  readonly wageTo: number;
  /** Least education, 0: any. */
  readonly education: number;
  /** Least skill level, 0: any. */
  readonly skill: number;
}

/** One named point of a match. */
export interface MatchPoint {
  readonly name: keyof MatchingPoints;
  readonly points: number;
  readonly why: string;
}

/** Levels of education of the code table (AAC011), low to high; unknown counts as the lowest, so that nobody is thought less than said. */
export function educationLevel(code: string): number {
  const [first = ''] = code;
  if (first === '1') return 5;
  if (first === '2') return 4;
  if (first === '3') return 3;
  if (first === '4' || first === '6') return 2;
  return first === '7' ? 1 : 0;
}

/** Least educations an employer may ask for. */
export const educationLevels: Readonly<Record<number, string>> = {
  0: '不限',
  1: '初中',
  2: '高中、中专、技校',
  3: '大学专科',
  4: '大学本科',
  5: '研究生',
};

/** Skill levels of the national qualification system; 0: none asked or none named. */
export const skillLevels: Readonly<Record<number, string>> = {
  0: '不限',
  1: '初级工（五级）',
  2: '中级工（四级）',
  3: '高级工（三级）',
  4: '技师（二级）',
  5: '高级技师（一级）',
};

const levelWords: readonly (readonly [RegExp, number])[] = [
  [/高级技师|一级/, 5],
  [/技师|二级/, 4],
  [/高级工|三级|高级/, 3],
  [/中级工|四级|中级/, 2],
  [/初级工|五级|初级|证/, 1],
];

/** The highest skill level that declared qualifications name; 0 when they name none. Papers are never asked for (M79-2c). */
export function skillLevelOf(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => levelWords.find(([pattern]) => pattern.test(text))?.[1] ?? 0));
}

/** Yuan a month that a text names («月薪3500以上», «三千五»), or undefined. */
export function wageOf(text: string): number | undefined {
  const plain = text.normalize('NFKC');
  const digits = /(?:月薪|工资|收入|薪资|待遇)[^\d一二三四五六七八九]{0,4}(\d{4,5})/.exec(plain)?.[1];
  if (digits) return Number(digits);
  const spoken = /([一二三四五六七八九])千([一二三四五六七八九])?/.exec(plain);
  if (!spoken) return undefined;
  const numbers = '一二三四五六七八九';
  return (numbers.indexOf(spoken[1]!) + 1) * 1000 + (spoken[2] ? (numbers.indexOf(spoken[2]) + 1) * 100 : 0);
}

/**
 * The street or town that a detailed address names: 「解放区民生街道和平路1号」 gives 「民生街道」, an address without one gives undefined, not a guess.
 */
export function townOf(detail: string): string | undefined {
  return /(?:^|[省市区县旗州])([^省市区县\d\s]{1,8}?(?:街道|镇|乡))/u.exec(detail.normalize('NFKC').trim())?.[1];
}

/** Whether a vacancy's place of work lies in the street or town of residence: in the same county, and named in its words. */
export function isSameTown(seeker: Seeker, offer: Pick<Offer, 'division' | 'place'>): boolean {
  return seeker.town !== undefined && offer.division === seeker.division && offer.place.includes(seeker.town);
}

/**
 * Whether a vacancy is looked at for a person at all: work of the same major group as a wish or a qualification anywhere in the province, or
 * any work in the person's own county. Both halves are one index each.
 */
export function isCandidate(seeker: Seeker, offer: Offer): boolean {
  if (offer.division === seeker.division) return true;
  if (offer.division.slice(0, 2) !== seeker.division.slice(0, 2)) return false;
  const major = offer.occupation[0];
  return seeker.wishes.some((code) => code[0] === major) || seeker.trained.some((code) => code[0] === major);
}

/** The points of a vacancy for a person, in the order they are shown; points of worth 0 are said too where they are a warning. */
export function matchPoints(seeker: Seeker, offer: Offer, worth: MatchingPoints): MatchPoint[] {
  return [
    ...occupationPoint(seeker, offer, worth),
    ...placePoint(seeker, offer, worth),
    ...wagePoint(seeker, offer, worth),
    ...(seeker.education >= offer.education
      ? [{ name: 'educationMet' as const, points: worth.educationMet, why: educationWords(offer.education) }]
      : []),
    ...(seeker.skill >= offer.skill
      ? [{ name: 'skillMet' as const, points: worth.skillMet, why: skillWords(offer.skill) }]
      : []),
  ];
}

/** What a person must know before going there: requirements not met and a wage below the wish. */
export function matchCautions(seeker: Seeker, offer: Offer): string[] {
  return [
    ...(seeker.education < offer.education ? [`要求${educationLevels[offer.education] ?? ''}及以上学历`] : []),
    ...(seeker.skill < offer.skill ? [`要求${skillLevels[offer.skill] ?? ''}及以上技能`] : []),
    ...(seeker.wage !== undefined && offer.wageTo < seeker.wage ? [`工资低于期望的${seeker.wage}元`] : []),
  ];
}

/** Sum of the points. */
export function matchScore(seeker: Seeker, offer: Offer, worth: MatchingPoints): number {
  return matchPoints(seeker, offer, worth).reduce((sum, point) => sum + point.points, 0);
}

function occupationPoint(seeker: Seeker, offer: Offer, worth: MatchingPoints): MatchPoint[] {
  const { occupation } = offer;
  const [first, ...more] = seeker.wishes;
  const point = (name: Exclude<keyof MatchingPoints, 'sameTown'>, why: string) => [{ name, points: worth[name], why }];
  if (occupation === first) return point('wishFirst', '正是您想找的工作');
  if (more.includes(occupation)) return point('wishOther', '是您想找的另一种工作');
  if (seeker.trained.includes(occupation)) return point('trained', '您有这方面的技能');
  const major = occupation[0];
  return [...seeker.wishes, ...seeker.trained].some((code) => code[0] === major)
    ? point('related', '和您想找的、会做的工作是同一大类')
    : [];
}

function placePoint(seeker: Seeker, offer: Offer, worth: MatchingPoints): MatchPoint[] {
  const { division } = offer;
  const point = (name: Exclude<keyof MatchingPoints, 'sameTown'>, why: string) => [{ name, points: worth[name], why }];
  // Provisions from before the town was looked at give it what the county is worth.
  if (isSameTown(seeker, offer))
    return [{ name: 'sameTown', points: worth.sameTown ?? worth.sameCounty, why: `就在您住的${seeker.town}` }];
  if (division === seeker.division) return point('sameCounty', '就在您住的县（市、区）');
  if (division.slice(0, 4) === seeker.division.slice(0, 4)) return point('sameCity', '在您住的城市的其他县（市、区）');
  return division.slice(0, 2) === seeker.division.slice(0, 2) ? point('sameProvince', '在本省的其他城市') : [];
}

function wagePoint(seeker: Seeker, offer: Offer, worth: MatchingPoints): MatchPoint[] {
  const { wage } = seeker;
  if (wage === undefined) return [];
  const point = (name: Exclude<keyof MatchingPoints, 'sameTown'>, why: string) => [{ name, points: worth[name], why }];
  if (offer.wageFrom >= wage) return point('wageMet', `工资达到您期望的${wage}元`);
  return offer.wageTo >= wage ? point('wageWithin', `工资最高可到您期望的${wage}元`) : [];
}

const educationWords = (level: number) =>
  level === 0 ? '不限学历' : `您的学历达到要求：${educationLevels[level] ?? ''}`;
const skillWords = (level: number) =>
  level === 0 ? '不要求技能等级' : `您的技能达到要求：${skillLevels[level] ?? ''}`;
