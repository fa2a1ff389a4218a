import {
  type ContactResult,
  checkContact,
  checkInterview,
  contactCountsAs,
  contactMeans,
  contactResults,
} from '@yingdeng/rules/contact.ts';
import { checkFinding, type GivenFinding } from '@yingdeng/rules/contact-finding.ts';
import type { ListName } from '@yingdeng/rules/provisions/parameters.ts';
import { type Refusal, refuse } from '@yingdeng/rules/refusal.ts';
import type { InterviewProfile } from '@yingdeng/rules/service-class.ts';
import { businessDate } from '../../platform/clock.ts';
import type { ListInForce, RegistrationRow } from './contact.sql.ts';

/** A contact or attempt as it is recorded. */
export interface GivenContact {
  readonly purpose: 'first' | 'followUp' | 'lastChance' | 'service';
  readonly means: 'telephone' | 'visit' | 'message' | 'counter';
  readonly answered: boolean;
  /** Instant of the contact, with its offset. */
  readonly at: string;
  /** When the writer last saw the registration, by the server's time; absent when it is on the screen. */
  readonly seen?: string;
  /** A name of rules/contact.ts, or any words, which then go into the note. */
  readonly result: string;
  readonly note: string;
  readonly interview?: {
    readonly reason: string;
    readonly skills: string;
    readonly wishes: string;
    readonly exitConditionsTold: boolean;
    readonly profile?: InterviewProfile | undefined;
    readonly class?: 'A' | 'B' | 'C' | 'D';
    readonly classReason?: string;
  };
  readonly finding?: GivenFinding & {
    /** Also propose the exit it is a circumstance of; the person is asked first. */
    readonly proposeExit: boolean;
  };
  readonly lists: readonly { list: ListName; division: string; version: number; how: string }[];
}

const listTexts: Record<ListName, string> = {
  policies: '政策清单',
  services: '服务清单',
  institutions: '公共就业服务机构清单',
};
/** How a contact ends when nothing closer is said. */
const plainResults: Record<GivenContact['means'], { answered: ContactResult; not: ContactResult }> = {
  telephone: { answered: 'reached', not: 'noAnswer' },
  visit: { answered: 'reached', not: 'notHome' },
  message: { answered: 'replied', not: 'sent' },
  // Nobody sits at the counter without having come; the rules refuse it.
  counter: { answered: 'reached', not: 'notHome' },
};

/** The result as the rules name it; other words are kept in the note. */
export function resultOf(given: GivenContact): { result: ContactResult; note: string } {
  const plain = plainResults[given.means][given.answered ? 'answered' : 'not'];
  const words = given.result.trim();
  const note = given.note.trim();
  if (words === '') return { result: plain, note };
  if (Object.hasOwn(contactResults, words)) return { result: words as ContactResult, note };
  return { result: plain, note: note === '' ? words : `${words}。${note}` };
}

interface Facts {
  readonly at: Date;
  readonly now: Date;
  readonly result: ContactResult;
  readonly note: string;
  readonly by: string;
}

/** What is wrong with a contact, or null. */
export function faultOf(row: RegistrationRow, given: GivenContact, facts: Facts): Refusal | null {
  const on = businessDate(facts.at);
  const { interview, means } = given;
  if (facts.at > facts.now) return refuse('contact.incomplete', '联系时间不能晚于现在。', 'A21-5a');
  // A day of death learnt later leaves the contacts before it as they were.
  if (row.deceased_on && on > row.deceased_on)
    return refuse('contact.incomplete', '此人已登记死亡，不能记录死亡之后的联系。如有误，请先核实。', 'A21-5a');
  const counts = contactCountsAs(means, facts.result);
  if (counts !== undefined && (counts === 'contact') !== given.answered)
    return refuse(
      'contact.incomplete',
      `“${contactMeans[means]}：${contactResults[facts.result]}”与是否联系上不一致。`,
      'A21-5a',
    );
  const content = facts.note || interview?.reason || '';
  const fault = checkContact(
    { means, result: facts.result, on, by: facts.by, content },
    { registeredOn: row.registered_on, today: businessDate(facts.now) },
  );
  if (fault) return fault;
  const unfounded =
    given.finding &&
    checkFinding(given.finding, { answered: given.answered, registeredOn: row.registered_on, contactOn: on });
  if (unfounded) return unfounded;
  if (!given.answered && interview) return refuse('contact.incomplete', '没有联系上本人，不能记录面谈。', 'A21-4b');
  if (!given.answered || given.purpose !== 'first') return null;
  if (!interview) return refuse('contact.incomplete', '首次联系须记录面谈：失业原因、技能水平、就业意愿。', 'A21-4b');
  return checkInterview({
    reason: interview.reason,
    skills: interview.skills,
    wishes: interview.wishes,
    lists: Object.fromEntries(given.lists.map((one) => [one.list, `${one.division}:${one.version}`])),
    // One tick on the page says both: later services and the conditions of exit.
    toldLaterServices: interview.exitConditionsTold,
    toldExitConditions: interview.exitConditionsTold,
  });
}

/** A list is handed over in the version of that day, never in an older one (A21-4c). */
export function faultOfLists(given: GivenContact, inForce: readonly ListInForce[]): Refusal | null {
  for (const one of given.lists) {
    const current = inForce.find((row) => row.list === one.list);
    if (current && current.division === one.division && current.version === one.version) continue;
    return refuse(
      'contact.incomplete',
      `${listTexts[one.list]}第${one.version}版不是当天有效的版本${current ? `（有效的是第${current.version}版）` : ''}，请刷新后重试。`,
      'A21-4c',
    );
  }
  return null;
}

/** A county, its city, its province and the nation: whose lists apply there. */
export function placesOf(division: string): string[] {
  return [division, `${division.slice(0, 4)}00`, `${division.slice(0, 2)}0000`, '000000'];
}
