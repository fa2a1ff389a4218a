import type { RouteName } from '@yingdeng/contract/routes/index.ts';
import { routes } from '@yingdeng/contract/routes/index.ts';
import type { Action } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { Answer } from '../../platform/http.ts';
import { nearUntil } from '../casefile/index.ts';
import { cursorOf, type Key, keyOf } from './cursor.ts';
import { type Days, decisionItem, exitItem, firstContactItem, type Item } from './items.ts';
import { listRange } from './range.ts';
import {
  countDecisions,
  countExits,
  countFirstContacts,
  type DecisionRow,
  decisionPage,
  type ExitItemRow,
  exitPage,
  type FirstContactRow,
  firstContactPage,
  type PageOf,
} from './worklist.sql.ts';

type ListRoute = 'getDecisionWorklist' | 'getContactWorklist' | 'getExitWorklist';

interface Page<Row> {
  read(tx: Tx, params: PageOf): Promise<Row[]>;
  key(row: Row): Key;
  item(context: Context, row: Row, days: Days): Item;
}

const decisions: Page<DecisionRow> = {
  read: (tx, params) => tx.rows(decisionPage, ...params),
  key: (row) => ({ value: row.due_on, id: row.id }),
  item: decisionItem,
};
const firstContacts: Page<FirstContactRow> = {
  read: (tx, params) => tx.rows(firstContactPage, ...params),
  key: (row) => ({ value: row.first_contact_due, id: row.id }),
  item: firstContactItem,
};
const exits: Page<ExitItemRow> = {
  read: (tx, params) => tx.rows(exitPage, ...params),
  key: (row) => ({ value: row.proposed_key, id: row.id }),
  item: exitItem,
};

type Query = { after?: string; limit: number; office?: string };
type Read = (context: Context, actor: Actor, query: Query, now: Date) => Promise<{ items: Item[]; next?: string }>;

/** Applications to decide, earliest due date first. */
export const readDecisions: Read = (context, actor, query, now) =>
  page(context, actor, 'getDecisionWorklist', query, daysOf(context, now), decisions);
/** Registrations without a first contact, earliest due date first. */
export const readFirstContacts: Read = (context, actor, query, now) =>
  page(context, actor, 'getContactWorklist', query, daysOf(context, now), firstContacts);
/** Exits not yet decided, longest waiting first. */
export const readExits: Read = (context, actor, query, now) =>
  page(context, actor, 'getExitWorklist', query, daysOf(context, now), exits);

/** The counts of the three lists, from the same tables and indexes as the lists: they agree at any moment. */
export async function countToday(context: Context, actor: Actor, now: Date): Promise<Answer<'getToday'>> {
  const days = daysOf(context, now);
  const { divisions, lo, hi } = listRange(actor, undefined, actionOf('getToday'));
  const [decision, contact, exit] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.first(countDecisions, divisions, lo, hi, days.today, days.near),
      tx.first(countFirstContacts, divisions, lo, hi, days.today, days.near),
      tx.first(countExits, divisions, lo, hi, days.near),
    ]),
  );
  const none = { open: 0, near: 0, late: 0 };
  return {
    on: days.today,
    counts: [
      { kind: 'decision', ...(decision ?? none) },
      { kind: 'contact', ...(contact ?? none) },
      { kind: 'exit', ...(exit ?? none) },
    ],
  };
}

function daysOf(context: Context, now: Date): Days {
  const today = businessDate(now);
  return { today, near: nearUntil(today, context.reference.calendar) };
}

const actionOf = (route: RouteName): Action => (routes[route] as { action?: string }).action as Action;

/** One page, and the cursor of the next when one row more was there. */
async function page<Row>(
  context: Context,
  actor: Actor,
  route: ListRoute,
  query: Query,
  days: Days,
  list: Page<Row>,
): Promise<{ items: Item[]; next?: string }> {
  const { divisions, lo, hi } = listRange(actor, query.office, actionOf(route));
  const after = keyOf(query.after);
  const rows = await context.db.read(actor, (tx) =>
    list.read(tx, [divisions, lo, hi, after.value, after.id, query.limit + 1]),
  );
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map((row) => list.item(context, row, days)),
    ...(rows.length > shown.length && last ? { next: cursorOf(list.key(last)) } : {}),
  };
}
