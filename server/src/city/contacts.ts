import { formReasons } from '@yingdeng/contract/code-tables.ts';
import type { InterviewProfile } from '@yingdeng/rules/service-class.ts';
import { type Chronicle, officeSecond } from './chronicle.ts';
import type { CityContact } from './model.ts';
import type { CityPerson } from './people.ts';
import { type Random, weights } from './random.ts';

const means = weights<CityContact['means']>(
  ['telephone', 58],
  ['comparison', 20],
  ['selfReport', 11],
  ['visit', 8],
  ['counter', 3],
);
const firstMeans = weights<CityContact['means']>(['telephone', 76], ['counter', 14], ['visit', 10]);
const skills = [
  '普工，会一般设备操作',
  '收银、理货',
  '电工，有初级证',
  '驾驶，C1驾照',
  '文员，会办公软件',
  '餐饮服务',
  '焊工',
  '销售',
  '家政服务',
  '会计，有初级职称',
  '无专门技能',
  '缝纫',
  '物流分拣',
  '护理',
];
const wishes = [
  '就近找一份长白班工作',
  '月薪三千五以上的工厂岗位',
  '想参加技能培训',
  '打算自己开小店',
  '希望从事文职',
  '灵活就业，时间自由',
  '希望推荐公益性岗位',
  '到外地也可以',
  '希望做老本行',
];
const skillLevel = weights<InterviewProfile['skill']>(['certified', 18], ['practised', 37], ['some', 30], ['none', 15]);
const wishKind = weights<InterviewProfile['wish']>(
  ['employed', 68],
  ['flexible', 14],
  ['startUp', 6],
  ['training', 8],
  ['undecided', 4],
);
const searchKind = weights<InterviewProfile['search']>(['alone', 44], ['withHelp', 41], ['not', 15]);
const hindrance = ['care', 'health', 'transport', 'language', 'hours'] as const;

/** What contacts are drawn from; day numbers. `closed`: the registration has ended, nothing is still to come. */
export interface ContactFrame {
  person: CityPerson;
  box: number;
  registered: { day: number; second: number };
  due: number;
  until: number;
  closed: boolean;
}

/** First contact with its attempts, then the follow-ups of each calendar month, in time order. */
export function contactsOf(chronicle: Chronicle, random: Random, frame: ContactFrame): CityContact[] {
  const { days } = chronicle;
  const contacts: CityContact[] = [];
  const first = firstContactDay(chronicle, random, frame);
  if (first > frame.until) {
    // Nobody could be reached yet: at most an attempt stands there.
    const tried = days.addWorking(frame.registered.day, 1);
    if (tried <= frame.until && random.chance(0.35)) contacts.push(attempt(chronicle, random, tried));
    return contacts;
  }
  const tried = days.addWorking(frame.registered.day, 1);
  if (tried < first && random.chance(0.4)) contacts.push(attempt(chronicle, random, tried));
  contacts.push({
    purpose: 'first',
    means: random.weighted(firstMeans),
    reached: true,
    at: days.instant(first, officeSecond(random)),
    interview: {
      reason: formReasons[frame.box - 1]?.text ?? '其他',
      skills: random.pick(skills),
      wishes: random.pick(wishes),
      profile: profileOf(random),
    },
  });
  followUps(chronicle, random, frame, first, contacts);
  return contacts;
}

function profileOf(random: Random): InterviewProfile {
  const skill = random.weighted(skillLevel);
  const hindrances = random.chance(0.3) ? [random.pick(hindrance)] : [];
  return {
    skill,
    years: skill === 'none' ? random.between(0, 2) : random.between(0, 15),
    wish: random.weighted(wishKind),
    search: random.weighted(searchKind),
    hindrances,
  };
}

/** Within the limit nearly always; one in fifty up to a week late. */
function firstContactDay(chronicle: Chronicle, random: Random, frame: ContactFrame): number {
  const { days } = chronicle;
  if (random.chance(0.02)) return days.addWorking(frame.due, random.between(1, 5));
  return Math.min(frame.due, days.addWorking(frame.registered.day, random.between(1, 5)));
}

function attempt(chronicle: Chronicle, random: Random, day: number): CityContact {
  return {
    purpose: 'first',
    means: random.chance(0.8) ? 'telephone' : 'message',
    reached: false,
    at: chronicle.days.instant(day, officeSecond(random)),
  };
}

/** One contact a calendar month after the month of the first; nineteen in twenty months are covered. */
function followUps(
  chronicle: Chronicle,
  random: Random,
  frame: ContactFrame,
  first: number,
  contacts: CityContact[],
): void {
  const { days } = chronicle;
  for (let start = days.monthAfter(first); start <= frame.until; start = days.monthAfter(start)) {
    const monthEnd = days.monthAfter(start) - 1;
    const end = Math.min(monthEnd, frame.until);
    // A month that is not over yet has been covered as far as it has gone.
    const share = end === monthEnd ? 0.96 : (0.96 * (end - start + 1)) / (monthEnd - start + 1);
    if (!random.chance(share)) continue;
    const how = random.weighted(means);
    const wished = random.between(start, end);
    const inOffice = how !== 'selfReport' && how !== 'comparison';
    const day = inOffice && !days.isWorking(wished) ? days.addWorking(wished, 1) : wished;
    if (day > end) continue;
    contacts.push({ purpose: 'followUp', means: how, reached: true, at: days.instant(day, officeSecond(random)) });
  }
}
