import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { disk } from '../../../platform/disk.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';
import { loadBatch } from '../batch.ts';
import { tenantsOf } from '../places.ts';
import { PlatformRefused } from '../platform-client.ts';
import { exitFilesToWrite } from './files.sql.ts';
import { foldersIn } from './folders.ts';
import { writeBatchFile } from './outbox.ts';
import { prepareOutbox } from './outbox-folder.ts';

/**
 * Writes files of exits that are named but do not lie there: the disk was full, or the platform said that one was damaged on the
 * way. Soon, not only in the night. @throws DiskTrouble
 */
export async function writeExitFiles(
  context: Context,
  { folder, encoding }: { folder: string; encoding: TextEncoding },
): Promise<void> {
  const files = await context.db.read(systemActor('exchange-files'), (tx) =>
    tx.rows(exitFilesToWrite, tenantsOf(context)),
  );
  if (files.length === 0) return;
  const { outbox } = foldersIn(folder);
  await prepareOutbox(outbox);
  for (const { tenant, id, division, date } of files) {
    const batch = await loadBatch(context, { tenant, id, division, date });
    if (!batch) continue;
    try {
      await writeBatchFile(context, disk, outbox, { ...batch, kind: 'exits' }, encoding);
    } catch (error) {
      // A name that is taken is the sending's affair: it closes the batch and forms another one.
      if (!(error instanceof PlatformRefused)) throw error;
    }
  }
}
