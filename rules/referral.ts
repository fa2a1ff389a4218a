import { addWorkingDays, type Calendar, type PlainDate } from './calendar.ts';
import { type Policy, requirePolicy } from './provisions/policy.ts';
import type { Citation } from './provisions/provision.ts';
import { type Refusal, refuse } from './refusal.ts';

/** How a referral came about. */
export const referralMeans = {
  counter: '窗口推荐',
  telephone: '电话推荐',
  visit: '上门推荐',
  message: '短信推荐',
  self: '本人自荐',
} as const;
export type ReferralMeans = keyof typeof referralMeans;

/** What came of it. `open`: nobody knows yet. */
export const referralResults = {
  hired: '已录用',
  notHired: '未录用',
  declined: '本人没有去',
  withdrawn: '推荐取消',
} as const;
export type ReferralResult = keyof typeof referralResults;

/** What is said when a referral is settled. */
export interface ReferralOutcome {
  readonly result: ReferralResult;
  readonly reason: string;
  /** For `hired`: the first day of work. */
  readonly startedOn?: PlainDate;
  /** For `declined`: whether a person judged the offer suitable, and the reason given as none. Both may be left open. */
  readonly suitable?: boolean;
  readonly withoutGoodReason?: boolean;
}

/**
 * The day on which the office asks how a referral went (A21-4d, R053): working days after it, from the provision of that day.
 */
export function referralAskDue(
  on: PlainDate,
  policy: Policy,
  calendar: Calendar,
): { due: PlainDate; workingDays: number; citation: Citation } {
  const days = requirePolicy(policy, 'referralAskWorkingDays');
  return { due: addWorkingDays(on, days.value, calendar), workingDays: days.value, citation: days.citation };
}

/**
 * What a result lacks before it is kept, or null. A refusal of suitable work is judged by a person, with the person's own reason; it ends
 * nothing by itself (M79-4c).
 */
export function checkReferralOutcome(
  outcome: ReferralOutcome,
  on: { referredOn: PlainDate; today: PlainDate },
): Refusal | null {
  const { result, reason, startedOn } = outcome;
  const wrong = (message: string, clause = 'A21-4d') => refuse('referral.faulty', message, clause);
  if (result === 'hired') {
    if (!startedOn) return wrong('请填写上班日期。');
    if (startedOn > on.today) return wrong('上班日期不能晚于今天；还没有上班的，上班以后再记。');
    return startedOn < on.referredOn ? wrong('上班日期不能早于推荐日期。') : null;
  }
  if (reason.trim() === '')
    return wrong(result === 'declined' ? '请写明本人没有去的原因（本人的说法）。' : '请写明原因。');
  if (outcome.withoutGoodReason && outcome.suitable !== true)
    return wrong('只有认定岗位合适，才能认定没有正当理由。', 'M79-4c');
  return null;
}
