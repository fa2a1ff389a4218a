import { numberOfGroup } from '@yingdeng/rules/statistics/besides.ts';
import type { IdIndex } from '@yingdeng/rules/statistics/id-index.ts';
import { mark, recordBytes, viewOf } from '@yingdeng/rules/statistics/standing.ts';
import type { Tx } from '../../platform/database.ts';
import { besidesAt, displacedSince, marks, movementsIn, stoodAt, validNow } from './ledger.sql.ts';
import {
  ID_BYTES,
  type Instant,
  indexOf,
  type Lay,
  type LedgerRange,
  listsOf,
  type OfficeList,
  type Records,
  recordsByOffice,
} from './records.ts';
import { comeIn, keepSealed, type SealedStock, stockFrom } from './sealed-stock.ts';

/** People and their marks, as the statement answers them. */
const MARK_BYTES = 20;

/** What the ledger says of a month of some counties, office by office. */
export interface LedgerLists {
  readonly stock: readonly OfficeList[];
  readonly movements: readonly OfficeList[];
  readonly besides: readonly OfficeList[];
  /** The stock at the beginning of the month; only when it was asked for. */
  readonly opening: readonly OfficeList[];
}

/**
 * Reads the ledger once for all the counties: who is valid today, less those who were not or elsewhere at the instant, and those who were. With the
 * stock as it was sealed at the beginning, only those are read whole who are not in it or of whom something changed since; the lists are the same.
 * The transaction must be a snapshot.
 */
export async function readLedger(
  tx: Tx,
  of: LedgerRange,
  { sealed, withOpening }: { sealed?: SealedStock | undefined; withOpening: boolean },
): Promise<LedgerLists> {
  const { tenant, divisions, month, groups } = of;
  const { opens, closes } = month;
  const counties = [tenant, divisions] as const;
  const at = async (instant: Date): Promise<Instant> => {
    const [[displaced], stood] = await Promise.all([
      tx.fields(displacedSince, ...counties, instant),
      tx.fields(stoodAt, ...counties, instant),
    ]);
    return { displaced: indexOf(displaced?.[0] ?? Buffer.alloc(0), ID_BYTES), stood: recordsByOffice(stood) };
  };
  // Asked in this order, so that the stock is put in order here while the database looks for what moved.
  const [marked, end, valid, kept, moved, besides, beginning] = [
    tx.fields(marks, tenant, month.to, of.zeroEmployment),
    at(closes),
    sealed ? [] : tx.fields(validNow, ...counties, opens, closes),
    sealed && keepSealed(tx, of, sealed),
    tx.fields(movementsIn, ...counties, opens, closes),
    tx.fields(besidesAt, ...counties, closes, month.to, groups, groups.map(numberOfGroup)),
    withOpening ? at(opens) : undefined,
  ];
  const lay = markedBy((await marked)[0]?.[0] ?? Buffer.alloc(0));
  const rows = await valid;
  const [before, since] = [recordsByOffice(rows), recordsByOffice(rows, 2)];
  const there = ({ displaced, stood }: Instant, ...lists: readonly Records[]) => {
    const valid = lists.flat().map(({ office, records }) => ({ office, records: without(records, displaced) }));
    return listsOf([...valid, ...stood], lay);
  };
  return {
    stock: kept
      ? await stockFrom(tx, tenant, await kept, comeIn(recordsByOffice(await moved)), await end, lay)
      : there(await end, before, since),
    movements: listsOf(recordsByOffice(await moved), lay),
    besides: listsOf(recordsByOffice(await besides)),
    opening: beginning ? there(await beginning, before) : [],
  };
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
function markedBy(marked: Buffer): Lay {
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
