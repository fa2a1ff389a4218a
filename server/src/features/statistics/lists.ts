import type { ListKind, SealedList } from '@yingdeng/rules/statistics/seal.ts';
import { personsOf } from '@yingdeng/rules/statistics/standing.ts';
import { sameBytes, sm3 } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { OfficeList } from './records.ts';
import { listsOf, type ReportRow } from './report.sql.ts';

/** A list of an office as it is counted, kept and digested. */
export interface KindList extends OfficeList {
  readonly kind: ListKind;
}
/** A list with the digest it was kept with. */
export interface KeptList extends KindList, SealedList {}

/** A list ready to be kept. */
export function freeze(list: KindList): KeptList {
  return { ...list, persons: personsOf(list.list), digest: sm3(list.list).toString('hex') };
}

/** The lists of a report by office, of some kinds, as they are kept: nothing says yet that they are what was frozen. */
export async function keptLists(
  tx: Tx,
  { tenant, id }: Pick<ReportRow, 'tenant' | 'id'>,
  kinds: readonly ListKind[],
): Promise<KeptList[]> {
  const rows = await tx.fields(listsOf, tenant, id, kinds);
  return rows.map(([office, kind, persons, digest, list]) => ({
    office: String(office),
    kind: String(kind) as ListKind,
    persons: persons?.readInt32BE() ?? 0,
    digest: digest?.toString('hex') ?? '',
    list: list ?? Buffer.alloc(0),
  }));
}

/** Whether a kept list still has the digest that was kept with it. */
export const isWhole = ({ list, digest }: KeptList): boolean => sameBytes(sm3(list), Buffer.from(digest, 'hex'));

/**
 * The bytes of a kept list. @throws AppError report.notAllowed when they no longer have the digest that was kept with them: a changed list is
 * never counted as if nothing had happened.
 */
export function thaw(kept: KeptList): Uint8Array {
  if (!isWhole(kept))
    throw new AppError('report.notAllowed', {
      why: `${kept.office}的名册与封存时的摘要不一致，请用 yingdeng report verify 核对。`,
    });
  return kept.list;
}
