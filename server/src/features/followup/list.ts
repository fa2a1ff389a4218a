import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { contactMeans, lastDayOf, monthOf } from '@yingdeng/rules/contact.ts';
import { earlier } from '@yingdeng/rules/contact-rhythm.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { dayAndTime } from '../../platform/words.ts';
import { cursorOf, daysOf, keyOf, listRange } from '../worklist/index.ts';
import { countFollowUps, coverage, type FollowUpRow, followUpPage, missingPage } from './followup.sql.ts';

type Item = Answer<'getFollowUps'>['items'][number];

/** Days wanted of the contacts owed, both inclusive: all of the running month, or what is late, or near. */
function rangeOf(state: 'near' | 'late' | undefined, on: { today: PlainDate; near: PlainDate; monthEnd: PlainDate }) {
  if (state === 'late') return ['-infinity', addDays(on.today, -1)] as const;
  if (state === 'near') return [on.today, on.near] as const;
  return ['-infinity', on.monthEnd] as const;
}

/**
 * Whose next contact is due by the end of this month (A21-5b, M79-4a), earliest first; on the first page with the counts, from the same index.
 * @throws AppError access.denied for an office outside the range
 */
export async function readFollowUps(
  context: Context,
  actor: Actor,
  query: { after?: string; limit: number; office?: string; state?: 'near' | 'late' },
  now: Date,
): Promise<Answer<'getFollowUps'>> {
  const days = daysOf(context, now);
  const month = monthOf(days.today);
  const monthEnd = lastDayOf(month);
  // Near by working days may reach into the next month, whose contacts this list does not hold.
  const near = earlier(days.near, monthEnd);
  const { divisions, lo, hi } = listRange(actor, query.office, 'contact.read');
  const after = keyOf(query.after);
  const [from, to] = rangeOf(query.state, { today: days.today, near, monthEnd });
  const [rows, counts] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(followUpPage, divisions, lo, hi, after.value, after.id, query.limit + 1, from, to),
      query.after === undefined ? tx.first(countFollowUps, divisions, lo, hi, days.today, near, monthEnd) : undefined,
    ]),
  );
  return {
    month,
    clause: clauseOf(context, actor.office, days.today),
    ...(counts ? { counts } : {}),
    ...pageOf(rows, query.limit, (row) => itemOf(context, row, row.next_contact_on, days.today)),
  };
}

/**
 * Who is missing from the coverage of a month (R063): as many as the figure says, office by office.
 * @throws AppError access.denied for an office outside the range
 */
export async function readMissing(
  context: Context,
  actor: Actor,
  query: { after?: string; limit: number; office?: string; month?: string },
  now: Date,
): Promise<Answer<'getMissing'>> {
  const today = businessDate(now);
  const month = query.month ?? monthOf(today);
  const { divisions, lo, hi } = listRange(actor, query.office, 'contact.read');
  const { value, id } = keyOf(query.after);
  const end = lastDayOf(month);
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(missingPage, divisions, lo, hi, month, `${month}-01`, end, value, id, query.limit + 1),
  );
  return {
    month,
    ...pageOf(rows, query.limit, (row) => ({
      ...itemOf(context, row, end, today),
      ...(row.exited_on ? { exitedOn: row.exited_on } : {}),
    })),
  };
}

/** What is shown of the rows read, and the cursor when one more was there. */
function pageOf<Row extends FollowUpRow, Shown>(rows: readonly Row[], limit: number, shown: (row: Row) => Shown) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(shown),
    ...(rows.length > page.length && last ? { next: cursorOf({ value: last.next_contact_on, id: last.id }) } : {}),
  };
}

function itemOf(context: Context, row: FollowUpRow, due: PlainDate, today: PlainDate): Item {
  const sealed = row.identity_sealed ?? row.form_sealed;
  const idNumber = sealed ? (context.crypto.open<{ idNumber?: string }>(sealed).idNumber ?? '') : '';
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
    ...(row.class ? { class: row.class } : {}),
    dueOn: due,
    // Before the end of its month: the rhythm of the class asks for it.
    dueBy: due < lastDayOf(monthOf(due)) ? 'class' : 'month',
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
  if (row.last_means === 'selfReport' || row.last_outcome === 'contact') return `${dayAndTime(row.last_at)}${means}`;
  return `${dayAndTime(row.last_at)}${means}${row.last_means === 'comparison' ? '有变化，请核实' : '，没有联系上'}`;
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
