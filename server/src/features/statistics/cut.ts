import { ownName } from '@yingdeng/contract/divisions.ts';
import { parameterSpecs, sayValue } from '@yingdeng/rules/provisions/parameter-specs.ts';
import { checkSheet } from '@yingdeng/rules/statistics/balance.ts';
import { countBesides } from '@yingdeng/rules/statistics/besides.ts';
import { IdIndex } from '@yingdeng/rules/statistics/id-index.ts';
import { ordered } from '@yingdeng/rules/statistics/ordered.ts';
import {
  addFigures,
  countMovements,
  countStock,
  dayNumber,
  type Figures,
  figuresOf,
  keepFigures,
  noFigures,
  type SheetContext,
  sheetContext,
  takeOpening,
} from '@yingdeng/rules/statistics/sheet.ts';
import {
  eachMovement,
  type MovementKind,
  movedRecord,
  recordBytes,
  registeredOnAt,
  viewOf,
} from '@yingdeng/rules/statistics/standing.ts';
import type { Context } from '../../context.ts';
import type { Tx } from '../../platform/database.ts';
import { exitedBefore } from './ledger.sql.ts';
import { type LedgerLists, readLedger } from './ledger.ts';
import { freeze, type KindList, keptLists, thaw } from './lists.ts';
import { type ReportingMonth, reportingMonth } from './month.ts';
import { levelOf, partsOf, tenantOf } from './places.ts';
import type { LedgerRange, OfficeList } from './records.ts';
import { dropLists, putCut, putFigures, putList, type ReportRow, reportsOfMonth, sealedOf } from './report.sql.ts';
import type { SealedStock } from './sealed-stock.ts';

/** What was found while the lists were taken; kept with the report and read by its checks. */
export interface CutBasis {
  /** Provisions the report was made under, with document and clause. */
  readonly provisions: readonly {
    readonly parameter: string;
    readonly text: string;
    readonly citation: { readonly document: string; readonly clause: string; readonly clauseId: string };
  }[];
  /** People who went from the stock without a record that says so. */
  readonly unexplained: readonly string[];
  /** People who stand in the stock twice. */
  readonly twice: number;
  /** Parts that had no report yet. */
  readonly missing: readonly string[];
}

/** What the ledger says of a county and month: nothing is written. */
export interface Taken {
  readonly lists: readonly KindList[];
  readonly unexplained: readonly string[];
  readonly twice: number;
}

/** The closing lists of the report before, as they were sealed; undefined for a first report, which opens with what the ledger says. */
export type LastStock = SealedStock | undefined;

/**
 * Takes the lists of some counties of a city from the ledger, which is read once for all that are under the same provisions. Who is in now
 * without having come, or gone without having left, beside the closing as it was sealed last month, became known late and is a correction of
 * this period, never of the sealed one (M79-9). From `sealed`, who was in the sealed stock and is unchanged is taken from there; from `ledger`,
 * nothing is taken from it, so that what was frozen can be held against it.
 */
export async function takeLists(
  context: Context,
  tx: Tx,
  month: ReportingMonth,
  counties: ReadonlyMap<string, LastStock>,
  from: 'sealed' | 'ledger',
): Promise<Map<string, Taken>> {
  const isKept = (division: string) => from === 'sealed' && counties.get(division) !== undefined;
  const ranges = Map.groupBy(counties.keys(), (division) =>
    JSON.stringify([isKept(division), provisionsFor(context, division, month)]),
  );
  const taken = new Map<string, Taken>();
  for (const divisions of ranges.values()) {
    const first = divisions[0] as string;
    const range = { tenant: tenantOf(first), divisions, month, ...provisionsFor(context, first, month) };
    const stocks = divisions.flatMap((division) => counties.get(division) ?? []);
    const ledger = await readLedger(tx, range, {
      sealed: isKept(first) ? together(stocks) : undefined,
      withOpening: stocks.length < divisions.length,
    });
    for (const division of divisions)
      taken.set(division, await takeCounty(tx, range, listsIn(ledger, division), counties.get(division)?.lists));
  }
  return taken;
}

/** Sealed stocks as one, with what may have changed since the first of them. */
const together = (stocks: readonly SealedStock[]): SealedStock => ({
  lists: stocks.flatMap(({ lists }) => lists),
  cutAt: new Date(Math.min(...stocks.map(({ cutAt }) => cutAt.getTime()))),
});

/** What provisions say about who counts. */
function provisionsFor(
  context: Context,
  division: string,
  month: ReportingMonth,
): Pick<LedgerRange, 'zeroEmployment' | 'groups'> {
  const policy = context.reference.policy(division, month.to);
  return {
    zeroEmployment: (policy.difficultyCategories?.value ?? [])
      .map(({ name }) => name)
      .filter((name) => name.includes('零就业家庭')),
    groups: policy.groupsInStatistics?.value ?? [],
  };
}

