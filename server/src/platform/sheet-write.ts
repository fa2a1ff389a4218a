import { PassThrough, Readable } from 'node:stream';
import ExcelJS from 'exceljs';

/** Heading of the column that comes back with the faulty rows; a mended file may still have it. */
const FAULT_COLUMN = '错误';

/** A row that goes back, with what is wrong with it. */
export interface FaultyRow {
  readonly line: number;
  readonly cells: readonly string[];
  readonly faults: string;
}

/** The faulty rows as the file had them, one more column at the end; the same format, in pieces. `title` names the sheet of an XLSX. */
export function faultSheet(
  format: 'csv' | 'xlsx',
  header: readonly string[],
  rows: AsyncIterable<readonly FaultyRow[]>,
  title: string,
): Readable {
  // A mended file may come back with our column: its old words are replaced.
  const old = header.indexOf(FAULT_COLUMN);
  const own = (cells: readonly string[]) => {
    const whole = header.map((_, i) => cells[i] ?? '');
    return old < 0 ? whole : whole.filter((_, i) => i !== old);
  };
  const table = (async function* () {
    yield [[...own(header), FAULT_COLUMN]];
    for await (const page of rows) yield page.map(({ cells, faults }) => [...own(cells), faults]);
  })();
  return format === 'csv' ? Readable.from(csvText(table)) : xlsxBytes(table, title);
}

async function* csvText(table: AsyncIterable<readonly (readonly string[])[]>): AsyncGenerator<string> {
  yield '\uFEFF';
  for await (const page of table) yield page.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** A cell that a sheet would take for a formula begins with an apostrophe; reading takes it off again. */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function xlsxBytes(table: AsyncIterable<readonly (readonly string[])[]>, title: string): Readable {
  const out = new PassThrough();
  const writer = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: false, useSharedStrings: false });
  const write = async () => {
    const sheet = writer.addWorksheet(title);
    for await (const page of table) {
      // A string stays a string: what looks like a formula is none.
      for (const row of page) sheet.addRow([...row]).commit();
      // Lets go of what has been written before more is read.
      await new Promise((resume) => setImmediate(resume));
    }
    sheet.commit();
    await writer.commit();
  };
  write().catch((error: Error) => out.destroy(error));
  return out;
}
