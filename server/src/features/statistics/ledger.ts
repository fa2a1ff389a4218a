import type { SpecialGroup } from '@yingdeng/rules/provisions/parameters.ts';
import { numberOfGroup } from '@yingdeng/rules/statistics/besides.ts';
import { IdIndex } from '@yingdeng/rules/statistics/id-index.ts';
import { merged, ordered } from '@yingdeng/rules/statistics/ordered.ts';
import {
  eachMovement,
  idAt,
  mark,
  recordBytes,
  stockRecord,
  unmark,
  viewOf,
} from '@yingdeng/rules/statistics/standing.ts';
import type { Tx } from '../../platform/database.ts';
import {
  besidesAt,
  changedFacts,
  displacedSince,
  marks,
  movementsIn,
  recordsNow,
  stoodAt,
  validIds,
  validNow,
} from './ledger.sql.ts';
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

/** The stock as it was sealed at the beginning of a month. */
export interface SealedStock {
  readonly lists: readonly OfficeList[];
  /** When it was frozen. */
  readonly cutAt: Date;
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

/** What was so at an instant beside those who are valid today. */
interface Instant {
  /** Who is valid today and was not, or was elsewhere. */
  readonly displaced: IdIndex;
  /** Who was there and is valid no longer, or is elsewhere. */
  readonly stood: Records;
}

type Lay = (list: Uint8Array) => void;

/** An office's sealed stock beside those who are valid there today. */
interface Kept {
  readonly office: string;
  readonly town: boolean;
  readonly list: Uint8Array;
  readonly valid: Buffer;
  readonly changed: IdIndex;
}

/** Somebody's facts may be written by a transaction that began before the list was frozen and ended after; none lasts a minute. */
const UNSEEN = 3_600_000;

async function keepSealed(tx: Tx, of: LedgerRange, { lists, cutAt }: SealedStock): Promise<Kept[]> {
  const { tenant, divisions, month } = of;
  const [rows, [changed]] = await Promise.all([
    tx.fields(validIds, tenant, divisions, month.closes),
    tx.fields(changedFacts, tenant, new Date(cutAt.getTime() - UNSEEN), month.opens, month.to, 'graduates'),
  ]);
  const index = indexOf(changed?.[0] ?? Buffer.alloc(0), ID_BYTES);
  const sealed = new Map(lists.map(({ office, list }) => [office, list]));
  return rows.map(([code, town, valid]) => {
    const office = String(code);
    return {
      office,
      town: town?.[0] === 1,
      list: sealed.get(office) ?? new Uint8Array(),
      valid: valid ?? Buffer.alloc(0),
      changed: index,
    };
  });
}

/** The stock at the end: who was in the sealed one and still is, as sealed; who is valid besides, as the ledger says. */
async function stockFrom(
  tx: Tx,
  tenant: string,
  kept: readonly Kept[],
  come: Come,
  { displaced, stood }: Instant,
  lay: Lay,
): Promise<OfficeList[]> {
  const offices = kept.map(({ office, ...of }) => ({ office, ...stayed(of, come, displaced) }));
  const wanted = offices.flatMap(({ others }) => others);
  const rows = wanted.length === 0 ? [] : await tx.fields(recordsNow, tenant, wanted);
  const others = Map.groupBy([...recordsByOffice(rows), ...stood], ({ office }) => office);
  const stocks = new Map(offices.map(({ office, list }) => [office, list]));
  const known = new Map(offices.map(({ office, records }) => [office, records]));
  return [...new Set([...stocks.keys(), ...others.keys()])]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((office) => {
      const few = ordered(...(known.get(office) ?? []), ...(others.get(office) ?? []).map(({ records }) => records));
      const list = merged(stocks.get(office) ?? new Uint8Array(), few);
      lay(list);
      return { office, list };
    })
    .filter(({ list }) => list.length > 0);
}

/** Records of the stock of those who came within the month, as what moved says them, by their number. */
interface Come {
  readonly index: IdIndex;
  readonly records: readonly Uint8Array[];
}

function comeIn(moved: Records): Come {
  const index = new IdIndex(moved.reduce((sum, { records }) => sum + records.length, 0) / recordBytes);
  const come: Uint8Array[] = [];
  for (const { records } of moved) {
    const view = viewOf(records);
    eachMovement(records, ({ kind }, at) => {
      if (kind === 'new' || kind === 'restored') come[index.put(view, at)] = stockRecord(records, at);
    });
  }
  return { index, records: come };
}

/**
 * Of the valid ones of an office: the records of those whose sealed record still says what is so, unmarked; records of those who came and were not
 * touched since; and the ids of the others.
 */
function stayed(
  { list, valid, changed, town }: Omit<Kept, 'office'>,
  come: Come,
  displaced: IdIndex,
): { list: Uint8Array; records: Uint8Array[]; others: string[] } {
  const [sealed, there] = [viewOf(list), new DataView(valid.buffer, valid.byteOffset, valid.length)];
  const members = indexOf(valid, ID_BYTES);
  const waiting = new Uint8Array(members.size).fill(1);
  const stay = new Uint8Array(Math.min(list.length, members.size * recordBytes));
  const view = viewOf(stay);
  let end = 0;
  for (let at = 0; at < list.length; at += recordBytes) {
    const number = members.find(sealed, at);
    if (number < 0 || changed.find(sealed, at) >= 0 || displaced.find(sealed, at) >= 0) continue;
    waiting[number] = 0;
    stay.set(list.subarray(at, at + recordBytes), end);
    unmark(view, end, town);
    end += recordBytes;
  }
  const records: Uint8Array[] = [];
  const others: string[] = [];
  for (let number = 0; number < members.size; number += 1) {
    const at = number * ID_BYTES;
    if (waiting[number] === 0 || displaced.find(there, at) >= 0) continue;
    const came = changed.find(there, at) < 0 ? come.records[come.index.find(there, at)] : undefined;
    if (came) records.push(came);
    else others.push(idAt(valid, at));
  }
  return { list: stay.slice(0, end), records, others };
}

type Records = readonly { readonly office: string; readonly records: Buffer }[];

/** Rows of an office and its records, as the statements answer them. */
export const recordsByOffice = (rows: readonly Buffer[][], field = 1): Records =>
  rows.map((row) => ({ office: String(row[0]), records: row[field] ?? Buffer.alloc(0) }));

/** One list an office, in order, each person marked. */
export function listsOf(parts: Records, lay: Lay = () => {}): OfficeList[] {
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
