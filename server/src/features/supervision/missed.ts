import { daysBetween } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Answer } from '../../platform/http.ts';
import { dayAndTime } from '../../platform/words.ts';
import { common, cursorOf, keyOf, listRange, withLast } from '../worklist/index.ts';
import { doneContacts, doneDecisions } from './days.sql.ts';
import { type MissedRow, missedContacts, missedDecisions } from './figures.sql.ts';
import { windowOf } from './figures.ts';

type Query = { kind: 'decision' | 'contact'; office?: string; assigned?: string; after?: string; limit: number };

const missed = { decision: missedDecisions, contact: missedContacts } as const;
const done = { decision: doneDecisions, contact: doneContacts } as const;

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

const inTime = ({ done_at, due }: MissedRow) => done_at !== null && businessDate(done_at) <= due;

const tookNote = ({ from_on, done_at, done_by }: MissedRow) =>
  done_at && from_on
    ? `用了${daysBetween(from_on, businessDate(done_at))}天，${dayAndTime(done_at)}${done_by ?? ''}`
    : '';

/** Due dates of the window that were not kept, oldest first: what a share lacks to the whole, case by case (M79-14). */
export function readMissed(context: Context, actor: Actor, query: Query, now: Date): Promise<Answer<'getMissedDays'>> {
  return readPage(context, actor, { query, statement: missed[query.kind], note: notes[query.kind] }, now);
}

/** What was done of what was due in the window, with the days it took, by due date: the cases behind a median (M79-14). */
export function readDaysTaken(
  context: Context,
  actor: Actor,
  query: Query,
  now: Date,
): Promise<Answer<'getDaysTaken'>> {
  return readPage(context, actor, { query, statement: done[query.kind], note: tookNote }, now);
}

interface Reading {
  readonly query: Query;
  readonly statement: (typeof missed)['decision'];
  readonly note: (row: MissedRow) => string;
}

async function readPage(
  context: Context,
  actor: Actor,
  { query, statement, note }: Reading,
  now: Date,
): Promise<Answer<'getMissedDays'>> {
  const { divisions, lo, hi } = listRange(actor, query.office, 'supervision.read');
  const after = keyOf(query.after);
  const { since, today } = windowOf(now);
  const nobodys = query.assigned === 'none';
  const account = nobodys ? null : (query.assigned ?? null);
  return context.db.read(actor, async (tx) => {
    const rows = await tx.rows(
      statement,
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
      state: inTime(row) ? ('met' as const) : ('late' as const),
      note: [note(row), row.moved ? '现已转到其他机构' : ''].filter(Boolean).join('；'),
    }));
    return {
      items: await withLast(tx, items),
      ...(rows.length > shown.length && last ? { next: cursorOf({ value: last.due, id: last.id }) } : {}),
    };
  });
}
