import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findPostgresBinaries, type PostgresBinaries } from './embedded-postgres-binaries.ts';
import { findOwner } from './embedded-postgres-owner.ts';
import { chooseRunAs, type RunAs, systemPath } from './embedded-postgres-user.ts';

export interface EmbeddedPostgresOptions {
  /** Holds the cluster (`data`), the superuser's password and the server's log. Made when missing. */
  readonly dataDir: string;
  /** Wished port; a free one is taken when none (or 0) is given, or when the wished one is in use and `portIsWish` is set. */
  readonly port?: number;
  readonly portIsWish?: boolean;
  /** False only for tests: a power cut then loses data. */
  readonly fsync?: boolean;
  /** `scram` writes a random password to a file only this user reads; `trust` lets every local program in. */
  readonly auth?: 'scram' | 'trust';
  /** For tests of the fallback: do without the kernel's parent-death signal. */
  readonly watchParentByShell?: boolean;
  /** How long to wait for a killed predecessor; milliseconds. It can stay a zombie for about two seconds. */
  readonly patienceMs?: number;
  readonly log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  readonly port: number;
  /** Connects to the database `postgres` as the superuser. Carries the password: never print it. */
  readonly superuserUrl: string;
  /** Settles with the server's last log lines when it has ended, asked to or not. */
  readonly ended: Promise<string>;
  /** Fast shutdown; harder after 20 seconds. Safe to call twice. */
  stop(): Promise<void>;
}

interface Place {
  readonly root: string;
  readonly cluster: string;
  readonly marker: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

/** For one city on two cores beside the web process; everything else is PostgreSQL's own default. */
const settings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  shared_buffers: '256MB',
  max_connections: '100',
  synchronous_commit: 'on',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_statement: 'none',
  // Parameters of failing statements may hold personal data.
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/**
 * Starts the PostgreSQL that npm brought, making its cluster on the first run, and waits until it answers.
 * It ends with this process, however this process ends. Errors are messages for the operator.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const place = placeAt(options.dataDir);
  mkdirSync(place.root, { recursive: true, mode: 0o755 });
  const binaries = findPostgresBinaries();
  const chosen = chooseRunAs([binaries.postgres, place.root]);
  const runAs = options.watchParentByShell ? { ...chosen, diesWithParent: false } : chosen;

  const patience = options.patienceMs ?? 5_000;
  await waitForOwner(place, patience, log);
  if (!isMade(place)) await makeCluster(place, binaries, runAs, options, log);

  const deadline = Date.now() + patience;
  for (;;) {
    const port = await choosePort(options);
    const server = launch(place, binaries, runAs, port, options);
    const problem = await untilReady(place, server, log);
    if (problem === undefined) return server;
    const mayPass = /lock file|shared memory|Address already in use/i.test(problem);
    if (!mayPass || Date.now() > deadline) {
      throw new Error(`内置数据库没有起来。日志：${place.logFile}\nThe embedded PostgreSQL did not start:\n${problem}`);
    }
    await sleep(300);
  }
}

/** Makes a database of this name if there is none. Returns the superuser's address of it. */
export async function ensureDatabase(server: EmbeddedPostgres, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.superuserUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
  const url = new URL(server.superuserUrl);
  url.pathname = `/${name}`;
  return url.href;
}

function placeAt(dataDir: string): Place {
  const root = resolve(dataDir);
  return {
    root,
    cluster: join(root, 'data'),
    marker: join(root, 'made'),
    passwordFile: join(root, 'password'),
    logFile: join(root, 'postgres.log'),
  };
}

/** PG_VERSION appears before initdb is done, so our own marker says whether the cluster is whole. */
function isMade(place: Place): boolean {
  if (existsSync(place.marker)) return true;
  // A server has run here although the marker is gone: this is somebody's data, never to be redone.
  return existsSync(join(place.cluster, 'postmaster.opts'));
}

async function makeCluster(
  place: Place,
  binaries: PostgresBinaries,
  runAs: RunAs,
  options: EmbeddedPostgresOptions,
  log: (line: string) => void,
): Promise<void> {
  log('正在新建数据库 …');
  rmSync(place.cluster, { recursive: true, force: true });
  mkdirSync(place.cluster, { mode: 0o700 });
  const password = randomBytes(24).toString('base64url');
  rmSync(place.passwordFile, { force: true });
  writeFileSync(place.passwordFile, password, { mode: 0o600 });
  // initdb runs as another account, which must read the password once.
  const handOver = join(place.root, 'initial-password');
  rmSync(handOver, { force: true });
  writeFileSync(handOver, password, { mode: 0o600 });
  if (runAs.owner) {
    for (const path of [place.cluster, handOver]) chownSync(path, runAs.owner.uid, runAs.owner.gid);
  }
  const auth = options.auth === 'trust' ? 'trust' : 'scram-sha-256';
  const [program, ...args] = [
    ...runAs.prefix,
    binaries.initdb,
    ...['--pgdata', place.cluster, '--username', 'postgres', '--pwfile', handOver, '--auth', auth],
    // PostgreSQL's own C.UTF-8 sorts alike on every operating system, so indexes survive a move.
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...['--locale', process.platform === 'linux' ? 'C.UTF-8' : 'C', '--data-checksums'],
    ...(options.fsync === false ? ['--no-sync'] : []),
  ];
  const child = spawn(program!, args, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
  const code = await exitOf(child);
  rmSync(handOver, { force: true });
  if (code !== 0) throw new Error(`新建数据库失败。initdb failed (${code}):\n${said.slice(-2_000)}`);
  writeFileSync(place.marker, `${new Date().toISOString()}\n`);
}

function launch(
  place: Place,
  binaries: PostgresBinaries,
  runAs: RunAs,
  port: number,
  options: EmbeddedPostgresOptions,
): EmbeddedPostgres {
  const durable = options.fsync === false ? 'off' : 'on';
  const all = { ...settings, fsync: durable, full_page_writes: durable };
  const command = [
    ...runAs.prefix,
    ...[binaries.postgres, '-D', place.cluster, '-p', String(port), '-k', ''],
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  keepLogSmall(place.logFile);
  const logFd = openSync(place.logFile, 'a', 0o600);
  // Its own session: Ctrl-C reaches the programs that write first, and the database is stopped last.
  const common = { env: cleanEnvironment(), detached: true } as const;
  const child = runAs.diesWithParent
    ? spawn(command[0]!, command.slice(1), { ...common, stdio: ['ignore', logFd, logFd] })
    : spawn('sh', ['-c', watchingShell, 'sh', ...command], { ...common, stdio: ['pipe', logFd, logFd] });
  closeSync(logFd);
  const ended = exitOf(child).then(() => tailOf(place.logFile));

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    if (child.stdin) child.stdin.end();
    else child.kill('SIGINT');
    if (await settled(ended, 20_000)) return;
    child.kill('SIGQUIT');
    if (await settled(ended, 5_000)) return;
    child.kill('SIGKILL');
    await ended;
  };
  const password = readFileSync(place.passwordFile, 'utf8').trim();
  return {
    port,
    superuserUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    ended,
    stop: () => (stopping ??= stop()),
  };
}

/** Where the kernel has no parent-death signal: the pipe on descriptor 0 closes when the parent goes. */
const watchingShell = [
  'exec 3<&0',
  '"$@" </dev/null 3<&- & server=$!',
  '(cat <&3 >/dev/null; kill -INT $server 2>/dev/null) & watcher=$!',
  'wait $server; code=$?',
  'kill $watcher 2>/dev/null',
  'exit $code',
].join('\n');

/** Nothing when the server answers and it is ours; otherwise its last words. */
async function untilReady(
  place: Place,
  server: EmbeddedPostgres,
  log: (line: string) => void,
): Promise<string | undefined> {
  let last: string | undefined;
  void server.ended.then((words) => (last = words));
  let quietUntil = Date.now() + 10_000;
  for (;;) {
    if (last !== undefined) return last;
    const answer = await askDataDirectory(server.superuserUrl);
    if (answer.refused) {
      await server.stop();
      return `${answer.refused}\n请检查密码文件 ${place.passwordFile}。The password file does not fit this cluster.`;
    }
    // Another program may have taken the port in between; then ours ends with its own message.
    if (answer.directory === place.cluster && last === undefined) return undefined;
    if (Date.now() > quietUntil) {
      log(`数据库正在恢复上次中断的数据，请稍候（端口 ${server.port}）…`);
      quietUntil += 30_000;
    }
    await sleep(25);
  }
}

async function askDataDirectory(url: string): Promise<{ directory?: string; refused?: string }> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const answer = await client.query<{ data_directory: string }>('show data_directory');
    return { directory: answer.rows[0]?.data_directory };
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    // Class 28: wrong password or no entry. Not listening yet and starting up are told by other codes.
    return code?.startsWith('28') ? { refused: message } : {};
  } finally {
    await client.end().catch(() => {});
  }
}

