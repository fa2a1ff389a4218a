import {
  addDays,
  daysBetween,
  daysInMonth,
  isWorkingDay,
  type PlainDate,
  shippedCalendar,
} from '@yingdeng/rules/calendar.ts';
import { difficultyHolds, monthsAfter } from '@yingdeng/rules/difficulty.ts';
import type { WelfareLimits } from '@yingdeng/rules/provisions/parameters.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import {
  type CheckMeans,
  checkDue,
  firstCheckDue,
  type LeaveReason,
  leaveReasons,
  placementEnds,
} from '@yingdeng/rules/welfare-post.ts';
import { longDate } from '../platform/words.ts';
import type { CityExit, CityRegistration } from './model.ts';
import { noted, type OnRegistration, officeTime, serviceGiven } from './noted.ts';
import type { CityPost } from './programmes.ts';
import { Random, weights } from './random.ts';
import { accountId, basisOf, type PersonRows } from './row-context.ts';

/** Why people leave before their time is over; most of them are without work then. */
const leaving = weights<LeaveReason>(['resigned', 40], ['employed', 30], ['postEnded', 20], ['other', 10]);
const offDuty = ['请病假，单位已同意', '连续三天没有到岗，单位正在联系', '家中有事，请假回老家'];
const means: readonly CheckMeans[] = ['visit', 'attendance', 'telephone'];

/** A stay in a post, as far as it has come. */
interface Stay {
  readonly post: CityPost;
  readonly startsOn: PlainDate;
  readonly endsBy: PlainDate;
  readonly pensionOn?: PlainDate;
  readonly limits: WelfareLimits;
  readonly left?: { readonly on: PlainDate; readonly reason: LeaveReason };
}

/** Whether the law of the place lets anybody be placed: there is a table to be recognised by. */
export const maybePlaced = (
  { context }: Pick<PersonRows, 'context'>,
  division: string,
  { exit, registeredOn }: CityRegistration,
): boolean => exit?.reason === '14' && context.law.policy(division, registeredOn).difficultyCategories !== undefined;

/**
 * What an exit 14 came of (A21-4f): the recognition, the placement between its limits, the check of each month, and how it ended. Nothing where
 * nobody could be recognised. A sequence of its own.
 */
export function welfareRows(rows: PersonRows, on: OnRegistration, exitId: string): void {
  const { context, personId, add } = rows;
  const { registration, clerk } = on;
  const { exit } = registration;
  if (!exit || !maybePlaced(rows, on.division, registration)) return;
  const random = new Random(context.seed, 31, rows.history.person.index, Number(exit.exitOn.replaceAll('-', '')));
  const stay = stayOf(rows, random, on, exit);
  if (!stay) return;
  const { post, startsOn, endsBy, left } = stay;
  const { tenant, asOf } = context;
  const difficultyId = recognition(rows, on, startsOn);
  const id = rows.id();
  const checks = checksOf(random, stay, asOf);
  const lastMonth = checks.at(-1)?.month;
  const due = lastMonth ? checkDue(lastMonth, stay.limits) : firstCheckDue(startsOn);
  const leftAt = left && officeTime(random, left.on);
  add(
    'welfare_placement',
    tenant,
    id,
    post.id,
    on.registrationId,
    on.applicationId,
    personId,
    on.division,
    on.office,
    difficultyId,
    left ? 'left' : 'placed',
    startsOn,
    endsBy,
    stay.pensionOn,
    stay.pensionOn ? '社会保险经办机构查询' : '',
    basisOf(rows, on.division, startsOn, 'welfareLimits').text,
    exit.proposedAt,
    accountId(context, clerk),
    clerk.name,
    left ? null : due,
    exitId,
    left?.on,
    left?.reason,
    left?.reason === 'other' ? '随子女到外地生活' : '',
    leftAt,
    left ? clerk.name : null,
    1 + checks.length + (left ? 1 : 0),
  );
  const words = `${post.employer}，${post.title}，${longDate(startsOn)}上岗，最长到${longDate(endsBy)}`;
  noted(rows, on, { action: 'post', text: `安置，${words}`, at: exit.proposedAt, by: clerk });
  serviceGiven(rows, on, {
    kind: 'publicWelfarePost',
    content: `安置到公益性岗位：${words}`,
    result: 'done',
    outcome: '已上岗',
    at: exit.proposedAt,
  });
  for (const check of checks) {
    const text = check.onDuty ? '' : random.pick(offDuty);
    add(
      'welfare_check',
      tenant,
      rows.id(),
      id,
      personId,
      on.office,
      check.month,
      check.onDuty,
      random.pick(means),
      text,
      check.at,
      accountId(context, clerk),
      clerk.name,
    );
    const said = `${check.month}核查：${check.onDuty ? '在岗' : `不在岗，${text}`}`;
    noted(rows, on, { action: 'post', text: said, at: check.at, by: clerk });
  }
  if (left && leftAt) {
    const text = `离岗，${longDate(left.on)}，${leaveReasons[left.reason].text}`;
    noted(rows, on, { action: 'post', text, at: leftAt, by: clerk });
  }
}

