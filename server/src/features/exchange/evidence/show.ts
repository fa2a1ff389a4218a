import type { deliveryStateText } from '@yingdeng/rules/exchange/states.ts';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import { AppError } from '../../../platform/errors.ts';
import { readDifferences } from '../reconcile/list.ts';
import { type Batch, checkBatch, type Proof, readBatch } from './batch.ts';
import { checkDecision, readDecision } from './decision.ts';
import { checkForwarded, readForwarded } from './forwarded.ts';
import { checkRecord, findRecords } from './record.ts';

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

/** A result of review for the command: no name. */
interface DecisionShown {
  readonly outcome: string;
  readonly state: string;
  readonly sentAt?: string;
  readonly digest?: string;
  readonly receipt?: string;
  readonly faults: readonly { check: string; message: string }[];
  readonly attempts: readonly { at: string; text: string }[];
  /** Absent when it was never sent. */
  readonly proof?: Proof;
}

/** An application received from the platform, for the command: what came when, no form. */
interface ForwardedShown {
  readonly deliveries: readonly {
    revision: number;
    submittedAt: string;
    receivedAt: string;
    state: keyof typeof deliveryStateText;
    digest: string;
    faults: readonly string[];
  }[];
  readonly proof: Proof;
}

/** Evidence under the number of an application, our own or the platform's. */
export async function showApplication(
  context: Context,
  number: string,
): Promise<{ decisions: DecisionShown[]; forwarded?: ForwardedShown }> {
  const found = await findRecords(context, actor, number);
  const decisions: DecisionShown[] = [];
  for (const { id } of found.decisions) {
    const { upload, attempts } = await readDecision(context, actor, id);
    const { outcomeText: outcome, state, sentAt, digest, receipt, faults } = upload;
    decisions.push({
      outcome,
      state,
      ...(sentAt ? { sentAt } : {}),
      ...(digest ? { digest, proof: await checkDecision(context, actor, id) } : {}),
      ...(receipt ? { receipt } : {}),
      faults: faults.map(({ check, message }) => ({ check, message })),
      attempts: attempts.map(({ at, text }) => ({ at, text })),
    });
  }
  if (!found.forwarded) return { decisions };
  const { deliveries } = await readForwarded(context, actor, found.forwarded);
  const shown = deliveries.map(({ revision, submittedAt, receivedAt, state, digest, faults }) => ({
    revision,
    submittedAt,
    receivedAt,
    state,
    digest,
    faults: faults.map(({ message }) => message),
  }));
  return { decisions, forwarded: { deliveries: shown, proof: await checkForwarded(context, actor, found.forwarded) } };
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
