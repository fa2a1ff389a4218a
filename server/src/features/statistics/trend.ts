import { LawSilent } from '@yingdeng/rules/provisions/policy.ts';
import { type DenominatorKind, rateWithBand } from '@yingdeng/rules/statistics/denominator.ts';
import { reportStates } from '@yingdeng/rules/statistics/report-state.ts';
import type { Context } from '../../context.ts';
import { type Actor, systemActor } from '../../platform/actor.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { type ListRange, listRange } from '../worklist/index.ts';
import { lastClosedMonth, monthAfter, type ReportingMonth, reportingMonth } from './month.ts';
import { flowsUntil, type PastFlows } from './past-flows.ts';
import { pathTo, placeNamed, placesBelow, significant, written } from './place-tree.ts';
import { tenantOf } from './places.ts';
import { type CountedRow, countedReports, employedSince, type FlowRow, stockNow } from './trend.sql.ts';

/** A month of a place. */
export interface PlaceMonth {
  readonly month: string;
  readonly from: 'report' | 'registers';
  readonly state: string | undefined;
  closing: number;
  new: number;
  exits: number;
  readonly newBy: Record<string, number>;
  readonly exitsBy: Record<string, number>;
  readonly rate: CountedRow['rate'];
}

/** Months of some places and what moved since the last of them. */
export interface Months {
  /** By place, oldest month first. */
  readonly of: ReadonlyMap<string, readonly PlaceMonth[]>;
  /** What moved in the running period, by place. */
  readonly running: ReadonlyMap<string, { new: number; exits: number }>;
}

/**
 * The last reporting months that are over, oldest first, as far as the law asks for any.
 * @throws AppError report.notAllowed before the first of them
 */
export function closedMonths(context: Context, now: Date, count: number): ReportingMonth[] {
  try {
    const last = lastClosedMonth(context, '000000', now);
    const months: ReportingMonth[] = [];
    for (let back = 0; back < count; back += 1) {
      const month = monthOrNone(context, monthAfter(last, -back));
      if (!month) break;
      months.unshift(month);
    }
    return months;
  } catch (error) {
    if (error instanceof LawSilent)
      throw new AppError('report.notAllowed', { why: '2020年10月以前没有按月编报的规定。' });
    throw error;
  }
}

function monthOrNone(context: Context, month: string): ReportingMonth | undefined {
  try {
    return reportingMonth(context, '000000', month);
  } catch (error) {
    if (error instanceof LawSilent) return undefined;
    throw error;
  }
}

/**
 * Closing stock and flow of some months for every place of a range. A month whose report is counted is as reported; others are counted back from
 * who is registered now by what moved since. `places` are codes of `digits` digits; `now` is their stock.
 */
export async function monthsOf(
  context: Context,
  tx: Tx,
  past: PastFlows,
  months: readonly ReportingMonth[],
  range: ListRange,
  at: { places: readonly string[]; digits: number; stock: ReadonlyMap<string, number>; byReason: boolean; now: Date },
): Promise<Months> {
  const codes = at.digits <= 6 ? at.places.map(written) : [];
  const since = months[0]?.month ?? '9999-12';
  const counted =
    codes.length > 0 ? await tx.rows(countedReports, [...new Set(codes.map(tenantOf))], codes, since) : [];
  const reported = new Map(counted.map((row) => [`${row.division} ${row.month}`, row]));
  const reportOf = (place: string, month: string) => reported.get(`${written(place)} ${month}`);
  // Where every place has its reports nothing is counted again but the running period.
  const lacking = months.findIndex(({ month }) => at.places.some((place) => !reportOf(place, month)));
  const first = lacking < 0 ? months.length : lacking;
  const bounds = [...months.slice(first).map(({ opens }) => opens), ...months.slice(-1).map(({ closes }) => closes)];
  const asked = { digits: at.digits, bounds, byReason: at.byReason };
  const last = bounds.length;
  // The right to the place was checked; who has been transferred out of it since is counted, not read.
  const moved = await context.db.read(systemActor('situation'), async (tx) => [
    ...(await past.of(tx, range, asked, at.now)),
    ...(await flowsUntil(tx, range, { ...asked, bounds: bounds.slice(-1) }, 'infinity')).map((row) => ({
      ...row,
      bucket: last,
    })),
  ]);
  const flows = Map.groupBy(moved, ({ place }) => place);
  const of = new Map<string, PlaceMonth[]>();
  const running = new Map<string, { new: number; exits: number }>();
  for (const place of at.places) {
    const buckets = Map.groupBy(flows.get(place) ?? [], ({ bucket }) => bucket);
    const sum = (bucket: number, what: FlowRow['what']) =>
      (buckets.get(bucket) ?? []).reduce((total, row) => total + (row.what === what ? row.count : 0), 0);
    const net = (bucket: number) =>
      sum(bucket, 'new') + sum(bucket, 'restored') + sum(bucket, 'in') - sum(bucket, 'exit') - sum(bucket, 'out');
    running.set(place, { new: sum(last, 'new'), exits: sum(last, 'exit') });
    let closing = (at.stock.get(place) ?? 0) - net(last);
    const rows: PlaceMonth[] = [];
    for (let index = months.length - 1; index >= 0; index -= 1) {
      const { month } = months[index] as ReportingMonth;
      const report = reportOf(place, month);
      const bucket = index - first + 1;
      rows.unshift(
        report
          ? fromReport(report)
          : {
              month,
              from: 'registers',
              state: undefined,
              closing,
              new: sum(bucket, 'new'),
              exits: sum(bucket, 'exit'),
              newBy: byReason(buckets.get(bucket), 'new'),
              exitsBy: byReason(buckets.get(bucket), 'exit'),
              rate: null,
            },
      );
      if (bucket > 0) closing -= net(bucket);
    }
    of.set(place, rows);
  }
  return { of, running };
}

