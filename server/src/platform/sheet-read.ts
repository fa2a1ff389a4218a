import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { AppError } from './errors.ts';

/** A row of a file with its number, 1 for the header. */
export interface FileRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Hands the bytes of a file again from the beginning, in pieces. */
export type Bytes = () => AsyncIterable<Uint8Array>;

/** A sheet may say that it has more columns than anybody wrote. */
const MOST_COLUMNS = 60;
const LONGEST_CELL = 4000;

const unusable = (why: string) => new AppError('import.unusable', { why });

/** Rows of a file one after the other; memory does not grow with it, but for the table of texts of an XLSX. @throws AppError import.unusable */
export async function* readRowsOf(format: 'csv' | 'xlsx', bytes: Bytes): AsyncGenerator<FileRow> {
  try {
    yield* format === 'csv' ? csvRows(bytes) : sheetRows(bytes);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code, lines } = error as CsvError;
    if (typeof code === 'string' && code.startsWith('CSV_'))
      throw unusable(`第${lines ?? '?'}行附近不是正确的CSV：引号没有配对，或引号前后有多余的字符。`);
    throw unusable('文件打不开：不是完整的XLSX文件，或者加了密码。请另存后再试。');
  }
}

async function* csvRows(bytes: Bytes): AsyncGenerator<FileRow> {
  const encoding = await encodingOf(bytes);
  const parser = parse({ bom: true, relax_column_count: true });
  const source = Readable.from(bytes());
  const fail = (error: Error) => parser.destroy(error);
  source.on('error', fail);
  if (encoding === 'utf-8') source.pipe(parser);
  else source.pipe(iconv.decodeStream('gb18030').on('error', fail)).pipe(parser);
  let line = 0;
  for await (const cells of parser as AsyncIterable<string[]>) {
    line += 1;
    yield { line, cells: cells.slice(0, MOST_COLUMNS).map((cell) => cell.slice(0, LONGEST_CELL)) };
  }
}

/** UTF-8 when every byte fits, else GB18030. @throws AppError import.unusable when neither does */
async function encodingOf(bytes: Bytes): Promise<'utf-8' | 'gb18030'> {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    const decoder = new TextDecoder(encoding, { fatal: true });
    try {
      for await (const chunk of bytes()) decoder.decode(chunk, { stream: true });
      decoder.decode();
      return encoding;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  throw unusable('文件编码既不是UTF-8也不是GB18030，请另存为UTF-8后再试。');
}

async function* sheetRows(bytes: Bytes): AsyncGenerator<FileRow> {
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(Readable.from(bytes()), {
    worksheets: 'emit',
    sharedStrings: 'cache',
    hyperlinks: 'ignore',
    styles: 'ignore',
    entries: 'ignore',
  });
  let sheets = 0;
  for await (const sheet of reader) {
    sheets += 1;
    // The first sheet is the data; others explain.
    if (sheets > 1) break;
    for await (const row of sheet) {
      const values = Array.isArray(row.values) ? row.values.slice(1, MOST_COLUMNS + 1) : [];
      yield { line: row.number, cells: Array.from(values, cellText) };
    }
  }
}

/** What a cell shows: text, number, formula's result, rich text, link. */
function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'object') return String(value).slice(0, LONGEST_CELL);
  const { richText, result, text } = value as { richText?: { text: string }[]; result?: unknown; text?: unknown };
  if (richText)
    return richText
      .map((piece) => piece.text)
      .join('')
      .slice(0, LONGEST_CELL);
  return cellText(result ?? text);
}

/** XLSX is a ZIP archive; the old XLS begins otherwise and cannot be read. @throws AppError import.unusable */
export function formatOf(first: Uint8Array, name: string): 'csv' | 'xlsx' {
  if (first[0] === 0x50 && first[1] === 0x4b) return 'xlsx';
  if (first[0] === 0xd0 && first[1] === 0xcf)
    throw unusable('这是旧版XLS文件，或者加了密码。请另存为XLSX或CSV再上传。');
  if (/\.xlsx$/i.test(name)) throw unusable('不是完整的XLSX文件，请另存后再试。');
  return 'csv';
}
