// The sheet of the month (M79-9, M79-10a, H122-3a): rows say what happened, columns (`cuts`) to whom. Every figure is counted from lists of
// persons, never by itself; figures of the parts of a division add up to those of the whole.
import { formReasons } from '@yingdeng/contract/code-tables.ts';
import { type ExitReason, exitReasonRules, exitReasons } from '../exit-reasons.ts';
import { type CutContext, type CutName, cutNames, cuts } from './cuts.ts';
import { eachMovement, eachStanding, type Movement, type Source } from './standing.ts';

/** A row: its words and the clause, where it stands (0 main, 1 below one), and which movements it holds. */
export interface SheetRow {
  readonly text: string;
  readonly clause: string;
  readonly level: 0 | 1;
  /** Which movements of the period it counts; `stock`: the persons of the closing list; `opening`: as the last sheet reported them. */
  readonly of: 'opening' | 'stock' | ((movement: Movement, from: number) => boolean);
}

const kind =
  (...kinds: readonly Movement['kind'][]) =>
  ({ kind: one }: Movement): boolean =>
    kinds.includes(one);

const reasonRows = Object.fromEntries(
  formReasons.map(({ box, text }) => [
    `newReason${String(box).padStart(2, '0')}`,
    {
      text,
      clause: 'A21-8a',
      level: 1,
      of: (movement: Movement) => movement.kind === 'new' && movement.reason === box,
    },
  ]),
) as Record<`newReason${string}`, SheetRow>;

/** The doors by which registrations come, the platform's among them: merged, each counted (M79-11, H122-3b). */
const sourceTexts: Readonly<Record<Source, string>> = {
  platform: '全国平台',
  online: '本地线上',
  counter: '本地线下',
  benefit: '失业保险经办机构',
};
const sourceRows = Object.fromEntries(
  (Object.entries(sourceTexts) as [Source, string][]).map(([source, text]) => [
    `newFrom-${source}`,
    {
      text,
      clause: 'M79-11',
      level: 1,
      of: (movement: Movement) => movement.kind === 'new' && movement.source === source,
    },
  ]),
) as unknown as Record<`newFrom-${Source}`, SheetRow>;

const exitRows = Object.fromEntries(
  exitReasons.map((code) => [
    `exit${code}`,
    {
      text: `${code} ${exitReasonRules[code].text}`,
      clause: 'M79X-4',
      level: 1,
      of: (movement: Movement) => movement.kind === 'exit' && movement.code === Number(code),
    },
  ]),
) as unknown as Record<`exit${ExitReason}`, SheetRow>;

/** The rows in the order of the sheet. */
export const sheetRows = {
  opening: { text: '期初实有登记失业人数', clause: 'M79-9', level: 0, of: 'opening' },
  new: { text: '本期新登记', clause: 'M79-9', level: 0, of: kind('new') },
  ...reasonRows,
  ...sourceRows,
  exits: { text: '本期退出', clause: 'M79X-4', level: 0, of: kind('exit') },
  ...exitRows,
  exitsBefore: {
    text: '其中：退出日期在本期之前',
    clause: 'M79-9',
    level: 1,
    of: (movement: Movement, from: number) => movement.kind === 'exit' && movement.on < from,
  },
  corrected: { text: '更正调增', clause: 'H122-3d', level: 0, of: kind('restored', 'late') },
  restored: { text: '恢复登记', clause: 'M79-4b', level: 1, of: kind('restored') },
  late: { text: '补记以前各期的登记', clause: 'M79-11', level: 1, of: kind('late') },
  withdrawn: { text: '更正调减', clause: 'H122-3d', level: 0, of: kind('withdrawn') },
  transferIn: { text: '转入', clause: 'A21-7a', level: 0, of: kind('transferIn') },
  transferOut: { text: '转出', clause: 'A21-7a', level: 0, of: kind('transferOut') },
  closing: { text: '期末实有登记失业人数', clause: 'M79-10a', level: 0, of: 'stock' },
} as const satisfies Record<string, SheetRow>;

export type RowName = keyof typeof sheetRows;
export const rowNames = Object.keys(sheetRows) as RowName[];

