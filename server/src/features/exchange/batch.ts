import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { ExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { sm3 } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import {
  anyRecord,
  countBatches,
  findOpenBatch,
  lockCounty,
  openBatches,
  putBatch,
  putRecords,
  rebindRecords,
} from './batch.sql.ts';
import type { ExitBatch } from './platform-client.ts';
import type { BuiltRecord } from './record.ts';

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
  /** AAZ341 of its records, in their order. */
  readonly serials: readonly string[];
}

/** Another process wrote some of the records of a batch first: nothing was stored, what is left has to be read again. */
export class Raced extends Error {}

/** Records for a batch. `known` have a row already, which is bound anew. */
export interface BatchRecords {
  readonly fresh: BuiltRecord[];
  readonly known: BuiltRecord[];
}

/**
 * Stores the next batch of a county and day, under the next number of that county and day. Batch and records are written in one
 * transaction, so a record is in one batch or in none. @throws Raced
 */
export function storeBatch(context: Context, day: CountyDay, { fresh, known }: BatchRecords): Promise<StoredBatch> {
  const records = known.length === 0 ? fresh : [...known, ...fresh];
  const content = `[${records.map(({ text }) => text).join(',')}]`;
  const serials = records.map(({ serial }) => serial);
  return context.db.transaction(actor, async (tx) => {
    void tx.run(lockCounty, lockKey(day));
    const batch = await store(context, tx, day, content, serials);
    const write = async (statement: typeof putRecords, part: readonly BuiltRecord[]) => {
      if (part.length === 0) return;
      const written = await tx.run(
        statement,
        day.tenant,
        batch.id,
        day.division,
        day.date,
        context.clock.now(),
        part.map(({ exitId }) => exitId),
        part.map(({ office }) => office),
        part.map(({ serial }) => serial),
        Buffer.concat(part.map(({ digest }) => digest)),
      );
      if (written !== part.length) throw new Raced();
    };
    await Promise.all([write(putRecords, fresh), write(rebindRecords, known)]);
    return batch;
  });
}

/** The report of a day without exits; nothing when anything was or is to be sent for that day. */
export function storeZeroReport(context: Context, day: CountyDay): Promise<StoredBatch | undefined> {
  return context.db.transaction(actor, async (tx) => {
    void tx.run(lockCounty, lockKey(day));
    const key = [day.tenant, day.division, day.date] as const;
    const counted = await tx.first(countBatches, ...key);
    if (!counted || counted.standing > 0 || (await tx.first(anyRecord, ...key))?.found) return undefined;
    return store(context, tx, day, '[]', []);
  });
}

const lockKey = ({ division, date }: CountyDay) => `exits:${division}:${date}`;

async function store(
  context: Context,
  tx: Tx,
  day: CountyDay,
  content: string,
  serials: readonly string[],
): Promise<StoredBatch> {
  const counted = tx.first(countBatches, day.tenant, day.division, day.date);
  // Made while the database counts.
  const digest = sm3(content);
  const sealed = context.crypto.sealText(content);
  const before = (await counted)?.batches ?? 0;
  const id = `${day.division}-${day.date.replaceAll('-', '')}-${String(before + 1).padStart(4, '0')}`;
  const count = serials.length;
  void tx.run(putBatch, day.tenant, id, day.division, day.date, count, digest, sealed, context.clock.now());
  return { ...day, id, count, content, digest: digest.toString('hex'), tried: false, serials };
}

/** A batch without a receipt, by its id. */
export interface OpenBatch extends CountyDay {
  readonly id: string;
}

/** Batches of some counties that have no receipt yet: what a kill or a silent platform left. */
export async function unfinishedBatches(context: Context, days: readonly CountyDay[]): Promise<OpenBatch[]> {
  const read = ({ tenant, division, date }: CountyDay) =>
    context.db.read(actor, (tx) => tx.rows(openBatches, tenant, division, date));
  const open: OpenBatch[] = [];
  for (const day of days) for (const { id } of await read(day)) open.push({ ...day, id });
  return open;
}

/** A batch exactly as it was formed; nothing when it is settled meanwhile. */
export async function loadBatch(context: Context, open: OpenBatch): Promise<StoredBatch | undefined> {
  const row = await context.db.read(actor, (tx) => tx.first(findOpenBatch, open.tenant, open.id));
  if (!row) return undefined;
  const content = contentText(context, row.content_sealed);
  return {
    ...open,
    count: row.count,
    digest: row.digest.toString('hex'),
    content,
    tried: row.attempts > 0,
    serials: (JSON.parse(content) as ExitRecord[]).map(({ AAZ341 }) => AAZ341 ?? ''),
  };
}

/** The content of a batch as it is sent. Older batches were sealed as a JSON text within JSON. */
export function contentText(context: Context, sealed: Buffer): string {
  const text = context.crypto.openText(sealed);
  return text.startsWith('"') ? (JSON.parse(text) as string) : text;
}
