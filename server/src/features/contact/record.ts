import { can, whyNot } from '@yingdeng/rules/access.ts';
import { type ContactResult, contactCountsAs, contactMeans, contactResults, monthOf } from '@yingdeng/rules/contact.ts';
import { contactFindings } from '@yingdeng/rules/contact-finding.ts';
import type { Refusal } from '@yingdeng/rules/refusal.ts';
import { registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { historyText } from '../../platform/history-words.ts';
import { once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import { recordStep } from '../casefile/index.ts';
import { classifyInInterview } from '../service/index.ts';
import { faultOf, faultOfLists, type GivenContact, placesOf, resultOf } from './check.ts';
import {
  doneSince,
  listsInForce,
  lockRegistration,
  markContact,
  putContact,
  putHandover,
  type RegistrationRow,
} from './contact.sql.ts';
import { nextContact } from './next-contact.ts';

/** What a recorded contact did; ids and flags only. */
export interface RecordedContact {
  readonly contact: string;
  readonly registration: string;
  readonly outcome: 'attempt' | 'contact';
  readonly fulfilsFirstContact: boolean;
}

/**
 * Records an attempt or a contact with a registered person, with the interview and the lists handed over (A21-4b, A21-4c,
 * A21-5b, M79-3a). An attempt is kept and fulfils nothing; a first contact is fulfilled only by a complete interview.
 * With what the interview found out the person is classed in the same transaction (M79-3b).
 * @throws AppError request.notFound, access.denied, contact.incomplete, contact.conflict, registration.changed, service.faulty
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
    await refuseUnseen(tx, row, given.seen);
    const { result, note } = resultOf(given);
    const inForce =
      given.lists.length > 0 || given.interview
        ? await tx.rows(listsInForce, placesOf(row.division), businessDate(at))
        : [];
    allow(faultOf(row, given, { at, now, result, note, by: actor.name }) ?? faultOfLists(given, inForce));
    const outcome = contactCountsAs(given.means, result) === 'contact' ? 'contact' : 'attempt';
    const fulfils = outcome === 'contact' && given.purpose === 'first';
    const done: RecordedContact = {
      contact: newTenantId(row.tenant, now),
      registration: row.id,
      outcome,
      fulfilsFirstContact: fulfils,
    };
    await write(tx, context, row, given, { ...done, at, now, result, note });
    const { profile, class: chosen, classReason = '' } = given.interview ?? {};
    if (profile) await classifyInInterview(context, tx, row.id, { profile, class: chosen, reason: classReason }, now);
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
  if (row.status === 'exited') throw registrationChanged(row);
  return row;
}

/** The registration has ended meanwhile; the detail lets a note written offline be shown beside it. */
export function registrationChanged(row: RegistrationRow): AppError {
  const what = registrationStatusText[row.status];
  const who = row.last_actor ?? '其他经办人';
  return new AppError(
    'registration.changed',
    { who, when: row.last_at ? dayAndTime(row.last_at) : '刚才', what },
    { detail: { latest: { who, what, ...(row.last_at ? { at: row.last_at.toISOString() } : {}) }, ended: true } },
  );
}

/** A note written offline must not go over what others did meanwhile without its writer knowing. */
async function refuseUnseen(tx: Tx, row: RegistrationRow, seen: string | undefined): Promise<void> {
  if (seen === undefined) return;
  const newer = await tx.first(doneSince, row.tenant, row.id, new Date(seen), tx.actor.id);
  if (!newer) return;
  const words = typeof newer.detail.text === 'string' ? newer.detail.text : '';
  const what = [historyText(newer.action, newer.to_status), words].filter(Boolean).join('：');
  throw new AppError(
    'contact.conflict',
    { who: newer.actor_name, when: dayAndTime(newer.at), what },
    { detail: { latest: { who: newer.actor_name, at: newer.at.toISOString(), what }, ended: false } },
  );
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
    given.finding?.kind ?? null,
    given.finding?.since ?? null,
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
            nextContact(context, row, at, now),
          ),
        ]
      : []),
    recordStep(tx, row, now, {
      action: 'contact',
      detail: {
        contact: done.contact,
        text: `${contactMeans[given.means]}，${contactResults[done.result]}${done.fulfilsFirstContact ? '，首次联系完成' : ''}${given.finding ? `，${contactFindings[given.finding.kind].text}` : ''}`,
      },
    }),
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