/** How many persons, and of how many of them it is not known whether they belong. */
export interface Figure {
  count: number;
  unknown: number;
}

/** Whether a figure is known of none of those its row counts: written as a dash, never as nought. */
export function knownOfNone({ count, unknown }: Readonly<Figure>, all: number): boolean {
  return count === 0 && unknown > 0 && unknown === all;
}

/** The figures of a report: each row by each column. */
export type Figures = Record<RowName, Record<CutName, Figure>>;

const fresh = <Name extends string, Value>(names: readonly Name[], make: () => Value): Record<Name, Value> =>
  Object.fromEntries(names.map((name) => [name, make()])) as Record<Name, Value>;

/** All figures nought. */
export function noFigures(): Figures {
  return fresh(rowNames, () => fresh(cutNames, () => ({ count: 0, unknown: 0 })));
}

const cutList = cutNames.map((name) => cuts[name]);
const movementRows = rowNames.flatMap((name) => {
  const { of } = sheetRows[name];
  return typeof of === 'function' ? [{ name, of: of as (movement: Movement, from: number) => boolean }] : [];
});

/** What the figures are counted under: the period's first day besides what the columns need. */
export interface SheetContext extends CutContext {
  readonly from: number;
}

/** A day of the calendar as the lists write it: '2020-09-20' → 20200920. */
export const dayNumber = (date: string): number => Number(date.replaceAll('-', ''));

/** What a report of a division and period is counted under. */
export function sheetContext(division: string, period: { from: string; to: string }): SheetContext {
  return { city: Number(division.slice(0, 4)), from: dayNumber(period.from), day: dayNumber(period.to) };
}

/** Adds a list of the stock to the closing row; of a first report, which has none before it, another one to the opening row. */
export function countStock(figures: Figures, to: 'closing' | 'opening', list: Uint8Array, on: SheetContext): void {
  const row = cutNames.map((name) => figures[to][name]);
  eachStanding(list, (person) => {
    for (let i = 0; i < cutList.length; i += 1) {
      const is = cutList[i]!.of(person, on);
      if (is === true) row[i]!.count += 1;
      else if (is === undefined) row[i]!.unknown += 1;
    }
  });
}

/** Adds a list of movements to the rows they belong to. */
export function countMovements(figures: Figures, list: Uint8Array, on: SheetContext): void {
  eachMovement(list, (movement) => {
    const belongs = cutList.map(({ of }) => of(movement, on));
    for (const { name, of } of movementRows) {
      if (!of(movement, on.from)) continue;
      belongs.forEach((is, index) => {
        const figure = figures[name][cutNames[index]!];
        if (is === true) figure.count += 1;
        else if (is === undefined) figure.unknown += 1;
      });
    }
  });
}

/** Takes over the closing row of the last report as the opening: as reported, whatever became known since (M79-9). */
export function takeOpening(figures: Figures, last: Figures): void {
  for (const name of cutNames) figures.opening[name] = { ...last.closing[name] };
}

/** Adds the figures of a part: county by county they make the city, city by city the province. */
export function addFigures(to: Figures, part: Figures): void {
  for (const row of rowNames)
    for (const cut of cutNames) {
      to[row][cut].count += part[row][cut].count;
      to[row][cut].unknown += part[row][cut].unknown;
    }
}

/** Figures as they are kept: only what is not nought, by row and column, [count, unknown]. */
export type KeptFigures = Partial<Record<RowName, Partial<Record<CutName, [count: number, unknown: number]>>>>;

/** For keeping. */
export function keepFigures(figures: Figures): KeptFigures {
  const kept: KeptFigures = {};
  for (const row of rowNames)
    for (const cut of cutNames) {
      const { count, unknown } = figures[row][cut];
      if (count === 0 && unknown === 0) continue;
      kept[row] ??= {};
      kept[row][cut] = [count, unknown];
    }
  return kept;
}

/** What was kept. */
export function figuresOf(kept: KeptFigures): Figures {
  const figures = noFigures();
  for (const row of rowNames)
    for (const cut of cutNames) {
      const [count, unknown] = kept[row]?.[cut] ?? [0, 0];
      figures[row][cut] = { count, unknown };
    }
  return figures;
}
