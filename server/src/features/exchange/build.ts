import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newId, sameBytes } from '../../platform/crypto.ts';
import { type BatchRecords, Raced, type StoredBatch, storeBatch } from './batch.ts';
import { closeRestored, exitsToBuild, exitsToRebuild, holdRecords, holdRestored } from './build.sql.ts';
import { countiesByTenant, type OfficeRange } from './places.ts';
import { type BuiltRecord, buildRecord, type ExitSource } from './record.ts';
import { putAttempt, releaseAll } from './send.sql.ts';

/** Records of one batch at most. */
const BATCH = 1_000;
/** Rows read and made at once. */
const PAGE = 2_000;
/** Batches being written while the next rows are read and made. */
const WRITING = 3;
/** How often a build begins again because another process was at the same records. */
const ROUNDS = 5;
const BEGINNING = '00000000-0000-0000-0000-000000000000';
const actor = systemActor('exits');

/** What a build found. */
export interface BuildResult {
  /** Records made for the first time, those held back included. */
  readonly built: number;
  readonly blocked: number;
  /** Records blocked or returned before that are now ready again. */
  readonly mended: number;
}

export interface BuildOptions {
  /** Limits the build to counties of a part of the organisation. */
  readonly range?: OfficeRange | undefined;
  /** Told each batch as soon as it is stored; the build waits for the answer before it forms many more. */
  readonly onBatch?: (batch: StoredBatch) => Promise<void>;
}

/** Shown with an exit that was taken back before it was sent. */
const restored = JSON.stringify([{ check: 'exit-restored', field: '', message: '登记已恢复，这条退出不再上传' }]);

/**
 * Makes the upload records of the exits handled on a business date: each passes the annex's checks and goes in a batch of its
 * county, or is held back with its faults; a bad one stops nothing (M79-8a, M79X-3). Records waiting, blocked or returned are
 * made anew from the file as it is now, under their old number: a blocked one goes when it passes now, a returned one when its
 * content has changed, since the same content would only come back. Safe to run again, and beside itself.
 */
export async function buildExits(context: Context, date: PlainDate, options: BuildOptions = {}): Promise<BuildResult> {
  const total = { built: 0, blocked: 0, mended: 0 };
  for (const [tenant, counties] of countiesByTenant(context, options.range)) {
    await takeBackRestored(context, tenant, date);
    const divisions = options.range ? counties : null;
    for (let round = 1; ; round += 1) {
      const build = new CityBuild(context, tenant, date, total, options.onBatch);
      try {
        await build.run(divisions);
        break;
      } catch (error) {
        if (!(error instanceof Raced) || round === ROUNDS) throw error;
      }
    }
  }
  return total;
}

/** Exits taken back are not sent: those waiting are held, batches with one that were never tried are given up (domain §9.7). */
async function takeBackRestored(context: Context, tenant: string, date: PlainDate): Promise<void> {
  const now = context.clock.now();
  await context.db.transaction(actor, async (tx) => {
    const closed = (await tx.rows(closeRestored, tenant, date)).map(({ id }) => id);
    if (closed.length > 0) void tx.run(releaseAll, tenant, date, closed);
    for (const id of closed) void tx.run(putAttempt, tenant, newId(now), id, now, 'givenUp', '{}');
    await tx.run(holdRestored, tenant, date, restored);
  });
}

type Rebuilt = ExitSource & { state: 'waiting' | 'blocked' | 'returned'; digest: Buffer };

/** One pass over the exits of a city and day. Reading, making and writing overlap; at most a few batches are in memory. */
class CityBuild {
  readonly #context: Context;
  readonly #tenant: string;
  readonly #date: PlainDate;
  readonly #today: PlainDate;
  readonly #total: { built: number; blocked: number; mended: number };
  readonly #onBatch: BuildOptions['onBatch'];
  readonly #counties = new Map<string, BatchRecords>();
  readonly #writing = new Set<Promise<void>>();
  #failure: unknown;

  constructor(
    context: Context,
    tenant: string,
    date: PlainDate,
    total: { built: number; blocked: number; mended: number },
    onBatch: BuildOptions['onBatch'],
  ) {
    this.#context = context;
    this.#tenant = tenant;
    this.#date = date;
    this.#today = businessDate(context.clock.now());
    this.#total = total;
    this.#onBatch = onBatch;
  }

