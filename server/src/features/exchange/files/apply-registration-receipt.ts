import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { newId } from '../../../platform/crypto.ts';
import { findLoadBatch, keepReceipt, type LoadBatch, refuse } from '../backload/deliver.ts';
import { formMended } from '../backload/form.ts';
import { PlatformRefused } from '../platform-client.ts';
import { putAttempt } from '../send.sql.ts';
import { type Applied, checkItems, findAnswered, settledBefore } from './apply-receipt.ts';
import { fileToWriteAgain } from './files.sql.ts';
import type { Manifest } from './manifest.ts';
import { type FileReceipt, readReceipt } from './receipt-file.ts';

const actor = systemActor('backload');

/**
 * Applies the receipt of a file of registrations, once: its records are accepted or returned, or the whole file was refused (M79-7b).
 * @throws Unusable when it is for no file of ours, for another content, or does not answer for every record
 */
export async function applyRegistrationReceipt(context: Context, manifest: Manifest, bytes: Buffer): Promise<Applied> {
  const receipt = readReceipt(manifest, bytes);
  const row = await findAnswered(context, manifest, receipt, 'registrations');
  const batch = await findLoadBatch(context, row.tenant, row.id);
  if (!batch) return settledBefore(row, receipt);
  if (receipt.result === 'refused') return applyRefusal(context, batch, receipt);
  checkItems(batch, receipt.results);
  const { id, digest } = batch;
  const answer = { batch: id, digest, receivedAt: manifest.receivedAt ?? '', ...receipt };
  return (await keepReceipt(context, batch, answer, 'received')) ? 'applied' : 'repeated';
}

async function applyRefusal(
  context: Context,
  batch: LoadBatch,
  { code, message }: Extract<FileReceipt, { result: 'refused' }>,
): Promise<Applied> {
  const { tenant, id, division } = batch;
  if (code === 'digest') {
    // Damaged on the way, not wrong: the same file goes again.
    const now = context.clock.now();
    await context.db.transaction(actor, async (tx) => {
      void tx.run(fileToWriteAgain, tenant, id);
      await tx.run(putAttempt, tenant, newId(now), id, now, 'damaged', JSON.stringify({ code, message }));
    });
    return 'applied';
  }
  const taken = await refuse(context, batch, new PlatformRefused(code === 'batch-content' ? 409 : 422, code, message));
  // Only the number was wrong: its records are in the next file without anybody's doing.
  for (let after: string | undefined = ''; taken && after !== undefined; ) {
    after = (await formMended(context, { tenant, division }, after || undefined)).after;
  }
  return 'applied';
}
