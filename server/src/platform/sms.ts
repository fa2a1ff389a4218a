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