  async run(divisions: readonly string[] | null): Promise<void> {
    try {
      for await (const page of this.#pages<Rebuilt>(exitsToRebuild, divisions)) await this.#rebuild(page);
      for await (const page of this.#pages<ExitSource>(exitsToBuild, divisions)) await this.#build(page);
      for (const division of [...this.#counties.keys()]) await this.#write(division);
    } finally {
      // Whatever ended it: nothing is written behind the back of the caller.
      await Promise.all(this.#writing);
    }
    if (this.#failure) throw this.#failure;
  }

  /** Pages in key order; the next one is read while the caller works on the last. */
  async *#pages<Source extends ExitSource>(
    statement: typeof exitsToBuild,
    divisions: readonly string[] | null,
  ): AsyncGenerator<Source[]> {
    const read = (after: string) => {
      const page = this.#context.db.read(actor, (tx) =>
        tx.rows(statement, this.#tenant, this.#date, divisions, after, PAGE),
      ) as Promise<Source[]>;
      // Its error is thrown where it is awaited; until then it must not count as unhandled.
      page.catch(() => {});
      return page;
    };
    let next: Promise<Source[]> | undefined = read(BEGINNING);
    while (next) {
      const page: Source[] = await next;
      next = page.length === PAGE ? read(page.at(-1)!.id) : undefined;
      if (page.length > 0) yield page;
    }
  }

  async #build(sources: readonly ExitSource[]): Promise<void> {
    const held: BuiltRecord[] = [];
    for (const source of sources) {
      const record = buildRecord(this.#context, source, this.#today);
      if (record.faults.length > 0) held.push(record);
      else if (this.#add(record, 'fresh')) await this.#write(record.division);
    }
    const written = await this.#hold(held);
    this.#total.built += written;
    this.#total.blocked += written;
  }

  async #rebuild(sources: readonly Rebuilt[]): Promise<void> {
    const held: BuiltRecord[] = [];
    for (const source of sources) {
      const record = buildRecord(this.#context, source, this.#today);
      const changed = !sameBytes(record.digest, source.digest);
      if (record.faults.length > 0) {
        if (changed || source.state === 'waiting') held.push(record);
      } else if (changed || source.state !== 'returned') {
        if (this.#add(record, 'known')) await this.#write(record.division);
        if (source.state !== 'waiting') this.#total.mended += 1;
      }
    }
    await this.#hold(held);
  }

  async #hold(records: readonly BuiltRecord[]): Promise<number> {
    if (records.length === 0) return 0;
    const { crypto, clock, db } = this.#context;
    return db.transaction(actor, (tx) =>
      tx.run(
        holdRecords,
        this.#tenant,
        this.#date,
        clock.now(),
        records.map(({ exitId }) => exitId),
        records.map(({ office }) => office),
        records.map(({ division }) => division),
        records.map(({ serial }) => serial),
        records.map(({ text }) => crypto.sealText(text)),
        records.map(({ digest }) => digest),
        records.map(({ faults }) => JSON.stringify(faults)),
      ),
    );
  }

  /** @returns whether the county's records fill a batch. Nothing to wait for: it is called for every record. */
  #add(record: BuiltRecord, kind: keyof BatchRecords): boolean {
    let records = this.#counties.get(record.division);
    if (!records) {
      records = { fresh: [], known: [] };
      this.#counties.set(record.division, records);
    }
    records[kind].push(record);
    return records.fresh.length + records.known.length >= BATCH;
  }

  /** Begins to write a county's batch; waits while too many are being written. */
  async #write(division: string): Promise<void> {
    const records = this.#counties.get(division);
    this.#counties.delete(division);
    if (!records) return;
    while (this.#writing.size >= WRITING) await Promise.race(this.#writing);
    if (this.#failure) throw this.#failure;
    const day = { tenant: this.#tenant, division, date: this.#date };
    const work = storeBatch(this.#context, day, records)
      .then(async (batch) => {
        this.#total.built += records.fresh.length;
        await this.#onBatch?.(batch);
      })
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#writing.delete(work));
    this.#writing.add(work);
  }
}
