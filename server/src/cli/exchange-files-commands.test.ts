import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../test/exchange-bed.ts';
import { runCli } from './run.ts';

/** An office that carries files by hand: no transport is configured at all. */
let bed: ExchangeBed;
beforeAll(async () => {
  bed = await exchangeBed({ files: 'utf-8' });
  vi.stubEnv('YINGDENG_MODE', 'demo');
  vi.stubEnv('YINGDENG_DATABASE_URL', bed.database.appUrl);
  vi.stubEnv('YINGDENG_KEYS', JSON.stringify(bed.context.config.keys));
  vi.stubEnv('YINGDENG_NOW', bed.fixtures.now.toISOString());
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await bed.close();
});

const run = async (...args: string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(['exchange', ...args], { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
};
const stick = (name: string) => join(bed.folder, name);
const look = () => bed.ask('/control/files/look', {});

it('carries a day there and its receipts back, each safe to repeat', async () => {
  const DAY = '2026-11-20';
  const exit = await bed.exit(DAY, { name: '𠮷㐀' });
  const sent = await run('export', '--date', DAY, '--to', stick('out'), '--encoding', 'GB18030', '--json');
  expect(sent.code).toBe(0);
  expect(JSON.parse(sent.out[0] ?? '')).toEqual({ on: DAY, files: 3, records: 1, left: 0, blocked: 0 });
  expect(sent.err).toContain('已写出 SYDJTC_410802_20261120_0001.csv，1条');
  const bytes = readFileSync(join(stick('out'), 'SYDJTC_410802_20261120_0001.csv'));
  // Again, also when another encoding is asked for meanwhile: the same files.
  expect(await run('export', '--date', DAY, '--to', stick('out'))).toMatchObject({ code: 0 });
  expect(readFileSync(join(stick('out'), 'SYDJTC_410802_20261120_0001.csv')).equals(bytes)).toBe(true);
  expect(readdirSync(stick('out'))).toHaveLength(6);

  await look();
  writeFileSync(join(stick('in'), 'holiday.jpg'), 'x');
  const received = await run('import-receipts', stick('in'));
  expect(received.code).toBe(0);
  expect(received.out.at(-1)).toBe('共3个回执：处理3，以前处理过0，不能用0');
  expect(readdirSync(stick('in')).sort()).toEqual(['archive', 'aside', 'holiday.jpg']);
  const rows = await bed.fixtures.sql('select state from exit_record where serial = $1', [exit.serial]);
  expect(rows).toEqual([{ state: 'accepted' }]);
  expect(await run('import-receipts', join(stick('in'), 'archive'))).toMatchObject({ code: 0 });
  expect(await run('import-receipts', join(stick('in'), 'aside'))).toMatchObject({
    code: 2,
    err: ['文件夹中没有回执'],
  });
  // Settled: nothing to carry any more.
  expect((await run('export', '--date', DAY, '--to', stick('out'))).out[0]).toContain('写出0个文件');
});

it('lists what is held back and what cannot be used, and ends with 1', async () => {
  const DAY = '2026-11-19';
  await bed.exit(DAY, { name: '王\ue863' });
  const sent = await run('export', '--date', DAY, '--to', stick('out'));
  expect(sent.code).toBe(1);
  expect(sent.out.join()).toContain('第2个字符U+E863');
  expect(sent.out.join()).not.toContain('王');
  await bed.ask('/control/file-faults', { damagedRate: 1 });
  await look();
  const received = await run('import-receipts', stick('in'), '--json');
  expect(received.code).toBe(1);
  expect(JSON.parse(received.out[0] ?? '')).toMatchObject({ state: 'aside', reason: expect.stringContaining('损坏') });
});

it('refuses GBK with the reason, and what makes no sense', async () => {
  const gbk = await run('export', '--date', '2026-11-20', '--to', stick('out'), '--encoding', 'gbk');
  expect(gbk.code).toBe(2);
  expect(gbk.err.join()).toContain('𠮷');
  expect((await run('export', '--date', '2026-11-20')).code).toBe(2);
  expect((await run('export', '--to', stick('out'))).code).toBe(2);
  expect((await run('import-receipts')).code).toBe(2);
  const gone = await run('import-receipts', stick('gone'));
  expect(gone).toMatchObject({ code: 2, err: [expect.stringContaining('文件夹不存在')] });
  const nowhere = await run('export', '--date', '2026-11-18', '--to', join(stick('gone'), 'deeper'));
  expect(nowhere.code).toBe(1);
  expect(nowhere.err.join()).toContain('文件夹不存在');
  expect(existsSync(stick('gone'))).toBe(false);
});

it('fetch: takes in what lies in the inbox where files are the transport', async () => {
  vi.stubEnv('YINGDENG_PLATFORM_FILES', bed.folder);
  await bed.ask('/control/file-faults', {});
  await bed.ask('/control/applications', {});
  await look();
  expect(await run('fetch', '--json')).toMatchObject({
    code: 0,
    out: [expect.stringMatching(/^\{"files":[1-9]\d*\}$/)],
  });
  expect(await run('fetch')).toMatchObject({ code: 0, out: ['处理了收件夹中的0个文件'] });
  vi.stubEnv('YINGDENG_PLATFORM_FILES', join(bed.folder, 'gone', 'away'));
  expect(await run('fetch')).toMatchObject({ code: 2, err: [expect.stringContaining('文件夹不存在或已断开')] });
});

it('M79-7b: carries a back-load there and its receipts back; what has no receipt is written again', async () => {
  const one = await bed.fixtures.registration({ submittedOn: '2026-11-10', name: '欧阳㐀' });
  const args = ['backload', '--since', '2026-11-10', '--to', stick('load')] as const;
  const first = await run(...args, '--encoding', 'gb18030');
  expect(first).toMatchObject({ code: 1, err: [] });
  expect(first.out.join('\n')).toMatch(/本次写出\d+条[\s\S]*等回执[1-9]/);
  const csvs = () => readdirSync(stick('load')).filter((name) => /^SYDJLS_.*\.csv$/.test(name));
  const bytes = readFileSync(join(stick('load'), csvs()[0]!));
  for (const name of readdirSync(stick('load'))) rmSync(join(stick('load'), name));
  await run(...args);
  expect(readFileSync(join(stick('load'), csvs()[0]!)).equals(bytes)).toBe(true);
  for (const name of readdirSync(stick('load'))) renameSync(join(stick('load'), name), join(stick('out'), name));
  await look();
  expect((await run('import-receipts', stick('in'))).code).toBe(0);
  const done = await run(...args, '--json');
  expect(done.code).toBe(0);
  expect(JSON.parse(done.out[0] ?? '')).toMatchObject({ records: 0, underWay: 0, returned: 0 });
  expect((await bed.ask<{ items: { AAZ341: string }[] }>('/v1/registrations?division=4108')).items).toContainEqual(
    expect.objectContaining({ AAZ341: one.number }),
  );
  await bed.fixtures.registration({ submittedOn: '2026-11-11' });
  expect((await run('backload', '--valid', '--to', stick('gone/there'))).code).toBe(2);
  expect((await run('backload', '--encoding', 'gb18030')).code).toBe(2);
  expect((await run(...args, '--encoding', 'gbk')).code).toBe(2);
});
