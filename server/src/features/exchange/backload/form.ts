import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { businessDate } from '../../../platform/clock.ts';
import { sm3 } from '../../../platform/crypto.ts';
import type { Tx } from '../../../platform/database.ts';
import { lockCounty } from '../batch.sql.ts';
import { uploadDivision } from '../places.ts';
import {
  countLoadBatches,
  type LoadRow,
  lockLoad,
  moveLoad,
  openRegistrations,
  putLoadBatch,
  putLoaded,
  rebindLoaded,
  registrationsToLoad,
} from './backload.sql.ts';
import type { LoadBatch } from './deliver.ts';
import { goes, type LoadRecord, loadRecord } from './record.ts';

/** Records of one batch at most. */
export const BATCH = 1_000;
const BEGINNING = '00000000-0000-0000-0000-000000000000';
const actor = systemActor('backload');

/** A county whose registrations are loaded. */
type County = Pick<LoadRow, 'tenant' | 'division'>;

/** A page of a load: its batch when something of it has to be sent. `done`: nothing lies after it. */
export interface FormedPage {
  readonly batch?: LoadBatch;
  readonly done: boolean;
}

/**
 * Takes the next thousand registrations of a load and stores them with their batch; the load moves in the same transaction, so a
 * kill loses nothing and repeats nothing. What the platform has had already is passed; what is faulty is held back and stops nothing.
 */
export function formPage(context: Context, load: LoadRow): Promise<FormedPage> {
  return context.db.transaction(actor, async (tx) => {
    const { tenant, division, run } = load;
    await tx.run(lockCounty, `registrations:${uploadDivision(division)}`);
    const now = await tx.first(lockLoad, tenant, division, run);
    if (now?.state !== 'running') return { done: true };
    const sources = await tx.rows(
      registrationsToLoad,
      tenant,
      division,
      now.after_on,
      now.after_id,
      now.until,
      now.since === null,
      BATCH,
    );
    const last = sources.at(-1);
    if (!last) return { done: true };
    const today = businessDate(context.clock.now());
    const fresh = sources.filter(({ known }) => !known).map((source) => loadRecord(context, source, today));
    void tx.run(moveLoad, tenant, division, run, last.registered_on, last.id, sources.length);
    const batch = await store(context, tx, load, fresh, putLoaded);
    return { batch, done: sources.length < BATCH };
  });
}

/** A page of what waited, was held back or came back: mended, it goes again; `after` walks over the rest. */
export function formMended(
  context: Context,
  load: County,
  after: string = BEGINNING,
): Promise<{ batch?: LoadBatch; after?: string }> {
  return context.db.transaction(actor, async (tx) => {
    const division = uploadDivision(load.division);
    await tx.run(lockCounty, `registrations:${division}`);
    const sources = await tx.rows(openRegistrations, load.tenant, division, after, BATCH);
    const today = businessDate(context.clock.now());
    const records = sources.map((source) => loadRecord(context, source, today));
    const changed = records.filter(
      (record) => goes(record) || (record.faults.length > 0 && record.source.state !== 'returned'),
    );
    const batch = await store(context, tx, load, changed, rebindLoaded);
    return { batch, ...(sources.length === BATCH ? { after: sources.at(-1)?.id } : {}) };
  });
}

async function store(
  context: Context,
  tx: Tx,
  { tenant, division: own }: County,
  records: readonly LoadRecord[],
  write: typeof putLoaded,
): Promise<LoadBatch | undefined> {
  if (records.length === 0) return undefined;
  const division = uploadDivision(own);
  const now = context.clock.now();
  const date = businessDate(now);
  const going = records.filter(({ faults }) => faults.length === 0);
  const before = (await tx.first(countLoadBatches, tenant, division, date))?.batches ?? 0;
  const id = `DJ-${division}-${date.replaceAll('-', '')}-${String(before + 1).padStart(4, '0')}`;
  const content = `[${going.map(({ text }) => text).join(',')}]`;
  const digest = sm3(content);
  if (going.length > 0) {
    const sealed = context.crypto.sealText(content);
    void tx.run(putLoadBatch, tenant, id, division, date, going.length, digest, sealed, now);
  }
  await tx.run(
    write,
    tenant,
    division,
    id,
    now,
    records.map(({ source }) => source.id),
    records.map(({ source }) => source.office),
    records.map(({ source }) => source.serial),
    records.map(({ source }) => source.benefit),
    records.map((record) => record.digest),
    records.map(({ faults }) => JSON.stringify(faults)),
  );
  if (going.length === 0) return undefined;
  return {
    tenant,
    id,
    division,
    date,
    count: going.length,
    digest: digest.toString('hex'),
    content,
    serials: going.map(({ source }) => source.serial),
    tried: false,
  };
}
