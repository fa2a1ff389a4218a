import { createReadStream } from 'node:fs';
import { type ExitRecord, exitFields } from '@yingdeng/rules/exit-record/index.ts';
import { type Parser, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { detectTextEncoding, type TextEncoding } from './text-encoding.ts';

/** The file cannot be used at all; the message is Chinese and for a person. */
export class ExitFileError extends Error {}

/** One data row. `record` is undefined when the row has another number of columns than the header. */
export interface ExitFileRow {
  /** 1 for the first row after the header */
  row: number;
  record: ExitRecord | undefined;
  /** the row as it stands in the file */
  cells: readonly string[];
  /** AAC004 of the row, when the file has the column */
  sex: string | undefined;
}

/** What was read. */
export interface ExitFileSummary {
  encoding: TextEncoding;
  rows: number;
  /** columns that are no indicator of the record and were not looked at */
  ignoredColumns: string[];
}

/** Where each field stands in a row; -1 for a column that is not there. */
type Columns = Record<keyof Required<ExitRecord> | 'AAC004', number>;

/** The header as it stands in the file. */
export interface ExitFileHeader {
  cells: readonly string[];
  columns: Readonly<Columns>;
  encoding: TextEncoding;
}

function columnsOf(header: readonly string[]): { columns: Columns; ignored: string[] } {
  const names = header.map((name) => name.trim().toUpperCase());
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
  if (twice !== undefined) throw new ExitFileError(`表头中 ${twice} 出现了两次`);
  const missing = exitFields.filter(({ field, required }) => required && !names.includes(field));
  if (missing.length > 0) {
    const list = missing.map(({ field, name }) => `${field}（${name}）`).join('、');
    throw new ExitFileError(`表头缺少以下列：${list}。第一行应为指标编码，顺序不限，以逗号分隔`);
  }
  const known: string[] = [...exitFields.map(({ field }) => field), 'AAC004'];
  const columns = Object.fromEntries(known.map((name) => [name, names.indexOf(name)])) as Columns;
  return { columns, ignored: names.filter((name) => !known.includes(name)) };
}

/** An object literal keeps one hidden shape for millions of rows; a column that is not there reads as undefined. */
function recordOf(cells: readonly string[], at: Columns): ExitRecord {
  return {
    AAB301: cells[at.AAB301],
    AAZ341: cells[at.AAZ341],
    AAC003: cells[at.AAC003],
    AAC002: cells[at.AAC002],
    AAC058: cells[at.AAC058],
    AAC044: cells[at.AAC044],
    ADC210: cells[at.ADC210],
    AJC00A: cells[at.AJC00A],
    AAE011: cells[at.AAE011],
    AAE036: cells[at.AAE036],
    AAE013: cells[at.AAE013],
  };
}

function unreadable(error: unknown): Error {
  if (error instanceof ExitFileError) return error;
  const { code, lines } = error as { code?: string; lines?: number };
  if (code === 'ENOENT') return new ExitFileError('找不到文件');
  if (code === 'EISDIR') return new ExitFileError('这是一个目录，不是文件');
  if (code === 'EACCES') return new ExitFileError('没有权限读取文件');
  if (code?.startsWith('CSV_')) {
    return new ExitFileError(`第${lines ?? '?'}行附近不是正确的CSV：引号没有配对，或引号前后有多余的字符`);
  }
  return error instanceof Error ? error : new Error(String(error));
}

function parserOf(path: string, encoding: TextEncoding): Parser {
  const parser = parse({ bom: true, relax_column_count: true, skip_empty_lines: true });
  const file = createReadStream(path, { highWaterMark: 1 << 18 });
  const failed = (error: Error) => parser.destroy(error);
  file.on('error', failed);
  if (encoding === 'utf-8') {
    file.pipe(parser);
  } else {
    const decoder = iconv.decodeStream('gb18030');
    decoder.on('error', failed);
    file.pipe(decoder).pipe(parser);
  }
  parser.once('close', () => file.destroy());
  return parser;
}

/**
 * Reads an exit file as a stream and hands every data row to `onRow`: CSV with quotes, header of indicator codes in any
 * order, AAC004 if it is there, AAE013 may be absent, UTF-8 with or without mark or GB18030. Memory does not grow with
 * the file. Throws ExitFileError when the file cannot be used.
 */
export async function readExitFile(
  path: string,
  onRow: (row: ExitFileRow) => void,
  options: { encoding?: TextEncoding | undefined; onHeader?: ((header: ExitFileHeader) => void) | undefined } = {},
): Promise<ExitFileSummary> {
  try {
    const encoding = options.encoding ?? (await detectTextEncoding(path));
    if (encoding === undefined) throw new ExitFileError('文件编码既不是UTF-8也不是GB18030，请另存为UTF-8后再试');
    const parser = parserOf(path, encoding);
    let head: { columns: Columns; ignored: string[]; width: number } | undefined;
    let rows = 0;
    await new Promise<void>((done, fail) => {
      parser.on('error', fail);
      parser.on('end', done);
      parser.on('readable', () => {
        try {
          for (let cells: string[] | null = parser.read(); cells !== null; cells = parser.read()) {
            if (head === undefined) {
              head = { ...columnsOf(cells), width: cells.length };
              options.onHeader?.({ cells, columns: head.columns, encoding });
              continue;
            }
            rows++;
            const whole = cells.length === head.width;
            onRow({
              row: rows,
              cells,
              record: whole ? recordOf(cells, head.columns) : undefined,
              sex: whole ? cells[head.columns.AAC004] : undefined,
            });
          }
        } catch (error) {
          parser.destroy(error as Error);
        }
      });
    });
    if (head === undefined) throw new ExitFileError('文件是空的');
    return { encoding, rows, ignoredColumns: head.ignored };
  } catch (error) {
    throw unreadable(error);
  }
}
