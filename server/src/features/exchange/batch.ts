import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { ExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { sm3 } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import type { ExitBatch } from './platform-client.ts';
import { recordText, transportFaults } from './record.ts';
import {
  anyRecord,
  type BatchRow,
  bindRecords,
  countBatches,
  holdRecord,
  lockCounty,
  openBatches,
  putBatch,
  takeWaiting,
} from './send.sql.ts';

/** Records of one batch at most. */
const BATCH = 1_000;
const actor = systemActor('exits');

/** One county of one day: the unit in which exits are sent. */
export interface CountyDay {
  readonly tenant: string;
  readonly division: string;
  readonly date: PlainDate;
}

/** A batch to deliver. `tried`: it may be at the platform already. */
export interface StoredBatch extends ExitBatch {
  readonly tenant: string;
  readonly tried: boolean;
}

/** Batches of a county and day that have no receipt yet, exactly as they were formed. */
export async function unfinishedBatches(context: Context, day: CountyDay): Promise<StoredBatch[]> {
  const rows = await context.db.read(actor, (tx) => tx.rows(openBatches, day.tenant, day.division, day.date));
  return rows.map((row) => fromRow(context, row));
}

function fromRow(context: Context, row: BatchRow): StoredBatch {
  return {
    tenant: row.tenant,
    id: row.id,
    date: row.business_date,
    division: row.division,
    count: row.count,
    digest: row.digest.toString('hex'),
    content: context.crypto.open<string>(row.content_sealed),
    tried: row.attempts > 0,
  };
}

/**
 * Forms the next batch of a county and day from waiting records: at most a thousand, in key order, under the next number of
 * that county and day. Batch and records are bound in one transaction, so a record is in one batch or in none.
 */
export function formBatch(context: Context, day: CountyDay): Promise<StoredBatch | undefined> {
  return context.db.transaction(actor, async (tx) => {
    await tx.run(lockCounty, lockKey(day));
    const going = await takeGoing(context, tx, day);
    if (going.length === 0) return undefined;
    const texts = going.map(({ record }) => recordText(record));
    const batch = await store(context, tx, day, `[${texts.join(',')}]`, going.length);
    await tx.run(
      bindRecords,
      day.tenant,
      batch.id,
      going.map(({ id }) => id),
    );
    return batch;
  });
}

/** The next waiting records that the transport can carry. Those it cannot are held back by themselves, the others go. */
async function takeGoing(context: Context, tx: Tx, day: CountyDay): Promise<{ id: string; record: ExitRecord }[]> {
  for (;;) {
    const rows = await tx.rows(takeWaiting, day.tenant, day.division, day.date, BATCH);
    const waiting = rows.map(({ exit_id: id, record_sealed }) => {
      const record = context.crypto.open<ExitRecord>(record_sealed);
      return { id, record, faults: transportFaults(context, record) };
    });
    const held = waiting.filter(({ faults }) => faults.length > 0);
    for (const { id, faults } of held) await tx.run(holdRecord, day.tenant, id, JSON.stringify(faults));
    if (held.length < waiting.length || rows.length === 0) return waiting.filter(({ faults }) => faults.length === 0);
  }
}

/** The report of a day without exits; nothing when anything was or is to be sent for that day. */
export function formZeroReport(context: Context, day: CountyDay): Promise<StoredBatch | undefined> {
  return context.db.transaction(actor, async (tx) => {
    await tx.run(lockCounty, lockKey(day));
    const key = [day.tenant, day.division, day.date] as const;
    const [counted, any] = await Promise.all([tx.first(countBatches, ...key), tx.first(anyRecord, ...key)]);
    if (!counted || counted.batches > 0 || any?.found) return undefined;
    return store(context, tx, day, '[]', 0);
  });
}

const lockKey = ({ division, date }: CountyDay) => `exits:${division}:${date}`;

async function store(context: Context, tx: Tx, day: CountyDay, content: string, count: number): Promise<StoredBatch> {
  const before = (await tx.first(countBatches, day.tenant, day.division, day.date))?.batches ?? 0;
  const id = `${day.division}-${day.date.replaceAll('-', '')}-${String(before + 1).padStart(4, '0')}`;
  const digest = sm3(content);
  const sealed = context.crypto.seal(content);
  await tx.run(putBatch, day.tenant, id, day.division, day.date, count, digest, sealed, context.clock.now());
  return { ...day, id, count, content, digest: digest.toString('hex'), tried: false };
}
