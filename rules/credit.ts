import { addDays, addWorkingDays, type Calendar, type PlainDate } from './calendar.ts';
import { monthsAfter } from './difficulty.ts';
import type { CreditLimits, ParameterValues } from './provisions/parameters.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Credit (A21-5c, A21-8a): what false information leads to. Nothing of it touches a registration (M79-2). */
export const creditLevels = { note: '提示', record: '失信记录', serious: '严重失信名单' } as const;
export type CreditLevel = keyof typeof creditLevels;

export const creditCauses = {
  falseForm: '登记表填写不实',
  fraud: '以虚假信息骗取失业保险金或补贴',
  overclaim: '不再符合条件仍领取',
} as const;
export type CreditCause = keyof typeof creditCauses;

export const creditStateText = {
  noticed: '已告知，听取本人意见',
  inForce: '已记录',
  dropped: '不予记录',
  revoked: '已撤销',
  repaired: '已修复',
} as const;
export type CreditState = keyof typeof creditStateText;

/** What was found. `refuses`: ordered to return the money and refuses. */
export interface CreditFacts {
  readonly cause: CreditCause;
  readonly yuan: number;
  readonly months: number;
  readonly refuses: boolean;
}

/** The level facts lead to by the thresholds of the provision. A false form alone is an internal note and never more. */
export function creditLevel({ cause, yuan, months, refuses }: CreditFacts, limits: CreditLimits): CreditLevel {
  if (cause === 'falseForm') return 'note';
  const much = yuan > limits.seriousYuan;
  const serious = cause === 'fraud' ? much || refuses : (much || months > limits.seriousMonths) && refuses;
  return serious ? 'serious' : 'record';
}

/** What a proposal lacks, or null. */
export function checkCredit(facts: CreditFacts, evidence: string): Refusal | null {
  const no = (why: string) => refuse('service.faulty', why, facts.cause === 'falseForm' ? 'A21-8a' : 'A21-5c');
  if (evidence.trim().length < 6) return no('事实和证据：请写明查到了什么、从哪里查到的。');
  if (facts.cause === 'falseForm')
    return facts.yuan || facts.months || facts.refuses ? no('登记表填写不实的，不填金额。') : null;
  if (!Number.isInteger(facts.yuan) || facts.yuan < 1) return no('涉及金额：应为整数，单位元。');
  return Number.isInteger(facts.months) && facts.months >= 0 ? null : no('涉及月数：应为整数。');
}

/** Which entry of the provision's list a cause falls under. */
const listedAs = {
  falseForm: 'falseForm',
  fraud: 'falselyObtainedBenefit',
  overclaim: 'falselyObtainedBenefit',
} as const;

/** Whether the law of the place and day puts a cause on record, or a refusal that names the clause. */
export function creditCovers(cause: CreditCause, listed: ParameterValues['creditRecords']): Refusal | null {
  if (listed.includes(listedAs[cause])) return null;
  const clause = cause === 'falseForm' ? 'A21-8a' : 'A21-5c';
  return refuse('service.notAllowed', `本地的规定没有把“${creditCauses[cause]}”记入信用。`, clause);
}

/** By when the person may answer before anything is decided. */
export const answerDue = (on: PlainDate, limits: CreditLimits, calendar: Calendar): PlainDate =>
  addWorkingDays(on, limits.answerWorkingDays, calendar);

/** The last day on which a record holds. */
export const creditExpires = (level: CreditLevel, from: PlainDate, limits: CreditLimits): PlainDate =>
  addDays(monthsAfter(from, level === 'note' ? limits.noteMonths : limits.recordMonths), -1);

/** What may be done with a record now, and by whom, or why not. */
export interface CreditStanding {
  readonly state: CreditState;
  readonly level: CreditLevel;
  readonly answered: boolean;
  readonly answerDue?: PlainDate;
  readonly objected: boolean;
  readonly objectionAnswered: boolean;
  readonly proposedBy: string;
  readonly decidedBy?: string;
  /** The last day on which it holds. */
  readonly expiresOn?: PlainDate;
}

/** Whether a record no longer holds: by the day alone, nothing has to be written for it. */
export const creditExpired = (
  { state, expiresOn }: Pick<CreditStanding, 'state' | 'expiresOn'>,
  today: PlainDate,
): boolean => state === 'inForce' && expiresOn !== undefined && expiresOn < today;
export type CreditAction = 'answer' | 'decide' | 'object' | 'answerObjection' | 'repair';

/**
 * Whether an action may be done by an actor today, or null when it may. Decided only by a second person, after the person has answered or the time
 * to answer is over; an objection is answered by somebody who has not decided. What has expired is neither objected to nor repaired; an objection made
 * before is still answered.
 */
export function creditHold(
  standing: CreditStanding,
  action: CreditAction,
  on: { actor: string; today: PlainDate },
): Refusal | null {
  const no = (why: string) => refuse('service.notAllowed', why, 'A21-5c');
  const { state } = standing;
  const expired = creditExpired(standing, on.today);
  switch (action) {
    case 'answer':
      return state === 'noticed' && !standing.answered ? null : no('已经听取过意见，或者已经决定。');
    case 'decide':
      if (state !== 'noticed') return no(`这条记录${creditStateText[state]}，不能再决定。`);
      if (on.actor === standing.proposedBy) return no('提出的人不能决定，请由第二人决定。');
      return standing.answered || on.today > (standing.answerDue ?? on.today)
        ? null
        : no(`本人可以在${standing.answerDue}前说明情况；没有说明的，过了这一天再决定。`);
    case 'object':
      if (expired) return no(`这条记录已于${standing.expiresOn}到期，不再有效。`);
      return state === 'inForce' && !standing.objected ? null : no('只能对已记录的提一次异议。');
    case 'answerObjection':
      if (state !== 'inForce' || !standing.objected || standing.objectionAnswered) return no('没有待答复的异议。');
      return on.actor === (standing.decidedBy ?? standing.proposedBy)
        ? no('作出决定的人不能答复异议，请由其他人答复。')
        : null;
    case 'repair':
      if (expired) return no(`这条记录已于${standing.expiresOn}到期，不用修复。`);
      return state === 'inForce' ? null : no(`这条记录${creditStateText[state]}，不用修复。`);
  }
}
