import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { runCli } from './run.ts';

const hex = (n: number) => Buffer.alloc(32, n).toString('hex');
const folder = mkdtempSync(join(tmpdir(), 'yingdeng-city-'));
const demoFile = join(folder, 'inner', 'demo.json');
let database: TestDatabase;

async function city(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(['city', ...args], { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function environment(changes: Record<string, string> = {}) {
  const env = {
    YINGDENG_MODE: 'demo',
    YINGDENG_DATABASE_URL: database.appUrl,
    YINGDENG_MIGRATOR_URL: database.adminUrl,
    YINGDENG_KEYS: JSON.stringify({ data: { 1: hex(1) }, current: 1, lookup: hex(2), audit: hex(3) }),
    YINGDENG_DEMO_FILE: demoFile,
    ...changes,
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
}

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const given = ['--division', '410800', '--people', '300', '--seed', '7'];

describe('yingdeng city', () => {
  it('loads a city, writes the people of the demonstration, and does nothing the second time', async () => {
    environment();
    const first = await city(...given, '--demo', '--json');
    expect(first).toMatchObject({ code: 0 });
    expect(JSON.parse(first.out)).toMatchObject({
      division: '410800',
      seed: 7,
      asOf: '2026-11-20',
      already: false,
      people: 300,
    });
    const demo = JSON.parse(readFileSync(demoFile, 'utf8'));
    expect(demo.staff).toHaveLength(10);
    expect(demo.staff[0]).toMatchObject({ username: 'jiefang.clerk1', role: 'clerk', division: '410802' });
    expect(Object.keys(demo.workers[0])).toEqual(['name', 'idNumber', 'sex', 'phone', 'situation']);
    expect(statSync(demoFile).mode & 0o077).toBe(0);
    rmSync(demoFile);
    const second = await city(...given, '--demo');
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining('已经装入') });
    expect(JSON.parse(readFileSync(demoFile, 'utf8')).staff).toEqual(demo.staff);
    const other = await city('--division', '410800', '--people', '300', '--seed', '8');
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('请用空的数据库') });
  });

  it('is refused in production and without the owner of the database', async () => {
    environment({ YINGDENG_MODE: 'production', YINGDENG_PUBLIC_URL: 'https://yingdeng.example' });
    expect(await city(...given)).toMatchObject({ code: 2, err: expect.stringContaining('正式环境') });
    environment({ YINGDENG_MODE: 'demo', YINGDENG_MIGRATOR_URL: '' });
    expect(await city(...given)).toMatchObject({ code: 2, err: expect.stringContaining('YINGDENG_MIGRATOR_URL') });
  });

  it.each([
    [['--division', '4108', '--people', '10', '--seed', '1'], '--division'],
    [['--division', '410800', '--people', '0', '--seed', '1'], '--people'],
    [['--division', '410800', '--people', '10'], '--seed'],
    [[...given, '--as-of', '2026-02-30'], '--as-of'],
    [[...given, '--colour', 'red'], '--division'],
    [['--division', '410802', '--people', '10', '--seed', '1'], '410802'],
    [['--division', '210300', '--people', '10', '--seed', '1', '--as-of', '2026-12-20'], '日历未维护'],
  ])('says what is wrong with %j', async (args, word) => {
    environment();
    expect(await city(...args)).toMatchObject({ code: 2, err: expect.stringContaining(word) });
  });

  it('explains itself', async () => {
    expect((await city('--help')).out).toContain('用法：yingdeng city');
  });
});
