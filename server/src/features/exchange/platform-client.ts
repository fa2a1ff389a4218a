import { z } from 'zod';
import type { Context } from '../../context.ts';

/** The platform gave no usable answer: whether it has kept what was sent is not known. */
export class PlatformSilent extends Error {}

/** The platform refused the whole request and kept nothing. */
export class PlatformRefused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const fault = z.object({ field: z.string(), rule: z.string(), message: z.string() });
const result = z.enum(['accepted', 'returned']);
const receipt = z.object({
  batch: z.string(),
  receipt: z.string(),
  receivedAt: z.string(),
  digest: z.string(),
  results: z.array(z.object({ AAB301: z.string(), AAZ341: z.string(), result, faults: z.array(fault) })),
});
/** What the platform answers to a batch of exits. */
export type Receipt = z.infer<typeof receipt>;

const decisionAnswer = z.object({ results: z.array(z.object({ result, faults: z.array(fault) })) });
const forwarded = z.object({
  applicationNumber: z.string().min(1).max(60),
  submittedAt: z.iso.datetime({ offset: true }),
  revision: z.number().int(),
  form: z.record(z.string(), z.unknown()),
});
/** An application the platform hands over, as it comes. */
export type ForwardedItem = z.infer<typeof forwarded>;
const applicationPage = z.object({ items: z.array(forwarded), next: z.string(), more: z.boolean() });
const statistics = z.object({
  days: z.array(
    z.object({ date: z.string(), exitsAccepted: z.number(), exitsReturned: z.number(), heartbeat: z.boolean() }),
  ),
});
/** What the platform counts for the days of a division. */
export type PlatformDay = z.infer<typeof statistics>['days'][number];

/** One batch as it is sent. `content` is the JSON text the digest covers. */
export interface ExitBatch {
  readonly id: string;
  readonly date: string;
  readonly division: string;
  readonly count: number;
  readonly digest: string;
  readonly content: string;
}

const PATIENCE_MS = 60_000;

/** The interfaces of the national platform that this system uses (M79-7a, M79-8a). Nothing is repeated here: callers decide. */
export class PlatformClient {
  readonly #url: string;
  readonly #key: string;

  constructor(config: { url: string; key: string }) {
    this.#url = config.url.replace(/\/$/, '');
    this.#key = config.key;
  }

  /** Sends a batch; the same batch again gives the same receipt. @throws PlatformSilent, PlatformRefused */
  sendExits(batch: ExitBatch): Promise<Receipt> {
    const { id, date, division, count, digest, content } = batch;
    const body = { batch: id, date: date.replaceAll('-', ''), division, count, digest, content };
    return this.#ask(receipt, '/v1/exits', body, { 'idempotency-key': id });
  }

  /** The receipt of a batch, or nothing when the platform does not have it. @throws PlatformSilent */
  async findReceipt(batch: string): Promise<Receipt | undefined> {
    try {
      return await this.#ask(receipt, `/v1/exits/receipts/${encodeURIComponent(batch)}`);
    } catch (error) {
      if (error instanceof PlatformRefused && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Sends results of review; one result an item, in the same order. */
  async sendDecisions(items: readonly object[]): Promise<z.infer<typeof decisionAnswer>['results']> {
    const { results } = await this.#ask(decisionAnswer, '/v1/decisions', { items });
    if (results.length !== items.length) throw new PlatformSilent('not one result an item');
    return results;
  }

  /** Applications submitted or changed after a cursor. */
  applications(division: string, after: string, limit: number): Promise<z.infer<typeof applicationPage>> {
    return this.#ask(
      applicationPage,
      `/v1/applications?division=${division}&after=${encodeURIComponent(after)}&limit=${limit}`,
    );
  }

  /** What the platform counts, day by day, both ends included. */
  async statistics(division: string, from: string, to: string): Promise<PlatformDay[]> {
    const plain = (date: string) => date.replaceAll('-', '');
    const path = `/v1/statistics?division=${division}&from=${plain(from)}&to=${plain(to)}`;
    return (await this.#ask(statistics, path)).days;
  }

  async #ask<T>(shape: z.ZodType<T>, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
    let status: number;
    let answer: unknown;
    try {
      const response = await fetch(this.#url + path, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${this.#key}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      status = response.status;
      answer = await response.json();
    } catch (error) {
      throw new PlatformSilent(`no answer: ${(error as Error).message}`, { cause: error });
    }
    // A wrong key or too many requests say nothing about the content: try again later, as after a failure.
    if (status >= 500 || status === 401 || status === 403 || status === 429) {
      throw new PlatformSilent(`the platform answered ${status}`);
    }
    if (status !== 200) {
      const { code = '', message = '' } = (answer as { error?: { code?: string; message?: string } }).error ?? {};
      throw new PlatformRefused(status, code, message);
    }
    const read = shape.safeParse(answer);
    if (!read.success) throw new PlatformSilent('the answer is not of the agreed form');
    return read.data;
  }
}

/** The platform of this installation, when there is one. */
export function findPlatform(context: Context): PlatformClient | undefined {
  return context.config.platform && new PlatformClient(context.config.platform);
}
