import { ownName } from '@yingdeng/contract/divisions.ts';
import { parameterSpecs, sayValue } from '@yingdeng/rules/provisions/parameter-specs.ts';
import { checkSheet } from '@yingdeng/rules/statistics/balance.ts';
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
  eachStanding,
  idsAt,
  type MovementKind,
  movedLine,
} from '@yingdeng/rules/statistics/standing.ts';
import type { Context } from '../../context.ts';
import type { Tx } from '../../platform/database.ts';
import { besidesAt, exitedBefore, type ListRow, movementsIn, stockAt } from './ledger.sql.ts';
import { type FrozenList, freeze, thaw } from './lists.ts';
import { type ReportingMonth, reportingMonth } from './month.ts';
import { levelOf, partsOf, tenantOf } from './places.ts';
import {
  dropLists,
  findReport,
  type KeptListRow,
  listsOf,
  putCut,
  putFigures,
  putList,
  type ReportRow,
  reportsOfMonth,
  sealedOf,
} from './report.sql.ts';

/** The letters of the groups that count besides, in the lists. */
export const groupLetters = {
  graduates: 'G',
  unemploymentSubsidy: 'S',
  oneOffAllowance: 'A',
  temporaryAllowance: 'T',
} as const;
/** Characters of a line of the people who count besides: two ids and a letter. */
export const besidesWidth = 76;

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

/** A closing list of an office. */
export interface StockList {
  readonly office: string;
  readonly lines: string;
}

/** What the ledger says of a county and month: nothing is written. */
export interface Taken {
  readonly lists: readonly FrozenList[];
  readonly unexplained: readonly string[];
  readonly twice: number;
}

/**
 * Reads a county's lists from the ledger. `lastStock` is the closing list as it was sealed last month: who is in now without having come, or
 * gone without having left, became known late and is a correction of this period, never of the sealed one (M79-9). Undefined for the
 * first report, which then opens with what the ledger says.
 */
export async function takeLists(
  context: Context,
  tx: Tx,
  division: string,
  month: ReportingMonth,
  lastStock: readonly StockList[] | undefined,
): Promise<Taken> {
  const tenant = tenantOf(division);
  const policy = context.reference.policy(division, month.to);
  const zero = (policy.difficultyCategories?.value ?? [])
    .map(({ name }) => name)
    .filter((name) => name.includes('零就业家庭'));
  const counted = policy.groupsInStatistics?.value ?? [];
  const where = [tenant, division, month.closes, month.to, zero] as const;
  const [stock, movements, besides, opening] = await Promise.all([
    tx.rows(stockAt, ...where),
    tx.rows(movementsIn, ...where, month.opens),
    tx.rows(
      besidesAt,
      tenant,
      division,
      month.closes,
      month.to,
      counted,
      counted.map((group) => groupLetters[group]),
    ),
    lastStock === undefined ? tx.rows(stockAt, tenant, division, month.opens, month.to, zero) : [],
  ]);
  const late = lateFacts(stock, movements, lastStock ?? opening, dayNumber(month.from));
  const known =
    late.gone.length === 0
      ? new Set<string>()
      : new Set(
          (await tx.rows(exitedBefore, tenant, late.gone, month.opens, month.closes)).map(
            ({ registration_id }) => registration_id,
          ),
        );
  const lists = await Promise.all([
    ...stock.map((row) => freeze('stock', row)),
    ...joined(movements, late.rows).map((row) => freeze('movements', row)),
    ...besides.map((row) => freeze('besides', row)),
    ...opening.map((row) => freeze('opening', row)),
  ]);
  return { lists, unexplained: late.gone.filter((id) => !known.has(id)), twice: late.twice };
}

/** Movements that bring a registration into the stock; the others take it out. */
const entering: readonly MovementKind[] = ['new', 'restored', 'late', 'transferIn'];

/** Who is in the stock, or no longer in it, other than by what moved. Transfers within the county count once out and once in, in any order. */
function lateFacts(
  stock: readonly ListRow[],
  movements: readonly ListRow[],
  lastStock: readonly StockList[],
  from: number,
): { rows: ListRow[]; gone: string[]; twice: number } {
  /** How often a registration should be in the stock, by what is known of it. A number a registration, for there may be a million. */
  const expected = new Map<string, number>();
  for (const list of lastStock)
    eachStanding(list.lines, (_, line) => expected.set(idsAt(list.lines, line).registration, 1));
  for (const { lines } of movements)
    eachMovement(lines, ({ kind }, line) => {
      const { registration } = idsAt(lines, line);
      expected.set(registration, (expected.get(registration) ?? 0) + (entering.includes(kind) ? 1 : -1));
    });
  const people = new Set<string>();
  let twice = 0;
  const moved = new Map<string, string[]>();
  const add = (office: string, line: string) => {
    const lines = moved.get(office);
    if (lines) lines.push(line);
    else moved.set(office, [line]);
  };
  for (const { office, lines } of stock)
    eachStanding(lines, ({ registeredOn }, line) => {
      const { registration, person } = idsAt(lines, line);
      if (people.has(person)) twice += 1;
      people.add(person);
      const times = expected.get(registration) ?? 0;
      expected.delete(registration);
      if (times < 1) add(office, movedLine('late', registeredOn, lines, line));
    });
  const gone = new Set([...expected].flatMap(([id, times]) => (times > 0 ? [id] : [])));
  if (gone.size > 0)
    for (const { office, lines } of lastStock)
      eachStanding(lines, (_, line) => {
        if (gone.has(idsAt(lines, line).registration)) add(office, movedLine('withdrawn', from, lines, line));
      });
  const rows = [...moved].map(([office, lines]) => ({ office, persons: lines.length, lines: lines.join('') }));
  return { rows, gone: [...gone], twice };
}

