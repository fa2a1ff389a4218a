import iconv from 'iconv-lite';
import { digestFile, digestOf } from './digest-file.ts';
import type { Fault } from './exit-record.ts';
import type { Batch, BatchKind } from './holdings.ts';

/** What became of one file: the receipt of its batch, or why the platform kept nothing of it. */
export interface Answered {
  /** name without its ending */
  stem: string;
  kind: BatchKind | 'decisions';
  batch: string;
  division: string;
  date: string;
  encoding: string;
  /** SM3 of the file as it came */
  of: string;
  receivedAt: string;
  refused?: { code: string; message: string };
  /** of a file of decisions: what became of each, in its order */
  decisions?: { result: string; faults: Fault[] }[];
}

const VERDICT = ['result', 'check', 'field', 'message'];
/** What names an item in each kind of receipt. */
const KEYS = { exits: ['AAB301', 'AAZ341'], registrations: ['AAB301', 'AAZ341'], decisions: ['item'] } as const;
type Row = readonly string[];

/** The rows of a receipt: one an item, or one a fault of a returned item. */
function rowsOf(answered: Answered, batch: Batch | undefined): Row[] {
  const { kind, refused, decisions = [] } = answered;
  if (refused) return [[...KEYS[kind].map(() => ''), 'refused', refused.code, '', refused.message]];
  const items: { key: Row; result: string; faults: Fault[] }[] =
    kind === 'decisions'
      ? decisions.map((one, n) => ({ key: [String(n + 1)], ...one }))
      : (batch?.results ?? []).map(({ AAB301, AAZ341, ...rest }) => ({ key: [AAB301, AAZ341], ...rest }));
  return items.flatMap(({ key, result, faults }): Row[] =>
    faults.length === 0
      ? [[...key, result, '', '', '']]
      : faults.map(({ rule, field, message }) => [...key, result, rule, field, message]),
  );
}

/** The bytes of a CSV file: every field quoted, CRLF, no mark. */
export function csvBytes(rows: readonly Row[], encoding: string): Buffer {
  return iconv.encode(rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join(''), encoding);
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** The two files of a receipt (docs/exchange-files.md), in the encoding of the file it is for. */
export function receiptFiles(answered: Answered, batch: Batch | undefined): { name: string; csv: Buffer; sm3: Buffer } {
  const rows = rowsOf(answered, batch);
  const csv = csvBytes([[...KEYS[answered.kind], ...VERDICT], ...rows], answered.encoding);
  const name = answered.stem.replace('_', 'HZ_');
  const number = `TC${digestOf(`${answered.batch}:${answered.of}`).slice(0, 20).toUpperCase()}`;
  const sm3 = digestFile({
    version: 1,
    file: `${name}.csv`,
    kind: `${answered.kind}-receipt`,
    batch: answered.batch,
    division: answered.division,
    date: answered.date,
    count: rows.length,
    encoding: answered.encoding,
    bytes: csv.length,
    sm3: digestOf(csv),
    receipt: batch?.receipt ?? number,
    receivedAt: batch?.receivedAt ?? answered.receivedAt,
    result: answered.refused ? 'refused' : 'received',
    of: answered.of,
  });
  return { name, csv, sm3 };
}
