import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { databaseFaults, type Steps } from './steps.ts';

const QUERY = 'Q'.charCodeAt(0);
const EXECUTE = 'E'.charCodeAt(0);
const SYNC = 'S'.charCodeAt(0);
const READY = 'Z'.charCodeAt(0);

/** Cuts a stream into messages of PostgreSQL's protocol: a letter, then a length that counts itself. */
class Messages {
  #rest: Buffer = Buffer.alloc(0);
  /** The first message of a client has no letter. */
  #headless: boolean;

  constructor(headless: boolean) {
    this.#headless = headless;
  }

  *read(chunk: Buffer): Generator<{ type: number; bytes: Buffer }> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const head = this.#headless ? 0 : 1;
      if (this.#rest.length < head + 4) return;
      const length = head + this.#rest.readUInt32BE(head);
      if (this.#rest.length < length) return;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      yield { type: this.#headless ? 0 : bytes[0]!, bytes };
      this.#headless = false;
    }
  }
}

/**
 * A door to the database for one life of a process. It counts statements and, when it is its turn, cuts the connection before a
 * statement has gone or after it has taken effect but before its answer is through.
 */
export class DatabaseDoor {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #target: URL;
  readonly #steps: () => Steps;
  readonly #die: () => void;
  #shut = false;

  private constructor(target: URL, steps: () => Steps, die: () => void) {
    this.#target = target;
    this.#steps = steps;
    this.#die = die;
    this.#server = createServer((client) => this.#serve(client));
  }

  /** `die`: what happens when the step kills our process. */
  static async open(targetUrl: string, steps: () => Steps, die: () => void): Promise<DatabaseDoor> {
    const door = new DatabaseDoor(new URL(targetUrl), steps, die);
    door.#server.listen(0, '127.0.0.1');
    await once(door.#server, 'listening');
    return door;
  }

  /** The database's address through this door. */
  get url(): string {
    const url = new URL(this.#target.href);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** Cuts every connection and lets none in any more. */
  shut(): void {
    this.#shut = true;
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(client: Socket): void {
    if (this.#shut) {
      client.destroy();
      return;
    }
    const server = connect(Number(this.#target.port), this.#target.hostname);
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', cut);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        cut();
      });
    }
    const asked = new Messages(true);
    const answered = new Messages(false);
    let asks = 0;
    let answers = 0;
    // Once set, nothing of the answers goes through; what happens when so many have come.
    let last: { answer: number; then: () => void } | undefined;
    let ended = false;
    client.on('data', (chunk: Buffer) => {
      for (const { type, bytes } of asked.read(chunk)) {
        if (ended) return;
        const fault = type === QUERY || type === EXECUTE ? this.#steps().take('database', databaseFaults) : undefined;
        const then = fault?.startsWith('weDie') ? this.#die : cut;
        if (fault === 'cutBefore' || fault === 'weDieBefore') {
          ended = true;
          then();
          return;
        }
        server.write(bytes);
        if (type === QUERY || type === SYNC) asks += 1;
        if (fault) last = { answer: asks + (type === QUERY ? 0 : 1), then };
        // A statement takes effect with the Sync behind it.
        if (last && asks >= last.answer) ended = true;
      }
    });
    server.on('data', (chunk: Buffer) => {
      if (!last) client.write(chunk);
      for (const { type } of answered.read(chunk)) {
        if (type === READY) answers += 1;
        // The greeting ends with one, too.
        if (last && answers - 1 >= last.answer) last.then();
      }
    });
  }
}
