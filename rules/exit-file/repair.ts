import { type ExitRepair, exitFields, repairExitRecord } from '../exit-record/index.ts';
import type { CsvRow, Delimiter } from './csv.ts';
import { encodeText } from './encode.ts';
import type { TextEncoding } from './encoding.ts';
import type { ExitFileHeader } from './header.ts';
import type { ExitFileReceiver } from './read.ts';

/** Where the bytes of a copy and of its list of changes go. */
export interface RepairOutput {
  copy(bytes: Uint8Array<ArrayBuffer>): void;
  changes(bytes: Uint8Array<ArrayBuffer>): void;
}

/** What was changed in a copy. */
export interface RepairTotal {
  /** rows with a change */
  rows: number;
  /** changes */
  changes: number;
}

/** Characters kept before they are encoded and given on. */
const FULL = 256 * 1024;

/** A value as a CSV file holds it. */
function quoted(cell: string, delimiter: Delimiter): string {
  const bare = !cell.includes('"') && !cell.includes(delimiter) && !/[\r\n]/.test(cell) && cell.trim() === cell;
  return bare ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** A value as a spreadsheet program must not take it for a formula. */
function harmless(value: string): string {
  return quoted(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value, ',');
}

/** The first row of the list of changes. The mark lets spreadsheet programs see the encoding. */
const changesHeader = '\ufeff行,指标编码,指标,改前,改后,改了什么\r\n';

const names: Readonly<Record<string, string>> = Object.fromEntries(exitFields.map(({ field, name }) => [field, name]));

/** The line end a row has in the file; none at the end of the last. */
function lineEndOf({ text, to }: CsvRow): string {
  if (text[to - 1] === '\r') return '\r';
  if (text[to - 1] !== '\n') return '';
  return text[to - 2] === '\r' ? '\r\n' : '\n';
}

/** Makes the copy from the rows it receives; see `createRepairedCopy`. */
export interface RepairedCopy extends ExitFileReceiver {
  header(header: ExitFileHeader, csv: CsvRow | undefined): void;
  /** gives on what is left; call it once, after the last row */
  end(): RepairTotal;
}

/**
 * Receives the rows of a file and makes a copy with the safe repairs, in the file's encoding or in `as`: a row without
 * a repair stands in the copy character for character, a repaired one keeps its columns, separator and line end. Empty
 * lines are left out. The list of changes is UTF-8 with a mark, and no value in it is a formula. Both go out in pieces;
 * nothing is held whole.
 */
export function createRepairedCopy(output: RepairOutput, as?: TextEncoding): RepairedCopy {
  const total: RepairTotal = { rows: 0, changes: 0 };
  let copy = '';
  let list = changesHeader;
  let delimiter: Delimiter = ',';
  let columns: ExitFileHeader['columns'] | undefined;
  let target: TextEncoding = 'utf-8';

  function flush(): void {
    if (copy !== '') output.copy(encodeText(copy, target));
    if (list !== '') output.changes(encodeText(list, 'utf-8'));
    copy = '';
    list = '';
  }

  function note(row: number, { field, before, after, why }: ExitRepair): void {
    list += `${row},${field},${names[field]},${harmless(before)},${harmless(after)},${why}\r\n`;
  }

  return {
    header(found, csv) {
      ({ columns, delimiter } = found);
      target = as ?? found.encoding;
      if (found.marked) copy += '\ufeff';
      if (csv) copy += csv.text.slice(csv.from, csv.to);
    },
    row({ row, record, csv }) {
      const { changes } = record === undefined ? { changes: [] } : repairExitRecord(record);
      if (changes.length === 0) {
        copy += csv.text.slice(csv.from, csv.to);
      } else {
        const cells = csv.cells.slice(0, csv.count);
        for (const change of changes) {
          // Later changes of one field follow earlier ones, so the last one stands.
          cells[columns![change.field]] = change.after;
          note(row, change);
        }
        copy += cells.map((cell) => quoted(cell, delimiter)).join(delimiter) + lineEndOf(csv);
        total.rows++;
        total.changes += changes.length;
      }
      if (copy.length >= FULL) flush();
    },
    end() {
      flush();
      return total;
    },
  };
}
