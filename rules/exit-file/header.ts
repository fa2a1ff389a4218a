import { foldWide, trimBlank } from '../exit-record/characters.ts';
import { type ExitField, exitFields } from '../exit-record/index.ts';
import type { Delimiter } from './csv.ts';
import type { TextEncoding } from './encoding.ts';
import { ExitFileError } from './error.ts';

/** What the checker looks at: the eleven fields, and the sex for comparison with the number. */
export type ExitColumn = ExitField | 'AAC004';

/** Where each field stands in a row; -1 for a column that is not there. */
export type ExitColumns = Readonly<Record<ExitColumn, number>>;

/** How the file is written. */
export interface FileForm {
  encoding: TextEncoding;
  /** it begins with a byte-order mark */
  marked: boolean;
  delimiter: Delimiter;
}

/** The first row and what was found in it. */
export interface ExitFileHeader extends FileForm {
  /** the first row as it stands; without a header the codes in the order of the annex */
  cells: readonly string[];
  columns: ExitColumns;
  /** indicator codes, their Chinese names, or no header at all: then the columns are those of the annex in its order */
  kind: 'codes' | 'names' | 'none';
  /** columns that are no indicator of the record and are not looked at */
  ignored: readonly string[];
}

const known: readonly { column: ExitColumn; name: string }[] = [
  ...exitFields.map(({ field, name }) => ({ column: field, name })),
  { column: 'AAC004', name: '性别' },
];

/** AAC003, 姓名, 姓名（AAC003）, ＡＡＣ００３: the column a heading means. */
function columnOf(heading: string): { column: ExitColumn; byCode: boolean } | undefined {
  const plain = foldWide(trimBlank(heading)).toUpperCase();
  const byCode = known.find(({ column }) => plain.includes(column));
  if (byCode) return { column: byCode.column, byCode: true };
  const bare = plain.replace(/[\s★*：:]/g, '');
  const byName = known.find(({ name }) => bare === name);
  return byName && { column: byName.column, byCode: false };
}

/** Whether a row of ten or eleven values looks like data of the annex: a division, an exit date, a date of handling. */
function looksLikeData(cells: readonly string[]): boolean {
  if (cells.length !== exitFields.length && cells.length !== exitFields.length - 1) return false;
  const digits = (at: number, pattern: RegExp) => pattern.test(foldWide(trimBlank(cells[at] ?? '')));
  return digits(0, /^\d{4,12}$/) || digits(6, /^\d{4}[\d\-/.年]/) || digits(9, /^\d{4}[\d\-/.年]/);
}

function oneColumn(cell: string): ExitFileError {
  const other = [';', '；', '|', '，', '、'].find((mark) => cell.includes(mark));
  const words = other
    ? `第一行里没有逗号或制表符，看起来是用“${other}”分隔的。请改用逗号分隔`
    : '文件只有一列。各列应以逗号（CSV）或制表符分隔';
  return new ExitFileError(words, { problem: 'one-column' });
}

/**
 * Understands the first row: headings by indicator code or Chinese name in any order, or none when the row is data in
 * the order of the annex. Throws ExitFileError, naming what is missing (M79X-3), when it is neither.
 */
export function readHeader(cells: readonly string[], form: FileForm): ExitFileHeader {
  const found = cells.map(columnOf);
  if (found.every((one) => one === undefined)) {
    if (cells.length === 1) throw oneColumn(cells[0] ?? '');
    if (looksLikeData(cells)) return withoutHeader(cells.length, form);
  }
  const names = found.map((one) => one?.column);
  const twice = names.find((name, i) => name !== undefined && names.indexOf(name) !== i);
  if (twice !== undefined) throw new ExitFileError(`表头中 ${twice} 出现了两次`, { problem: 'header' });
  const missing = exitFields.filter(({ field, required }) => required && !names.includes(field));
  if (missing.length > 0) {
    if (cells.length === 1) throw oneColumn(cells[0] ?? '');
    const list = missing.map(({ field, name }) => `${field}（${name}）`).join('、');
    throw new ExitFileError(`表头缺少以下列：${list}。第一行应为指标编码或指标名称，顺序不限`, { problem: 'header' });
  }
  return {
    cells,
    columns: positions((column) => names.indexOf(column)),
    ...form,
    kind: found.some((one) => one?.byCode) ? 'codes' : 'names',
    ignored: cells.filter((heading, i) => names[i] === undefined && heading.trim() !== '').map((one) => one.trim()),
  };
}

function withoutHeader(width: number, form: FileForm): ExitFileHeader {
  const order: readonly string[] = exitFields.slice(0, width).map(({ field }) => field);
  const columns = positions((column) => order.indexOf(column));
  return { cells: order, columns, ...form, kind: 'none', ignored: [] };
}

function positions(at: (column: ExitColumn) => number): ExitColumns {
  return Object.fromEntries(known.map(({ column }) => [column, at(column)])) as ExitColumns;
}
