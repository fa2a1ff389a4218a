import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { ExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { contentText } from './batch.ts';
import { attemptsOf, type BatchSummary, batchById, batchesOfDay, itemBySerial, itemsOfDay } from './days.sql.ts';
import { type ExchangeDay, exchangeDays } from './days.ts';
import { itemOf } from './items.ts';
import { type DayDifference, platformDifferences } from './night.ts';
import { tenantsOf } from './places.ts';

const actor = systemActor('exchange-show');
const SHOWN = 200;

/** One batch with what was tried and what came of it. */
export interface ShownBatch {
  readonly id: string;
  readonly division: string;
  readonly date: PlainDate;
  readonly count: number;
  readonly digest: string;
  readonly state: string;
  readonly builtAt: string;
  readonly receipt?: string;
  readonly receiptAt?: string;
  readonly attempts: readonly { at: string; outcome: string; detail: Readonly<Record<string, unknown>> }[];
}
type Item = ReturnType<typeof itemOf>;

/** The evidence of one record: state, faults, digest, batch and attempts. `record` without name and numbers. */
export interface ShownRecord extends Item {
  readonly builtAt: string;
  readonly settledAt?: string;
  readonly record: Readonly<Partial<ExitRecord>>;
  readonly batch?: ShownBatch;
  /** Batches it travelled in before. */
  readonly earlierBatches: readonly ShownBatch[];
}

/** Everything kept about the upload of an exit, by its serial (AAZ341); several cities may have used the same one. */
export async function showSerial(context: Context, serial: string): Promise<ShownRecord[]> {
  const rows = await context.db.read(actor, (tx) => tx.rows(itemBySerial, tenantsOf(context), serial));
  const shown: ShownRecord[] = [];
  for (const row of rows) {
    const { AAB301, AAZ341, AAC058, ADC210, AJC00A, AAE036 } = contentOf(context, row.serial, row) ?? {};
    const batchOf = async (id: string) => {
      const batch = await context.db.read(actor, (tx) => tx.first(batchById, row.tenant, id));
      return batch && withAttempts(context, batch);
    };
    const batch = row.batch_id === null ? undefined : await batchOf(row.batch_id);
    const earlierBatches: ShownBatch[] = [];
    for (const id of row.earlier_batches ?? []) {
      const earlier = await batchOf(id);
      if (earlier) earlierBatches.push(earlier);
    }
    shown.push({
      ...itemOf(context, row),
      // A command leaves traces on screens and in files: no name there.
      name: '',
      builtAt: row.built_at.toISOString(),
      ...(row.settled_at ? { settledAt: row.settled_at.toISOString() } : {}),
      record: { AAB301, AAZ341, AAC058, ADC210, AJC00A, AAE036 },
      ...(batch ? { batch } : {}),
      earlierBatches,
    });
  }
  return shown;
}

/** The record as it was sent, found in its batch; of one in no batch, as it was made. */
export function contentOf(
  context: Context,
  serial: string,
  row: { record_sealed: Buffer | null; content_sealed: Buffer | null },
): ExitRecord | undefined {
  if (row.content_sealed) {
    const records = JSON.parse(contentText(context, row.content_sealed)) as ExitRecord[];
    return records.find(({ AAZ341 }) => AAZ341 === serial);
  }
  return row.record_sealed ? context.crypto.open<ExitRecord>(row.record_sealed) : undefined;
}

/** A day: its balance, its batches, what is blocked or returned, and where the platform counts otherwise. */
export interface ShownDay {
  readonly day: ExchangeDay;
  readonly batches: readonly ShownBatch[];
  readonly toMend: readonly Item[];
  /** Undefined when the platform did not answer. */
  readonly differences: readonly DayDifference[] | undefined;
}

export async function showDay(context: Context, date: PlainDate): Promise<ShownDay> {
  const tenants = tenantsOf(context);
  const [day] = await exchangeDays(context, actor, date, date);
  const [batches, items] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(batchesOfDay, tenants, date),
      tx.rows(itemsOfDay, tenants, date, ['blocked', 'returned'], '00000000-0000-0000-0000-000000000000', SHOWN),
    ]),
  );
  const shown: ShownBatch[] = [];
  for (const batch of batches) shown.push(await withAttempts(context, batch));
  return {
    day: day!,
    batches: shown,
    toMend: items.map((row) => ({ ...itemOf(context, row), name: '' })),
    differences: await platformDifferences(context, date, date),
  };
}

async function withAttempts(context: Context, batch: BatchSummary): Promise<ShownBatch> {
  const attempts = await context.db.read(actor, (tx) => tx.rows(attemptsOf, batch.tenant, batch.id));
  return {
    id: batch.id,
    division: batch.division,
    date: batch.business_date,
    count: batch.count,
    digest: batch.digest.toString('hex'),
    state: batch.state,
    builtAt: batch.built_at.toISOString(),
    ...(batch.receipt ? { receipt: batch.receipt } : {}),
    ...(batch.receipt_at ? { receiptAt: batch.receipt_at.toISOString() } : {}),
    attempts: attempts.map(({ at, outcome, detail }) => ({ at: at.toISOString(), outcome, detail })),
  };
}
