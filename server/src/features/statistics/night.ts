import type { Context } from '../../context.ts';
import { NATION, systemActor } from '../../platform/actor.ts';
import { finishReport, prepareReport } from './act.ts';
import { lastClosedMonth } from './month.ts';
import { divisionsIn } from './places.ts';
import { reportsOfMonth } from './report.sql.ts';

const actor = systemActor('reports');

/**
 * Freezes and counts the month that is over for every division that has not been frozen, counties first, then what adds them up. Reports that
 * people have begun to check are left alone. What cannot be made of one division is said in the log and stops no other. May be killed and run
 * again at any instant.
 * @returns how many reports were made, and of which divisions none could be
 */
export async function prepareReports(
  context: Context,
  now: Date,
  signal: AbortSignal,
): Promise<{ made: number; failed: string[] }> {
  let made = 0;
  const failed: string[] = [];
  const month = lastClosedMonth(context, '000000', now);
  const rows = await context.db.read(actor, (tx) => tx.rows(reportsOfMonth, month, NATION.lo, NATION.hi));
  for (const division of divisionsIn(context, NATION)) {
    if (signal.aborted) break;
    const row = rows.find((one) => one.division === division);
    if (row && row.state !== 'cut' && row.state !== 'open') continue;
    try {
      if (row?.state === 'cut') await finishReport(context, actor, row.id, now);
      else await prepareReport(context, actor, { division, month }, now);
      made += 1;
    } catch (error) {
      failed.push(division);
      context.log.warn({ division, month, error: (error as Error).message }, 'report not made');
    }
  }
  return { made, failed };
}
