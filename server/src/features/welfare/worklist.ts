import { addDays, daysInMonth, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { cursorOf, keyOf, listRange } from '../worklist/index.ts';
import { endingPlacements, type OwedRow, owedChecks } from './placement.sql.ts';

type Page = Answer<'getWelfareWorklist'>;

/** How early the end of a placement shows in the list. */
const SHOWN_DAYS_BEFORE = 60;

/** On-duty checks owed by the end of this month, the missed ones first; or placements that end within two months (A21-4f). */
export async function readWelfareWorklist(
  context: Context,
  actor: Actor,
  query: { after?: string | undefined; limit: number; office?: string | undefined; stage: 'check' | 'ending' },
  now: Date,
): Promise<Page> {
  const today = businessDate(now);
  const { divisions, lo, hi } = listRange(actor, query.office, 'post.read');
  const after = keyOf(query.after);
  const page = [divisions, lo, hi, after.value, after.id, query.limit + 1] as const;
  const rows = await context.db.read(actor, (tx) =>
    query.stage === 'check'
      ? tx.rows(owedChecks, ...page, endOfMonth(today))
      : tx.rows(endingPlacements, ...page, addDays(today, SHOWN_DAYS_BEFORE)),
  );
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => itemOf(context, row, today)),
    ...(rows.length > items.length && last ? { next: cursorOf({ value: last.due, id: last.id }) } : {}),
  };
}

const endOfMonth = (day: PlainDate): PlainDate =>
  `${day.slice(0, 7)}-${daysInMonth(Number(day.slice(0, 4)), Number(day.slice(5, 7)))}`;

function itemOf(context: Context, row: OwedRow, today: PlainDate): Page['items'][number] {
  const { idNumber } = context.crypto.open<{ idNumber?: string }>(row.identity_sealed);
  return {
    id: row.id,
    applicationId: row.application_id,
    name: row.name,
    idMasked: maskIdentityNumber(idNumber ?? ''),
    officeName: context.reference.officeName(row.office),
    employer: row.employer,
    title: row.title,
    startsOn: row.starts_on,
    endsBy: row.ends_by,
    dueOn: row.due,
    state: dueState(row.due, today, context.reference.calendar),
  };
}
