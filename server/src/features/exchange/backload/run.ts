import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../../context.ts';
import { type Actor, systemActor } from '../../../platform/actor.ts';
import { businessDate } from '../../../platform/clock.ts';
import { countiesByTenant, type OfficeRange, tenantsOf, uploadDivision } from '../places.ts';
import { countToLoad, finishLoad, type LoadRow, runningLoads, startLoad, steerLoads } from './backload.sql.ts';
import { type LoadBatch, unfinishedLoadBatches } from './deliver.ts';
import { formMended, formPage } from './form.ts';
import { findLoadLine, getLoadLine, type LoadLine } from './line.ts';

/** Counties loaded side by side. */
const SIDE_BY_SIDE = 4;
/** Batches of a county that a timed turn sends at most, so that the job shows its sign of life. */
const BATCHES_A_TURN = 50;
/** Numbers taken by older content at the platform that one run passes over. */
const NUMBERS_PASSED = 100;
const EARLIEST = '1900-01-01';
const actor = systemActor('backload');

/** Name of a load: registrations made since a day (M79-7b), or all valid ones (M79-8b). */
export const runName = (since: PlainDate | undefined) => (since === undefined ? 'valid' : `since:${since}`);

/**
 * Starts a load for every county of a range that has an institution; one that is under way or paused goes on where it is, one that
 * is done looks for what is new. @returns counties. @throws AppError exchange.notConfigured
 */
export async function startBackLoad(context: Context, by: Actor, since: PlainDate | undefined): Promise<number> {
  getLoadLine(context);
  const now = context.clock.now();
  const until = businessDate(now);
  let counties = 0;
  for (const [tenant, divisions] of countiesByTenant(context, by)) {
    await context.db.transaction(actor, async (tx) => {
      for (const division of divisions) {
        const counted = await tx.first(countToLoad, tenant, division, since ?? null, until, since === undefined);
        const before = addDays(since ?? EARLIEST, -1);
        const total = counted?.count ?? 0;
        void tx.run(startLoad, tenant, division, runName(since), since ?? null, until, before, total, now, by.name);
      }
      // A paused load is taken up by starting it.
      await tx.rows(steerLoads, [tenant], runName(since), ['paused'], 'running', by.lo, by.hi);
    });
    counties += divisions.length;
  }
  return counties;
}

/** Pauses a load of a range, or takes it up again to mend what is left; @returns how many counties that concerned. */
export async function steerBackLoad(context: Context, by: Actor, run: string, to: 'pause' | 'resume'): Promise<number> {
  const [from, state] = to === 'pause' ? [['running'], 'paused'] : [['paused', 'done'], 'running'];
  const rows = await context.db.transaction(actor, (tx) =>
    tx.rows(steerLoads, tenantsOf(context, by), run, from as string[], state as string, by.lo, by.hi),
  );
  return rows.length;
}

export interface RunOptions {
  readonly range?: OfficeRange;
  readonly signal?: AbortSignal;
  /** Batches a county at most; without it a load runs to its end. */
  readonly most?: number;
  /** Where files are the transport: a folder of somebody who carries them, also those that were written elsewhere before. */
  readonly into?: string;
  /** Told after every batch. */
  readonly onBatch?: (count: number) => void;
}

/**
 * Runs the loads that are under way, county by county: batches without a receipt first, then what waits or was mended, then page
 * after page, each until its receipt is here or, where files are the transport, its file is written. May be killed at any instant and
 * run twice at once. @returns batches sent. @throws PlatformSilent, DiskTrouble
 */
export async function runBackLoads(context: Context, options: RunOptions = {}): Promise<number> {
  const line = findLoadLine(context, options.into);
  if (!line) return 0;
  const { range } = options;
  const loads = await context.db.read(actor, (tx) => tx.rows(runningLoads, tenantsOf(context, range)));
  const todo = loads.filter(({ division }) => !range || (division >= range.lo.slice(0, 6) && division < range.hi));
  let sent = 0;
  let failure: Error | undefined;
  const next = async (): Promise<void> => {
    for (let load = todo.shift(); load && !failure && !options.signal?.aborted; load = todo.shift()) {
      try {
        sent += await runCounty(context, line, load, options);
      } catch (error) {
        failure ??= error as Error;
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
  if (failure) throw failure;
  return sent;
}

/** One turn of the timed job. */
export const continueBackLoads = (context: Context, signal: AbortSignal): Promise<number> =>
  runBackLoads(context, { signal, most: BATCHES_A_TURN });

async function runCounty(
  context: Context,
  line: LoadLine,
  load: LoadRow,
  { signal, most = Number.POSITIVE_INFINITY, onBatch }: RunOptions,
): Promise<number> {
  let sent = 0;
  const goOn = () => sent < most && !signal?.aborted;
  let taken = 0;
  const deliver = async (batch: LoadBatch): Promise<void> => {
    if (await line.deliver(batch)) taken += 1;
    sent += 1;
    onBatch?.(batch.count);
  };
  const mend = async (): Promise<void> => {
    for (let after: string | undefined = ''; after !== undefined && goOn(); ) {
      const page: Awaited<ReturnType<typeof formMended>> = await formMended(context, load, after || undefined);
      if (page.batch) await deliver(page.batch);
      after = page.after;
    }
  };
  const division = uploadDivision(load.division);
  for await (const batch of unfinishedLoadBatches(context, load.tenant, division, line.underWaySince)) {
    if (!goOn()) break;
    await deliver(batch);
  }
  await mend();
  // The next page is made while the one before is with the platform.
  let forming = goOn() ? formPage(context, load) : undefined;
  while (forming) {
    const page = await forming;
    forming = page.done || !goOn() ? undefined : formPage(context, load);
    forming?.catch(() => {});
    if (page.batch) {
      await deliver(page.batch).catch(async (error: unknown) => {
        // Nothing goes on behind the back of a run that failed; what was formed waits with its number.
        await forming?.catch(() => {});
        throw error;
      });
    }
    if (page.done) {
      await context.db.transaction(actor, (tx) =>
        tx.run(finishLoad, load.tenant, load.division, load.run, context.clock.now()),
      );
    }
  }
  // What stood under a number taken by older content waits: under the next numbers, until one is free.
  for (let passed = 0; passed < taken && taken < NUMBERS_PASSED; passed += 1) await mend();
  return sent;
}
