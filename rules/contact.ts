import { addWorkingDays, type Calendar, daysInMonth, type PlainDate } from './calendar.ts';
import type { ListName } from './provisions/parameters.ts';
import type { Policy } from './provisions/policy.ts';
import type { Citation } from './provisions/provision.ts';
import { type Refusal, refuse } from './refusal.ts';

/** How the office and the person came, or tried to come, together. */
export const contactMeans = {
  telephone: '电话',
  message: '短信',
  visit: '上门走访',
  counter: '窗口面谈',
  selfReport: '本人报告',
  comparison: '信息比对',
} as const;
export type ContactMeansName = keyof typeof contactMeans;

export const contactResults = {
  reached: '已联系到本人',
  replied: '本人已回复',
  noAnswer: '无人接听',
  notHome: '未见到本人',
  wrongNumber: '号码有误',
  sent: '已发送，未回复',
  received: '已收到',
  compared: '已比对',
  changed: '有变化，待核实',
} as const;
export type ContactResult = keyof typeof contactResults;

/**
 * What each means can end in, and what it counts as. `contact`: the two spoke. `followUp`: the month is covered, though they did not speak.
 * `attempt`: kept, but it fulfils nothing (domain R059, A21-5b).
 */
export const contactTable: Record<
  ContactMeansName,
  Partial<Record<ContactResult, 'contact' | 'followUp' | 'attempt'>>
> = {
  telephone: { reached: 'contact', noAnswer: 'attempt', wrongNumber: 'attempt' },
  message: { replied: 'contact', sent: 'attempt' },
  visit: { reached: 'contact', notHome: 'attempt' },
  counter: { reached: 'contact' },
  selfReport: { received: 'followUp' },
  comparison: { compared: 'followUp', changed: 'attempt' },
};

/** One row of the service record. `by` is the staff account, or the worker for an own report. */
export type Contact = { means: ContactMeansName; result: ContactResult; on: PlainDate; by: string; content: string };

/** What a contact counts as; undefined when the means cannot end that way. */
export function contactCountsAs(
  means: ContactMeansName,
  result: ContactResult,
): 'contact' | 'followUp' | 'attempt' | undefined {
  return contactTable[means][result];
}

/** Whether a contact fulfils the first contact after registration (H122-2f, M79-3a): only when the two spoke. */
export function fulfilsFirstContact(contact: Pick<Contact, 'means' | 'result'>): boolean {
  return contactCountsAs(contact.means, contact.result) === 'contact';
}

/** Whether a contact covers its calendar month (A21-5b, M79-4a); a spoken contact does, the first one included. */
export function fulfilsFollowUp(contact: Pick<Contact, 'means' | 'result'>): boolean {
  const counts = contactCountsAs(contact.means, contact.result);
  return counts === 'contact' || counts === 'followUp';
}

/** What is wrong with a contact before it is recorded (domain §10.14: date, means, person, result), or null. */
export function checkContact(contact: Contact, on: { registeredOn: PlainDate; today: PlainDate }): Refusal | null {
  if (contactCountsAs(contact.means, contact.result) === undefined)
    return refuse(
      'contact.incomplete',
      `“${contactMeans[contact.means]}”不能有“${contactResults[contact.result]}”的结果。`,
      'A21-4a',
    );
  if (contact.by.trim() === '') return refuse('contact.incomplete', '请填写联系人。', 'A21-5a');
  if (contact.on > on.today) return refuse('contact.incomplete', '联系日期不能晚于今天。', 'A21-5a');
  if (contact.on < on.registeredOn) return refuse('contact.incomplete', '联系日期不能早于登记日期。', 'A21-5a');
  if (fulfilsFirstContact(contact) && contact.content.trim() === '')
    return refuse('contact.incomplete', '已联系到本人的，请写明联系内容和结果。', 'A21-5a');
  return null;
}

/** The first interview. `lists`: the version of each list handed over that day. */
export type Interview = {
  reason: string;
  skills: string;
  wishes: string;
  lists: Partial<Record<ListName, string>>;
  toldLaterServices: boolean;
  toldExitConditions: boolean;
};

const interviewFacts = { reason: '失业原因', skills: '技能水平', wishes: '就业意愿' } as const;
// The national notice names two lists, the city's three; every office hands over the three (product §2).
const lists: Record<ListName, string> = {
  policies: '政策清单',
  services: '服务清单',
  institutions: '公共就业服务机构清单',
};

/** What an interview still lacks before it may be closed (A21-4b, A21-4c, M79-3b), all of it in one message, or null. */
export function checkInterview(interview: Interview): Refusal | null {
  const facts = (Object.keys(interviewFacts) as (keyof typeof interviewFacts)[]).filter(
    (fact) => interview[fact].trim() === '',
  );
  const missing = [
    ...facts.map((fact) => `记录${interviewFacts[fact]}`),
    ...(Object.keys(lists) as ListName[]).filter((list) => !interview.lists[list]).map((list) => `提供${lists[list]}`),
    ...(interview.toldLaterServices ? [] : ['介绍后续就业服务']),
    ...(interview.toldExitConditions ? [] : ['告知失业登记注销条件']),
  ];
  if (missing.length === 0) return null;
  const clause = facts.length > 0 || missing.every((one) => !one.startsWith('提供')) ? 'A21-4b' : 'A21-4c';
  return refuse('contact.incomplete', `面谈还不能办结，还需要：${missing.join('、')}。`, clause);
}

/**
 * The last day for the first contact: working days after the day of registration, which is day 0 (M79-3a, H122-2f). Undefined where the law of the
 * day sets no limit (Anshan as issued). `policy` is that of the day of registration.
 */
export function firstContactDue(
  registeredOn: PlainDate,
  policy: Policy,
  calendar: Calendar,
): { due: PlainDate; workingDays: number; citation: Citation } | undefined {
  const days = policy.firstContactWorkingDays;
  if (days === undefined) return undefined;
  return { due: addWorkingDays(registeredOn, days.value, calendar), workingDays: days.value, citation: days.citation };
}

/** The calendar month of a date, 'YYYY-MM'. */
export function monthOf(date: PlainDate): string {
  return date.slice(0, 7);
}

/** The month after 'YYYY-MM'. */
export function nextMonth(month: string): string {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return number === 12 ? `${year + 1}-01` : `${month.slice(0, 4)}-${String(number + 1).padStart(2, '0')}`;
}

/** The last day of a month 'YYYY-MM'. */
export function lastDayOf(month: string): PlainDate {
  return `${month}-${daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5)))}`;
}

/**
 * The month whose follow-up is owed next and its last day (A21-5b, M79-4a: at least one a calendar month), and the whole months already missed.
 * The month of registration itself is not owed; a first contact in it, or in the next month, counts for its month. `lastMonth` is the latest covered month.
 */
export function followUpDue(
  lastMonth: string | undefined,
  registeredOn: PlainDate,
  today: PlainDate,
): { month: string; due: PlainDate; missed: string[] } {
  const now = monthOf(today);
  const first = nextMonth(monthOf(registeredOn));
  const missed: string[] = [];
  let month = lastMonth !== undefined && lastMonth >= first ? nextMonth(lastMonth) : first;
  while (month < now) {
    missed.push(month);
    month = nextMonth(month);
  }
  return { month, due: lastDayOf(month), missed };
}
