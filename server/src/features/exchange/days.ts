import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { exitsByDay, receiptsByDay, recordsByDay } from './days.sql.ts';
import { countiesByTenant, tenantsOf, uploadDivision } from './places.ts';

/** One day: ours = waiting + blocked + sent + accepted + returned, or it is not balanced. */
export interface ExchangeDay {
  readonly date: PlainDate;
  readonly exits: number;
  readonly waiting: number;
  readonly blocked: number;
  /** Sent without a receipt so far. */
  readonly sent: number;
  readonly accepted: number;
  readonly returned: number;
  /** Every county has reported the day, be it a day without exits. */
  readonly reported: boolean;
  readonly balanced: boolean;
  readonly receipts: readonly { receipt: string; at: Date }[];
}

/** Days that are reconciled again every night. */
export const RECONCILED_DAYS = 10;
/** Records of a day are made after midnight of the next one; so long its exits count as waiting. */
const NIGHT_IS_OVER_MINUTES = 60;

/**
 * Recounts some days, newest first, within what the actor may see: exits confirmed against records made, sent, accepted and
 * returned. A difference is an exit without a record, or a record without an exit.
 */
export async function exchangeDays(
  context: Context,
  actor: Actor,
  from: PlainDate,
  to: PlainDate,
): Promise<ExchangeDay[]> {
  const tenants = tenantsOf(context, actor);
  const [exits, records, receipts] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(exitsByDay, tenants, from, to),
      tx.rows(recordsByDay, tenants, from, to),
      tx.rows(receiptsByDay, tenants, from, to),
    ]),
  );
  const counties = new Set([...countiesByTenant(context, actor).values()].flat().map(uploadDivision));
  const notYetBuilt = lastDayToBuild(context.clock.now());
  const days: ExchangeDay[] = [];
  for (let date = to; date >= from; date = addDays(date, -1)) {
    const made = records.filter((row) => row.date === date);
    const count = (state: string) => made.reduce((sum, row) => sum + (row.state === state ? row.count : 0), 0);
    const ours = Number(exits.find((row) => row.date === date)?.count ?? 0);
    const states = {
      blocked: count('blocked'),
      sent: count('sent'),
      accepted: count('accepted'),
      returned: count('returned'),
    };
    const counted = made.reduce((sum, row) => sum + row.count, 0);
    const unmade = date > notYetBuilt ? Math.max(0, ours - counted) : 0;
    const received = receipts.filter((row) => row.date === date);
    const settled = made.filter(({ state }) => state === 'accepted' || state === 'returned');
    const told = new Set([...received, ...settled].map(({ division }) => division));
    days.push({
      date,
      exits: ours,
      waiting: count('waiting') + unmade,
      ...states,
      reported: [...counties].every((county) => told.has(county)),
      balanced: ours === counted + unmade,
      receipts: received.map((row) => ({ receipt: row.receipt, at: row.receipt_at })),
    });
  }
  return days;
}

/** The last business date whose records have been made by now. */
export function lastDayToBuild(now: Date): PlainDate {
  return addDays(businessDate(new Date(now.getTime() - NIGHT_IS_OVER_MINUTES * 60_000)), -1);
}

/** The last ten days, today included. */
export function lastDays(context: Context, actor: Actor): Promise<ExchangeDay[]> {
  const today = businessDate(context.clock.now());
  return exchangeDays(context, actor, addDays(today, 1 - RECONCILED_DAYS), today);
}
