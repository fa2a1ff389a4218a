import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { newId } from '../../platform/crypto.ts';
import type { StoredBatch } from './batch.ts';
import { PlatformRefused, PlatformSilent, type Receipt } from './platform-client.ts';
import {
  beginAttempt,
  closeBatch,
  putAttempt,
  receiveBatch,
  releaseAll,
  releaseSome,
  returnRecords,
} from './send.sql.ts';
import type { ExitTransport } from './transport.ts';

/**
 * How a delivery ended. `left`: no answer, the same batch goes again later. `awaiting`: handed over, its receipt comes later.
 * `refused`: its records wait for another batch. `numberTaken`: the platform knows the number with other content (this database
 * was restored from an older copy); likewise. `elsewhere`: another process settled it, or gave it up, first.
 */
export type Delivery = 'received' | 'left' | 'awaiting' | 'refused' | 'numberTaken' | 'elsewhere';

const TRIES = 3;
const PAUSE_MS = 200;
const actor = systemActor('exits');

/**
 * Delivers one batch and keeps its receipt. No transaction is open while the platform is spoken to; whatever is cut off, where
 * and when, the same batch is asked for or sent again until its receipt is here, and the platform knows it by its id.
 */
export async function deliverBatch(context: Context, transport: ExitTransport, batch: StoredBatch): Promise<Delivery> {
  let mayBeThere = batch.tried;
  if (mayBeThere && (await transport.underWay?.(batch))) return 'awaiting';
  for (let attempt = 1; ; attempt += 1) {
    try {
      const known = mayBeThere ? await askForReceipt(transport, batch) : undefined;
      // A receipt for other content under our number is nobody's: sending ours lets the platform refuse it.
      if (known?.digest === batch.digest) return await keepReceipt(context, batch, known, 'receiptFound');
      if (!(await begin(context, batch))) return 'elsewhere';
      mayBeThere = true;
      const receipt = await transport.sendExits(batch);
      if (!receipt) return 'awaiting';
      if (receipt.batch !== batch.id || receipt.digest !== batch.digest) {
        throw new PlatformSilent('the receipt is of another batch');
      }
      return await keepReceipt(context, batch, receipt, 'received');
    } catch (error) {
      if (error instanceof PlatformRefused) return refuse(context, batch, error);
      if (!(error instanceof PlatformSilent)) throw error;
      const { outcome, message } = error;
      await note(context, batch, outcome, outcome === 'silent' ? { error: message } : { message });
      if (attempt === TRIES) return 'left';
      await sleep(PAUSE_MS * 3 ** (attempt - 1));
    }
  }
}

/** Being refused an answer says nothing about the batch: it may be there. */
async function askForReceipt(transport: ExitTransport, batch: StoredBatch): Promise<Receipt | undefined> {
  try {
    const receipt = await transport.findReceipt(batch.id);
    if (receipt && receipt.batch !== batch.id) throw new PlatformSilent('the receipt is of another batch');
    return receipt;
  } catch (error) {
    if (error instanceof PlatformRefused) throw new PlatformSilent(error.message, { cause: error });
    throw error;
  }
}

/** @returns false when there is nothing to send any more. */
function begin(context: Context, batch: StoredBatch): Promise<boolean> {
  const now = context.clock.now();
  return context.db.transaction(actor, async (tx) => {
    if (!(await tx.first(beginAttempt, batch.tenant, batch.id, now))) return false;
    void tx.run(putAttempt, batch.tenant, newId(now), batch.id, now, 'sending', JSON.stringify({ count: batch.count }));
    return true;
  });
}

async function note(context: Context, batch: StoredBatch, outcome: string, detail: object): Promise<void> {
  const now = context.clock.now();
  await context.db.transaction(actor, (tx) =>
    tx.run(putAttempt, batch.tenant, newId(now), batch.id, now, outcome, JSON.stringify(detail)),
  );
}

/**
 * Writes the receipt, once. With it the batch's records are accepted, but for those it gives back: the office that owns one
 * finds it in its list with the platform's words. A record the receipt does not name waits for another batch.
 */
export function keepReceipt(
  context: Context,
  batch: StoredBatch,
  receipt: Receipt,
  outcome: string,
): Promise<Delivery> {
  const now = context.clock.now();
  const { tenant, id } = batch;
  const { returned, unnamed } = exceptionsOf(batch, receipt);
  return context.db.transaction(actor, async (tx) => {
    if (!(await tx.first(receiveBatch, tenant, id, receipt.receipt, now))) return 'elsewhere';
    if (returned.size > 0) {
      const faults = [...returned.values()].map((list) => JSON.stringify(list));
      void tx.run(returnRecords, tenant, id, now, [...returned.keys()], faults);
    }
    if (unnamed.length > 0) void tx.run(releaseSome, tenant, id, unnamed);
    const accepted = batch.count - returned.size - unnamed.length;
    const detail = { receipt: receipt.receipt, accepted, returned: returned.size };
    await tx.run(putAttempt, tenant, newId(now), id, now, outcome, JSON.stringify(detail));
    return 'received';
  });
}

/** Where a receipt says otherwise than "accepted" of the batch's records: mostly nowhere. */
function exceptionsOf(batch: StoredBatch, receipt: Receipt) {
  const returned = new Map<string, object[]>();
  const { results } = receipt;
  const plain = ({ AAZ341, result }: (typeof results)[number], i: number) =>
    result === 'accepted' && AAZ341 === batch.serials[i];
  if (results.length === batch.serials.length && results.every(plain)) return { returned, unnamed: [] };
  const unnamed = new Set(batch.serials);
  for (const { AAZ341, result, faults } of results) {
    if (!unnamed.delete(AAZ341) || result !== 'returned') continue;
    returned.set(
      AAZ341,
      faults.map(({ rule, field, message }) => ({ check: rule, field, message })),
    );
  }
  return { returned, unnamed: [...unnamed] };
}

/** The platform kept nothing of this batch: it is closed without a receipt, its records wait for the next one. */
export function refuse(context: Context, batch: StoredBatch, error: PlatformRefused): Promise<Delivery> {
  const now = context.clock.now();
  const detail = JSON.stringify({ status: error.status, code: error.code, message: error.message });
  context.log.error({ batch: batch.id, status: error.status, code: error.code }, 'batch refused by the platform');
  return context.db.transaction(actor, async (tx) => {
    if (!(await tx.first(closeBatch, batch.tenant, batch.id))) return 'elsewhere';
    void tx.run(releaseAll, batch.tenant, batch.date, [batch.id]);
    await tx.run(putAttempt, batch.tenant, newId(now), batch.id, now, 'refused', detail);
    return error.status === 409 ? 'numberTaken' : 'refused';
  });
}
