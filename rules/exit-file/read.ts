import type { ExitRecord } from '../exit-record/index.ts';
import { type CsvRow, createCsvScanner, type Delimiter } from './csv.ts';
import { createBlockDecoder, foreignFormat, isMarkedUtf8, type TextEncoding } from './encoding.ts';
import { ExitFileError } from './error.ts';
import { type ExitColumns, type ExitFileHeader, readHeader } from './header.ts';

/** One data row. One object serves all rows: it and its cells are valid only during the call; the record may be kept. */
export interface ExitFileRow {
  /** 1 for the first row after the header */
  row: number;
  /** undefined when the row has another number of columns than the header, or bad quoting */
  record: ExitRecord | undefined;
  /** AAC004 of the row, when the file has the column */
  sex: string | undefined;
  /** the row as it stands in the file */
  csv: CsvRow;
}

/** What was read. */
export interface ExitFileSummary {
  encoding: TextEncoding;
  rows: number;
  header: ExitFileHeader;
}

/** Who receives the rows of one reading. */
export interface ExitFileReceiver {
  /** the columns are known; `csv` is the first row as it stands, undefined when there is no header */
  header?(header: ExitFileHeader, csv: CsvRow | undefined): void;
  row(row: ExitFileRow): void;
}

/** Takes a file in blocks of bytes and gives its rows; memory does not grow with the file. */
export interface ExitFileReader {
  push(bytes: Uint8Array): void;
  end(): ExitFileSummary;
}

/** An object literal keeps one hidden shape for millions of rows. */
function recordOf(cells: readonly string[], at: ExitColumns): ExitRecord {
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
    AAE013: at.AAE013 < 0 ? undefined : cells[at.AAE013],
  };
}

/** The first row of a text under a separator, or undefined when the text does not hold it whole. */
function firstRow(text: string, delimiter: Delimiter, lineEnd: '\n' | '\r', last: boolean): string[] | undefined {
  let first: string[] | undefined;
  const scanner = createCsvScanner(
    delimiter,
    ({ cells, count }) => {
      first ??= cells.slice(0, count);
    },
    lineEnd,
  );
  scanner.push(text);
  if (last) scanner.end();
  return first;
}

/** Reads under a known encoding. Throws ExitFileError from `push` and `end` when the file cannot be used. */
export function createExitFileReader(encoding: TextEncoding, receiver: ExitFileReceiver): ExitFileReader {
  const decoder = createBlockDecoder(encoding);
  let opening: string | undefined = '';
  let scan: ReturnType<typeof createCsvScanner> | undefined;
  let header: ExitFileHeader | undefined;
  let rows = 0;
  let seen = 0;

  /** Waits until the first row is whole, then knows the separator and the columns. */
  function open(text: string, last: boolean): void {
    opening += text;
    const whole = opening!;
    const lineEnd = !whole.includes('\n') && /\r[^\n]/.test(whole) ? '\r' : '\n';
    const rowsBy = ([',', '\t'] as const).map((delimiter) => ({
      delimiter,
      cells: firstRow(whole, delimiter, lineEnd, last),
    }));
    const [best] = rowsBy.sort((a, b) => (b.cells?.length ?? 0) - (a.cells?.length ?? 0));
    if (best?.cells === undefined) {
      if (last) throw new ExitFileError('文件是空的', { problem: 'empty' });
      return;
    }
    header = readHeader(best.cells, { encoding, marked: decoder.marked, delimiter: best.delimiter });
    scan = createCsvScanner(best.delimiter, rowReceiver(header), lineEnd);
    opening = undefined;
    scan.push(whole);
  }

  function rowReceiver(found: ExitFileHeader): (csv: CsvRow) => void {
    const { columns } = found;
    const width = found.cells.length;
    // Asking an array for what it cannot have is slow, a million times.
    const withSex = columns.AAC004 >= 0;
    let awaited = found.kind !== 'none';
    if (!awaited) receiver.header?.(found, undefined);
    const given: ExitFileRow = { row: 0, record: undefined, sex: undefined, csv: undefined as never };
    return (csv) => {
      if (awaited) {
        awaited = false;
        receiver.header?.(found, csv);
        return;
      }
      const whole = csv.count === width && csv.wellQuoted;
      given.row = ++rows;
      given.record = whole ? recordOf(csv.cells, columns) : undefined;
      given.sex = whole && withSex ? csv.cells[columns.AAC004] : undefined;
      given.csv = csv;
      receiver.row(given);
    };
  }

  function take(text: string, last: boolean): void {
    try {
      if (scan) scan.push(text);
      else open(text, last);
      if (last) scan?.end();
    } catch (error) {
      if (!(error instanceof ExitFileError) || error.problem !== 'quotes') throw error;
      throw new ExitFileError(`第${rows + 1}行起：${error.message}`, { problem: 'quotes', cause: error });
    }
  }

  return {
    push(bytes) {
      if (seen === 0) {
        const foreign = foreignFormat(bytes);
        if (foreign !== undefined) throw new ExitFileError(foreign, { problem: 'format' });
      }
      seen += bytes.length;
      take(decoder.push(bytes), false);
    },
    end() {
      take(decoder.end(), true);
      return { encoding, rows, header: header! };
    },
  };
}

/**
 * Reads a whole file that can be opened again. Without an encoding it is read as UTF-8, and once more from the start as
 * GB18030 when a byte does not fit: UTF-8 only if every byte fits, as a sample would miss the one rare character that
 * decides. `receive` is called for each attempt. Throws ExitFileError when the file is neither or cannot be used.
 */
export async function readExitFile(
  open: () => AsyncIterable<Uint8Array>,
  receive: (encoding: TextEncoding) => ExitFileReceiver,
  encoding?: TextEncoding,
): Promise<ExitFileSummary> {
  let marked = false;
  async function attempt(as: TextEncoding): Promise<ExitFileSummary> {
    const reader = createExitFileReader(as, receive(as));
    let first = true;
    for await (const block of open()) {
      if (first) marked = isMarkedUtf8(block);
      first = false;
      reader.push(block);
    }
    return reader.end();
  }
  try {
    return await attempt(encoding ?? 'utf-8');
  } catch (error) {
    const another = error instanceof ExitFileError && error.problem === 'encoding';
    if (!another || encoding !== undefined || marked) throw error;
  }
  try {
    return await attempt('gb18030');
  } catch (error) {
    if (!(error instanceof ExitFileError) || error.problem !== 'encoding') throw error;
    throw new ExitFileError('文件编码既不是UTF-8也不是GB18030，请另存为UTF-8后再试', {
      problem: 'encoding',
      cause: error,
    });
  }
}
