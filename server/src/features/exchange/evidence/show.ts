import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { AppError } from '../../../platform/errors.ts';
import { readDifferences } from '../reconcile/list.ts';
import { type Batch, checkBatch, type Proof, readBatch } from './batch.ts';
import { checkRecord } from './record.ts';

const actor = systemActor('exchange-show');
const SHOWN = 100;

/** Evidence of a batch for the command: no names. Nothing when there is none under this number. */
export interface BatchShown {
  readonly batch: Batch;
  readonly proof: Proof;
  readonly records: readonly { serial: string; state: string }[];
}

export async function showBatch(context: Context, id: string): Promise<BatchShown | undefined> {
  try {
    const { batch, records } = await readBatch(context, actor, id, { limit: SHOWN });
    const proof = await checkBatch(context, actor, id);
    return { batch, proof, records: records.map(({ serial, state }) => ({ serial, state })) };
  } catch (error) {
    if (error instanceof AppError && error.body.code === 'exchange.notFound') return undefined;
    throw error;
  }
}

/** Whether the record that is kept of an exit is still what was sent. */
export function proveRecord(context: Context, exitId: string): Promise<Proof> {
  return checkRecord(context, actor, exitId);
}

/** Open differences of a day as the last reconciliation left them, without names. */
export async function showDifferences(
  context: Context,
  on: string,
): Promise<{ title: string; serial: string; division: string; proposal: string }[]> {
  const { items } = await readDifferences(context, actor, { on, state: 'open', limit: SHOWN });
  return items.map(({ title, serial, division, proposal }) => ({ title, serial, division, proposal }));
}
