import { addDays, daysInMonth, isPlainDate, type PlainDate } from './calendar.ts';
import { monthsAfter } from './difficulty.ts';
import type { WelfareLimits } from './provisions/parameters.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Public-welfare posts (公益性岗位, A21-4f): for people recognised as having difficulty whom the market does not place. */

/** A post as it is entered. Wage in yuan a month. */
export interface GivenPost {
  readonly employer: string;
  readonly title: string;
  readonly place: string;
  readonly duties: string;
  readonly wage: number;
  readonly posts: number;
  readonly validTo: PlainDate;
}

/** What a post lacks before it is kept, or null. */
export function checkPost(post: GivenPost, today: PlainDate): Refusal | null {
  const no = (why: string) => refuse('service.faulty', why, 'A21-4f');
  if (post.employer.trim().length < 2) return no('用人单位：请填写单位全称。');
  if (post.title.trim().length < 2) return no('岗位名称：请填写，如社区保洁员。');
  if (post.place.trim().length < 2) return no('工作地点：请填写到街道或社区。');
  if (!Number.isInteger(post.wage) || post.wage < 1 || post.wage > 100_000)
    return no('月工资：应为1至100000之间的整数，单位元。');
  if (!Number.isInteger(post.posts) || post.posts < 1 || post.posts > 500) return no('岗位数：应为1至500之间的整数。');
  if (post.validTo < today) return no('招用截止日期：不能早于今天。');
  return null;
}

/** What is said when a person is placed. `pensionOn`: the day the basic pension begins, where the time may run up to it. */
export interface GivenPlacement {
  readonly startsOn: PlainDate;
  readonly pensionOn?: PlainDate;
  readonly pensionSource: string;
}

/**
 * The last day a placement may run to: the months of the provision, less the days the person was in such posts before; up to the pension where
 * that begins within the stated years of the start (A21-4f). Refused when nothing is left, or the start does not fit.
 */
export function placementEnds(
  given: GivenPlacement,
  on: { today: PlainDate; registeredOn: PlainDate; daysBefore: number; limits: WelfareLimits },
): PlainDate | Refusal {
  const no = (why: string) => refuse('service.faulty', why, 'A21-4f');
  const { startsOn, pensionOn } = given;
  if (startsOn > on.today) return no('上岗日期不能晚于今天；还没有上岗的，上岗以后再记。');
  if (startsOn < on.registeredOn) return no('上岗日期不能早于登记日期。');
  if (pensionOn !== undefined) {
    if (!isPlainDate(pensionOn) || pensionOn <= startsOn) return no('到龄日期：应晚于上岗日期。');
    const reach = monthsAfter(startsOn, on.limits.nearPensionYears * 12);
    if (pensionOn > reach)
      return no(`距领取养老金超过${on.limits.nearPensionYears}年，不能放宽年限；请按一般年限安置。`);
    if (given.pensionSource.trim().length < 4) return no('请写明到龄日期是怎样核实的。');
    return addDays(pensionOn, -1);
  }
  const last = addDays(monthsAfter(startsOn, on.limits.mostMonths), -1 - on.daysBefore);
  if (last < startsOn)
    return refuse(
      'service.notAllowed',
      `此人在公益性岗位已满${on.limits.mostMonths}个月，不能再安置。距领取养老金不足${on.limits.nearPensionYears}年的，填写到龄日期。`,
      'A21-4f',
    );
  return last;
}

/** The last day of a month. */
const endOf = (month: string): PlainDate =>
  `${month}-${String(daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))).padStart(2, '0')}`;

/** The day by which the check of a month is owed after the last one: the end of the month, some months on by the provision. */
export function checkDue(lastMonth: string, limits: WelfareLimits): PlainDate {
  return endOf(monthsAfter(`${lastMonth}-01`, limits.checkEveryMonths).slice(0, 7));
}

/** The first check: of the month of the start itself. */
export const firstCheckDue = (startsOn: PlainDate): PlainDate => endOf(startsOn.slice(0, 7));

/** Months that are over and have no check, earliest first: each of them is missed. */
export function missedMonths(
  from: PlainDate,
  to: PlainDate,
  checked: ReadonlySet<string>,
  limits: WelfareLimits,
): string[] {
  const missed: string[] = [];
  for (let due = firstCheckDue(from); due < to; due = checkDue(due.slice(0, 7), limits))
    if (!checked.has(due.slice(0, 7))) missed.push(due.slice(0, 7));
  return missed;
}

/** How an on-duty check was made. */
export const checkMeans = { visit: '到岗查看', attendance: '看考勤表', telephone: '电话核实' } as const;
export type CheckMeans = keyof typeof checkMeans;

export interface GivenCheck {
  readonly month: string;
  readonly onDuty: boolean;
  readonly means: CheckMeans;
  readonly text: string;
}

/** What is wrong with an on-duty check, or null. */
export function checkOnDuty(given: GivenCheck, on: { today: PlainDate; startsOn: PlainDate }): Refusal | null {
  const no = (why: string) => refuse('service.faulty', why, 'A21-4f');
  if (!isPlainDate(`${given.month}-01`)) return no('核查月份：应为年月，如2026-11。');
  if (given.month > on.today.slice(0, 7)) return no('核查月份不能晚于本月。');
  if (given.month < on.startsOn.slice(0, 7)) return no('核查月份不能早于上岗的月份。');
  if (!given.onDuty && given.text.trim().length < 4) return no('不在岗的，请写明情况。');
  return null;
}

/** Why a person leaves a post, and whether a new registration is offered then: not to somebody who is employed or draws a pension. */
export const leaveReasons = {
  expired: { text: '安置期满', offersRegistration: true },
  employed: { text: '找到其他工作', offersRegistration: false },
  resigned: { text: '本人不再做了', offersRegistration: true },
  dismissed: { text: '单位解除', offersRegistration: true },
  postEnded: { text: '岗位撤销', offersRegistration: true },
  pension: { text: '开始领取养老金', offersRegistration: false },
  other: { text: '其他', offersRegistration: true },
} as const;
export type LeaveReason = keyof typeof leaveReasons;

/** What is wrong with leaving, or null. */
export function checkLeaving(
  given: { on: PlainDate; reason: LeaveReason; text: string },
  on: { today: PlainDate; startsOn: PlainDate },
): Refusal | null {
  const no = (why: string) => refuse('service.faulty', why, 'A21-4f');
  if (given.on > on.today) return no('离岗日期不能晚于今天。');
  if (given.on < on.startsOn) return no('离岗日期不能早于上岗日期。');
  if (['dismissed', 'other'].includes(given.reason) && given.text.trim().length < 4) return no('请写明离岗的情况。');
  return null;
}
