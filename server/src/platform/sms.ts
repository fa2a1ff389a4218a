import type { Context } from '../context.ts';

/** A short message. `id` makes it once: the gateway answers a repeated id with the same receipt. */
export interface ShortMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly template: string;
}

/** Hands a message to the SMS gateway. @returns its receipt. @throws Error when the gateway refuses or is silent for ten seconds. */
export async function sendSms(context: Context, message: ShortMessage): Promise<string> {
  const gateway = context.config.sms;
  if (!gateway) throw new Error('no SMS gateway is configured');
  const response = await fetch(new URL('/v1/messages', gateway.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.key}` },
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`SMS gateway answered ${response.status}`);
  const answer = (await response.json()) as { receipt?: string };
  return answer.receipt ?? '';
}

/** What the gateway says of a message it took. */
export interface Delivery {
  readonly status: 'sent' | 'delivered' | 'failed';
  /** Of a failure: the gateway's own code. */
  readonly reason?: string;
  readonly at: Date;
}

/** Asks what became of messages, by the ids they were handed over with. What the gateway does not know is left out. @throws Error as above */
export async function askDelivery(context: Context, ids: readonly string[]): Promise<ReadonlyMap<string, Delivery>> {
  const gateway = context.config.sms;
  if (!gateway) throw new Error('no SMS gateway is configured');
  const response = await fetch(new URL('/v1/deliveries', gateway.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.key}` },
    body: JSON.stringify({ ids }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`SMS gateway answered ${response.status}`);
  const { items = [] } = (await response.json()) as { items?: Record<string, unknown>[] };
  return new Map(items.flatMap((item) => deliveryOf(item)));
}

const statuses = ['sent', 'delivered', 'failed'] as const;

/** One line of the answer; one that cannot be read is no answer. */
function deliveryOf(item: Record<string, unknown>): [string, Delivery][] {
  const status = statuses.find((one) => one === item.status);
  const at = new Date(String(item.at));
  if (!status || typeof item.id !== 'string' || Number.isNaN(at.getTime())) return [];
  return [[item.id, { status, at, ...(typeof item.reason === 'string' ? { reason: item.reason } : {}) }]];
}
