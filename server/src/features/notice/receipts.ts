import { deliveryFailures, failureOf } from '@yingdeng/rules/messages/delivery.ts';
import { afterQuietHours } from '@yingdeng/rules/quiet-hours.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { askDelivery, type Delivery } from '../../platform/sms.ts';
import { settle, takeUnsettled, type UnsettledMessage } from './notice.sql.ts';
import { quietHoursOf } from './quiet.ts';
import { gatewayId } from './send.ts';

const BATCH = 200;
/** A message that may still arrive is sent again at most so often, an hour later, outside the quiet hours. */
const MOST_RESENDS = 2;
const RESEND_AFTER_MS = 3_600_000;
/** Pauses between two questions, in seconds: ten of them cover three days, after which the gateway forgets. */
const PAUSES = [30, 60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 24 * 3600];

/**
 * Asks the gateway what became of the messages it took, a page in one question, and keeps it: delivered, or failed and why. A delivery is no contact
 * (M79-3a): nothing here touches a registration. The gateway's silence delays and loses nothing.
 * @returns how many were asked about
 */
export async function askForReceipts(context: Context): Promise<number> {
  if (!context.config.sms) return 0;
  const now = context.clock.now();
  const actor = systemActor('receipts');
  const waiting = await context.db.read(actor, (tx) => tx.rows(takeUnsettled, now, BATCH));
  if (waiting.length === 0) return 0;
  const said = await askDelivery(context, waiting.map(gatewayId));
  const outcomes = waiting.map((message) => outcomeOf(context, message, said.get(gatewayId(message)), now));
  await context.db.transaction(actor, (tx) =>
    tx.run(
      settle,
      waiting.map(({ tenant }) => tenant),
      waiting.map(({ id }) => id),
      outcomes.map(({ state }) => state),
      outcomes.map(({ failure }) => failure ?? null),
      outcomes.map(({ at }) => at ?? null),
      outcomes.map(({ resends }) => resends),
      outcomes.map(({ next }) => next),
    ),
  );
  return waiting.length;
}

interface Outcome {
  readonly state: 'sent' | 'delivered' | 'failed' | 'waiting';
  readonly failure?: string;
  readonly at?: Date;
  readonly resends: number;
  readonly next: Date;
}

function outcomeOf(context: Context, message: UnsettledMessage, said: Delivery | undefined, now: Date): Outcome {
  const { resends, office } = message;
  if (!said || said.status === 'sent') {
    const pause = PAUSES[message.receipt_checks] ?? 0;
    return { state: 'sent', resends, next: new Date(now.getTime() + pause * 1000) };
  }
  if (said.status === 'delivered') return { state: 'delivered', at: said.at, resends, next: now };
  const failure = failureOf(said.reason);
  if (!deliveryFailures[failure].again || resends >= MOST_RESENDS)
    return { state: 'failed', failure, at: said.at, resends, next: now };
  const later = new Date(now.getTime() + RESEND_AFTER_MS);
  const next = afterQuietHours(later, quietHoursOf(context, office, later));
  return { state: 'waiting', failure, resends: resends + 1, next };
}
