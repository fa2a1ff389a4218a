import type { Piece } from './lines.ts';
import type { Box, Sheet, TextStyle } from './sheet.ts';

/** A cell of a ruled table. */
export interface Cell {
  /** How many columns of the grid it covers. */
  readonly span: number;
  /** How many rows it covers; 1 when left out. */
  readonly rows?: number;
  /** Paragraphs, one under the other. */
  readonly content: string | readonly (readonly Piece[])[];
  readonly align?: TextStyle['align'];
  readonly strong?: boolean;
  /** Room kept below the text, filled by `draw`, in points. */
  readonly foot?: number;
  /** Draws into the room at the foot. */
  readonly draw?: (room: Box) => void;
}

/** A row: its cells from the left; columns that a cell of a row above still covers are left out. */
export interface Row {
  readonly cells: readonly Cell[];
  /** At least so high, in sizes of the text. */
  readonly atLeast?: number;
}

/** A table whose columns are equal parts of its width. */
export interface Table {
  readonly columns: number;
  readonly rows: readonly Row[];
}

interface Placed {
  readonly cell: Cell;
  readonly column: number;
  readonly row: number;
}

/** Beside centred text and beside text that begins at the edge. */
const paddingOf = (cell: Cell): number => (cell.align === 'center' ? 3 : 5);
const PADDING_Y = 2.5;

/** Where each cell stands: the grid of columns, with those that reach down from above. @throws Error when a row does not fill the grid. */
export function place({ columns, rows }: Table): Placed[] {
  const covered = new Array<number>(columns).fill(0);
  const placed: Placed[] = [];
  rows.forEach(({ cells }, row) => {
    let column = 0;
    const free = () => {
      while (column < columns && (covered[column] ?? 0) > row) column += 1;
    };
    for (const cell of cells) {
      free();
      placed.push({ cell, column, row });
      covered.fill(row + (cell.rows ?? 1), column, column + cell.span);
      column += cell.span;
    }
    free();
    if (column !== columns) throw new Error(`row ${row} of the table ends at column ${column} of ${columns}`);
  });
  return placed;
}

/** Heights of the rows at a size of text, in points. A cell of several rows stretches the last of them. */
function heightsOf(sheet: Sheet, table: Table, width: number, style: TextStyle): number[] {
  const heights = table.rows.map((row) => (row.atLeast ?? 0) * style.size);
  const unit = width / table.columns;
  for (const { cell, row } of place(table).sort((a, b) => (a.cell.rows ?? 1) - (b.cell.rows ?? 1))) {
    const last = row + (cell.rows ?? 1) - 1;
    const above = heights.slice(row, last).reduce((sum, height) => sum + height, 0);
    const text = paragraphs(cell).reduce(
      (sum, one) => sum + sheet.lines(one, cell.span * unit - 2 * paddingOf(cell), styleOf(cell, style)).height,
      0,
    );
    heights[last] = Math.max(heights[last] ?? 0, text + 2 * PADDING_Y + (cell.foot ?? 0) - above);
  }
  return heights;
}

/** Height of the whole table at a size of text, in points. */
export function tableHeight(sheet: Sheet, table: Table, width: number, style: TextStyle): number {
  return heightsOf(sheet, table, width, style).reduce((sum, height) => sum + height, 0);
}

/** Draws a table from a corner. Returns its height in points. */
export function drawTable(
  sheet: Sheet,
  table: Table,
  at: { x: number; y: number; width: number },
  style: TextStyle,
): number {
  const heights = heightsOf(sheet, table, at.width, style);
  const unit = at.width / table.columns;
  const top = (row: number) => at.y + heights.slice(0, row).reduce((sum, height) => sum + height, 0);
  for (const { cell, column, row } of place(table)) {
    const y = top(row);
    const box = {
      x: at.x + column * unit,
      y,
      width: cell.span * unit,
      height: top(row + (cell.rows ?? 1)) - y,
    };
    sheet.frame(box);
    drawCell(sheet, cell, box, style);
  }
  return top(heights.length) - at.y;
}

function drawCell(sheet: Sheet, cell: Cell, box: Box, style: TextStyle): void {
  const foot = cell.foot ?? 0;
  const own = styleOf(cell, style);
  const inner = {
    x: box.x + paddingOf(cell),
    y: box.y + PADDING_Y,
    width: box.width - 2 * paddingOf(cell),
    height: box.height - 2 * PADDING_Y - foot,
  };
  const parts = paragraphs(cell);
  const needed = parts.map((part) => sheet.lines(part, inner.width, own).height);
  let y = inner.y + (inner.height - needed.reduce((sum, height) => sum + height, 0)) / 2;
  for (const [index, part] of parts.entries()) {
    sheet.write(part, { ...inner, y, height: needed[index] ?? 0 }, own);
    y += needed[index] ?? 0;
  }
  cell.draw?.({ ...inner, y: inner.y + inner.height, height: foot });
}

const styleOf = (cell: Cell, style: TextStyle): TextStyle => ({
  ...style,
  align: cell.align ?? style.align,
  strong: cell.strong ?? style.strong,
});

const paragraphs = (cell: Cell): (readonly Piece[])[] =>
  typeof cell.content === 'string' ? [[{ text: cell.content }]] : [...cell.content];
