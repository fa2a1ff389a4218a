import pg from 'pg';
import { ping, tryWorkerLock } from './jobs.sql.ts';
import type { Log } from './log.ts';

/**
 * Which of several workers works: the one whose connection holds a lock of the database. The others stand by and take
 * over within seconds when that connection is gone. A short overlap does no harm, since every job may run twice.
 */
export class WorkerLock {
  readonly #url: string;
  readonly #log: Log;
  #client: pg.Client | undefined;
  #held = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
  }

  /** Whether this process works now. */
  get held(): boolean {
    return this.#held;
  }

  /** Tries once, then again and again. */
  async start(everyMs = 3_000): Promise<void> {
    await this.#attempt();
    this.#timer = setInterval(() => void this.#attempt(), everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#held = false;
    await this.#client?.end().catch(() => {});
    this.#client = undefined;
  }

  async #attempt(): Promise<void> {
    try {
      const client = await this.#connected();
      if (this.#held) await client.query(ping.text);
      else this.#held = (await client.query<{ held: boolean }>(tryWorkerLock.text)).rows[0]?.held === true;
    } catch (error) {
      this.#lost(error as Error);
    }
  }

  async #connected(): Promise<pg.Client> {
    if (this.#client) return this.#client;
    const client = new pg.Client({ connectionString: this.#url, keepAlive: true, query_timeout: 5_000 });
    client.on('error', (error) => this.#lost(error));
    client.on('end', () => {
      if (this.#client === client) this.#lost(new Error('the connection ended'));
    });
    await client.connect();
    this.#client = client;
    return client;
  }

  #lost(error: Error): void {
    if (this.#held) this.#log.warn({ error: error.message }, 'the lock of the worker is lost');
    this.#held = false;
    const client = this.#client;
    this.#client = undefined;
    client?.end().catch(() => {});
  }
}
