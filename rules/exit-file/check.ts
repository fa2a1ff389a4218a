import type { PlainDate } from '../calendar.ts';
import { checkByTable } from '../exit-record/check.ts';
import { type ExitFacts, type ExitRecordResult, repairExitRecord, withRepeatedKey } from '../exit-record/index.ts';
import { isPlain } from '../exit-record/plain.ts';
import type { ExitFileRow } from './read.ts';
import { createCompactRepeatFinder } from './repeats.ts';

/** A finding of a file: of a record, or of a row that is no record. */
export interface RowFinding {
  check: string;
  /** indicator code; empty when the whole row is meant */
  field: string;
  /** in Chinese, without personal data */
  message: string;
}

/** What was found in one row. */
export interface RowResult {
  faults: readonly RowFinding[];
  warnings: readonly RowFinding[];
}

/** A row with another number of columns than the header. */
export const wrongWidth: RowFinding = { check: 'ROW-columns', field: '', message: '这一行的列数与表头不同' };
/** A row with a quote where none may stand. */
export const wrongQuotes: RowFinding = { check: 'ROW-quotes', field: '', message: '这一行的引号用得不对' };

const clean: RowResult = Object.freeze({ faults: Object.freeze([]), warnings: Object.freeze([]) });
const noRecord: RowResult = { faults: [wrongWidth], warnings: [] };
const badQuotes: RowResult = { faults: [wrongQuotes], warnings: [] };

/** What the checker needs to know beside the file. */
export interface ExitFileFacts {
  /** the date in Asia/Shanghai */
  today: PlainDate;
  divisions: NonNullable<ExitFacts['divisions']>;
  statisticsOnly: NonNullable<ExitFacts['statisticsOnly']>;
}

/** Six digits as a number, -1 for anything else. */
function sixDigits(code: string): number {
  if (code.length !== 6) return -1;
  let number = 0;
  for (let i = 0; i < 6; i++) {
    const digit = code.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

/** Remembers the answers of a table, one byte a code: a file names a few hundred divisions a million times. */
function remembered(table: { has(code: string): boolean }): { has(code: string): boolean } {
  const answers = new Uint8Array(1_000_000);
  return {
    has(code) {
      const number = sixDigits(code);
      if (number < 0) return table.has(code);
      if (answers[number] === 0) answers[number] = table.has(code) ? 1 : 2;
      return answers[number] === 1;
    },
  };
}

/** Checks row after row of one file, remembering the keys it has seen, and counts. */
export interface ExitFileChecker {
  check(row: ExitFileRow): RowResult;
  /** what was found up to now */
  readonly tally: ExitFileTally;
}

/** Counts of a whole file. */
export interface ExitFileTally {
  /** rows with a fault */
  faulty: number;
  /** rows without a fault but with a warning */
  warned: number;
  /** rows in which the safe repairs change something */
  repairable: number;
  /** findings by check id */
  checks: Map<string, { count: number; message: string; fault: boolean }>;
}

/** The checks of one file from its first row to its last; see `readExitFile` for the rows. */
export function createExitFileChecker({ today, divisions, statisticsOnly }: ExitFileFacts): ExitFileChecker {
  const repeats = createCompactRepeatFinder();
  const tally: ExitFileTally = { faulty: 0, warned: 0, repairable: 0, checks: new Map() };
  // One object for all rows: only the sex changes.
  const facts: ExitFacts = {
    today,
    sex: undefined,
    divisions: remembered(divisions),
    statisticsOnly: remembered(statisticsOnly),
  };

  function count({ check, message }: RowFinding, fault: boolean): void {
    const known = tally.checks.get(check);
    if (known) known.count++;
    else tally.checks.set(check, { count: 1, message, fault });
  }

  function resultOf({ record, sex, csv }: ExitFileRow): RowResult {
    if (record === undefined) return csv.wellQuoted ? noRecord : badQuotes;
    facts.sex = sex;
    let result: ExitRecordResult | undefined;
    // The two halves of checkExitRecord: in an ordinary record there is nothing to repair either.
    if (!isPlain(record, facts)) {
      result = checkByTable(record, facts);
      if (repairExitRecord(record).changes.length > 0) tally.repairable++;
    }
    if (repeats.add(record) !== 'other') return result ?? clean;
    return withRepeatedKey(result ?? { faults: [], warnings: [] });
  }

  return {
    tally,
    check(row) {
      const result = resultOf(row);
      const { faults, warnings } = result;
      if (faults.length > 0) tally.faulty++;
      else if (warnings.length > 0) tally.warned++;
      for (let i = 0; i < faults.length; i++) count(faults[i]!, true);
      for (let i = 0; i < warnings.length; i++) count(warnings[i]!, false);
      return result;
    },
  };
}
