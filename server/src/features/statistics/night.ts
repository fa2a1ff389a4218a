import type { Context } from '../../context.ts';
import { NATION, systemActor } from '../../platform/actor.ts';
import { type OfMonth, prepareCounties, prepareReport } from './act.ts';
import { lastClosedMonth } from './month.ts';
import { divisionsIn, levelOf, tenantOf } from './places.ts';
import { reportsOfMonth } from './report.sql.ts';

const actor = systemActor('reports');

/**
 * Freezes and counts the month that is over for every division that has not been frozen, the counties of a city together, then what adds them up.
 * Reports that people have begun to check are left alone. What cannot be made of one division is said in the log and stops no other. May be
 * killed and run again at any instant.
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
  const waiting = divisionsIn(context, NATION).filter((division) => {
    const state = rows.find((row) => row.division === division)?.state;
    return state === undefined || state === 'cut' || state === 'open';
  });
  const isCounty = (division: string) => levelOf(division) === 'county';
  const cities = Map.groupBy(waiting.filter(isCounty), tenantOf);
  for (const divisions of [...cities.values(), ...waiting.filter((one) => !isCounty(one)).map((one) => [one])])
    await prepareTogether(divisions);
  return { made, failed };

  /** Counties of a city, or one whole. Where together they fail, each is tried by itself, so that only the one that cannot be made is not. */
  async function prepareTogether(divisions: readonly string[]): Promise<void> {
    if (signal.aborted) return;
    const [first, ...others] = divisions.map((division): OfMonth => ({ division, month }));
    if (!first) return;
    try {
      if (isCounty(first.division)) await prepareCounties(context, actor, [first, ...others], now);
      else await prepareReport(context, actor, first, now);
      made += divisions.length;
    } catch (error) {
      if (others.length > 0) for (const division of divisions) await prepareTogether([division]);
      else {
        failed.push(first.division);
        context.log.warn({ division: first.division, month, error: (error as Error).message }, 'report not made');
      }
    }
  }
}
