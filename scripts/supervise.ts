// Everything behind `npm start`: database, synthetic city, pages, stand-ins, server and worker, ended together.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { shippedCalendar } from '@yingdeng/rules/calendar.ts';
import { identityOf, withLock } from './lib/lock.js';
import { rehearsedNow } from './supervise/clock.ts';
import { type RunningDatabase, startDatabase } from './supervise/database.ts';
import { type Addresses, commandsOf, makeEnvironment } from './supervise/environment.ts';
import { greeting } from './supervise/greeting.ts';
import { waitForPrevious, writeRecord } from './supervise/previous.ts';
import { runOnce, Service, type Surroundings, tailOf } from './supervise/processes.ts';
import { readOrMakeSecrets } from './supervise/secrets.ts';
import { buildStaleWebs } from './supervise/webs.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const outer = process.env;
const dataDir = resolve(root, outer.YINGDENG_DATA_DIR || '.data');
const recordFile = join(dataDir, 'run.json');
const environmentFile = join(dataDir, 'environment.json');
const logs = join(dataDir, 'logs');
const say = (line: string) => console.log(line);

/** The cities of the demonstration, the same people on every machine: Jiaozuo, and a little of Anshan for those who move there. */
const cities = (
  outer.YINGDENG_CITY || '--division 410800 --people 20000 --seed 7; --division 210300 --people 400 --seed 9'
)
  .split(';')
  .map((one) => one.trim());

const stop = new AbortController();
/** In the order in which they end: whoever writes first, what they write to last. */
const services: { readonly service: Service; readonly graceMs: number }[] = [];
let starting: Promise<RunningDatabase> | undefined;
let addresses: Addresses | undefined;
let answering = false;

process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
// `npm start` was killed: nobody would stop us any more.
process.on('disconnect', () => void end(0));

mkdirSync(logs, { recursive: true });
try {
  await withLock(
    join(dataDir, 'start.lock'),
    () => say('另一次启动正在进行，请稍候 …'),
    async () => {
      await waitForPrevious(recordFile, say);
      record();
    },
  );
  await start();
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(`\n启动失败：${(error as Error).message}`);
    await end(1);
  }
}

async function start(): Promise<void> {
  const secrets = readOrMakeSecrets(join(dataDir, 'secrets.json'));
  const plain: Surroundings = { root, logs, env: outer, say, changed: record };
  const once = (around: Surroundings, onLine?: (line: string) => void) => (name: string, args: readonly string[]) =>
    runOnce(name, args, around, { signal: stop.signal, onLine });
  // The pages need no database: both begin at once.
  const pages = buildStaleWebs(root, once(plain), say);
  pages.catch(() => {});

  const wish = outer.YINGDENG_PORT === '0' ? 0 : undefined;
  starting = startDatabase(dataDir, outer.DATABASE_URL || undefined, secrets, wish, say);
  const database = await starting;
  stop.signal.throwIfAborted();
  const rehearsed = outer.YINGDENG_NOW
    ? undefined
    : rehearsedNow(join(dataDir, 'clock'), new Date(), shippedCalendar.to);
  if (rehearsed) say(`工作日历只到${shippedCalendar.to}，演示按${rehearsed.slice(0, 10)}的日期运行。`);
  const made = await makeEnvironment(
    rehearsed ? { ...outer, YINGDENG_NOW: rehearsed } : outer,
    dataDir,
    secrets,
    database.appUrl,
  );
  addresses = made.addresses;
  const around: Surroundings = { ...plain, env: made.env };

  // For `npx yingdeng …` at a shell beside the running system; readable by this user alone.
  writeFileSync(environmentFile, `${JSON.stringify(commandsOf(made.env, database.migratorUrl), null, 2)}\n`, {
    mode: 0o600,
  });

  // Only the loader may act as the owner of the tables.
  await loadCity(database, once({ ...around, env: { ...made.env, YINGDENG_MIGRATOR_URL: database.migratorUrl } }, say));
  await pages;

  const standIns = new Service('stand-ins', 'stand-ins/main.ts', around);
  const worker = new Service('worker', 'server/src/main-worker.ts', around);
  const http = new Service('http', 'server/src/main-http.ts', around);
  services.push(
    { service: http, graceMs: 2_000 },
    { service: worker, graceMs: 1_500 },
    { service: standIns, graceMs: 500 },
  );
  for (const service of [standIns, http, worker]) service.start();
  await untilHealthy(http);
  answering = true;
  record();
  say(greeting(addresses.url, addresses.standIns, made.env.YINGDENG_DEMO_FILE ?? ''));
}

/**
 * On the first run only, and never into a given database that already had a schema: invented people do not belong
 * among real ones. The loader is safe to run again, so a kill in the middle costs nothing but time.
 */
async function loadCity(
  database: RunningDatabase,
  run: (name: string, args: readonly string[]) => Promise<void>,
): Promise<void> {
  const given = outer.DATABASE_URL;
  const which = createHash('sha256')
    .update(given ?? '')
    .digest('hex')
    .slice(0, 12);
  const marker = given ? join(dataDir, `city-${which}`) : join(dataDir, 'postgres', 'city');
  const state = existsSync(marker) ? readFileSync(marker, 'utf8') : '';
  if (state.startsWith('loaded') || (given && state === '' && !database.wasEmpty)) return;
  writeFileSync(marker, 'loading\n');
  say('正在生成演示城市（虚构的人和业务），首次约需十余秒 …');
  for (const city of cities) await run('city', ['server/src/main-cli.ts', 'city', ...city.split(' '), '--demo']);
  writeFileSync(marker, `loaded ${cities.join('; ')}\n`);
}

async function untilHealthy(http: Service): Promise<void> {
  const health = `http://127.0.0.1:${addresses?.port}/api/health`;
  const deadline = Date.now() + 120_000;
  for (;;) {
    stop.signal.throwIfAborted();
    const status = await fetch(health, { signal: AbortSignal.timeout(3_000) })
      .then((answer) => answer.status)
      .catch(() => 0);
    if (status === 200) return;
    if (http.deaths >= 4 || Date.now() > deadline) {
      throw new Error(`服务没有起来（${status}）。日志：${http.logFile}\n${tailOf(http.logFile)}`);
    }
    await sleep(100);
  }
}

/** Leaves word for the next start, and for programs that want the address, about what runs now. */
function record(): void {
  if (stop.signal.aborted) return;
  const running = services.flatMap(({ service }) => {
    const identity = service.pid === undefined ? undefined : identityOf(service.pid);
    return identity === undefined ? [] : [[service.name, identity] as const];
  });
  writeRecord(recordFile, {
    supervisor: identityOf(process.pid) ?? String(process.pid),
    children: Object.fromEntries(running),
    ...(answering && addresses ? { url: addresses.url, standIns: addresses.standIns } : {}),
  });
}

/** Ends everything in order, once, whoever asks how often. */
async function end(code: number): Promise<void> {
  if (stop.signal.aborted) return;
  const mine = services.length > 0 || starting !== undefined;
  stop.abort();
  if (mine && code === 0) say('\n正在停止 …');
  for (const { service, graceMs } of services) await service.stop(graceMs);
  const database = await starting?.catch(() => undefined);
  await database?.stop();
  if (mine) for (const file of [recordFile, environmentFile]) rmSync(file, { force: true });
  if (mine && code === 0) say('已停止。');
  process.exit(code);
}
