import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the fault panel sets. Rates are 0 to 1; the seed makes a run repeatable. */
export interface FaultSettings {
  /** Milliseconds every answer is delayed. */
  slowMs: number;
  /** Answers 503 before anything is processed. */
  failRate: number;
  /** Delivers an application twice in one page. */
  repeatRate: number;
  /** Processes, keeps, then cuts the connection instead of answering. */
  loseAnswerRate: number;
  /** Processes, keeps, then cuts the connection in the middle of the answer. */
  halfAnswerRate: number;
  /** Returns every item of every upload. */
  rejectAll: boolean;
  seed: number;
}

const NO_FAULTS: FaultSettings = {
  slowMs: 0,
  failRate: 0,
  repeatRate: 0,
  loseAnswerRate: 0,
  halfAnswerRate: 0,
  rejectAll: false,
  seed: 1,
};

const RATES = ['failRate', 'repeatRate', 'loseAnswerRate', 'halfAnswerRate'] as const;

/** A small repeatable generator of numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The fault panel of one stand-in. */
export class Faults {
  settings: FaultSettings = { ...NO_FAULTS };
  /** How often each fault has happened since it was set. */
  readonly happened: Record<string, number> = {};
  #random = seededRandom(NO_FAULTS.seed);

  /** Applies a partial setting (JSON or form texts). Returns the name of the first field that cannot be, if any. */
  change(wanted: Record<string, unknown>): string | undefined {
    const next = { ...this.settings };
    for (const rate of RATES) {
      if (wanted[rate] === undefined || wanted[rate] === '') continue;
      next[rate] = Number(wanted[rate]);
      if (!(next[rate] >= 0 && next[rate] <= 1)) return rate;
    }
    if (wanted.slowMs !== undefined && wanted.slowMs !== '') next.slowMs = Number(wanted.slowMs);
    if (!(next.slowMs >= 0 && next.slowMs <= 600_000)) return 'slowMs';
    if (wanted.seed !== undefined && wanted.seed !== '') next.seed = Number(wanted.seed);
    if (!Number.isSafeInteger(next.seed)) return 'seed';
    if (wanted.rejectAll !== undefined) next.rejectAll = wanted.rejectAll === true || wanted.rejectAll === 'true';
    this.settings = next;
    this.#random = seededRandom(next.seed);
    for (const name of Object.keys(this.happened)) delete this.happened[name];
    return undefined;
  }

  /** True with the probability set for a fault, from the seeded sequence; counted. */
  happens(fault: (typeof RATES)[number]): boolean {
    const rate = this.settings[fault];
    if (!(rate > 0 && this.#random() < rate)) return false;
    this.happened[fault] = (this.happened[fault] ?? 0) + 1;
    return true;
  }

  /** Before processing: waits, and answers 503 when it is this call's turn to fail. */
  before = async (_request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (this.settings.slowMs > 0) await sleep(this.settings.slowMs);
    if (this.happens('failRate')) {
      return reply.code(503).send({ error: { code: 'unavailable', message: '平台暂时不可用（演示故障）' } });
    }
    return undefined;
  };

  /** After processing: answers with JSON, or loses or halves the answer when it is this call's turn. */
  answer(reply: FastifyReply, body: unknown, status = 200): FastifyReply {
    if (this.happens('loseAnswerRate')) {
      reply.hijack();
      reply.raw.destroy();
      return reply;
    }
    if (!this.happens('halfAnswerRate')) return reply.code(status).send(body);
    const bytes = Buffer.from(JSON.stringify(body));
    reply.hijack();
    reply.raw.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length });
    reply.raw.write(bytes.subarray(0, bytes.length >> 1), () => reply.raw.destroy());
    return reply;
  }
}
