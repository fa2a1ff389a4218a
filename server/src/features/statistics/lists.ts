import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { ListKind, SealedList } from '@yingdeng/rules/statistics/seal.ts';
import { sameBytes, sm3 } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import type { ListRow } from './ledger.sql.ts';
import type { KeptListRow } from './report.sql.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** A list ready to be kept: its digest is that of its lines, not of their packing. */
export interface FrozenList extends SealedList {
  readonly bytes: Buffer;
  readonly packed: Buffer;
}

/** Freezes a list as the ledger gave it. */
export async function freeze(kind: ListKind, { office, persons, lines }: ListRow): Promise<FrozenList> {
  // Lines are plain ASCII: one byte a character.
  const bytes = Buffer.from(lines, 'latin1');
  return { office, kind, persons, digest: sm3(bytes).toString('hex'), bytes, packed: await compress(bytes) };
}

/**
 * The lines of a kept list. @throws AppError report.notAllowed when they no longer have the digest that was kept with them: a changed list is
 * never counted as if nothing had happened.
 */
export async function thaw(kept: Pick<KeptListRow, 'office' | 'kind' | 'digest' | 'content'>): Promise<string> {
  const bytes = await decompress(kept.content).catch(() => Buffer.alloc(0));
  if (!sameBytes(sm3(bytes), kept.digest))
    throw new AppError('report.notAllowed', {
      why: `${kept.office}的名册与封存时的摘要不一致，请用 yingdeng report verify 核对。`,
    });
  return bytes.toString('latin1');
}
