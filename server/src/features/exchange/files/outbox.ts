import { join } from 'node:path';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { newId, sm3 } from '../../../platform/crypto.ts';
import { type Disk, errorCode } from '../../../platform/disk.ts';
import { DiskTrouble, FileTaken, putFile } from '../../../platform/put-file.ts';
import { type TextEncoding, UnmappableText } from '../../../platform/text-encoding.ts';
import { type ExitBatch, PlatformRefused } from '../platform-client.ts';
import { putAttempt } from '../send.sql.ts';
import { batchFileBytes } from './batch-file.ts';
import { type FileRow, fileOfBatch, fileTrouble, fileWritten, intendFile } from './files.sql.ts';
import { writeManifest } from './manifest.ts';
import { type BatchKind, batchFileKey, stemOf } from './names.ts';

const actor = systemActor('exchange-files');

/** A stored batch and what it carries. */
export interface FiledBatch extends ExitBatch {
  readonly kind: BatchKind;
}

/** The file of a batch as its row says it. */
export function findFile(context: Context, batch: Pick<ExitBatch, 'id' | 'division'>): Promise<FileRow | undefined> {
  return context.db.read(actor, (tx) => tx.first(fileOfBatch, tenantOf(batch), batch.id));
}

/**
 * Writes a batch as a file and its digest file into a folder, the digest file last, so that whoever sees that one sees
 * all. The name, encoding and digest are kept in the database before the disk is touched: the same batch is the same bytes under the
 * same name for ever, whatever was cut off. A file of that name with other content is not overwritten.
 * @throws DiskTrouble, PlatformRefused 409 when the name is taken, 422 when a record cannot be written in any file
 */
export async function writeBatchFile(
  context: Context,
  disk: Disk,
  folder: string,
  batch: FiledBatch,
  encoding: TextEncoding,
): Promise<{ name: string; count: number }> {
  const stem = stemOf(batchFileKey(batch.kind, batch.id));
  const file = await intend(context, batch, `${stem}.csv`, encoding);
  const bytes = bytesOf(batch, file.encoding);
  // Another release of this program would write it otherwise: the platform is not given two files of one name.
  if (!sm3(bytes).equals(file.digest)) throw taken(`${stem}.csv 已按旧的格式写过`);
  await putPair(context, disk, folder, batch, {
    stem,
    kind: batch.kind,
    count: batch.count,
    encoding: file.encoding,
    content: bytes,
  });
  return { name: `${stem}.csv`, count: batch.count };
}

/** What is written of a file that has its row. */
interface Pair {
  readonly stem: string;
  readonly kind: BatchKind | 'decisions' | 'civil';
  readonly count: number;
  readonly encoding: TextEncoding;
  readonly content: Buffer;
}

/** Writes a file and then its digest file, and says in the row how it went. @throws DiskTrouble, PlatformRefused 409 */
export async function putPair(
  context: Context,
  disk: Disk,
  folder: string,
  batch: { readonly id: string; readonly division: string; readonly date: string },
  { stem, content, ...facts }: Pair,
): Promise<void> {
  const tenant = batch.division.slice(0, 4);
  const { id, division, date } = batch;
  const digestFile = writeManifest({ file: `${stem}.csv`, batch: id, division, date, content, ...facts });
  try {
    await refuseOther(disk, join(folder, `${stem}.sm3`), digestFile);
    await putFile(disk, folder, `${stem}.csv`, content);
    await putFile(disk, folder, `${stem}.sm3`, digestFile);
  } catch (error) {
    if (error instanceof FileTaken) throw taken(`${stem} 已有内容不同的同名文件`);
    if (error instanceof DiskTrouble) {
      await context.db.transaction(actor, (tx) => tx.run(fileTrouble, tenant, id, error.reason));
    }
    throw error;
  }
  const now = context.clock.now();
  const sm3Text = sm3(content).toString('hex');
  const detail = { message: `${stem}.csv，SM3 ${sm3Text}`, file: `${stem}.csv`, sm3: sm3Text };
  await context.db.transaction(actor, async (tx) => {
    const written = await tx.first(fileWritten, tenant, id, now);
    // Of the first time, and of every time it was lost or damaged on the way.
    if (written) await tx.run(putAttempt, tenant, newId(now), id, now, 'written', JSON.stringify(detail));
  });
}

/** A foreign digest file under our name is found before our file is put beside it. */
async function refuseOther(disk: Disk, path: string, bytes: Buffer): Promise<void> {
  try {
    if (!bytes.equals(await disk.read(path))) throw new FileTaken(path);
  } catch (error) {
    if (error instanceof FileTaken) throw error;
    if (errorCode(error) !== 'ENOENT') throw new DiskTrouble(error, path);
  }
}

async function intend(context: Context, batch: FiledBatch, name: string, encoding: TextEncoding): Promise<FileRow> {
  const known = await findFile(context, batch);
  if (known) return known;
  const bytes = bytesOf(batch, encoding);
  const { division, id, kind } = batch;
  return context.db.transaction(actor, async (tx) => {
    const tenant = tenantOf(batch);
    void tx.run(intendFile, tenant, name, division, id, encoding, bytes.length, sm3(bytes), context.clock.now(), kind);
    // Another process may have been first, with another encoding: the row decides.
    const row = await tx.first(fileOfBatch, tenant, id);
    if (!row) throw taken(`${name} 属于另一个批次`);
    return row;
  });
}

function bytesOf(batch: FiledBatch, encoding: TextEncoding): Buffer {
  try {
    return batchFileBytes(batch.kind, batch.content, encoding);
  } catch (error) {
    // Formed for another transport: closed here, and the record is held back when the next batch is formed.
    if (error instanceof UnmappableText) throw new PlatformRefused(409, 'unmappable', '有文件无法传送的字符');
    throw error;
  }
}

const taken = (message: string) => new PlatformRefused(409, 'file-taken', message);
const tenantOf = ({ division }: Pick<ExitBatch, 'division'>) => division.slice(0, 4);
