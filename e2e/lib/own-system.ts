import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findRunning, type Running } from './running.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** A city beside it, for those who move. */
export const NEXT_CITY = '--division 210300 --people 20 --seed 9';

/** Environment of programs that look for the system of a folder, such as the demonstration. */
export function environmentOf(folder: string): NodeJS.ProcessEnv {
  const outer = Object.entries(process.env).filter(([name]) => !/^(YINGDENG|STANDINS)_|^DATABASE_URL$/.test(name));
  return { ...Object.fromEntries(outer), YINGDENG_DATA_DIR: folder };
}

/** A whole system of a test's own: its own folder, its own database, free ports, a small city. */
export class OwnSystem {
  readonly folder = mkdtempSync(join(tmpdir(), 'yingdeng-e2e-'));
  #child: ChildProcess | undefined;
  #output = '';
  #running: Running | undefined;
  /** Free ports the first time; the same ones afterwards, so that cookies and addresses go on. */
  #ports: Record<string, string> = { YINGDENG_PORT: '0' };

  readonly #cities: string;

  /** `people`: size of the city; some 300 have an exit in ten days, now and then two. `beside`: another city in the same system. */
  constructor({ people = 300, beside }: { readonly people?: number; readonly beside?: string } = {}) {
    this.#cities = [`--division 410800 --people ${people} --seed 7`, beside].filter(Boolean).join('; ');
  }

  /** What runs now. Throws when nothing does. */
  get running(): Running {
    if (!this.#running) throw new Error('the system is not running');
    return this.#running;
  }

  /**
   * Starts it as `npm start` does and waits until it answers. A second start goes on from what the first left; with
   * `now` on another day.
   */
  async start(now?: Date): Promise<Running> {
    const child = spawn(process.execPath, [join(root, 'scripts', 'supervise.ts')], {
      cwd: root,
      env: {
        ...environmentOf(this.folder),
        NODE_ENV: '',
        YINGDENG_CITY: this.#cities,
        ...this.#ports,
        ...(now ? { YINGDENG_NOW: now.toISOString() } : {}),
      },
      // A group of its own, so that it can be killed whole; the channel ends it when the test itself is killed.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (part: string) => {
        this.#output += part;
      });
    }
    const deadline = Date.now() + 150_000;
    while (!this.#output.includes('按 Ctrl-C 停止')) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`the system did not start:\n${this.#output}`);
      await sleep(100);
    }
    this.#output = '';
    const found = await findRunning(this.folder);
    if (!found) throw new Error('the system said it had started and does not answer');
    this.#running = found;
    this.#ports = portsOf(found);
    return found;
  }

  /** The same system some days later, with everything that has become late meanwhile. */
  async daysLater(days: number): Promise<Running> {
    const { now } = (await (await fetch(`${this.running.url}/api/health`)).json()) as { now: string };
    await this.#end('SIGTERM');
    return this.start(new Date(Date.parse(now) + days * 86_400_000));
  }

  /** kill -9 of the supervisor's whole process group, in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops everything and removes the folder, whatever state it is in. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    await this.#untilAllGone();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    this.#running = undefined;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    const send = (name: 'SIGTERM' | 'SIGKILL') => {
      try {
        process.kill(name === 'SIGKILL' ? -child.pid! : child.pid!, name);
      } catch {
        // Gone in between.
      }
    };
    send(signal);
    const late = setTimeout(() => send('SIGKILL'), 20_000);
    await gone;
    clearTimeout(late);
  }

  /** What a killed supervisor started ends by itself; a server of the database may need some seconds. */
  async #untilAllGone(): Promise<void> {
    const record = join(this.folder, 'run.json');
    if (!existsSync(record)) return;
    const { children } = JSON.parse(readFileSync(record, 'utf8')) as { children: Record<string, string> };
    const deadline = Date.now() + 10_000;
    for (const identity of Object.values(children)) {
      while (isAlive(Number.parseInt(identity, 10)) && Date.now() < deadline) await sleep(100);
    }
  }
}

function portsOf({ url, hub, platform, idp, sms, insurance, benefit }: Running): Record<string, string> {
  const standIns = Object.entries({ hub, platform, idp, sms, insurance, benefit });
  return {
    YINGDENG_PORT: new URL(url).port,
    ...Object.fromEntries(standIns.map(([name, at]) => [`STANDINS_${name.toUpperCase()}_PORT`, new URL(at).port])),
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