const byReason = (rows: readonly FlowRow[] | undefined, what: FlowRow['what']): Record<string, number> =>
  Object.fromEntries(
    (rows ?? []).filter((row) => row.what === what && row.reason).map(({ reason, count }) => [reason, count]),
  );

function fromReport({ month, state, counts, rate }: CountedRow): PlaceMonth {
  const named = (beginning: RegExp) =>
    Object.fromEntries(
      Object.entries(counts).flatMap(([row, count]) => {
        const code = beginning.exec(row)?.[1];
        return code ? [[String(Number(code)), count]] : [];
      }),
    );
  const of = (row: string) => counts[row] ?? 0;
  return {
    month,
    from: 'report',
    state,
    closing: of('closing'),
    new: of('new'),
    exits: of('exits'),
    newBy: named(/^newReason(\d\d)$/),
    exitsBy: named(/^exit(\d\d)$/),
    rate,
  };
}

/** The urban employed that were entered for some divisions, by division and month. */
export async function employedOf(tx: Tx, divisions: readonly string[], since: string) {
  if (divisions.length === 0) return new Map<string, Employed>();
  const rows = await tx.rows(employedSince, [...new Set(divisions.map(tenantOf))], divisions, since);
  return new Map<string, Employed>(
    rows.map(({ division, month, kind, value, as_of, uncertainty }) => [
      `${division} ${month}`,
      {
        month,
        asOf: as_of,
        kind: kind as DenominatorKind,
        value,
        uncertainty: Number(uncertainty),
        source: '',
        method: '',
      },
    ]),
  );
}
type Employed = NonNullable<Parameters<typeof rateWithBand>[1]> & { readonly month: string };

/**
 * The trend of a place: the last `count` months that are over. @throws AppError access.denied, report.notAllowed
 */
export async function readTrend(
  context: Context,
  past: PastFlows,
  actor: Actor,
  asked: { place?: string | undefined; months: number },
  now: Date,
): Promise<Answer<'getTrend'>> {
  const code = asked.place ?? actor.office;
  const range = listRange(actor, code, 'situation.read');
  const place = significant(code);
  const digits = place.length;
  const months = closedMonths(context, now, asked.months);
  const { rows, employed } = await context.db.read(actor, async (tx) => {
    const standing = await tx.rows(stockNow, range.divisions, range.lo, range.hi, digits, '1900-01-01', '1900-01');
    const stock = new Map(standing.map((row) => [row.place, row.stock]));
    const found = await monthsOf(context, tx, past, months, range, {
      places: [place],
      digits,
      stock,
      byReason: true,
      now,
    });
    const entered = digits <= 6 ? await employedOf(tx, [written(place)], months[0]?.month ?? '') : new Map();
    return { rows: found.of.get(place) ?? [], employed: entered };
  });
  return {
    place: placeNamed(context, written(place)),
    path: pathTo(context, actor, code),
    below: placesBelow(context, code).map((below) => placeNamed(context, written(below))),
    months: rows.map(({ month, from, state, rate, ...counts }) => {
      const known = rate ?? rateWithBand(counts.closing, employed.get(`${written(place)} ${month}`));
      return {
        month,
        from,
        ...(state ? { stateText: reportStates[state as keyof typeof reportStates] } : {}),
        ...counts,
        ...(known ? { rate: known } : {}),
      };
    }),
  };
}
