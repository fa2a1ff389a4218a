import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const preload = new URL('../lib/die-with-parent.js', import.meta.url).href;

/** What every program of one start shares. */
export interface Surroundings {
  readonly root: string;
  readonly logs: string;
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  /** Called whenever a program starts or ends, so that the next start knows whom to wait for. */
  readonly changed: () => void;
}

/** One program that is started again when it dies. */
export class Service {
  readonly name: string;
  readonly #file: string;
  readonly #around: Surroundings;
  #child: ChildProcess | undefined;
  #stopping = false;
  #deaths = 0;

  constructor(name: string, file: string, around: Surroundings) {
    this.name = name;
    this.#file = file;
    this.#around = around;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** How often it died since it last ran for a minute. */
  get deaths(): number {
    return this.#deaths;
  }

  get logFile(): string {
    return join(this.#around.logs, `${this.name}.log`);
  }

  start(): void {
    if (this.#stopping) return;
    const startedAt = Date.now();
    const child = launch([this.#file], this.logFile, this.#around);
    this.#child = child;
    this.#around.changed();
    child.once('exit', (code, signal) => {
      this.#child = undefined;
      this.#around.changed();
      if (this.#stopping) return;
      if (Date.now() - startedAt > 60_000) this.#deaths = 0;
      this.#deaths += 1;
      const wait = Math.min(30_000, 500 * 2 ** (this.#deaths - 1));
      this.#around.say(
        `${this.name} 意外退出（${signal ?? code}），${wait / 1000} 秒后重新启动。日志：${this.logFile}`,
      );
      setTimeout(() => this.start(), wait).unref();
    });
  }

  /** Asks it to end; after `graceMs` makes it. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child) await endChild(child, graceMs);
  }
}

/** Runs a program to its end. Throws with its last lines when it fails. Aborting ends it. */
export async function runOnce(
  name: string,
  args: readonly string[],
  around: Surroundings,
  options: { readonly signal: AbortSignal; readonly onLine?: (line: string) => void },
): Promise<void> {
  const logFile = join(around.logs, `${name}.log`);
  const child = launch(args, logFile, around, options.onLine);
  const abort = () => void endChild(child, 2_000);
  options.signal.addEventListener('abort', abort, { once: true });
  const [code, signal] = await new Promise<[number | null, string | null]>((done) => {
    child.once('error', () => done([-1, null]));
    child.once('close', (...how) => done(how));
  });
  options.signal.removeEventListener('abort', abort);
  options.signal.throwIfAborted();
  if (code !== 0) throw new Error(`${name} 失败（${signal ?? code}）。日志：${logFile}\n${tailOf(logFile)}`);
}

/** The last lines of a log. */
export function tailOf(file: string, lines = 15): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
}

function launch(
  args: readonly string[],
  logFile: string,
  around: Surroundings,
  onLine?: (line: string) => void,
): ChildProcess {
  if (existsSync(logFile) && statSync(logFile).size > 10_000_000) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  // Its own process group: Ctrl-C in the terminal reaches only the supervisor, which ends all in order.
  const child = spawn(process.execPath, ['--import', preload, ...args], {
    cwd: around.root,
    env: around.env,
    detached: true,
    stdio: ['ignore', onLine ? 'pipe' : log, log, 'ipc'],
  });
  closeSync(log);
  if (onLine && child.stdout) {
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    });
  }
  return child;
}

async function endChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const patience = new AbortController();
  await Promise.race([gone, sleep(graceMs, undefined, { signal: patience.signal }).catch(() => {})]);
  patience.abort();
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await gone;
}
