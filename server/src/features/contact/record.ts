import { can, whyNot } from '@yingdeng/rules/access.ts';
import {
  type ContactResult,
  checkContact,
  checkInterview,
  contactCountsAs,
  contactMeans,
  contactResults,
  monthOf,
} from '@yingdeng/rules/contact.ts';
import type { ListName } from '@yingdeng/rules/provisions/parameters.ts';
import type { Refusal } from '@yingdeng/rules/refusal.ts';
import { refuse } from '@yingdeng/rules/refusal.ts';
import { registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import {
  type ListInForce,
  listsInForce,
  lockRegistration,
  markContact,
  putContact,
  putHandover,
  putRegistrationAction,
  type RegistrationRow,
} from './contact.sql.ts';

/** A contact or attempt as it is recorded. */
export interface GivenContact {
  readonly purpose: 'first' | 'followUp' | 'lastChance' | 'service';
  readonly means: 'telephone' | 'visit' | 'message' | 'counter';
  readonly answered: boolean;
  /** Instant of the contact, with its offset. */
  readonly at: string;
  /** A name of rules/contact.ts, or any words, which then go into the note. */
  readonly result: string;
  readonly note: string;
  readonly interview?: {
    readonly reason: string;
    readonly skills: string;
    readonly wishes: string;
    readonly exitConditionsTold: boolean;
    readonly class?: 'A' | 'B' | 'C' | 'D';
    readonly classReason?: string;
  };
  readonly lists: readonly { list: ListName; division: string; version: number; how: string }[];
}

/** What a recorded contact did; ids and flags only. */
export interface RecordedContact {
  readonly contact: string;
  readonly registration: string;
  readonly outcome: 'attempt' | 'contact';
  readonly fulfilsFirstContact: boolean;
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

/**
 * Records an attempt or a contact with a registered person, with the interview and the lists handed over (A21-4b, A21-4c,
 * A21-5b, M79-3a). An attempt is kept and fulfils nothing; a first contact is fulfilled only by a complete interview.
 * @throws AppError request.notFound, access.denied, contact.incomplete, registration.changed
 */
export async function recordContact(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  given: GivenContact,
): Promise<RecordedContact> {
  const { registrationId, key, now } = on;
  const request = { route: 'recordContact', key, request: [registrationId, given], now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const at = new Date(given.at);
    const row = await openFor(tx, registrationId);
    const { result, note } = resultOf(given);
    const inForce =
      given.lists.length > 0 || given.interview
        ? await tx.rows(listsInForce, placesOf(row.division), businessDate(at))
        : [];
    allow(check(row, given, { at, now, result, note, by: actor.name }) ?? checkLists(given, inForce));
    const outcome = contactCountsAs(given.means, result) === 'contact' ? 'contact' : 'attempt';
    const fulfils = outcome === 'contact' && given.purpose === 'first';
    const done: RecordedContact = {
      contact: newTenantId(row.tenant, now),
      registration: row.id,
      outcome,
      fulfilsFirstContact: fulfils,
    };
    await write(tx, context, row, given, { ...done, at, now, result, note });
    return done;
  });
  return result;
}

async function openFor(tx: Tx, id: string): Promise<RegistrationRow> {
  const { actor } = tx;
  const row = await tx.first(lockRegistration, tenantOfId(id), id);
  if (!row) throw new AppError('request.notFound');
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
  if (!can(actor.role, 'contact.record', scope)) {
    throw new AppError('access.denied', { why: whyNot(actor.role, 'contact.record', scope) ?? '' });
  }
  if (row.status === 'exited') {
    throw new AppError('registration.changed', {
      who: row.last_actor ?? '其他经办人',
      when: row.last_at ? dayAndTime(row.last_at) : '刚才',
      what: registrationStatusText[row.status],
    });
  }
  return row;
}

/** The result as the rules name it; other words are kept in the note. */
function resultOf(given: GivenContact): { result: ContactResult; note: string } {
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
function check(row: RegistrationRow, given: GivenContact, facts: Facts): Refusal | null {
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
function checkLists(given: GivenContact, inForce: readonly ListInForce[]): Refusal | null {
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
function placesOf(division: string): string[] {
  return [division, `${division.slice(0, 4)}00`, `${division.slice(0, 2)}0000`, '000000'];
}

function allow(refusal: Refusal | null): void {
  if (!refusal) return;
  throw new AppError('contact.incomplete', { why: refusal.message }, refusal.clause ? { clause: refusal.clause } : {});
}

async function write(
  tx: Tx,
  context: Context,
  row: RegistrationRow,
  given: GivenContact,
  done: RecordedContact & { at: Date; now: Date; result: ContactResult; note: string },
): Promise<void> {
  const { actor } = tx;
  const { at, now } = done;
  const staffId = actor.kind === 'staff' ? actor.id : null;
  const month = monthOf(businessDate(at));
  await tx.run(
    putContact,
    row.tenant,
    done.contact,
    row.id,
    row.person_id,
    row.office,
    given.purpose,
    given.means,
    done.outcome,
    done.result,
    at,
    month,
    staffId,
    actor.name,
    done.note,
    given.interview ? JSON.stringify(given.interview) : null,
  );
  const handovers = given.lists.map((one) =>
    tx.run(
      putHandover,
      row.tenant,
      newTenantId(row.tenant, now),
      done.contact,
      row.id,
      row.person_id,
      row.office,
      one.list,
      one.division,
      one.version,
      one.how,
      at,
    ),
  );
  await Promise.all([
    ...handovers,
    ...(done.outcome === 'contact'
      ? [
          tx.run(
            markContact,
            row.tenant,
            row.id,
            done.fulfilsFirstContact ? at : null,
            month,
            given.interview?.class ?? null,
          ),
        ]
      : []),
    tx.run(
      putRegistrationAction,
      row.tenant,
      newTenantId(row.tenant, now),
      row.id,
      row.person_id,
      row.office,
      row.status,
      now,
      staffId,
      actor.name,
      JSON.stringify({
        contact: done.contact,
        text: `${contactMeans[given.means]}，${contactResults[done.result]}${done.fulfilsFirstContact ? '，首次联系完成' : ''}`,
      }),
    ),
    audit(tx, context.crypto, now, {
      tenant: row.tenant,
      office: row.office,
      action: 'contact.record',
      subjectKind: 'registration',
      subjectId: row.id,
      personId: row.person_id,
      detail: { contact: done.contact, outcome: done.outcome, first: done.fulfilsFirstContact },
    }),
  ]);
}
