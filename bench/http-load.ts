import { connect, type Socket } from 'node:net';

/** One answer: status and body. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** A request as bytes on the wire, made before the clock starts. */
export function requestBytes(method: string, path: string, headers: Record<string, string>, body = ''): Buffer {
  const all = { host: 'localhost', ...headers, ...(body ? { 'content-type': 'application/json' } : {}) };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = method === 'GET' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join('')}${length}\r\n${body}`);
}

/** A kept-alive connection that speaks just enough HTTP/1.1; a full client would eat a core that the servers need. */
export class Line {
  readonly #port: number;
  #socket: Socket;
  #held: Buffer = Buffer.alloc(0);
  #waiting: { done: (answer: Answered) => void; failed: (error: Error) => void } | undefined;

  private constructor(port: number, socket: Socket) {
    this.#port = port;
    this.#socket = this.#listened(socket);
  }

  static async open(port: number): Promise<Line> {
    return new Line(port, await connected(port));
  }

  /** Sends one request and waits for its answer. One at a time. A server closes a connection on which nothing was asked for a while; it is opened anew. */
  async ask(request: Buffer): Promise<Answered> {
    if (this.#socket.destroyed || this.#socket.readableEnded)
      this.#socket = this.#listened(await connected(this.#port));
    return new Promise((done, failed) => {
      this.#waiting = { done, failed };
      this.#socket.write(request);
    });
  }

  #listened(socket: Socket): Socket {
    socket.setNoDelay(true);
    socket.on('data', (part) => this.#read(part));
    socket.on('error', (error) => this.#waiting?.failed(error));
    socket.on('close', () => this.#waiting?.failed(new Error('the connection was closed')));
    return socket;
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #read(part: Buffer): void {
    this.#held = this.#held.length === 0 ? part : Buffer.concat([this.#held, part]);
    const end = this.#held.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#held.toString('latin1', 0, end);
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#held.length < end + 4 + length) return;
    const body = this.#held.toString('utf8', end + 4, end + 4 + length);
    this.#held = this.#held.subarray(end + 4 + length);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.done({ status: Number(head.slice(9, 12)), body });
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((done, failed) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', failed);
    socket.once('connect', () => done(socket));
  });
}

/** Sends every request over `lines` connections spread evenly over the ports; returns seconds and the answers. */
export async function load(
  ports: readonly number[],
  lines: number,
  requests: readonly Buffer[],
): Promise<{ seconds: number; answers: Answered[] }> {
  const open = await Promise.all(Array.from({ length: lines }, (_, i) => Line.open(ports[i % ports.length]!)));
  const answers: Answered[] = [];
  let next = 0;
  const from = performance.now();
  await Promise.all(
    open.map(async (line) => {
      for (;;) {
        const request = requests[next];
        next += 1;
        if (!request) return;
        answers.push(await line.ask(request));
      }
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  for (const line of open) line.close();
  return { seconds, answers };
}