/** Post, last day by the provision, and whether it is over by now. */
function stayOf(rows: PersonRows, random: Random, on: OnRegistration, exit: CityExit): Stay | undefined {
  const { context, history } = rows;
  const { asOf } = context;
  const startsOn = exit.exitOn;
  const open = (context.programmes.posts.get(on.division) ?? []).filter(({ enteredOn }) => enteredOn <= startsOn);
  if (open.length === 0) return undefined;
  const limits = requirePolicy(context.law.policy(on.division, startsOn), 'welfareLimits').value;
  const pensionOn = pensionOf(rows, startsOn, limits);
  const earlier = history.episodes
    .map(({ registration }) => registration?.exit)
    .filter((one) => one?.reason === '14' && one.leftOn !== undefined && one.exitOn < startsOn);
  const endsBy = placementEnds(
    { startsOn, pensionSource: '社会保险经办机构查询', ...(pensionOn ? { pensionOn } : {}) },
    {
      today: exit.proposedAt.slice(0, 10),
      registeredOn: on.registration.registeredOn,
      daysBefore: earlier.reduce((sum, one) => sum + daysBetween(one!.exitOn, one!.leftOn!) + 1, 0),
      limits,
    },
  );
  if (isRefusal(endsBy)) return undefined;
  const stay = { post: random.pick(open), startsOn, endsBy, limits, ...(pensionOn ? { pensionOn } : {}) };
  // Who registered anew had left some days before; what ran out has ended by itself; a few of the others left early.
  if (exit.leftOn)
    return { ...stay, left: { on: exit.leftOn, reason: exit.leftOn >= endsBy ? 'expired' : 'postEnded' } };
  if (endsBy < asOf) return { ...stay, left: { on: endsBy, reason: pensionOn ? 'pension' : 'expired' } };
  const days = daysBetween(startsOn, asOf);
  if (exit.status !== 'confirmed' || days < 40 || !random.chance(0.25)) return stay;
  return { ...stay, left: { on: addDays(startsOn, random.between(30, days)), reason: random.weighted(leaving) } };
}

/** The day the pension begins, for some of those who are near it: the time in the post may run up to it (A21-4f). */
function pensionOf({ history }: PersonRows, startsOn: PlainDate, limits: WelfareLimits): PlainDate | undefined {
  const { birthDate, sex, index } = history.person;
  const pensionOn = `${Number(birthDate.slice(0, 4)) + (sex === '1' ? 61 : 56)}${birthDate.slice(4, 7)}-01`;
  const near = pensionOn > startsOn && pensionOn <= monthsAfter(startsOn, limits.nearPensionYears * 12);
  return near && index % 3 !== 0 ? pensionOn : undefined;
}

/** The recognition it stands on, made before the start and looked at again each year; it ended with the next registration. */
function recognition(rows: PersonRows, on: OnRegistration, startsOn: PlainDate): string {
  const { context, history, personId, add } = rows;
  const { registration, clerk } = on;
  const first = registration.contacts.find(({ purpose, reached }) => purpose === 'first' && reached);
  const at = first?.at ?? registration.registeredAt;
  const policy = context.law.policy(on.division, at.slice(0, 10));
  const months = requirePolicy(policy, 'difficultyMonths').value;
  let held = difficultyHolds(at.slice(0, 10), months);
  const { from } = held;
  let version = 2;
  for (; held.to < startsOn; version += 1) held = difficultyHolds(addDays(held.to, 1), months);
  const { person, episodes } = history;
  const next = episodes.find(({ application }) => application.submittedAt > (registration.exit?.proposedAt ?? ''));
  const old = Number(startsOn.slice(0, 4)) - Number(person.birthDate.slice(0, 4)) >= (person.sex === '1' ? 51 : 46);
  const id = rows.id();
  add(
    'difficulty',
    context.tenant,
    id,
    personId,
    on.registrationId,
    on.division,
    on.office,
    next ? 'withdrawn' : 'recognised',
    person.disability ? '失业的残疾人' : old ? '距法定退休年龄10年以内的登记失业人员' : '城镇零就业家庭成员',
    JSON.stringify([requirePolicy(policy, 'difficultyCategories').citation]),
    at,
    null,
    at,
    accountId(context, clerk),
    clerk.name,
    person.disability ? '登记表填有伤残等级。' : '向社区核实属实。',
    from,
    held.to,
    held.to,
    next?.application.submittedOn,
    next ? '失业登记已退出' : null,
    version,
  );
  return id;
}

/** The check of each month so far; one in twenty was forgotten, and that of this month is often still to come. */
function checksOf(
  random: Random,
  { startsOn, left }: Stay,
  asOf: PlainDate,
): { month: string; at: string; onDuty: boolean }[] {
  const checks: { month: string; at: string; onDuty: boolean }[] = [];
  const until = left?.on ?? asOf;
  for (let first = `${startsOn.slice(0, 7)}-01`; first <= until; first = monthsAfter(first, 1)) {
    const month = first.slice(0, 7);
    const from = first < startsOn ? startsOn : first;
    const last = `${month}-${daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))}`;
    const to = last < until ? last : until;
    let day = addDays(from, random.below(daysBetween(from, to) + 1));
    while (day < to && !isWorkingDay(day, shippedCalendar)) day = addDays(day, 1);
    const done = random.chance(to === last ? 0.95 : (0.8 * Number(to.slice(8))) / 31);
    const onDuty = random.chance(0.97);
    if (done && isWorkingDay(day, shippedCalendar)) checks.push({ month, at: officeTime(random, day), onDuty });
  }
  return checks;
}
