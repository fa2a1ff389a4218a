import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type RunningDatabase, startDatabase } from '../scripts/supervise/database.ts';
import { readOrMakeSecrets, type Secrets } from '../scripts/supervise/secrets.ts';

const root = resolve(fileURLToPath(import.meta.url), '../..');

/** The day on which every bench happens, so that a figure does not hang on the day it was taken. */
export const benchNow = '2020-09-28T10:00:00+08:00';

/** A web process of the system under test. */
export interface WebProcess {
  readonly port: number;
  readonly pid: number;
}

/** A database of the bench's own (fsync on, temporary folder) and the web processes on it. */
export interface BenchSystem {
  readonly secrets: Secrets;
  /** Superuser of the bench's database, bound by no policy: prepares, is the floor, counts afterwards. */
  readonly ownerUrl: string;
  /** The application role, bound by every policy. */
  readonly appUrl: string;
  /** Process id of the database server. */
  readonly databasePid: number;
  readonly version: string;
  serve(count: number, options?: { poolSize?: number; env?: NodeJS.ProcessEnv }): Promise<WebProcess[]>;
  /** Ends the web processes started so far, waiting until each has gone. */
  endWebs(): Promise<void>;
  /** Ends everything and deletes the folder. */
  stop(): Promise<void>;
}

/** Starts the database; `name` appears in the temporary folder's name. */
export async function startSystem(name: string): Promise<BenchSystem> {
  const dataDir = mkdtempSync(join(tmpdir(), `yingdeng-bench-${name}-`));
  const secrets = readOrMakeSecrets(join(dataDir, 'secrets.json'));
  let webs: { child: ChildProcess; gone: Promise<void> }[] = [];
  let database: RunningDatabase | undefined;
  const endWebs = async () => {
    for (const { child } of webs) child.kill('SIGTERM');
    await Promise.all(webs.map(({ gone }) => gone));
    webs = [];
  };
  const stop = async () => {
    await endWebs();
    await database?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    database = await startDatabase(dataDir, undefined, secrets, 0, () => {});
  } catch (error) {
    await stop();
    throw error;
  }
  const { appUrl, migratorUrl: ownerUrl } = database;
  const postmaster = readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n');
  return {
    secrets,
    ownerUrl,
    appUrl,
    databasePid: Number(postmaster[0]),
    version: readFileSync(join(dataDir, 'postgres', 'data', 'PG_VERSION'), 'utf8').trim(),
    endWebs,
    stop,
    serve: async (count, options = {}) => {
      const started: WebProcess[] = [];
      for (let i = 0; i < count; i += 1) {
        const port = await freePort();
        const child = spawn(process.execPath, [join(root, 'server/src/main-http.ts')], {
          cwd: dataDir,
          stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
          env: {
            PATH: process.env.PATH,
            NODE_OPTIONS: process.env.NODE_OPTIONS,
            YINGDENG_MODE: 'demo',
            YINGDENG_PORT: String(port),
            YINGDENG_PUBLIC_URL: `http://localhost:${port}`,
            YINGDENG_DATABASE_URL: appUrl,
            YINGDENG_POOL_SIZE: String(options.poolSize ?? 16),
            YINGDENG_KEYS: JSON.stringify(secrets.keys),
            YINGDENG_LOG_LEVEL: 'error',
            YINGDENG_NOW: benchNow,
            ...options.env,
          },
        });
        const gone = new Promise<void>((done) => child.once('exit', () => done()));
        webs.push({ child, gone });
        await Promise.race([
          new Promise<void>((done) => child.once('message', () => done())),
          gone.then(() => Promise.reject(new Error('a web process ended before it served'))),
        ]);
        started.push({ port, pid: child.pid! });
      }
      return started;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
}

/** Seconds of processor time a process has used (from field 13: its ended children), 0 once it is gone. Linux only. */
export function cpuSeconds(pid: number, field = 11): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return (Number(fields[field]) + Number(fields[field + 1])) / 100;
  } catch {
    return 0;
  }
}

/** The most memory a process has held, in MiB, 0 once it is gone. Linux only. */
export function peakMiB(pid: number | undefined): number {
  try {
    const kib = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.round(Number(kib ?? 0) / 1024);
  } catch {
    return 0;
  }
}

/** A worker with its timed jobs, on a day of its own. Ended by who starts it. */
export function startWorker({ appUrl, secrets }: BenchSystem, now: string): ChildProcess {
  return spawn(process.execPath, [join(root, 'server/src/main-worker.ts')], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      YINGDENG_MODE: 'demo',
      YINGDENG_DATABASE_URL: appUrl,
      YINGDENG_KEYS: JSON.stringify(secrets.keys),
      YINGDENG_LOG_LEVEL: 'error',
      YINGDENG_NOW: now,
    },
  });
}

/** The processes a process has started and those below them. Linux only. */
export function childrenOf(pid: number): number[] {
  try {
    const direct = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number);
    return direct.flatMap((child) => [child, ...childrenOf(child)]);
  } catch {
    return [];
  }
}

/** Processor time of a process and all it has started, those that have ended and been waited for included. */
export function cpuOfTree(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + cpuSeconds(each), cpuSeconds(pid, 13));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Lets checkpoints and vacuum of what was just written pass, so that the next round does not pay for it. */
export const settle = (ms = 500): Promise<void> => sleep(ms);

/** A connection for as long as `work` takes, closed also when it throws. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, pipeline: true } as pg.ClientConfig);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
