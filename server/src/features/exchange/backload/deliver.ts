import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { newId } from '../../../platform/crypto.ts';
import { contentText } from '../batch.ts';
import {
  type ExitBatch,
  type PlatformClient,
  PlatformRefused,
  PlatformSilent,
  type Receipt,
} from '../platform-client.ts';
import { beginAttempt, closeBatch, putAttempt, receiveBatch } from '../send.sql.ts';
import { acceptedOfBatch, type OpenLoadBatch, openLoadBatch, openLoadBatches, settleLoaded } from './backload.sql.ts';

/** A stored batch of registrations. `tried`: it may be at the platform already. */
export interface LoadBatch extends ExitBatch {
  readonly tenant: string;
  readonly serials: readonly string[];
  readonly tried: boolean;
}

const TRIES = 3;
const PAUSE_MS = 200;
/** Unfinished batches read at once. */
const PAGE = 20;
const actor = systemActor('backload');

/**
 * Batches of a county that have no receipt yet, exactly as they were formed, a few at a time: as files a load has as many on
 * their way as it has thousands. @param underWaySince leaves out those whose file was written since
 */
export async function* unfinishedLoadBatches(
  context: Context,
  tenant: string,
  division: string,
  underWaySince?: Date,
): AsyncGenerator<LoadBatch> {
  for (let after = ''; ; ) {
    const rows = await context.db.read(actor, (tx) =>
      tx.rows(openLoadBatches, tenant, division, after, underWaySince ?? null, PAGE),
    );
    for (const row of rows) yield loadBatchOf(context, { ...row, tenant, division });
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/** One batch without a receipt, by its id; nothing when it is settled. */
export async function findLoadBatch(context: Context, tenant: string, id: string): Promise<LoadBatch | undefined> {
  const row = await context.db.read(actor, (tx) => tx.first(openLoadBatch, tenant, id));
  return row && loadBatchOf(context, { ...row, tenant });
}

function loadBatchOf(context: Context, row: OpenLoadBatch & { tenant: string; division: string }): LoadBatch {
  const content = contentText(context, row.content_sealed);
  return {
    tenant: row.tenant,
    division: row.division,
    id: row.id,
    date: row.business_date,
    count: row.count,
    digest: row.digest.toString('hex'),
    content,
    serials: (JSON.parse(content) as { AAZ341: string }[]).map(({ AAZ341 }) => AAZ341),
    tried: row.attempts > 0,
  };
}

/**
 * Delivers one batch until its receipt is here; the platform knows it by its id, so whatever is cut off, the same batch is asked for
 * or sent again. A refused batch is closed, its records wait for another one. @returns whether the platform knows the number with
 * other content (this database was restored from an older copy). @throws PlatformSilent when there is no answer
 */
export async function deliverLoadBatch(context: Context, platform: PlatformClient, batch: LoadBatch): Promise<boolean> {
  let mayBeThere = batch.tried;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const known = mayBeThere ? await platform.findReceipt(batch.id, 'registrations') : undefined;
      if (known?.digest === batch.digest) {
        await keepReceipt(context, batch, known, 'receiptFound');
        return false;
      }
      if (!(await begin(context, batch))) return false;
      mayBeThere = true;
      await keepReceipt(context, batch, await platform.sendRegistrations(batch), 'received');
      return false;
    } catch (error) {
      if (error instanceof PlatformRefused) return refuse(context, batch, error);
      if (!(error instanceof PlatformSilent)) throw error;
      await note(context, batch, error.message);
      if (attempt === TRIES) throw error;
      await sleep(PAUSE_MS * 3 ** (attempt - 1));
    }
  }
}

/** Notes that a batch is handed over now. @returns false when it is settled meanwhile */
export function begin(context: Context, { tenant, id, count }: LoadBatch): Promise<boolean> {
  const now = context.clock.now();
  return context.db.transaction(actor, async (tx) => {
    if (!(await tx.first(beginAttempt, tenant, id, now))) return false;
    void tx.run(putAttempt, tenant, newId(now), id, now, 'sending', JSON.stringify({ count }));
    return true;
  });
}

function note(context: Context, { tenant, id }: LoadBatch, error: string): Promise<number> {
  const now = context.clock.now();
  return context.db.transaction(actor, (tx) =>
    tx.run(putAttempt, tenant, newId(now), id, now, 'silent', JSON.stringify({ error })),
  );
}

/**
 * Writes the receipt, once: the batch's records are accepted but for those it gives back or does not name.
 * @returns false when another run was first
 */
export async function keepReceipt(
  context: Context,
  batch: LoadBatch,
  receipt: Receipt,
  outcome: string,
): Promise<boolean> {
  if (receipt.batch !== batch.id || receipt.digest !== batch.digest)
    throw new PlatformSilent('the receipt is of another batch');
  const now = context.clock.now();
  const { tenant, id } = batch;
  const exceptions = exceptionsOf(batch, receipt);
  const accepted = batch.count - exceptions.length;
  return context.db.transaction(actor, async (tx) => {
    if (!(await tx.first(receiveBatch, tenant, id, receipt.receipt, now))) return false;
    void tx.run(acceptedOfBatch, tenant, id, accepted);
    if (exceptions.length > 0) void settle(exceptions);
    const detail = { receipt: receipt.receipt, accepted, returned: exceptions.length };
    await tx.run(putAttempt, tenant, newId(now), id, now, outcome, JSON.stringify(detail));
    return true;
    function settle(some: readonly Exception[]): Promise<number> {
      return tx.run(
        settleLoaded,
        tenant,
        id,
        now,
        some.map(({ serial }) => serial),
        some.map(({ state }) => state),
        some.map(({ faults }) => JSON.stringify(faults)),
      );
    }
  });
}

interface Exception {
  readonly serial: string;
  readonly state: 'returned' | 'waiting';
  readonly faults: readonly object[];
}

function exceptionsOf(batch: LoadBatch, receipt: Receipt): Exception[] {
  const unnamed = new Set(batch.serials);
  const found: Exception[] = [];
  for (const { AAZ341, result, faults } of receipt.results) {
    if (!unnamed.delete(AAZ341) || result !== 'returned') continue;
    const words = faults.map(({ rule, field, message }) => ({ check: rule, field, message }));
    found.push({ serial: AAZ341, state: 'returned', faults: words });
  }
  return [...found, ...[...unnamed].map((serial) => ({ serial, state: 'waiting' as const, faults: [] }))];
}

/** The platform kept nothing of this batch: its records wait for another one. @returns whether its number is taken by other content */
export async function refuse(context: Context, batch: LoadBatch, error: PlatformRefused): Promise<boolean> {
  const now = context.clock.now();
  const { tenant, id, serials } = batch;
  const { status, code, message } = error;
  context.log.error({ batch: id, status, code }, 'batch refused by the platform');
  await context.db.transaction(actor, async (tx) => {
    if (!(await tx.first(closeBatch, tenant, id))) return;
    void tx.run(
      settleLoaded,
      tenant,
      id,
      now,
      serials,
      serials.map(() => 'waiting'),
      serials.map(() => '[]'),
    );
    await tx.run(putAttempt, tenant, newId(now), id, now, 'refused', JSON.stringify({ status, code, message }));
  });
  return status === 409;
}
