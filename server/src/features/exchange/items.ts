import { codeText } from '@yingdeng/contract/code-tables.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { type ItemRow, itemsByState, itemsOfDay, itemsOnTheWay, itemsToMend } from './days.sql.ts';
import { tenantsOf } from './places.ts';

type State = 'waiting' | 'blocked' | 'sent' | 'accepted' | 'returned';
const everyState: readonly State[] = ['waiting', 'blocked', 'sent', 'accepted', 'returned'];
/** What the owning office has to mend. */
const toMend: readonly State[] = ['blocked', 'returned'];

/** Records of a day, or of any day in a state: without either, what is blocked or returned. Keyset pages, the actor's range. */
export async function exchangeItems(
  context: Context,
  actor: Actor,
  query: { on?: PlainDate; state?: State; after?: string; limit: number },
): Promise<Answer<'getExchangeItems'>> {
  const { on, state, limit } = query;
  const tenants = tenantsOf(context, actor);
  const [date, id] = readCursor(query.after, on !== undefined);
  const rows = await context.db.read(actor, (tx) =>
    on === undefined
      ? tx.rows(statementFor(state), tenants, state ? [state] : toMend, date, id, limit)
      : tx.rows(itemsOfDay, tenants, on, state ? [state] : everyState, id, limit),
  );
  const last = rows.length >= limit ? rows.at(-1) : undefined;
  return {
    items: rows.map((row) => itemOf(context, row)),
    next: last && Buffer.from(`${last.business_date}|${last.exit_id}`).toString('base64url'),
  };
}

/** Few records are to mend or on the way: they have their own short ways. */
function statementFor(state: State | undefined): typeof itemsByState {
  if (state === undefined || toMend.includes(state)) return itemsToMend;
  return state === 'accepted' ? itemsByState : itemsOnTheWay;
}

/** A record as a list shows it. */
export function itemOf(context: Context, row: ItemRow): Answer<'getExchangeItems'>['items'][number] {
  return {
    exitId: row.exit_id,
    applicationId: row.application_id,
    serial: row.serial,
    division: row.division,
    officeName: context.reference.officeName(row.office),
    name: row.name ?? '',
    reasonText: codeText('exitReason', row.reason) ?? row.reason,
    businessDate: row.business_date,
    state: row.state,
    // A mended one keeps them until it is in its next batch; nothing is to be done about them any more.
    faults: row.state === 'waiting' ? [] : row.faults,
    digest: row.digest.toString('hex'),
    batchId: row.batch_id ?? undefined,
    attempts: row.attempts,
  };
}

/** None or a broken cursor is the beginning: of one day ascending, of all days descending. */
function readCursor(text: string | undefined, ascending: boolean): [date: string, id: string] {
  const [date, id] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split('|');
  if (date && /^\d{4}-\d{2}-\d{2}$/.test(date) && id && /^[0-9a-f-]{36}$/.test(id)) return [date, id];
  return ['9999-12-31', ascending ? '00000000-0000-0000-0000-000000000000' : 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
}
