import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { movingDays } from './batch.sql.ts';
import { buildExits } from './build.ts';
import { exchangeDays, RECONCILED_DAYS } from './days.ts';
import { tenantsOf } from './places.ts';
import { uploadExits } from './send.ts';
import { findTransport } from './transport.ts';

const actor = systemActor('exits');

/** What a night found. `complete`: nothing is left that sending again could settle. */
export interface NightResult {
  readonly complete: boolean;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * The nightly upload for a business date and the nine days before it, oldest first, and of older days that still have
 * something on the way: missed nights and corrected records are caught up (M79-8a, M79X-1). Then ten days are recounted; comparing
 * them with the platform is reconciliation's. Safe to repeat; `signal` ends it between two batches.
 */
export async function runNightlyExits(context: Context, date: PlainDate, signal?: AbortSignal): Promise<NightResult> {
  const dates = await datesOf(context, date);
  const total = { built: 0, blocked: 0, mended: 0, batches: 0, zeroReports: 0, left: 0, awaiting: 0, refused: 0 };
  const add = (part: object) => {
    for (const [key, value] of Object.entries(part)) total[key as keyof typeof total] += value;
  };
  const transport = findTransport(context);
  for (const day of dates) {
    if (signal?.aborted) break;
    add(await (transport ? uploadExits(context, day, { signal }) : buildExits(context, day)));
  }
  const from = addDays(date, 1 - RECONCILED_DAYS);
  const unbalanced = (await exchangeDays(context, actor, from, date)).filter((day) => !day.balanced);
  if (unbalanced.length > 0) context.log.warn({ days: unbalanced.map((day) => day.date) }, 'exits do not balance');
  return {
    complete: !signal?.aborted && total.left === 0 && total.refused === 0,
    detail: { ...total, unbalanced: unbalanced.map((day) => day.date) },
  };
}

/** The ten days up to a date, and older days with records on the way. */
async function datesOf(context: Context, date: PlainDate): Promise<PlainDate[]> {
  const dates = new Set(Array.from({ length: RECONCILED_DAYS }, (_, back) => addDays(date, -back)));
  for (const tenant of tenantsOf(context)) {
    const moving = await context.db.read(actor, (tx) => tx.rows(movingDays, tenant));
    for (const row of moving) if (row.business_date < date) dates.add(row.business_date);
  }
  return [...dates].sort();
}
