import type { Context } from '../../context.ts';
import { NATION, systemActor } from '../../platform/actor.ts';
import { finishReport, prepareReport } from './act.ts';
import { lastClosedMonth } from './month.ts';
import { divisionsIn } from './places.ts';
import { reportsOfMonth } from './report.sql.ts';

const actor = systemActor('reports');

/**
 * Freezes and counts the month that is over for every division that has not been frozen, counties first, then what adds them up. Reports that
 * people have begun to check are left alone. May be killed and run again at any instant.
 * @returns how many reports were made
 */
export async function prepareReports(context: Context, now: Date, signal: AbortSignal): Promise<number> {
  let made = 0;
  const month = lastClosedMonth(context, '000000', now);
  const rows = await context.db.read(actor, (tx) => tx.rows(reportsOfMonth, month, NATION.lo, NATION.hi));
  for (const division of divisionsIn(context, NATION)) {
    if (signal.aborted) break;
    const row = rows.find((one) => one.division === division);
    if (row?.state === 'cut') await finishReport(context, actor, row.id, now);
    else if (!row || row.state === 'open') await prepareReport(context, actor, { division, month }, now);
    else continue;
    made += 1;
  }
  return made;
}
