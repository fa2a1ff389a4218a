import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingdeng-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = 'a'.repeat(64);
const env = {
  YINGDENG_DATABASE_URL: 'postgresql://localhost/x',
  YINGDENG_KEYS: JSON.stringify({ data: { 1: key }, current: 1, lookup: key, audit: key }),
  YINGDENG_PUBLIC_URL: 'https://example.org',
};

it('the way to the platform is a line or files, never both', () => {
  expect(readConfig(env)).toMatchObject({ platform: undefined, platformFiles: undefined });
  expect(readConfig({ ...env, YINGDENG_PLATFORM_FILES: folder }).platformFiles).toEqual({ folder, encoding: 'utf-8' });
  const both = { ...env, YINGDENG_PLATFORM_FILES: folder, YINGDENG_PLATFORM_URL: 'https://platform.example.org' };
  expect(() => readConfig(both)).toThrow(/not both/);
  expect(() => readConfig({ ...env, YINGDENG_PLATFORM_FILES: 'relative' })).toThrow(
    /YINGDENG_PLATFORM_FILES.*absolute/,
  );
});

it('files are written as UTF-8 or GB18030; GBK is refused with the reason', () => {
  const read = (encoding: string) =>
    readConfig({ ...env, YINGDENG_PLATFORM_FILES: folder, YINGDENG_PLATFORM_FILES_ENCODING: encoding });
  expect(read('GB18030').platformFiles?.encoding).toBe('gb18030');
  for (const encoding of ['gbk', 'GB2312', 'big5', 'utf-16'])
    expect(() => read(encoding)).toThrow(/utf-8 or gb18030: GBK/);
});

it('production refuses the folder of a stand-in', () => {
  writeFileSync(join(folder, '.stand-in'), '');
  const marked = { ...env, YINGDENG_PLATFORM_FILES: folder };
  expect(() => readConfig(marked)).toThrow(/stand-ins/);
  expect(readConfig({ ...marked, YINGDENG_MODE: 'demo' }).platformFiles?.folder).toBe(folder);
});
