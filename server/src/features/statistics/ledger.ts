import type { SpecialGroup } from '@yingdeng/rules/provisions/parameters.ts';
import { numberOfGroup } from '@yingdeng/rules/statistics/besides.ts';
import { IdIndex } from '@yingdeng/rules/statistics/id-index.ts';
import { ordered } from '@yingdeng/rules/statistics/ordered.ts';
import { mark, recordBytes, viewOf } from '@yingdeng/rules/statistics/standing.ts';
import type { Tx } from '../../platform/database.ts';
import { besidesAt, displacedSince, marks, movementsIn, stoodAt, validNow } from './ledger.sql.ts';
import type { ReportingMonth } from './month.ts';

/** A list of an office, in the order of its bytes. */
export interface OfficeList {
  readonly office: string;
  readonly list: Uint8Array;
}

/** What the ledger says of a month of some counties, office by office. */
export interface LedgerLists {
  readonly stock: readonly OfficeList[];
  readonly movements: readonly OfficeList[];
  readonly besides: readonly OfficeList[];
  /** The stock at the beginning of the month; only when it was asked for. */
  readonly opening: readonly OfficeList[];
}

/** Counties of one city under the same provisions, and what of these the lists need. */
export interface LedgerRange {
  readonly tenant: string;
  readonly divisions: readonly string[];
  readonly month: ReportingMonth;
  /** Categories of difficulty that mean a household without anybody in work. */
  readonly zeroEmployment: readonly string[];
  /** Groups that count besides (H122-3a), each person with the first of them. */
  readonly groups: readonly SpecialGroup[];
}

/** Ids, or people and their marks, as the statements answer them. */
const ID_BYTES = 16;
const MARK_BYTES = 20;

/**
 * Reads the ledger once for all the counties: who is valid today, less those who were not or elsewhere at the instant, and those who were. The
 * transaction must be a snapshot.
 */
export async function readLedger(tx: Tx, of: LedgerRange, withOpening: boolean): Promise<LedgerLists> {
  const { tenant, divisions, month, groups } = of;
  const { opens, closes } = month;
  const counties = [tenant, divisions] as const;
  const at = async (instant: Date) => {
    const [[displaced], stood] = await Promise.all([
      tx.fields(displacedSince, ...counties, instant),
      tx.fields(stoodAt, ...counties, instant),
    ]);
    return { displaced: indexOf(displaced?.[0] ?? Buffer.alloc(0), ID_BYTES), stood: recordsByOffice(stood) };
  };
  // Asked in this order, so that the stock is put in order here while the database looks for what moved.
  const [marked, end, valid, moved, besides, beginning] = [
    tx.fields(marks, tenant, month.to, of.zeroEmployment),
    at(closes),
    tx.fields(validNow, ...counties, opens, closes),
    tx.fields(movementsIn, ...counties, opens, closes),
    tx.fields(besidesAt, ...counties, closes, month.to, groups, groups.map(numberOfGroup)),
    withOpening ? at(opens) : undefined,
  ];
  const lay = markedBy((await marked)[0]?.[0] ?? Buffer.alloc(0));
  const rows = await valid;
  const [before, since] = [recordsByOffice(rows), recordsByOffice(rows, 2)];
  const there = async (when: ReturnType<typeof at>, ...lists: readonly Records[]) => {
    const { displaced, stood } = await when;
    const valid = lists.flat().map(({ office, records }) => ({ office, records: without(records, displaced) }));
    return listsOf([...valid, ...stood], lay);
  };
  return {
    stock: await there(end, before, since),
    movements: listsOf(recordsByOffice(await moved), lay),
    besides: listsOf(recordsByOffice(await besides)),
    opening: beginning ? await there(beginning, before) : [],
  };
}

type Records = readonly { readonly office: string; readonly records: Buffer }[];

/** Rows of an office and its records, as the statements answer them. */
export const recordsByOffice = (rows: readonly Buffer[][], field = 1): Records =>
  rows.map((row) => ({ office: String(row[0]), records: row[field] ?? Buffer.alloc(0) }));

/** One list an office, in order, each person marked. */
export function listsOf(parts: Records, lay: (list: Uint8Array) => void = () => {}): OfficeList[] {
  return [...Map.groupBy(parts, ({ office }) => office)]
    .map(([office, of]) => {
      const list = ordered(...of.map(({ records }) => records));
      lay(list);
      return { office, list };
    })
    .filter(({ list }) => list.length > 0)
    .sort((a, b) => (a.office < b.office ? -1 : 1));
}

function indexOf(ids: Buffer, width: number): IdIndex {
  const view = new DataView(ids.buffer, ids.byteOffset, ids.length);
  const index = new IdIndex(ids.length / width);
  for (let at = 0; at < ids.length; at += width) index.put(view, at);
  return index;
}

/** Records whose registration is not among some. */
function without(records: Buffer, displaced: IdIndex): Buffer {
  if (displaced.size === 0) return records;
  const view = viewOf(records);
  const kept = Buffer.alloc(records.length);
  let end = 0;
  for (let at = 0; at < records.length; at += recordBytes)
    if (displaced.find(view, at) < 0) end += records.copy(kept, end, at, at + recordBytes);
  return kept.subarray(0, end);
}

/** Marks the people of a list; someone may stand under several marks. */
function markedBy(marked: Buffer): (list: Uint8Array) => void {
  if (marked.length === 0) return () => {};
  const people = indexOf(marked, MARK_BYTES);
  const view = new DataView(marked.buffer, marked.byteOffset, marked.length);
  const bits = new Uint32Array(people.size);
  for (let at = 0; at < marked.length; at += MARK_BYTES) bits[people.find(view, at)]! |= view.getUint32(at + ID_BYTES);
  return (list) => {
    const records = viewOf(list);
    for (let at = 0; at < list.length; at += recordBytes) {
      const person = people.find(records, at + ID_BYTES);
      if (person >= 0) mark(records, at, bits[person]!);
    }
  };
}
