import type { Running } from './running.ts';
import { Visitor } from './visitor.ts';

/** An exit as the national platform holds it. */
export interface HeldExit {
  readonly AAB301: string;
  readonly AAZ341: string;
  readonly date: string;
  readonly batch: string;
  readonly receivedAt: string;
}

/** A receipt of the platform for one batch. */
export interface PlatformReceipt {
  readonly batch: string;
  readonly receipt: string;
  readonly receivedAt: string;
  readonly count: number;
  readonly results: readonly { AAB301: string; AAZ341: string; result: string; duplicate?: boolean }[];
}

/** A result of review as the platform holds it. */
export interface HeldDecision {
  readonly outcome: string;
  readonly registrationNumber?: string;
  readonly receivedAt: string;
}

/** Asks the national platform's own interface, with the shared key; undefined when it knows nothing of it. */
async function ask<T>(running: Running, path: string): Promise<T | undefined> {
  const headers = { authorization: `Bearer ${running.platformKey}` };
  const answer = await new Visitor().send(`${running.platform}${path}`, { headers });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new Error(`全国平台 ${path} → ${answer.status} ${answer.text.slice(0, 200)}`);
  return JSON.parse(answer.text) as T;
}

/** The decision on a case: by the platform's own number, or by division and local number. */
export const heldDecision = (running: Running, key: string): Promise<HeldDecision | undefined> =>
  ask(running, `/v1/decisions/${encodeURIComponent(key)}`);

/** The exits the platform holds of a division, of one day or of all. */
export async function heldExits(running: Running, division: string, date?: string): Promise<readonly HeldExit[]> {
  const day = date ? `&date=${date.replaceAll('-', '')}` : '';
  return (await ask<{ items: HeldExit[] }>(running, `/v1/exits?division=${division}${day}`))?.items ?? [];
}

/** The receipt of a batch of exits. */
export const exitReceipt = (running: Running, batch: string): Promise<PlatformReceipt | undefined> =>
  ask(running, `/v1/exits/receipts/${encodeURIComponent(batch)}`);
