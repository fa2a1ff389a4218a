import type { RouteName } from '@yingdeng/contract/routes/index.ts';
import { routes } from '@yingdeng/contract/routes/index.ts';
import { type Action, hasAction } from '@yingdeng/rules/access.ts';
import { addDays } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { historyText } from '../../platform/history-words.ts';
import type { Answer } from '../../platform/http.ts';
import { nearUntil } from '../casefile/index.ts';
import { cursorOf, type Key, keyOf } from './cursor.ts';
import { type Days, decisionItem, exitItem, firstContactItem, forwardedItem, type Item, type Reader } from './items.ts';
import { listRange } from './range.ts';
import {
  countDecisions,
  countExchangeTasks,
  countExits,
  countFirstContacts,
  countForwarded,
  type DecisionRow,
  decisionPage,
  type ExitItemRow,
  exitPage,
  type FirstContactRow,
  type ForwardedRow,
  firstContactPage,
  forwardedPage,
  lastActions,
  type PageOf,
} from './worklist.sql.ts';

type ListRoute = 'getDecisionWorklist' | 'getForwardedWorklist' | 'getContactWorklist' | 'getExitWorklist';

/** What a list may be narrowed by. */
export interface WorklistQuery {
  readonly after?: string;
  readonly limit: number;
  readonly office?: string;
  /** `mine`, `none`, or an account. */
  readonly assigned?: string;
  readonly state?: 'near' | 'late';
  readonly stage?: 'awaitingReview';
  readonly last?: 'yes';
}

interface Page<Row> {
  read(tx: Tx, params: PageOf, query: WorklistQuery, days: Days): Promise<Row[]>;
  key(row: Row): Key;
  item(context: Context, row: Row, days: Reader): Item;
}

/** The due dates a state stands for: late is before today, near is today or the next working day. */
function dueRange(state: WorklistQuery['state'], days: Days): [from: string, to: string] {
  if (state === 'late') return ['-infinity', addDays(days.today, -1)];
  return state === 'near' ? [days.today, days.near] : ['-infinity', 'infinity'];
}

const decisions: Page<DecisionRow> = {
  read: (tx, params, { state }, days) => tx.rows(decisionPage, ...params, ...dueRange(state, days)),
  key: (row) => ({ value: row.due_on, id: row.id }),
  item: decisionItem,
};
const forwarded: Page<ForwardedRow> = {
  read: (tx, params, { state }, days) => tx.rows(forwardedPage, ...params, ...dueRange(state, days)),
  key: (row) => ({ value: row.due_on, id: row.id }),
  item: forwardedItem,
};
const firstContacts: Page<FirstContactRow> = {
  read: (tx, params, { state }, days) => tx.rows(firstContactPage, ...params, ...dueRange(state, days)),
  key: (row) => ({ value: row.first_contact_due, id: row.id }),
  item: firstContactItem,
};
const exits: Page<ExitItemRow> = {
  read: async (tx, params, { state, stage }, days) =>
    // No clause sets the office a day for an exit: none is late.
    state === 'late' ? [] : tx.rows(exitPage, ...params, state === 'near' ? true : null, days.near, stage ?? null),
  key: (row) => ({ value: row.proposed_key, id: row.id }),
  item: exitItem,
};

type Read = (
  context: Context,
  actor: Actor,
  query: WorklistQuery,
  now: Date,
) => Promise<{ items: Item[]; next?: string }>;

/** Applications to decide, earliest due date first. */
export const readDecisions: Read = (context, actor, query, now) =>
  page(context, actor, 'getDecisionWorklist', query, now, decisions);
/** Applications that came from the platform, earliest due date first (H122-2c). */
export const readForwarded: Read = (context, actor, query, now) =>
  page(context, actor, 'getForwardedWorklist', query, now, forwarded);
/** Registrations without a first contact, earliest due date first. */
export const readFirstContacts: Read = (context, actor, query, now) =>
  page(context, actor, 'getContactWorklist', query, now, firstContacts);
/** Exits not yet decided, longest waiting first. */
export const readExits: Read = (context, actor, query, now) =>
  page(context, actor, 'getExitWorklist', query, now, exits);

/** The counts of the lists, from the same tables and indexes as the lists: they agree at any moment. */
export async function countWorklists(
  context: Context,
  actor: Actor,
  now: Date,
): Promise<Omit<Answer<'getToday'>, 'lists'>> {
  const days = daysOf(context, now);
  const { divisions, lo, hi } = listRange(actor, undefined, actionOf('getToday'));
  const tenants = [...new Set(divisions.map((division) => division.slice(0, 4)))];
  const [decision, platform, contact, exit, tasks] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.first(countDecisions, divisions, lo, hi, days.today, days.near, actor.id),
      tx.first(countForwarded, divisions, lo, hi, days.today, days.near, actor.id),
      tx.first(countFirstContacts, divisions, lo, hi, days.today, days.near, actor.id),
      tx.first(countExits, divisions, lo, hi, days.near, actor.id),
      tx.first(countExchangeTasks, divisions, tenants, lo, hi),
    ]),
  );
  const { faulty = 0, returned = 0 } = tasks ?? {};
  const none = { open: 0, near: 0, late: 0, mine: 0 };
  const { review, ...exitCounts } = exit ?? { ...none, review: 0 };
  return {
    on: days.today,
    counts: [
      { kind: 'decision', ...(decision ?? none) },
      {
        kind: 'forwarded',
        ...(platform ?? none),
        ...(faulty > 0 ? { faulty } : {}),
        ...(returned > 0 ? { returned } : {}),
      },
      { kind: 'contact', ...(contact ?? none) },
      { kind: 'exit', ...exitCounts, ...(hasAction(actor.role, 'exit.review') ? { review } : {}) },
    ],
  };
}

/** Today, and the last day that counts as near. */
export function daysOf(context: Context, now: Date): Days {
  const today = businessDate(now);
  return { today, near: nearUntil(today, context.reference.calendar) };
}

const actionOf = (route: RouteName): Action => (routes[route] as { action?: string }).action as Action;

/** One page, and the cursor of the next when one row more was there. */
async function page<Row>(
  context: Context,
  actor: Actor,
  route: ListRoute,
  query: WorklistQuery,
  now: Date,
  list: Page<Row>,
): Promise<{ items: Item[]; next?: string }> {
  const { divisions, lo, hi } = listRange(actor, query.office, actionOf(route));
  const after = keyOf(query.after);
  const days = { ...daysOf(context, now), account: actor.id };
  const nobodys = query.assigned === 'none';
  const account = query.assigned === 'mine' ? actor.id : nobodys ? null : (query.assigned ?? null);
  const params: PageOf = [divisions, lo, hi, after.value, after.id, query.limit + 1, account, nobodys];
  return context.db.read(actor, async (tx) => {
    const rows = await list.read(tx, params, query, days);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const items = shown.map((row) => list.item(context, row, days));
    return {
      items: query.last ? await withLast(tx, items) : items,
      ...(rows.length > shown.length && last ? { next: cursorOf(list.key(last)) } : {}),
    };
  });
}

/** Each line with what was done last: why something is late is read off it. */
export async function withLast(tx: Tx, items: readonly Item[]): Promise<Item[]> {
  const ids = items.map(({ id }) => id);
  const rows = await tx.rows(lastActions, ids.map(tenantOfId), ids);
  const byCase = new Map(rows.map((row) => [row.application_id, row]));
  return items.map((item) => {
    const row = byCase.get(item.id);
    if (!row) return item;
    const text = historyText(row.action, row.to_status);
    return { ...item, last: { at: row.at.toISOString(), who: row.actor_name, text } };
  });
}
