import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { Fixtures } from '../../test/fixtures.ts';
import { systemActor } from './actor.ts';
import { step } from './database.ts';
import { AppError } from './errors.ts';
import { once } from './idempotency.ts';
import { countAttempt } from './limits.sql.ts';
import { limitAttempts } from './limits.ts';
import { sql } from './sql.ts';

let database: TestDatabase;
let fixtures: Fixtures;
const actor = systemActor('test');
const hour = new Date('2026-11-22T06:00:00Z');
const fail = sql('test.fail', 'select 1 / 0');
const forbidden = sql('test.forbidden', "delete from audit_event where tenant = '0000'");

const nothingThere = sql('test.nothing', 'select 1 where false');
const raw = sql<Record<string, unknown>, [list: readonly string[], at: Date, size: number]>(
  'test.raw',
  `select name, null::bytea, int4send($3::int), string_agg(decode(md5(n::text), 'hex'), ''), $2::timestamptz = '2026-11-22T14:00:00+08'
   from unnest($1::text[]) name, generate_series(1, $3::int) n group by name order by name`,
);

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
});
afterAll(async () => {
  await fixtures.close();
  await database.drop();
});

const counted = async (bucket: string) =>
  (await fixtures.sql<{ count: number }>('select count from attempt_count where bucket = $1', [bucket]))[0]?.count ?? 0;

describe('a transaction', () => {
  it('answers values of megabytes as the bytes they are, in line with everything else it is asked', async () => {
    const { db } = fixtures.context;
    const names = [`it's "quoted" \\ {,}`, '失业'];
    const size = 200_000;
    const [before, rows, after] = await db.snapshot(actor, (tx) =>
      Promise.all([tx.rows(nothingThere), tx.fields(raw, names, hour, size), tx.fields(raw, [], hour, 1)]),
    );
    expect([before, after]).toEqual([[], []]);
    expect(rows.map(([name]) => String(name)).sort()).toEqual([...names].sort());
    for (const [, nothing, number, bytes, same] of rows) {
      expect(nothing).toHaveLength(0);
      expect(number?.readInt32BE()).toBe(size);
      expect(bytes).toHaveLength(16 * size);
      expect(same?.[0]).toBe(1);
    }
    await expect(db.read(actor, (tx) => tx.fields(fail))).rejects.toThrow('division by zero');
  });

  it('is undone when a statement nobody waited for fails', async () => {
    const { db } = fixtures.context;
    await expect(
      db.transaction(actor, async (tx) => {
        void tx.first(countAttempt, 'a', hour);
        void tx.rows(fail);
      }),
    ).rejects.toThrow('division by zero');
    expect(await counted('a')).toBe(0);
  });

  it('is undone when its work throws, and the connection serves on', async () => {
    const { db } = fixtures.context;
    const stop = new AppError('request.notFound');
    await expect(
      db.transaction(actor, async (tx) => {
        await tx.first(countAttempt, 'b', hour);
        throw stop;
      }),
    ).rejects.toBe(stop);
    expect(await counted('b')).toBe(0);
    await db.transaction(actor, (tx) => tx.first(countAttempt, 'b', hour));
    expect(await counted('b')).toBe(1);
  });

  it('keeps append-only tables from the application role', async () => {
    await expect(fixtures.context.db.transaction(actor, (tx) => tx.run(forbidden))).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('that only reads cannot write', async () => {
    await expect(fixtures.context.db.read(actor, (tx) => tx.first(countAttempt, 'c', hour))).rejects.toMatchObject({
      code: '25006',
    });
  });

  it('takes the actor literally: quotes in a name or range end nothing', async () => {
    const odd = { ...actor, lo: "0'; drop table person; --", person: '' };
    await fixtures.context.db.read(odd, (tx) => tx.rows(fail)).catch(() => {});
    expect(await fixtures.sql('select to_regclass($1)::text as there', ['person'])).toEqual([{ there: 'person' }]);
  });
});

describe('a flight', () => {
  it('returns one result a step, in order', async () => {
    const results = await fixtures.context.db.flight(actor, [
      step(countAttempt, 'd', hour),
      step(countAttempt, 'd', hour),
    ]);
    expect(results.map(({ rows }) => rows)).toEqual([[{ count: 1 }], [{ count: 2 }]]);
  });

  it('is all or nothing, throws the first error, and the connection serves on', async () => {
    const { db } = fixtures.context;
    await expect(
      db.flight(actor, [step(countAttempt, 'e', hour), step(fail), step(countAttempt, 'e', hour)]),
    ).rejects.toThrow('division by zero');
    expect(await counted('e')).toBe(0);
    await db.flight(actor, [step(countAttempt, 'e', hour)]);
    expect(await counted('e')).toBe(1);
  });
});

describe('once', () => {
  const run = (key: string, request: unknown, work?: () => Promise<unknown>) =>
    once(fixtures.context.db, actor, { route: 'test', key, request, now: hour }, async (tx) => {
      await tx.first(countAttempt, key, hour);
      await work?.();
      return { done: key };
    });

  it('copies of one request, side by side, have one effect and one result', async () => {
    const results = await Promise.all(Array.from({ length: 8 }, () => run('same', [1])));
    expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(results.map(({ result }) => JSON.stringify(result)))).toEqual(new Set(['{"done":"same"}']));
    expect(await counted('same')).toBe(1);
  });

  it('the same key with another request is refused; a failed request may be tried again', async () => {
    await run('other', [1]);
    await expect(run('other', [2])).rejects.toMatchObject({ code: 'request.keyReused' });
    await expect(run('again', [1], () => Promise.reject(new AppError('request.notFound')))).rejects.toThrow();
    await expect(run('again', [1])).resolves.toMatchObject({ repeated: false });
  });
});

it('limits attempts by bucket and window, and says how long to wait', async () => {
  const limit = { name: 'test', times: 3, minutes: 10 } as const;
  const attempt = (now: Date) => limitAttempts(fixtures.context, now, limit, ['somebody']);
  for (let i = 0; i < 3; i += 1) await attempt(hour);
  await expect(attempt(hour)).rejects.toMatchObject({
    code: 'request.tooMany',
    body: { message: '操作过于频繁，请10分钟后再试。' },
  });
  await expect(attempt(new Date(hour.getTime() + 600_000))).resolves.toBeUndefined();
});
