import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { sendSms } from '../../platform/sms.ts';
import { markSent, type OutgoingMessage, outgoing, takeWaiting } from './notice.sql.ts';

const BATCH = 50;
const GIVE_UP_AFTER = 8;
/** A telephone that is on has the message within seconds. */
const FIRST_RECEIPT_MS = 10_000;

/** By which the gateway knows a message: sent again, it is another one there. */
export function gatewayId({ id, resends }: { id: string; resends: number }): string {
  return resends === 0 ? id : `${id}-${resends}`;
}

/**
 * Sends what waits in the outbox. The gateway knows a message by its id, so one handed over twice arrives once, and no
 * transaction is held open while it is asked. Each is read anew before it goes: the dead are never written to (A21-5d); a failing gateway delays, with growing pauses.
 * @returns how many were handled.
 */
export async function sendWaitingMessages(context: Context): Promise<number> {
  if (!context.config.sms) return 0;
  const now = context.clock.now();
  const actor = systemActor('messages');
  const waiting = await context.db.read(actor, (tx) => tx.rows(takeWaiting, now, BATCH));
  for (const { tenant, id } of waiting) {
    const message = await context.db.read(actor, (tx) => tx.first(outgoing, tenant, id));
    if (!message) continue;
    const outcome = await send(context, now, message);
    await context.db.transaction(actor, (tx) =>
      tx.run(markSent, message.tenant, message.id, outcome.state, outcome.receipt, now, outcome.next),
    );
  }
  return waiting.length;
}

async function send(
  context: Context,
  now: Date,
  message: OutgoingMessage,
): Promise<{ state: string; receipt: string | null; next: Date }> {
  if (message.deceased || !message.to_sealed) return { state: 'inAppOnly', receipt: null, next: now };
  try {
    const to = context.crypto.open<string>(message.to_sealed);
    const receipt = await sendSms(context, {
      id: gatewayId(message),
      to,
      text: message.body,
      template: message.template,
    });
    return { state: 'sent', receipt, next: new Date(now.getTime() + FIRST_RECEIPT_MS) };
  } catch (error) {
    const attempts = message.attempts + 1;
    context.log.warn({ message: message.id, attempts, error: (error as Error).message }, 'message not sent');
    const pause = Math.min(3600, 15 * 2 ** attempts) * 1000;
    return {
      state: attempts >= GIVE_UP_AFTER ? 'failed' : 'waiting',
      receipt: null,
      next: new Date(now.getTime() + pause),
    };
  }
}
