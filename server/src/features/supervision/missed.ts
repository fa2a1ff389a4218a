import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { dayAndTime } from '../../platform/words.ts';
import { common, cursorOf, keyOf, listRange, withLast } from '../worklist/index.ts';
import { type MissedRow, missedContacts, missedDecisions } from './figures.sql.ts';
import { windowOf } from './figures.ts';

type Query = { kind: 'decision' | 'contact'; office?: string; assigned?: string; after?: string; limit: number };

const statement = { decision: missedDecisions, contact: missedContacts } as const;

const notes = {
  decision: (row: MissedRow) =>
    row.done_at ? `${dayAndTime(row.done_at)}由${row.done_by ?? '系统'}办结，超过期限` : '还没有办结',
  contact: (row: MissedRow) =>
    row.done_at
      ? `${dayAndTime(row.done_at)}才联系上，超过期限`
      : row.gone_on
        ? `没有联系，${row.gone_on}退出`
        : '还没有联系上',
} as const;

/** Due dates of the window that were not kept, oldest first: what a share lacks to the whole, case by case (M79-14). */
export async function readMissed(
  context: Context,
  actor: Actor,
  query: Query,
  now: Date,
): Promise<Answer<'getMissedDays'>> {
  const { divisions, lo, hi } = listRange(actor, query.office, 'supervision.read');
  const after = keyOf(query.after);
  const { since, today } = windowOf(now);
  const nobodys = query.assigned === 'none';
  const account = nobodys ? null : (query.assigned ?? null);
  return context.db.read(actor, async (tx) => {
    const rows = await tx.rows(
      statement[query.kind],
      divisions,
      lo,
      hi,
      after.value,
      after.id,
      query.limit + 1,
      account,
      nobodys,
      since,
      today,
    );
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const items = shown.map((row) => ({
      ...common(context, row, actor.id),
      kind: query.kind,
      at: row.at.toISOString(),
      dueOn: row.due,
      state: 'late' as const,
      note: notes[query.kind](row),
    }));
    return {
      items: await withLast(tx, items),
      ...(rows.length > shown.length && last ? { next: cursorOf({ value: last.due, id: last.id }) } : {}),
    };
  });
}
