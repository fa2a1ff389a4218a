import { addDays, daysBetween, type PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { tenantsOf } from './places.ts';
import { getPlatform, type PlatformDay, PlatformRefused, PlatformSilent } from './platform-client.ts';
import { acceptedDecisions, acceptedExits, loadedByDay } from './statistics.sql.ts';

/** So many days are asked for at once. */
const MOST_DAYS = 92;

/** What the platform says it has, day by day, beside what we have receipts for. */
export type UploadStatistics = Answer<'getUploadStatistics'>;
type Counted = UploadStatistics['totals']['exits'];

/**
 * Asks the platform what it has received of the actor's range, day by day, both ends included, and counts the same here (M79-7b):
 * exits and registrations by the day they report, results of review by the day they were decided. When the platform is silent, ours
 * alone is answered. @throws AppError exchange.notConfigured, exchange.notAllowed
 */
export async function uploadStatistics(
  context: Context,
  actor: Actor,
  from: PlainDate,
  to: PlainDate,
): Promise<UploadStatistics> {
  getPlatform(context);
  if (from > to) throw new AppError('exchange.notAllowed', { why: '起始日期不能晚于截止日期。' });
  if (daysBetween(from, to) >= MOST_DAYS)
    throw new AppError('exchange.notAllowed', { why: `一次最多查询${MOST_DAYS}天。` });
  const tenants = tenantsOf(context, actor);
  const [theirs, [exits, decisions, registrations]] = await Promise.all([
    askPlatform(context, actor, tenants, from, to),
    context.db.read(actor, (tx) =>
      Promise.all([
        tx.rows(acceptedExits, tenants, from, to),
        tx.rows(acceptedDecisions, tenants, from, to),
        tx.rows(loadedByDay, tenants, from, to, actor.lo, actor.hi),
      ]),
    ),
  ]);
  const sum = (rows: readonly { date: string; count: number }[], date: string) =>
    rows.filter((row) => row.date === date).reduce((total, row) => total + Number(row.count), 0);
  const days: UploadStatistics['days'] = [];
  for (let date = to; date >= from; date = addDays(date, -1)) {
    const plain = date.replaceAll('-', '');
    const there = (pick: (day: PlatformDay) => number) =>
      theirs?.filter((day) => day.date === plain).reduce((total, day) => total + pick(day), 0);
    days.push({
      date,
      exits: counted(
        sum(exits, date),
        there((day) => day.exitsAccepted),
      ),
      decisions: counted(
        sum(decisions, date),
        there((day) => day.decisions),
      ),
      registrations: counted(
        sum(registrations, date),
        there((day) => day.registrations),
      ),
    });
  }
  const total = (pick: (day: UploadStatistics['days'][number]) => Counted): Counted =>
    counted(
      days.reduce((all, day) => all + pick(day).ours, 0),
      theirs && days.reduce((all, day) => all + (pick(day).platform ?? 0), 0),
    );
  return {
    answered: theirs !== undefined,
    days,
    totals: {
      exits: total((day) => day.exits),
      decisions: total((day) => day.decisions),
      registrations: total((day) => day.registrations),
    },
  };
}

const counted = (ours: number, platform: number | undefined): Counted => ({
  ours,
  ...(platform === undefined ? {} : { platform }),
  differs: platform !== undefined && platform !== ours,
});

/** One question a county for a county's officer, one a city otherwise; undefined when the platform is silent. */
async function askPlatform(
  context: Context,
  actor: Actor,
  tenants: readonly string[],
  from: PlainDate,
  to: PlainDate,
): Promise<PlatformDay[] | undefined> {
  const platform = getPlatform(context);
  const county = actor.lo.slice(0, 6);
  const own = actor.lo.length >= 6 && !county.endsWith('00') ? [county] : tenants;
  const days: PlatformDay[] = [];
  try {
    for (const division of own) days.push(...(await platform.statistics(division, from, to)));
    return days;
  } catch (error) {
    if (error instanceof PlatformSilent || error instanceof PlatformRefused) return undefined;
    throw error;
  }
}
