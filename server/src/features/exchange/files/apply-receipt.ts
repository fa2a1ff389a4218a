import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { newId } from '../../../platform/crypto.ts';
import { loadBatch, type StoredBatch } from '../batch.ts';
import { keepReceipt, refuse } from '../deliver.ts';
import { PlatformRefused } from '../platform-client.ts';
import { putAttempt } from '../send.sql.ts';
import { type AnsweredBatch, batchForReceipt, fileToWriteAgain } from './files.sql.ts';
import type { Manifest } from './manifest.ts';
import type { BatchKind } from './names.ts';
import { type FileReceipt, readReceipt, Unusable } from './receipt-file.ts';

const actor = systemActor('exchange-files');

/** What a receipt did: something the first time, nothing when it had been applied before. */
export type Applied = 'applied' | 'repeated';

/**
 * Applies the receipt of a file of exits, once: its items are accepted or returned, or the whole file was refused. @throws Unusable
 * when it is for no file of ours, for another content, or does not answer for every record
 */
export async function applyExitReceipt(context: Context, manifest: Manifest, bytes: Buffer): Promise<Applied> {
  const receipt = readReceipt(manifest, bytes);
  const row = await findAnswered(context, manifest, receipt, 'exits');
  const { tenant, id, division, business_date: date } = row;
  const batch = await loadBatch(context, { tenant, id, division, date });
  if (!batch) return settledBefore(row, receipt);
  if (receipt.result === 'refused') return applyRefusal(context, batch, receipt);
  checkItems(batch, receipt.results);
  const { receivedAt = '' } = manifest;
  const { digest } = batch;
  const kept = await keepReceipt(context, batch, { batch: id, digest, receivedAt, ...receipt }, 'received');
  return kept === 'elsewhere' ? 'repeated' : 'applied';
}

/** The batch that a receipt is for, which went out as just that file. @throws Unusable */
export async function findAnswered(
  context: Context,
  { batch, division, of }: Manifest,
  receipt: FileReceipt,
  kind: BatchKind,
): Promise<AnsweredBatch> {
  const row = await context.db.read(actor, (tx) => tx.first(batchForReceipt, division.slice(0, 4), batch));
  if (!row?.file_digest || row.kind !== kind || row.division !== division) {
    throw new Unusable(`不是给本系统的：没有发出过批次${batch}的文件`);
  }
  // Of a file that was damaged on the way the platform can only name the digest of what it got.
  if (!isDamaged(receipt) && of !== row.file_digest.toString('hex')) {
    throw new Unusable(`批次${row.id}的回执针对另一个文件：其中的摘要与本系统发出的不同`);
  }
  return row;
}

const isDamaged = (receipt: FileReceipt): boolean => receipt.result === 'refused' && receipt.code === 'digest';

/** A receipt for what is settled: the same as before changes nothing, another one is for somebody to look at. @throws Unusable */
export function settledBefore({ id, state, receipt: earlier }: AnsweredBatch, receipt: FileReceipt): Applied {
  if (isDamaged(receipt) || earlier === receipt.receipt || (state === 'closed' && receipt.result === 'refused'))
    return 'repeated';
  throw new Unusable(
    earlier === null ? `批次${id}已经作废，其中的数据已另行上报` : `批次${id}已有另一个回执${earlier}`,
  );
}

async function applyRefusal(
  context: Context,
  batch: StoredBatch,
  { code, message }: Extract<FileReceipt, { result: 'refused' }>,
): Promise<Applied> {
  if (code !== 'digest') {
    const refused = new PlatformRefused(code === 'batch-content' ? 409 : 422, code, message);
    return (await refuse(context, batch, refused)) === 'elsewhere' ? 'repeated' : 'applied';
  }
  // Damaged on the way, not wrong: the same file goes again.
  const now = context.clock.now();
  await context.db.transaction(actor, async (tx) => {
    void tx.run(fileToWriteAgain, batch.tenant, batch.id);
    const detail = JSON.stringify({ code, message });
    await tx.run(putAttempt, batch.tenant, newId(now), batch.id, now, 'damaged', detail);
  });
  return 'applied';
}

/** Every record of the batch has its answer, and nothing else has one. @throws Unusable */
export function checkItems(
  batch: Pick<StoredBatch, 'id' | 'division' | 'serials'>,
  results: readonly { AAB301: string; AAZ341: string }[],
): void {
  const sent = new Set(batch.serials.map((serial) => `${batch.division}+${serial}`));
  const foreign = results.filter(({ AAB301, AAZ341 }) => !sent.has(`${AAB301}+${AAZ341}`));
  if (foreign.length > 0) throw new Unusable(`批次${batch.id}的回执中有${foreign.length}条不是该批次的数据`);
  if (results.length < sent.size) {
    throw new Unusable(`批次${batch.id}的回执不完整：应答复${sent.size}条，只有${results.length}条`);
  }
}
