import iconv from 'iconv-lite';
import { digestFile, digestOf } from './digest-file.ts';
import type { Batch } from './holdings.ts';

/** What became of one file: the receipt of its batch, or why the platform kept nothing of it. */
export interface Answered {
  /** name without its ending */
  stem: string;
  batch: string;
  division: string;
  date: string;
  encoding: string;
  /** SM3 of the file as it came */
  of: string;
  receivedAt: string;
  refused?: { code: string; message: string };
}

const COLUMNS = ['AAB301', 'AAZ341', 'result', 'check', 'field', 'message'];
type Row = readonly string[];

/** The rows of a receipt: one an item, or one a fault of a returned item. */
function rowsOf(answered: Answered, batch: Batch | undefined): Row[] {
  if (answered.refused) return [['', '', 'refused', answered.refused.code, '', answered.refused.message]];
  return (batch?.results ?? []).flatMap(({ AAB301, AAZ341, result, faults }): Row[] =>
    faults.length === 0
      ? [[AAB301, AAZ341, result, '', '', '']]
      : faults.map(({ rule, field, message }) => [AAB301, AAZ341, result, rule, field, message]),
  );
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** The two files of a receipt (docs/exchange-files.md), in the encoding of the file it is for. */
export function receiptFiles(answered: Answered, batch: Batch | undefined): { name: string; csv: Buffer; sm3: Buffer } {
  const rows = rowsOf(answered, batch);
  const text = [COLUMNS, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
  const csv = iconv.encode(text, answered.encoding);
  const name = answered.stem.replace(/^SYDJTC_/, 'SYDJTCHZ_');
  const number = `TC${digestOf(`${answered.batch}:${answered.of}`).slice(0, 20).toUpperCase()}`;
  const sm3 = digestFile({
    version: 1,
    file: `${name}.csv`,
    kind: 'exits-receipt',
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
