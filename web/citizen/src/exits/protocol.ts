import type { ExitFileHeader, ExitFileProblem, ExitFileTally, TextEncoding } from '@yingdeng/rules/exit-file/index.ts';

/** What the page asks of its worker. One thing at a time; `cancel` ends whatever is under way. */
export type Order =
  | { kind: 'check'; file: File; today: string }
  | { kind: 'repair'; file: File; encoding: TextEncoding; as: TextEncoding }
  | { kind: 'cancel' };

/** What the worker tells. */
export type Report =
  | { kind: 'progress'; bytes: number; rows: number; ms: number }
  | { kind: 'checked'; checked: Checked }
  | { kind: 'repaired'; repaired: Repaired }
  | { kind: 'cancelled'; rows: number }
  | { kind: 'failed'; problem: ExitFileProblem; message: string };

/** A check that found something in the file. */
export interface FoundCheck {
  check: string;
  fault: boolean;
  count: number;
  message: string;
  explanation: string;
  citation: string;
  repairable: boolean;
}

/** Findings column by column: tens of thousands of objects would take the page long to receive. */
export interface Finds {
  rows: Uint32Array;
  /** index into `checks` */
  checks: Uint8Array;
  /** the value that was found faulty, shortened */
  values: readonly string[];
}

/** A file that was checked to its end. */
export interface Checked {
  rows: number;
  ms: number;
  header: Pick<ExitFileHeader, 'encoding' | 'marked' | 'delimiter' | 'kind' | 'ignored'>;
  tally: Omit<ExitFileTally, 'checks'>;
  /** faults first, the most frequent first */
  checks: readonly FoundCheck[];
  /** in the order of the file; of each check the first `KEPT` */
  finds: Finds;
}

/** Of each check so many findings are kept for the list; the counts are of all. */
export const KEPT = 500;

/** The copy with the repairs made, and the list of what was changed. */
export interface Repaired {
  rows: number;
  changes: number;
  encoding: TextEncoding;
  copy: Blob;
  list: Blob;
}
