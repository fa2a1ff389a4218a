import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { platformFaults, type Steps } from './steps.ts';

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** What is asked for, whichever batch, city or page of it: an answer may be given to the wrong question. */
function kindOf({ method, url }: IncomingMessage): string {
  const { pathname } = new URL(url ?? '', 'http://platform');
  return `${method} ${pathname.replace(/(receipts)\/.*/, '$1')}`;
}

/** What the door needs of the two sides. */
export interface PlatformSides {
  /** Where the platform is now. */
  url(): string;
  /** What happens when a step kills our process. */
  weDie(): void;
  /** Kills the platform and starts it anew from what it kept. */
  platformDies(): Promise<void>;
}

/**
 * A door to the platform for one life of a process. It counts requests and, when it is its turn, loses a request, its answer or
 * half of it, delivers the request twice, or gives the answer to an earlier one of the same kind again.
 */
export class PlatformDoor {
  readonly #server: Server;
  readonly #steps: () => Steps;
  readonly #sides: PlatformSides;
  /** The last answer to each kind of question. */
  readonly #answers = new Map<string, Answer>();

  private constructor(steps: () => Steps, sides: PlatformSides) {
    this.#steps = steps;
    this.#sides = sides;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async open(steps: () => Steps, sides: PlatformSides): Promise<PlatformDoor> {
    const door = new PlatformDoor(steps, sides);
    door.#server.listen(0, '127.0.0.1');
    await once(door.#server, 'listening');
    return door;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  shut(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const steps = this.#steps();
    const away = steps.struck?.fault.startsWith('away');
    const fault = away ? 'cutBefore' : steps.take('platform', platformFaults);
    if (fault === 'weDieBefore') return this.#sides.weDie();
    if (fault === 'platformDiesBefore') await this.#sides.platformDies();
    if (fault === 'cutBefore' || fault === 'awayBefore' || fault === 'platformDiesBefore') {
      response.destroy();
      return;
    }
    const [answer] = await Promise.all([
      this.#forward(request, body),
      ...(fault === 'doubled' ? [this.#forward(request, body)] : []),
    ]);
    const kind = kindOf(request);
    const before = this.#answers.get(kind);
    this.#answers.set(kind, answer);
    if (fault === 'weDieAfter') return this.#sides.weDie();
    if (fault === 'platformDiesAfter') await this.#sides.platformDies();
    if (fault === 'cutAfter' || fault === 'awayAfter' || fault === 'platformDiesAfter') {
      response.destroy();
      return;
    }
    const { status, body: content } = fault === 'echoed' && before ? before : answer;
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': content.length });
    if (fault === 'half') response.write(content.subarray(0, content.length >> 1), () => response.destroy());
    else response.end(content);
  }

  async #forward({ url, method, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
    const { authorization, 'content-type': type, 'idempotency-key': key } = headers;
    const answer = await fetch(this.#sides.url() + url, {
      method: method ?? 'GET',
      headers: {
        ...(authorization ? { authorization } : {}),
        ...(type ? { 'content-type': type } : {}),
        ...(typeof key === 'string' ? { 'idempotency-key': key } : {}),
      },
      ...(method === 'POST' ? { body: new Uint8Array(body) } : {}),
    });
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
  }
}
