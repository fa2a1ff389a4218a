import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { type CountyDay, formBatch, formZeroReport, type StoredBatch, unfinishedBatches } from './batch.ts';
import { deliverBatch } from './deliver.ts';
import { countiesByTenant, type OfficeRange, uploadDivision } from './places.ts';
import { movingDays } from './send.sql.ts';
import { type ExitTransport, getTransport } from './transport.ts';

/** Counties sent side by side. More only make the platform wait for its own disk. */
const SIDE_BY_SIDE = 4;
/** Numbers taken by older content at the platform that one run passes over. */
const NUMBERS_PASSED = 100;

export interface SendOptions {
  /** Limits the run to counties of a part of the organisation. */
  readonly range?: OfficeRange;
  /** Ends the run between two batches; what is left goes with the next run. */
  readonly signal?: AbortSignal;
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
 * Sends what waits for a business date, county by county in batches with their own key and digest, each until its receipt is
 * here; a county with an institution but without exits reports the day as such once it is over (M79-8a). Safe to repeat and to
 * kill at any instant: a batch keeps its id and content, a record is in one batch at a time.
 * @throws AppError exchange.notConfigured
 */
export async function sendExits(context: Context, date: PlainDate, options: SendOptions = {}): Promise<SendResult> {
  const transport = getTransport(context);
  const total = { batches: 0, zeroReports: 0, left: 0, awaiting: 0, refused: 0 };
  const todo = await countyDays(context, date, options.range);
  let failure: Error | undefined;
  const next = async (): Promise<void> => {
    for (let day = todo.pop(); day && !failure && !options.signal?.aborted; day = todo.pop()) {
      try {
        const sent = await sendCounty(context, transport, day, options.signal);
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += sent[key];
      } catch (error) {
        failure ??= error as Error;
      }
    }
  };
  // All of them have ended when this does: nothing goes on behind the back of a run that failed.
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
  if (failure) throw failure;
  return total;
}

/** The counties to serve for a date: those with an institution, and those with records on the way. */
async function countyDays(context: Context, date: PlainDate, range?: OfficeRange): Promise<CountyDay[]> {
  const days = new Map<string, CountyDay>();
  for (const [tenant, counties] of countiesByTenant(context, range)) {
    const divisions = new Set(counties.map(uploadDivision));
    if (!range) {
      const moving = await context.db.read(systemActor('exits'), (tx) => tx.rows(movingDays, tenant));
      for (const row of moving) if (row.business_date === date) divisions.add(row.division);
    }
    for (const division of divisions) days.set(division, { tenant, division, date });
  }
  return [...days.values()].sort((a, b) => (a.division < b.division ? 1 : -1));
}

async function sendCounty(
  context: Context,
  transport: ExitTransport,
  day: CountyDay,
  signal: AbortSignal | undefined,
): Promise<SendResult> {
  const sent = { batches: 0, zeroReports: 0, left: 0, awaiting: 0, refused: 0 };
  let passed = 0;
  const deliver = async (batch: StoredBatch): Promise<void> => {
    const delivery = await deliverBatch(context, transport, batch);
    if (delivery === 'left') sent.left += 1;
    else if (delivery === 'refused') sent.refused += 1;
    else if (delivery === 'numberTaken') passed += 1;
    else if (delivery === 'awaiting') sent.awaiting += 1;
    else if (batch.count === 0) sent.zeroReports += 1;
    else sent.batches += 1;
  };
  // A platform that does not answer for one batch, or does not want it, is not asked with the next.
  const goOn = () => sent.left === 0 && sent.refused === 0 && passed < NUMBERS_PASSED && !signal?.aborted;
  for (const batch of await unfinishedBatches(context, day)) if (goOn()) await deliver(batch);
  while (goOn()) {
    const batch = await formBatch(context, day);
    if (!batch) break;
    await deliver(batch);
  }
  if (goOn() && day.date < businessDate(context.clock.now())) {
    const zero = await formZeroReport(context, day);
    if (zero) await deliver(zero);
  }
  if (passed >= NUMBERS_PASSED) sent.refused += 1;
  return sent;
}
