// Lists of offices between the database's answers and what is frozen of them.
import type { SpecialGroup } from '@yingdeng/rules/provisions/parameters.ts';
import { IdIndex } from '@yingdeng/rules/statistics/id-index.ts';
import { ordered } from '@yingdeng/rules/statistics/ordered.ts';
import type { ReportingMonth } from './month.ts';

/** Ids as the statements answer them. */
export const ID_BYTES = 16;

/** A list of an office, in the order of its bytes. */
export interface OfficeList {
  readonly office: string;
  readonly list: Uint8Array;
}

/** Lays marks over the people of a list. */
export type Lay = (list: Uint8Array) => void;

/** Records of offices, as the statements answer them. */
export type Records = readonly { readonly office: string; readonly records: Buffer }[];

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

/** Numbers the ids that stand in the first bytes of every `width`. */
export function indexOf(ids: Buffer, width: number): IdIndex {
  const view = new DataView(ids.buffer, ids.byteOffset, ids.length);
  const index = new IdIndex(ids.length / width);
  for (let at = 0; at < ids.length; at += width) index.put(view, at);
  return index;
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

/** What was so at an instant beside those who are valid today. */
export interface Instant {
  /** Who is valid today and was not, or was elsewhere. */
  readonly displaced: IdIndex;
  /** Who was there and is valid no longer, or is elsewhere. */
  readonly stood: Records;
}
