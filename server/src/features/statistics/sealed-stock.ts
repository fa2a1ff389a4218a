// The stock of a month that follows a sealed one: from the seal who is still valid and unchanged, from what moved who came, from the registers the others.
import { IdIndex } from '@yingdeng/rules/statistics/id-index.ts';
import { merged, ordered } from '@yingdeng/rules/statistics/ordered.ts';
import { eachMovement, idAt, recordBytes, stockRecord, unmark, viewOf } from '@yingdeng/rules/statistics/standing.ts';
import type { Tx } from '../../platform/database.ts';
import { changedFacts, recordsNow, validIds } from './ledger.sql.ts';
import {
  ID_BYTES,
  type Instant,
  indexOf,
  type Lay,
  type LedgerRange,
  type OfficeList,
  type Records,
  recordsByOffice,
} from './records.ts';

/** The stock as it was sealed at the beginning of a month. */
export interface SealedStock {
  readonly lists: readonly OfficeList[];
  /** When it was frozen. */
  readonly cutAt: Date;
}

/** An office's sealed stock beside those who are valid there today. */
export interface Kept {
  readonly office: string;
  readonly town: boolean;
  readonly list: Uint8Array;
  readonly valid: Buffer;
  readonly changed: IdIndex;
}

/** Somebody's facts may be written by a transaction that began before the list was frozen and ended after; none lasts a minute. */
const UNSEEN = 3_600_000;

/** Asks who is valid today, and of whom something changed since the stock was frozen. */
export async function keepSealed(tx: Tx, of: LedgerRange, { lists, cutAt }: SealedStock): Promise<Kept[]> {
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
export async function stockFrom(
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
export interface Come {
  readonly index: IdIndex;
  readonly records: readonly Uint8Array[];
}

/** Takes those who came from what moved. */
export function comeIn(moved: Records): Come {
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
