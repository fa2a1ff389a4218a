import { addDays } from '@yingdeng/rules/calendar.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { cursorOf, daysOf, keyOf, listRange } from '../worklist/index.ts';
import { countReferrals, type ReferralItemRow, referralPage } from './referral.sql.ts';
import { referralOf } from './referral-words.ts';

interface ReferralQuery {
  readonly office?: string;
  readonly state?: 'near' | 'late' | 'told';
  readonly after?: string;
  readonly limit: number;
}

/** Whom to ask how it went, earliest due date first, with the counts of the very same rows (A21-4d, R053). */
export async function readReferralWorklist(
  context: Context,
  actor: Actor,
  query: ReferralQuery,
  now: Date,
): Promise<Answer<'getReferralWorklist'>> {
  const { divisions, lo, hi } = listRange(actor, query.office, 'referral.read');
  const { today, near } = daysOf(context, now);
  const after = keyOf(query.after);
  const from = query.state === 'near' ? today : '-infinity';
  const to = query.state === 'near' ? near : query.state === 'late' ? addDays(today, -1) : 'infinity';
  const told = query.state === 'told';
  const [rows, counts] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(referralPage, divisions, lo, hi, after.value, after.id, query.limit + 1, from, to, told),
      tx.first(countReferrals, divisions, lo, hi, today, near),
    ]),
  );
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => ({
      ...who(context, row),
      applicationId: row.application_id,
      registrationId: row.registration_id,
      number: row.registration_number,
      office: row.office,
      officeName: context.reference.officeName(row.office),
      dueState: dueState(row.ask_due, today, context.reference.calendar),
      referral: referralOf(row),
    })),
    ...(rows.length > shown.length && last ? { next: cursorOf({ value: last.ask_due, id: last.id }) } : {}),
    counts: counts ?? { open: 0, near: 0, late: 0, told: 0 },
  };
}

function who(context: Context, row: ReferralItemRow): { name: string; idMasked: string } {
  const sealed = row.identity_sealed ?? row.form_sealed;
  const idNumber = sealed ? (context.crypto.open<{ idNumber?: string }>(sealed).idNumber ?? '') : '';
  return { name: row.name ?? row.form_name ?? '', idMasked: maskIdentityNumber(idNumber) };
}
