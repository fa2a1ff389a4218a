import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { contactMeans, lastDayOf, monthOf } from '@yingdeng/rules/contact.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { dayAndTime } from '../../platform/words.ts';
import { cursorOf, keyOf, listRange } from '../worklist/index.ts';
import { coverage, type FollowUpRow, followUpPage } from './followup.sql.ts';

type Item = Answer<'getFollowUps'>['items'][number];

/** Who of the range is not yet followed up this month (A21-5b, M79-4a), longest unseen first. */
export async function readFollowUps(
  context: Context,
  actor: Actor,
  query: { after?: string; limit: number; office?: string },
  now: Date,
): Promise<Answer<'getFollowUps'>> {
  const today = businessDate(now);
  const month = monthOf(today);
  const { divisions, lo, hi } = listRange(actor, query.office, 'contact.read');
  // The cursor is written as a day, because every list of the console writes one.
  const after = query.after === undefined ? { value: '', id: keyOf(undefined).id } : keyOf(query.after);
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(followUpPage, divisions, lo, hi, after.value.slice(0, 7), after.id, query.limit + 1, month, `${month}-01`),
  );
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    month,
    clause: clauseOf(context, actor.office, today),
    items: page.map((row) => itemOf(context, row, today)),
    ...(rows.length > page.length && last ? { next: cursorOf({ value: `${last.covered}-01`, id: last.id }) } : {}),
  };
}

function itemOf(context: Context, row: FollowUpRow, today: PlainDate): Item {
  const sealed = row.identity_sealed ?? row.form_sealed;
  const idNumber = sealed ? (context.crypto.open<{ idNumber?: string }>(sealed).idNumber ?? '') : '';
  const due = lastDayOf(monthOf(today));
  return {
    id: row.application_id,
    registrationId: row.id,
    number: row.number,
    name: row.name ?? row.form_name ?? '',
    idMasked: maskIdentityNumber(idNumber),
    office: row.office,
    officeName: context.reference.officeName(row.office),
    registeredOn: row.registered_on,
    ...(row.last_contact_month ? { lastMonth: row.last_contact_month } : {}),
    dueOn: due,
    state: dueState(due, today, context.reference.calendar),
    note: noteOf(row),
  };
}

/** The latest contact or attempt in words. */
export function noteOf(row: {
  last_at: Date | null;
  last_means: string | null;
  last_outcome: 'attempt' | 'contact' | null;
}): string {
  if (!row.last_at) return '还没有联系过';
  const means = contactMeans[row.last_means as keyof typeof contactMeans] ?? '';
  const how = row.last_means === 'selfReport' || row.last_outcome === 'contact' ? '' : '，没有联系上';
  return `${dayAndTime(row.last_at)}${means}${how}`;
}

/** The clause that asks for the monthly follow-up at a place; empty where the law of the day is silent. */
function clauseOf(context: Context, office: string, today: PlainDate) {
  const { document, clause, clauseId } = context.reference.policy(office.slice(0, 6).padEnd(6, '0'), today)
    .followUpsPerMonth?.citation ?? { document: '', clause: '', clauseId: '' };
  return { document, clause, clauseId };
}

/** People followed up ÷ people registered the whole month, by office (R063). Without a month: the running one. */
export async function readCoverage(
  context: Context,
  actor: Actor,
  query: { office?: string; month?: string },
  now: Date,
): Promise<Answer<'getCoverage'>> {
  const thisMonth = monthOf(businessDate(now));
  const month = query.month ?? thisMonth;
  const { divisions, lo, hi } = listRange(actor, query.office, 'contact.read');
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(coverage, divisions, lo, hi, month, `${month}-01`, lastDayOf(month)),
  );
  return {
    month,
    finished: month < thisMonth,
    offices: rows.map((row) => ({ ...row, officeName: context.reference.officeName(row.office) })),
  };
}