function listsIn(ledger: LedgerLists, division: string): LedgerLists {
  const of = (lists: readonly OfficeList[]) => lists.filter(({ office }) => office.startsWith(division));
  return {
    stock: of(ledger.stock),
    movements: of(ledger.movements),
    besides: of(ledger.besides),
    opening: of(ledger.opening),
  };
}

async function takeCounty(
  tx: Tx,
  { tenant, month }: LedgerRange,
  ledger: LedgerLists,
  last: readonly OfficeList[] | undefined,
): Promise<Taken> {
  const late = lateFacts(ledger.stock, ledger.movements, last ?? ledger.opening, dayNumber(month.from));
  const known =
    late.gone.length === 0
      ? new Set<string>()
      : new Set(
          (await tx.rows(exitedBefore, tenant, late.gone, month.opens, month.closes)).map(
            ({ registration_id }) => registration_id,
          ),
        );
  const of = (kind: KindList['kind'], lists: readonly OfficeList[]) => lists.map((list) => ({ kind, ...list }));
  return {
    lists: [
      ...of('stock', ledger.stock),
      ...of('movements', joined(ledger.movements, late.lists)),
      ...of('besides', ledger.besides),
      ...(last ? [] : of('opening', ledger.opening)),
    ],
    unexplained: late.gone.filter((id) => !known.has(id)),
    twice: late.twice,
  };
}

/** Movements that bring a registration into the stock; the others take it out. */
const entering: readonly MovementKind[] = ['new', 'restored', 'late', 'transferIn'];

/** Who is in the stock, or no longer in it, other than by what moved. Transfers within the county count once out and once in, in any order. */
function lateFacts(
  stock: readonly OfficeList[],
  movements: readonly OfficeList[],
  last: readonly OfficeList[],
  from: number,
): { lists: OfficeList[]; gone: string[]; twice: number } {
  const records = (lists: readonly OfficeList[]) => lists.reduce((sum, { list }) => sum + list.length, 0) / recordBytes;
  /** How often a registration should be in the stock, by what is known of it; by its number. */
  const known = new IdIndex(records(last) + records(movements));
  const expected = new Int8Array(records(last) + records(movements));
  for (const { list } of last) each(list, (view, at) => (expected[known.put(view, at)] = 1));
  for (const { list } of movements) {
    const view = viewOf(list);
    eachMovement(list, ({ kind }, at) => {
      expected[known.put(view, at)]! += entering.includes(kind) ? 1 : -1;
    });
  }
  const people = new IdIndex(records(stock));
  const late: OfficeList[] = [];
  for (const { office, list } of stock)
    each(list, (view, at) => {
      people.put(view, at + 16);
      const number = known.find(view, at);
      if (number < 0 || expected[number]! < 1)
        late.push({ office, list: movedRecord('late', registeredOnAt(view, at), list, at) });
      if (number >= 0) expected[number] = 0;
    });
  for (const { office, list } of last)
    each(list, (view, at) => {
      if (expected[known.find(view, at)]! > 0) late.push({ office, list: movedRecord('withdrawn', from, list, at) });
    });
  const gone: string[] = [];
  for (let number = 0; number < known.size; number += 1) if (expected[number]! > 0) gone.push(known.idOf(number));
  return { lists: late, gone, twice: records(stock) - people.size };
}

function each(list: Uint8Array, record: (view: DataView, at: number) => void): void {
  const view = viewOf(list);
  for (let at = 0; at < list.length; at += recordBytes) record(view, at);
}

/** Movements of an office and what became known late there, as one list. */
function joined(movements: readonly OfficeList[], late: readonly OfficeList[]): OfficeList[] {
  if (late.length === 0) return [...movements];
  return [...Map.groupBy([...movements, ...late], ({ office }) => office)].map(([office, of]) => ({
    office,
    list: ordered(...of.map(({ list }) => list)),
  }));
}

/** The closing lists of a sealed report, office by office. @throws AppError report.notAllowed when one was changed */
export async function stockOf(tx: Tx, report: Pick<ReportRow, 'tenant' | 'id' | 'cut_at'>): Promise<SealedStock> {
  const kept = await keptLists(tx, report, ['stock']);
  return {
    lists: kept.map((list) => ({ office: list.office, list: thaw(list) })),
    cutAt: report.cut_at ?? new Date(0),
  };
}

