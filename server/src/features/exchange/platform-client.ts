import { z } from 'zod';
import type { Context } from '../../context.ts';
import { AppError } from '../../platform/errors.ts';

/** The platform gave no usable answer: whether it has kept what was sent is not known. */
export class PlatformSilent extends Error {
  /** How the attempt is kept. */
  readonly outcome: 'silent' | 'notWritten' = 'silent';
}

/** What came back is larger than this process is willing to hold; asking for less may help. */
export class AnswerTooLarge extends PlatformSilent {}

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

const decisionAnswer = z.object({
  results: z.array(z.object({ result, faults: z.array(fault), receipt: z.string().optional() })),
});
// Items are read one by one where they are taken in: a single bad one must not stop the page.
const applicationPage = z.object({
  /** What was asked: a page of another city, or of another place, must not move this city's cursor. */
  division: z.string(),
  after: z.string(),
  items: z.array(z.unknown()),
  next: z.string().max(200),
  more: z.boolean(),
});
type ApplicationPage = Pick<z.infer<typeof applicationPage>, 'items' | 'next' | 'more'>;
const statistics = z.object({
  days: z.array(
    z.object({
      date: z.string(),
      exitsAccepted: z.number(),
      exitsReturned: z.number(),
      heartbeat: z.boolean(),
      decisions: z.number(),
      registrations: z.number(),
    }),
  ),
});
/** What the platform counts for the days of a division. */
export type PlatformDay = z.infer<typeof statistics>['days'][number];

const heldDays = z.object({
  days: z.array(z.object({ AAB301: z.string(), date: z.string(), count: z.number(), digest: z.string() })),
});
/** What the platform holds of a county and day: how many items, and SM3 over a line `AAZ341 digest` an item in order of AAZ341. */
export type HeldDay = z.infer<typeof heldDays>['days'][number];
const heldExits = z.object({ items: z.array(z.object({ AAZ341: z.string(), digest: z.string() })) });

/** One batch as it is sent. `content` is the JSON text the digest covers. */
export interface ExitBatch {
  readonly id: string;
  readonly date: string;
  readonly division: string;
  readonly count: number;
  readonly digest: string;
  readonly content: string;
}

type BatchKind = 'exits' | 'registrations';

const PATIENCE_MS = 60_000;
/** Two hundred applications with photographs of signatures have some ten million bytes; a receipt of a thousand items less than one. */
const LARGEST_ANSWER = 32_000_000;

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
    return this.#send('exits', batch);
  }

  /** Sends a batch of registrations loaded back (M79-7b); likewise. @throws PlatformSilent, PlatformRefused */
  sendRegistrations(batch: ExitBatch): Promise<Receipt> {
    return this.#send('registrations', batch);
  }

  #send(kind: BatchKind, batch: ExitBatch): Promise<Receipt> {
    const { id, date, division, count, digest, content } = batch;
    const body = { batch: id, date: date.replaceAll('-', ''), division, count, digest, content };
    return this.#ask(receipt, `/v1/${kind}`, body, { 'idempotency-key': id });
  }

  /** The receipt of a batch, or nothing when the platform does not have it. @throws PlatformSilent */
  async findReceipt(batch: string, kind: BatchKind = 'exits'): Promise<Receipt | undefined> {
    try {
      return await this.#ask(receipt, `/v1/${kind}/receipts/${encodeURIComponent(batch)}`);
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

  /** Applications submitted or changed after a cursor. @throws PlatformSilent, also when the answer is to another question */
  async applications(division: string, after: string, limit: number): Promise<ApplicationPage> {
    const path = `/v1/applications?division=${division}&after=${encodeURIComponent(after)}&limit=${limit}`;
    const page = await this.#ask(applicationPage, path);
    if (page.division !== division || page.after !== after) {
      throw new PlatformSilent('the answer is to another question');
    }
    return page;
  }

  /** What the platform counts, day by day, both ends included. */
  async statistics(division: string, from: string, to: string): Promise<PlatformDay[]> {
    const plain = (date: string) => date.replaceAll('-', '');
    const path = `/v1/statistics?division=${division}&from=${plain(from)}&to=${plain(to)}`;
    return (await this.#ask(statistics, path)).days;
  }

  /** What it holds of a division's exits, county by county and day by day; only those with any. @throws PlatformSilent */
  async heldDays(division: string, from: string, to: string): Promise<HeldDay[]> {
    const plain = (date: string) => date.replaceAll('-', '');
    const path = `/v1/exits/digests?division=${division}&from=${plain(from)}&to=${plain(to)}`;
    return (await this.#ask(heldDays, path)).days;
  }

  /** A page of a county's day in order of AAZ341; empty after the last. @throws PlatformSilent */
  async heldExits(
    division: string,
    date: string,
    after: string,
    limit: number,
  ): Promise<z.infer<typeof heldExits>['items']> {
    const day = date.replaceAll('-', '');
    const path = `/v1/exits?division=${division}&date=${day}&after=${encodeURIComponent(after)}&limit=${limit}`;
    return (await this.#ask(heldExits, path)).items;
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
      answer = JSON.parse(await bodyOf(response));
    } catch (error) {
      if (error instanceof AnswerTooLarge) throw error;
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

/** The body of an answer, no longer than this process is willing to hold. @throws AnswerTooLarge */
async function bodyOf(response: Response): Promise<string> {
  if (!response.body) return '';
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body) {
    length += part.byteLength;
    if (length > LARGEST_ANSWER) throw new AnswerTooLarge(`the answer is longer than ${LARGEST_ANSWER} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The platform of this installation, when there is one. */
export function findPlatform(context: Context): PlatformClient | undefined {
  return context.config.platform && new PlatformClient(context.config.platform);
}

/** @throws AppError exchange.notConfigured */
export function getPlatform(context: Context): PlatformClient {
  const platform = findPlatform(context);
  if (!platform) throw new AppError('exchange.notConfigured');
  return platform;
}
