import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { movingDays } from './batch.sql.ts';
import {
  type CountyDay,
  loadBatch,
  type OpenBatch,
  type StoredBatch,
  storeZeroReport,
  unfinishedBatches,
} from './batch.ts';
import { BatchQueue } from './batch-queue.ts';
import { type BuildResult, buildExits } from './build.ts';
import { deliverBatch } from './deliver.ts';
import { countiesByTenant, type OfficeRange, uploadDivision } from './places.ts';
import { type ExitTransport, getTransport } from './transport.ts';

/** Batches sent side by side. More only make the platform wait for its own disk. */
const SIDE_BY_SIDE = 4;
/** Batches that wait in memory for their turn. */
const AHEAD = 6;
/** Numbers taken by older content at the platform that one run passes over. */
const NUMBERS_PASSED = 100;
const actor = systemActor('exits');

export interface SendOptions {
  /** Limits the run to counties of a part of the organisation. */
  readonly range?: OfficeRange | undefined;
  /** Ends the run between two batches; what is left goes with the next run. */
  readonly signal?: AbortSignal | undefined;
  /** Another transport than that of the installation. */
  readonly transport?: ExitTransport;
}

/** What a run sent. `left`: batches without an answer, to be sent again. `awaiting`: handed over, receipts come later. */
export interface SendResult {
  readonly batches: number;
  readonly zeroReports: number;
  readonly left: number;
  readonly awaiting: number;
  readonly refused: number;
}

/**
 * Makes the records of a business date and sends them as they are made, after what was left from before; each batch until its
 * receipt is here. A county with an institution but without exits reports the day as such once it is over (M79-8a). Safe to
 * repeat and to kill at any instant: a batch keeps its id and content, a record is in one batch at a time.
 * @throws AppError exchange.notConfigured
 */
export async function uploadExits(
  context: Context,
  date: PlainDate,
  options: SendOptions = {},
): Promise<BuildResult & SendResult> {
  const sending = new Sending(context, options.transport ?? getTransport(context), options.signal);
  const days = await countyDays(context, date, options.range);
  const before = await unfinishedBatches(context, days);
  const built = await sending.build(date, options.range, before);
  await sending.finish(days, options.range);
  return { ...built, ...sending.result() };
}

/** Sends what is stored for a business date and not settled, and the reports of days without exits. */
export async function sendExits(context: Context, date: PlainDate, options: SendOptions = {}): Promise<SendResult> {
  const sending = new Sending(context, getTransport(context), options.signal);
  const days = await countyDays(context, date, options.range);
  await sending.run(await unfinishedBatches(context, days));
  await sending.finish(days, options.range);
  return sending.result();
}

/** All of them have ended when this does: nothing goes on behind the back of a run that failed. */
async function together(works: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

/** The counties to serve for a date: those with an institution, and those with records on the way. */
async function countyDays(context: Context, date: PlainDate, range?: OfficeRange): Promise<CountyDay[]> {
  const days = new Map<string, CountyDay>();
  for (const [tenant, counties] of countiesByTenant(context, range)) {
    const divisions = new Set(counties.map(uploadDivision));
    if (!range) {
      const moving = await context.db.read(actor, (tx) => tx.rows(movingDays, tenant));
      for (const row of moving) if (row.business_date === date) divisions.add(row.division);
    }
    for (const division of divisions) days.set(division, { tenant, division, date });
  }
  return [...days.values()].sort((a, b) => (a.division < b.division ? -1 : 1));
}

interface County {
  /** A platform that does not answer for one batch, or does not want it, is not asked with the next of this county. */
  stopped: boolean;
  /** Numbers passed over because the platform knows them with other content. */
  passed: number;
}

/** One run of sending, over all counties. */
class Sending {
  readonly #context: Context;
  readonly #transport: ExitTransport;
  readonly #signal: AbortSignal | undefined;
  readonly #counties = new Map<string, County>();
  readonly #total = { batches: 0, zeroReports: 0, left: 0, awaiting: 0, refused: 0 };

  constructor(context: Context, transport: ExitTransport, signal: AbortSignal | undefined) {
    this.#context = context;
    this.#transport = transport;
    this.#signal = signal;
  }

  result(): SendResult {
    return this.#total;
  }

  /** Makes the records of a day and sends them as they are made, after what was left from before. */
  async build(date: PlainDate, range: OfficeRange | undefined, before: readonly OpenBatch[]): Promise<BuildResult> {
    const queue = new BatchQueue(AHEAD);
    const built = buildExits(this.#context, date, { range, onBatch: (batch) => queue.put(batch) });
    await together([built.finally(() => queue.close()), this.run(before, queue).finally(() => queue.close())]);
    return built;
  }

  /**
   * Delivers batches side by side until there are no more: those left from before, then those being made. What may not be sent
   * now is passed over; it is stored.
   */
  async run(before: readonly OpenBatch[], queue?: BatchQueue): Promise<void> {
    const todo = [...before];
    let failure: unknown;
    const next = async (): Promise<void> => {
      while (failure === undefined) {
        const open = todo.shift();
        const batch = open
          ? this.#goesOn(open.division) && (await loadBatch(this.#context, open))
          : await queue?.take();
        if (batch && this.#goesOn(batch.division)) await this.#deliver(batch);
        else if (!open && !batch) return;
      }
    };
    const sender = () =>
      next().catch((error: unknown) => {
        failure ??= error;
        queue?.close();
      });
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, sender));
    if (failure !== undefined) throw failure;
  }

  /** Batches whose number was taken go under the next one; then counties without exits report the day. */
  async finish(days: readonly CountyDay[], range: OfficeRange | undefined): Promise<void> {
    const date = days[0]?.date;
    if (!date) return;
    for (let passed = 0; this.#passed() > passed && !this.#signal?.aborted; ) {
      passed = this.#passed();
      await this.build(date, range, []);
    }
    if (date < businessDate(this.#context.clock.now())) {
      for (const day of days) await this.#reportZero(day);
    }
    this.#total.refused += [...this.#counties.values()].filter(({ passed }) => passed >= NUMBERS_PASSED).length;
  }

  async #reportZero(day: CountyDay): Promise<void> {
    while (this.#goesOn(day.division)) {
      const batch = await storeZeroReport(this.#context, day);
      if (!batch || (await this.#deliver(batch)) !== 'numberTaken') return;
    }
  }

  #passed(): number {
    return [...this.#counties.values()].reduce((sum, { passed }) => sum + passed, 0);
  }

  #county(division: string): County {
    let county = this.#counties.get(division);
    if (!county) {
      county = { stopped: false, passed: 0 };
      this.#counties.set(division, county);
    }
    return county;
  }

  #goesOn(division: string): boolean {
    const { stopped, passed } = this.#county(division);
    return !stopped && passed < NUMBERS_PASSED && !this.#signal?.aborted;
  }

  async #deliver(batch: StoredBatch) {
    const county = this.#county(batch.division);
    const delivery = await deliverBatch(this.#context, this.#transport, batch);
    if (delivery === 'left' || delivery === 'refused') {
      county.stopped = true;
      this.#total[delivery] += 1;
    } else if (delivery === 'numberTaken') county.passed += 1;
    else if (delivery === 'awaiting') this.#total.awaiting += 1;
    else if (batch.count === 0) this.#total.zeroReports += 1;
    else this.#total.batches += 1;
    return delivery;
  }
}
