import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { ExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { contentText } from './batch.ts';
import { batchById, batchesOfDay, itemBySerial, itemsOfDay } from './days.sql.ts';
import { type ExchangeDay, exchangeDays } from './days.ts';
import { type Batch, batchOf } from './evidence/batch.ts';
import { itemOf } from './items.ts';
import { tenantsOf } from './places.ts';
import { type ComparedDay, comparedDays } from './reconcile/list.ts';

const actor = systemActor('exchange-show');
const SHOWN = 200;

type Item = ReturnType<typeof itemOf>;

/** The evidence of one record: state, faults, digest, batch and attempts. `record` without name and numbers. */
export interface ShownRecord extends Item {
  readonly builtAt: string;
  readonly settledAt?: string;
  readonly record: Readonly<Partial<ExitRecord>>;
  readonly batch?: Batch;
  /** Batches it travelled in before. */
  readonly earlierBatches: readonly Batch[];
}

/** Everything kept about the upload of an exit, by its serial (AAZ341); several cities may have used the same one. */
export async function showSerial(context: Context, serial: string): Promise<ShownRecord[]> {
  const rows = await context.db.read(actor, (tx) => tx.rows(itemBySerial, tenantsOf(context), serial));
  const shown: ShownRecord[] = [];
  for (const row of rows) {
    const { AAB301, AAZ341, AAC058, ADC210, AJC00A, AAE036 } = contentOf(context, row.serial, row) ?? {};
    const under = async (id: string) => {
      const batch = await context.db.read(actor, (tx) => tx.first(batchById, row.tenant, id));
      return batch && batchOf(context, batch);
    };
    const batch = row.batch_id === null ? undefined : await under(row.batch_id);
    const earlierBatches: Batch[] = [];
    for (const id of row.earlier_batches ?? []) {
      const earlier = await under(id);
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

/** A day: its balance, its batches, what is blocked or returned, and how it last compared with the platform. */
export interface ShownDay {
  readonly day: ExchangeDay;
  readonly batches: readonly Batch[];
  readonly toMend: readonly Item[];
  /** Undefined when it was never compared. */
  readonly compared: ComparedDay | undefined;
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
  const shown: Batch[] = [];
  for (const batch of batches) shown.push(await batchOf(context, batch));
  const [compared] = await comparedDays(context, actor, date, date);
  return { day: day!, batches: shown, toMend: items.map((row) => ({ ...itemOf(context, row), name: '' })), compared };
}
