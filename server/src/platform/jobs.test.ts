import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { Fixtures } from '../../test/fixtures.ts';
import { startSchedule } from '../schedule.ts';
import { claimJobRun, Heartbeats, jobStates, runClaimed, runEnded } from './jobs.ts';
import { cleanExpired } from './jobs-clean.ts';
import { WorkerLock } from './jobs-lock.ts';

let database: TestDatabase;
let fixtures: Fixtures;
const beginning = new Date('2026-11-22T06:05:00Z');
const later = (minutes: number) => new Date(beginning.getTime() + minutes * 60_000);

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database, beginning);
});
afterAll(async () => {
  await fixtures.close();
  await database.drop();
});

const stateOf = async (job: string) =>
  (await jobStates(fixtures.context, fixtures.now)).find((state) => state.job === job);
const done = async () => ({ outcome: 'done', detail: {} }) as const;

describe('runs of a day', () => {
  it('of many claims at once one wins; a date that is done stays done', async () => {
    const claims = await Promise.all(
      Array.from({ length: 8 }, () => claimJobRun(fixtures.context, 'exits', '2026-11-01')),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await runClaimed(fixtures.context, 'exits', '2026-11-01', done)).toBe('done');
    fixtures.now = later(60);
    expect(await claimJobRun(fixtures.context, 'exits', '2026-11-01')).toBe(false);
    expect(await runEnded(fixtures.context, 'exits', '2026-11-01', 5)).toBe(true);
    fixtures.now = beginning;
  });

  it('a run that fell silent is taken over after a quarter of an hour, a failed one repeated', async () => {
    expect(await claimJobRun(fixtures.context, 'exits', '2026-11-02')).toBe(true);
    fixtures.now = later(14);
    expect(await claimJobRun(fixtures.context, 'exits', '2026-11-02')).toBe(false);
    fixtures.now = later(16);
    expect(await claimJobRun(fixtures.context, 'exits', '2026-11-02')).toBe(true);
    expect(await runEnded(fixtures.context, 'exits', '2026-11-02', 5)).toBe(false);
    expect(await runEnded(fixtures.context, 'exits', '2026-11-02', -1)).toBe(true);
    expect(await runEnded(fixtures.context, 'exits', '2026-11-03', 5)).toBe(false);
    const outcome = await runClaimed(fixtures.context, 'exits', '2026-11-02', () =>
      Promise.reject(new Error('no power')),
    );
    expect(outcome).toBe('failed');
    expect(await stateOf('exits')).toMatchObject({ outcome: 'failed', businessDate: '2026-11-02', late: false });
    expect(await claimJobRun(fixtures.context, 'exits', '2026-11-02')).toBe(false);
    fixtures.now = later(40);
    expect(await claimJobRun(fixtures.context, 'exits', '2026-11-02')).toBe(true);
    fixtures.now = beginning;
  });
});

describe('signs of life', () => {
  it('a job that was never seen is late, one that turns is not, one that fell silent is', async () => {
    expect(await stateOf('checks')).toMatchObject({ late: true, outcome: 'never' });
    const heartbeats = new Heartbeats(fixtures.context);
    await heartbeats.turn('checks', 3);
    expect(await stateOf('checks')).toMatchObject({ late: false, outcome: 'running' });
    await heartbeats.turn('checks', 0, new Error('nobody answers'));
    expect(await stateOf('checks')).toMatchObject({ late: false, outcome: 'failed' });
    fixtures.now = later(5);
    expect(await stateOf('checks')).toMatchObject({ late: true });
    fixtures.now = beginning;
  });
});

it('the lock: one works, the other stands by and takes over when the first is gone', async () => {
  const first = new WorkerLock(database.appUrl, fixtures.context.log);
  const second = new WorkerLock(database.appUrl, fixtures.context.log);
  await first.start(50);
  await second.start(50);
  expect([first.held, second.held]).toEqual([true, false]);
  await first.stop();
  await expect.poll(() => second.held).toBe(true);
  // The server ends the connection of the one that works: it notices, and works again over another.
  const holder = async () =>
    (
      await fixtures.sql<{ pid: number }>(
        `select pid from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database())`,
      )
    )[0]?.pid;
  const before = await holder();
  await fixtures.sql('select pg_terminate_backend($1)', [before]);
  await expect.poll(async () => [second.held, (await holder()) ?? before]).not.toContain(before);
  await expect.poll(() => second.held).toBe(true);
  await second.stop();
});

it('cleaning removes what has served its time and nothing else', async () => {
  await fixtures.sql(
    `insert into idempotency (actor, key, route, request_digest, status, response, at)
     values ('a', 'old', 'r', '', 200, '{}', $1), ('a', 'new', 'r', '', 200, '{}', $2)`,
    [new Date(beginning.getTime() - 8 * 86_400_000), beginning],
  );
  await fixtures.sql(
    "insert into session (token_hash, kind, created_at, last_used_at, expires_at) values ('x', 'staff', $1, $1, $1), ('y', 'staff', $1, $1, $2)",
    [later(-60), later(60)],
  );
  await fixtures.sql("insert into attempt_count values ('b', $1, 1), ('b', $2, 1)", [
    new Date(beginning.getTime() - 3 * 86_400_000),
    beginning,
  ]);
  expect(await cleanExpired(fixtures.context)).toBe(3);
  expect(await fixtures.sql('select key from idempotency')).toEqual([{ key: 'new' }]);
});

it('the schedule starts every job, signs its life, and stops', async () => {
  fixtures.now = later(60 * 24);
  const schedule = await startSchedule(fixtures.context);
  await expect
    .poll(
      async () => (await jobStates(fixtures.context, fixtures.now)).filter(({ late }) => late).map(({ job }) => job),
      {
        timeout: 5_000,
      },
    )
    .toEqual([]);
  await expect.poll(() => stateOf('exits')).toMatchObject({ outcome: 'done', businessDate: '2026-11-22' });
  await schedule.stop();
});
