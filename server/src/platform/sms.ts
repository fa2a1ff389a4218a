import type { Context } from '../context.ts';
import { overLine } from './outside-line.ts';

/** A short message. `id` makes it once: the gateway answers a repeated id with the same receipt. */
export interface ShortMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly template: string;
}

/** Hands a message to the SMS gateway. @returns its receipt. @throws Error when the gateway refuses or is silent for ten seconds. */
export async function sendSms(context: Context, message: ShortMessage): Promise<string> {
  const answer = (await ask(context, '/v1/messages', message)) as { receipt?: string };
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
  const { items = [] } = (await ask(context, '/v1/deliveries', { ids })) as { items?: Record<string, unknown>[] };
  return new Map(items.flatMap((item) => deliveryOf(item)));
}

/** The gateway refused: an answer, however unwelcome. */
class GatewayRefused extends Error {}

function ask(context: Context, path: string, body: object): Promise<unknown> {
  const gateway = context.config.sms;
  if (!gateway) throw new Error('no SMS gateway is configured');
  const work = async (): Promise<unknown> => {
    const response = await fetch(new URL(path, gateway.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.key}` },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    const said = `SMS gateway answered ${response.status}`;
    if (response.status >= 400 && response.status < 500) throw new GatewayRefused(said);
    if (!response.ok) throw new Error(said);
    return response.json();
  };
  return overLine(context, 'sms', work, (error) => !(error instanceof GatewayRefused));
}

const statuses = ['sent', 'delivered', 'failed'] as const;

/** One line of the answer; one that cannot be read is no answer. */
function deliveryOf(item: Record<string, unknown>): [string, Delivery][] {
  const status = statuses.find((one) => one === item.status);
  const at = new Date(String(item.at));
  if (!status || typeof item.id !== 'string' || Number.isNaN(at.getTime())) return [];
  return [[item.id, { status, at, ...(typeof item.reason === 'string' ? { reason: item.reason } : {}) }]];
}
