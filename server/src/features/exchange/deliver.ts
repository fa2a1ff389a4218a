import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { newId } from '../../platform/crypto.ts';
import type { StoredBatch } from './batch.ts';
import { PlatformRefused, PlatformSilent, type Receipt } from './platform-client.ts';
import { beginAttempt, putAttempt, receiveBatch, releaseRecords, settleRecords } from './send.sql.ts';
import type { ExitTransport } from './transport.ts';

/**
 * How a delivery ended. `left`: no answer, the same batch goes again later. `awaiting`: handed over, its receipt comes later.
 * `refused`: its records wait for another batch. `numberTaken`: the platform knows the number with other content (this database
 * was restored from an older copy); likewise. `elsewhere`: another process kept the receipt first.
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
      const known = mayBeThere ? await transport.findReceipt(batch.id) : undefined;
      // A receipt for other content under our number is nobody's: sending ours lets the platform refuse it.
      if (known && known.digest === batch.digest) return await keepReceipt(context, batch, known, 'receiptFound');
      await begin(context, batch);
      mayBeThere = true;
      const receipt = await transport.sendExits(batch);
      return receipt ? await keepReceipt(context, batch, receipt, 'received') : 'awaiting';
    } catch (error) {
      if (error instanceof PlatformRefused) return refuse(context, batch, error);
      if (!(error instanceof PlatformSilent)) throw error;
      await note(context, batch, 'silent', { error: error.message });
      if (attempt === TRIES) return 'left';
      await sleep(PAUSE_MS * 3 ** (attempt - 1));
    }
  }
}

function begin(context: Context, batch: StoredBatch): Promise<void> {
  const now = context.clock.now();
  return context.db.transaction(actor, async (tx) => {
    void tx.run(beginAttempt, batch.tenant, batch.id, now);
    await tx.run(
      putAttempt,
      batch.tenant,
      newId(now),
      batch.id,
      now,
      'sending',
      JSON.stringify({ count: batch.count }),
    );
  });
}

async function note(context: Context, batch: StoredBatch, outcome: string, detail: object): Promise<void> {
  const now = context.clock.now();
  await context.db.transaction(actor, (tx) =>
    tx.run(putAttempt, batch.tenant, newId(now), batch.id, now, outcome, JSON.stringify(detail)),
  );
}

/** Writes the receipt, item by item, once; the office that owns a returned item finds it in its list with the platform's words. */
export function keepReceipt(
  context: Context,
  batch: StoredBatch,
  receipt: Receipt,
  outcome: string,
): Promise<Delivery> {
  const now = context.clock.now();
  const { results } = receipt;
  return context.db.transaction(actor, async (tx) => {
    if (!(await tx.first(receiveBatch, batch.tenant, batch.id, receipt.receipt, now))) return 'elsewhere';
    if (batch.count > 0) {
      void tx.run(
        settleRecords,
        batch.tenant,
        batch.id,
        now,
        results.map(({ AAZ341 }) => AAZ341),
        results.map(({ result }) => result),
        results.map(({ faults }) =>
          JSON.stringify(faults.map(({ rule, field, message }) => ({ check: rule, field, message }))),
        ),
      );
      void tx.run(releaseRecords, batch.tenant, batch.id);
    }
    const returned = results.filter(({ result }) => result === 'returned').length;
    const detail = { receipt: receipt.receipt, accepted: results.length - returned, returned };
    await tx.run(putAttempt, batch.tenant, newId(now), batch.id, now, outcome, JSON.stringify(detail));
    return 'received';
  });
}

/** The platform kept nothing of this batch: it is closed without a receipt, its records wait for the next one. */
export function refuse(context: Context, batch: StoredBatch, error: PlatformRefused): Promise<Delivery> {
  const now = context.clock.now();
  const detail = JSON.stringify({ status: error.status, code: error.code, message: error.message });
  context.log.error({ batch: batch.id, status: error.status, code: error.code }, 'batch refused by the platform');
  return context.db.transaction(actor, async (tx) => {
    if (!(await tx.first(receiveBatch, batch.tenant, batch.id, null, now))) return 'elsewhere';
    void tx.run(releaseRecords, batch.tenant, batch.id);
    await tx.run(putAttempt, batch.tenant, newId(now), batch.id, now, 'refused', detail);
    return error.status === 409 ? 'numberTaken' : 'refused';
  });
}