/** Freezes what was taken of a county under its report, and counts and checks its figures. `last` is the sealed report before. */
export async function keepCounty(
  context: Context,
  tx: Tx,
  report: ReportRow,
  { taken, last }: { taken: Taken; last: ReportRow | undefined },
  now: Date,
): Promise<void> {
  const { tenant, id, division } = report;
  const month = reportingMonth(context, division, report.month);
  void tx.run(dropLists, tenant, id);
  for (const { office, kind, persons, digest, list } of taken.lists.map((list) => freeze(list)))
    void tx.run(putList, tenant, id, office, kind, persons, Buffer.from(digest, 'hex'), list);
  const basis: CutBasis = {
    provisions: provisionsOf(context, division, month),
    unexplained: taken.unexplained,
    twice: taken.twice,
    missing: [],
  };
  void tx.run(putCut, tenant, id, last?.id ?? null, JSON.stringify(basis), now);
  const before = last?.figures ? figuresOf(last.figures) : undefined;
  const figures = countLists(taken.lists, sheetContext(division, month), before);
  const checks = checkSheet(figures, { last: before, unexplained: basis.unexplained.length, twice: basis.twice });
  const [keep, besides] = [JSON.stringify(keepFigures(figures)), JSON.stringify(countGroups(taken.lists))];
  await tx.run(putFigures, tenant, id, keep, besides, JSON.stringify(checks), now);
}

/** The provisions a report is made under, as they are kept with it and shown on it. */
function provisionsOf(context: Context, division: string, month: ReportingMonth): CutBasis['provisions'] {
  const policy = context.reference.policy(division, `${month.next}-01`);
  const names = [
    'statisticsPeriod',
    'statisticsDueDays',
    'urbanBy',
    'groupsInStatistics',
    'statisticsChannels',
    'denominatorFallback',
  ] as const;
  return names.flatMap((parameter) => {
    const resolved = policy[parameter];
    if (!resolved) return [];
    const { document, clause, clauseId } = resolved.citation;
    const text = `${parameterSpecs[parameter].label}：${sayValue(parameter, resolved.value as never)}`;
    return [{ parameter, text, citation: { document, clause, clauseId } }];
  });
}

/** Counts the figures of some lists. `last` is what the report before reported. */
export function countLists(lists: readonly KindList[], on: SheetContext, last: Figures | undefined): Figures {
  const figures = noFigures();
  for (const { kind, list } of lists) {
    if (kind === 'stock') countStock(figures, 'closing', list, on);
    else if (kind === 'opening' && !last) countStock(figures, 'opening', list, on);
    else if (kind === 'movements') countMovements(figures, list, on);
  }
  if (last) takeOpening(figures, last);
  return figures;
}

/** How many count besides, by group (H122-3a). */
export function countGroups(lists: readonly KindList[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind, list } of lists) if (kind === 'besides') countBesides(counts, list);
  return counts;
}

/** Adds up a city or province from the newest reports of its parts: cut and computed at once, for it has no lists of its own. @returns the parts */
export async function sumParts(context: Context, tx: Tx, report: ReportRow, now: Date): Promise<ReportRow[]> {
  const { tenant, id, division } = report;
  const month = reportingMonth(context, division, report.month);
  const { figures, besides, missing, parts } = await addParts(context, tx, division, report.month);
  const last = await tx.first(sealedOf, tenant, division, month.last);
  const lastFigures = last?.figures ? figuresOf(last.figures) : undefined;
  const basis: CutBasis = { provisions: provisionsOf(context, division, month), unexplained: [], twice: 0, missing };
  await tx.run(putCut, tenant, id, last?.id ?? null, JSON.stringify(basis), now);
  const checks = [
    ...checkSheet(figures, { last: lastFigures, unexplained: 0, twice: 0 }),
    {
      name: 'parts',
      text: missing.length === 0 ? '所辖各地报表齐全' : `还缺${missing.map(ownName).join('、')}的报表`,
      clause: 'M79-11',
      left: missing.length,
      right: 0,
      holds: missing.length === 0,
    },
  ];
  const keep = JSON.stringify(keepFigures(figures));
  await tx.run(putFigures, tenant, id, keep, JSON.stringify(besides), JSON.stringify(checks), now);
  return parts;
}

/** The sum of the newest reports of a division's parts, and which parts have none. */
export async function addParts(
  context: Context,
  tx: Tx,
  division: string,
  month: string,
): Promise<{ figures: Figures; besides: Record<string, number>; missing: string[]; parts: ReportRow[] }> {
  const parts = partsOf(context, division);
  const stem = levelOf(division) === 'province' ? division.slice(0, 2) : division.slice(0, 4);
  const rows = await tx.rows(reportsOfMonth, month, stem, `${stem}:`);
  const figures = noFigures();
  const besides: Record<string, number> = {};
  const found = rows.filter((row) => parts.includes(row.division) && row.figures);
  for (const row of found) {
    addFigures(figures, figuresOf(row.figures ?? {}));
    for (const [group, count] of Object.entries(row.besides ?? {})) besides[group] = (besides[group] ?? 0) + count;
  }
  const there = new Set(found.map((row) => row.division));
  return { figures, besides, missing: parts.filter((part) => !there.has(part)), parts: found };
}
