import {
  type ExitFileRow,
  type ExitFileTally,
  exitFileChecks,
  type RowFinding,
  type RowResult,
} from '@yingdeng/rules/exit-file/index.ts';
import type { ExitField } from '@yingdeng/rules/exit-record/index.ts';
import { type Finds, type FoundCheck, KEPT } from './protocol.ts';

/** Longer values are shortened for the list. Characters. */
const SHOWN = 80;

/** Keeps the first findings of each check while a file is read. */
export interface FindKeeper {
  add(row: ExitFileRow, result: RowResult): void;
  /** everything kept, with the checks it names */
  result(tally: ExitFileTally): { checks: FoundCheck[]; finds: Finds };
}

function shortened(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…（共${text.length}个字符）` : text;
}

function shownValue({ csv, record }: ExitFileRow, { check, field }: RowFinding, width: number): string {
  if (check === 'ROW-columns') return `${csv.count}列，表头是${width}列`;
  if (record === undefined) return shortened(csv.text.slice(csv.from, csv.to).trimEnd());
  if (check === 'AAZ341-repeated') return `${record.AAB301} ${record.AAZ341}`;
  return shortened(record[field as ExitField] ?? '');
}

/** `width` is the number of columns of the header. */
export function createFindKeeper(width: number): FindKeeper {
  const kept = new Map<string, number>();
  const names: string[] = [];
  const rows: number[] = [];
  const checks: number[] = [];
  const values: string[] = [];

  function keep(row: ExitFileRow, finding: RowFinding): void {
    const count = kept.get(finding.check) ?? 0;
    if (count >= KEPT) return;
    if (count === 0) names.push(finding.check);
    kept.set(finding.check, count + 1);
    rows.push(row.row);
    checks.push(names.indexOf(finding.check));
    // A slice of the file's text would keep its whole block alive.
    values.push(detached(shownValue(row, finding, width)));
  }

  return {
    add(row, { faults, warnings }) {
      for (const finding of faults) keep(row, finding);
      for (const finding of warnings) keep(row, finding);
    },
    result(tally) {
      const found = names.map((name): FoundCheck => {
        const note = exitFileChecks.find(({ check }) => check === name)!;
        const { count, fault } = tally.checks.get(name)!;
        const { message, explanation, citation, repairable } = note;
        return { check: name, fault, count, message, explanation, citation, repairable };
      });
      const order = found
        .map((_, index) => index)
        .sort((a, b) => Number(found[b]!.fault) - Number(found[a]!.fault) || found[b]!.count - found[a]!.count);
      const place = new Uint8Array(order.length);
      for (const [to, from] of order.entries()) place[from] = to;
      return {
        checks: order.map((index) => found[index]!),
        finds: { rows: Uint32Array.from(rows), checks: Uint8Array.from(checks, (index) => place[index]!), values },
      };
    },
  };
}

const utf16 = new Uint16Array(256);

/** The same text in memory of its own. */
function detached(text: string): string {
  const { length } = text;
  if (length > utf16.length) return text;
  for (let i = 0; i < length; i++) utf16[i] = text.charCodeAt(i);
  return String.fromCharCode(...utf16.subarray(0, length));
}