/** Waits while a killed server is still going; names a living one instead of fighting it. */
async function waitForOwner(place: Place, patience: number, log: (line: string) => void): Promise<void> {
  const deadline = Date.now() + patience;
  let said = false;
  for (;;) {
    const owner = findOwner(place.cluster);
    if (!owner) return;
    if (Date.now() > deadline) {
      throw new Error(
        `数据库目录 ${place.root} 正由进程 ${owner.pid} 使用，请先停止它。` +
          ` The database folder is in use by process ${owner.pid} (${owner.command.slice(0, 80)}).`,
      );
    }
    if (!said) log(`等待上次的数据库进程 ${owner.pid} 退出 …`);
    said = true;
    await sleep(200);
  }
}

async function choosePort(options: EmbeddedPostgresOptions): Promise<number> {
  if (options.port) {
    if (!options.portIsWish || (await isFree(options.port))) return options.port;
  }
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (typeof address === 'object' && address ? done(address.port) : failed(new Error('no port'))));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
  });
}

/** Somebody's PGPORT, PGDATA or preload settings must not reach the server. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  return { PATH: systemPath, LC_ALL: process.platform === 'linux' ? 'C.UTF-8' : 'C' };
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((done) => {
    child.once('error', () => done(-1));
    child.once('exit', (code) => done(code ?? -1));
  });
}

function settled(promise: Promise<unknown>, withinMs: number): Promise<boolean> {
  const stop = new AbortController();
  const late = sleep(withinMs, false, { signal: stop.signal }).catch(() => false);
  return Promise.race([promise.then(() => true), late]).finally(() => stop.abort());
}

function keepLogSmall(file: string): void {
  if (existsSync(file) && statSync(file).size > 5_000_000) rmSync(file);
  if (existsSync(file)) chmodSync(file, 0o600);
}

function tailOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').slice(-2_000) : '';
}
