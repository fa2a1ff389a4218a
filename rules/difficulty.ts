import { addDays, addWorkingDays, type Calendar, daysInMonth, type PlainDate } from './calendar.ts';
import type { DifficultyCategory } from './provisions/parameters.ts';
import type { Policy } from './provisions/policy.ts';
import type { Citation } from './provisions/provision.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Recognition of people who have difficulty finding work (就业困难人员, A21-4f, M79-5a), by the province's table. */
export const difficultyStateText = {
  applied: '待认定',
  recognised: '已认定',
  refused: '不予认定',
  withdrawn: '已退出',
} as const;
export type DifficultyState = keyof typeof difficultyStateText;

/** What the system knows by itself of a person who applies; never proven by papers where data tell it. */
export interface DifficultyFacts {
  readonly registeredOn: PlainDate;
  readonly disabled: boolean;
  /** Draws the minimum living allowance by the list of civil affairs; absent: the list does not say so. */
  readonly allowance?: boolean;
  /** Day of birth, and sex by the code of GB/T 2261.1; absent where nobody has registered yet. */
  readonly bornOn?: PlainDate;
  readonly sex?: string;
  readonly on: PlainDate;
}

/** A category with what the system can say about it. */
export interface JudgedCategory {
  readonly name: string;
  /** `byHand`: a person has to look, and says where. */
  readonly fits: 'yes' | 'no' | 'byHand';
  readonly why: string;
}

/** The same day some months later, or the last day of that month. */
export function monthsAfter(date: PlainDate, months: number): PlainDate {
  const index = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1];
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(month)}-${two(Math.min(Number(date.slice(8)), daysInMonth(year, month)))}`;
}

/** Each category of the province's table on a day, judged as far as data go (HN09-43, HN59-1). Empty where the law is silent. */
export function judgeCategories(facts: DifficultyFacts, policy: Policy): JudgedCategory[] {
  return (policy.difficultyCategories?.value ?? []).map((category) => ({
    name: category.name,
    ...judge(category, facts),
  }));
}

type Judgement = Pick<JudgedCategory, 'fits' | 'why'>;

/** Whoever is too young is not of the category, whatever else holds; whose age is not known is looked at by a person. */
function judge(category: DifficultyCategory, facts: DifficultyFacts): Judgement {
  const age = judgeAge(category, facts);
  if (age?.fits === 'no') return age;
  const rest = judgeRest(category, facts);
  if (!age || rest.fits === 'no') return rest;
  return { fits: age.fits === 'byHand' ? 'byHand' : rest.fits, why: `${age.why}${rest.why}` };
}

function judgeAge({ women, men }: DifficultyCategory, { bornOn, sex, on }: DifficultyFacts): Judgement | undefined {
  if (women === undefined && men === undefined) return undefined;
  const least = sex === '2' ? women : sex === '1' ? men : undefined;
  if (!bornOn || (sex !== '1' && sex !== '2')) return { fits: 'byHand', why: '出生日期或性别不明，由经办人员核实。' };
  if (least === undefined) return { fits: 'no', why: '这一类不适用。' };
  const reached = monthsAfter(bornOn, least * 12);
  return reached <= on
    ? { fits: 'yes', why: `${bornOn}出生，已满${least}周岁。` }
    : { fits: 'no', why: `${bornOn}出生，到${reached}满${least}周岁。` };
}

function judgeRest(category: DifficultyCategory, facts: DifficultyFacts): Judgement {
  if (category.by === 'allowance' && facts.allowance) return { fits: 'yes', why: '在民政部门的低保名单上。' };
  if (category.by === 'disabled')
    return facts.disabled
      ? { fits: 'yes', why: '登记表填有伤残等级。' }
      : { fits: 'no', why: '登记表没有填残疾；如有残疾，先更正登记信息。' };
  if (category.by === 'registeredMonths') {
    const from = monthsAfter(facts.registeredOn, category.months ?? 0);
    return from <= facts.on
      ? { fits: 'yes', why: `${facts.registeredOn}登记，连续登记已满${category.months}个月。` }
      : { fits: 'no', why: `${facts.registeredOn}登记，到${from}满${category.months}个月。` };
  }
  return { fits: 'byHand', why: '由经办人员核实，写明怎样核实的。' };
}

/** By when an application is decided (HN09-44); undefined where no provision says. `policy` is that of the day of application. */
export function difficultyDue(
  appliedOn: PlainDate,
  policy: Policy,
  calendar: Calendar,
): { due: PlainDate; citation: Citation } | undefined {
  const days = policy.difficultyWorkingDays;
  return days && { due: addWorkingDays(appliedOn, days.value, calendar), citation: days.citation };
}

/** A decision as a clerk gives it: a category with how it was verified, or the reason against every one. */
export type DifficultyDecision =
  | { readonly recognise: true; readonly category: string; readonly verified: string }
  | { readonly recognise: false; readonly reason: string };

/**
 * What is wrong with a decision, or null. To recognise takes a category of the table that data do not contradict, and words on how a category that
 * a person has to look at was verified; not to recognise takes a reason. Neither touches the registration (M79-2e, M79-5a).
 */
export function checkDifficulty(decision: DifficultyDecision, judged: readonly JudgedCategory[]): Refusal | null {
  const no = (why: string) => refuse('service.faulty', why, 'M79-5a');
  if (!decision.recognise) return decision.reason.trim().length < 4 ? no('请写明不予认定的理由，本人会看到。') : null;
  const chosen = judged.find(({ name }) => name === decision.category);
  if (!chosen) return no('请从本省就业困难人员范围中选一类。');
  if (chosen.fits === 'no') return no(`“${chosen.name}”不符合：${chosen.why}`);
  if (chosen.fits === 'byHand' && decision.verified.trim().length < 4)
    return no('请写明怎样核实的，如部门共享信息、入户了解。');
  return null;
}

export type DifficultyAction = 'recognise' | 'refuse' | 'recheck' | 'withdraw';

/** Which action leads where; what is absent is refused. */
export const difficultyTable: Readonly<Record<DifficultyState, Partial<Record<DifficultyAction, DifficultyState>>>> = {
  applied: { recognise: 'recognised', refuse: 'refused', withdraw: 'withdrawn' },
  recognised: { recheck: 'recognised', withdraw: 'withdrawn' },
  refused: {},
  withdrawn: {},
};
const actionText: Readonly<Record<DifficultyAction, string>> = {
  recognise: '认定',
  refuse: '不予认定',
  recheck: '复核',
  withdraw: '退出',
};

/** The state after an action, or a refusal. */
export function nextDifficulty(state: DifficultyState, action: DifficultyAction): DifficultyState | Refusal {
  return (
    difficultyTable[state][action] ??
    refuse('service.notAllowed', `就业困难人员认定${difficultyStateText[state]}，不能再${actionText[action]}。`)
  );
}

/** From and to when a recognition, or its check after that time, holds: `months` of the provision, less a day. */
export function difficultyHolds(from: PlainDate, months: number): { from: PlainDate; to: PlainDate } {
  return { from, to: addDays(monthsAfter(from, months), -1) };
}