/** Movements of an office and what became known late there, as one list. */
function joined(movements: readonly ListRow[], late: readonly ListRow[]): ListRow[] {
  const offices = new Set([...movements, ...late].map(({ office }) => office));
  return [...offices].map((office) => {
    const of = [...movements, ...late].filter((row) => row.office === office);
    return {
      office,
      persons: of.reduce((sum, { persons }) => sum + persons, 0),
      lines: of.map(({ lines }) => lines).join(''),
    };
  });
}

/** The closing lists of a sealed report, office by office. */
export async function stockOf(tx: Tx, report: Pick<ReportRow, 'tenant' | 'id'>): Promise<StockList[]> {
  const kept = await tx.rows(listsOf, report.tenant, report.id, ['stock']);
  return Promise.all(kept.map(async (list) => ({ office: list.office, lines: await thaw(list) })));
}

/** Freezes a county's lists under its report. @throws AppError report.notAllowed when last month's sealed list was changed */
export async function cutCounty(context: Context, tx: Tx, report: ReportRow, now: Date): Promise<void> {
  const { tenant, id, division } = report;
  const month = reportingMonth(context, division, report.month);
  const last = await tx.first(sealedOf, tenant, division, month.last);
  const taken = await takeLists(context, tx, division, month, last && (await stockOf(tx, last)));
  await tx.run(dropLists, tenant, id);
  await Promise.all(
    taken.lists.map(({ office, kind, persons, digest, packed }) =>
      tx.run(putList, tenant, id, office, kind, persons, Buffer.from(digest, 'hex'), packed),
    ),
  );
  const basis: CutBasis = {
    provisions: provisionsOf(context, division, month),
    unexplained: taken.unexplained,
    twice: taken.twice,
    missing: [],
  };
  await tx.run(putCut, tenant, id, last?.id ?? null, JSON.stringify(basis), now);
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

/** Counts the figures of some lists, those of an office and below when `prefix` is given. `last` is the report before. */
export async function countLists(
  kept: readonly KeptListRow[],
  on: SheetContext,
  last: { figures: Figures } | undefined,
): Promise<Figures> {
  const figures = noFigures();
  for (const list of kept) {
    if (list.kind === 'besides' || (list.kind === 'opening' && last)) continue;
    const lines = await thaw(list);
    if (list.kind === 'stock') countStock(figures, 'closing', lines, on);
    else if (list.kind === 'opening') countStock(figures, 'opening', lines, on);
    else countMovements(figures, lines, on);
  }
  if (last) takeOpening(figures, last.figures);
  return figures;
}

/** How many count besides, by group (H122-3a). */
export async function countBesides(kept: readonly KeptListRow[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const list of kept) {
    if (list.kind !== 'besides') continue;
    const lines = await thaw(list);
    for (let line = 0; line < lines.length; line += besidesWidth) {
      const letter = lines.charAt(line + besidesWidth - 2);
      const group = Object.entries(groupLetters).find(([, one]) => one === letter)?.[0] ?? letter;
      counts[group] = (counts[group] ?? 0) + 1;
    }
  }
  return counts;
}

/** Counts a county's figures from its frozen lists and checks them. */
export async function computeCounty(context: Context, tx: Tx, report: ReportRow, now: Date): Promise<void> {
  const { tenant, id, division } = report;
  const month = reportingMonth(context, division, report.month);
  const kept = await tx.rows(listsOf, tenant, id, ['opening', 'stock', 'movements', 'besides']);
  const row = report.last_id ? await tx.first(findReport, tenant, report.last_id) : undefined;
  const last = row?.figures ? { figures: figuresOf(row.figures) } : undefined;
  const figures = await countLists(kept, sheetContext(division, month), last);
  const basis = report.basis as unknown as CutBasis;
  const checks = checkSheet(figures, {
    last: last?.figures,
    unexplained: basis.unexplained.length,
    twice: basis.twice,
  });
  await tx.run(
    putFigures,
    tenant,
    id,
    JSON.stringify(keepFigures(figures)),
    JSON.stringify(await countBesides(kept)),
    JSON.stringify(checks),
    now,
  );
}

/** Adds up a city or province from the newest reports of its parts: cut and computed at once, for it has no lists of its own. */
export async function sumParts(context: Context, tx: Tx, report: ReportRow, now: Date): Promise<void> {
  const { tenant, id, division } = report;
  const month = reportingMonth(context, division, report.month);
  const { figures, besides, missing } = await addParts(context, tx, division, report.month);
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
