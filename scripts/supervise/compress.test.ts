import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { compressPages } from './compress.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingdeng-compress-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('lays a brotli and a gzip version beside every file that shrinks, and beside no other', async () => {
  mkdirSync(join(folder, 'assets'));
  const script = 'export const words = "失业登记";\n'.repeat(200);
  writeFileSync(join(folder, 'assets', 'a-1.js'), script);
  writeFileSync(join(folder, 'assets', 'font.woff2'), Buffer.alloc(5000));
  writeFileSync(join(folder, 'small.css'), 'a{}');
  expect(await compressPages(folder)).toBe(1);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(
    ['assets', 'assets/a-1.js', 'assets/a-1.js.br', 'assets/a-1.js.gz', 'assets/font.woff2', 'small.css'].sort(),
  );
  const beside = (kind: string) => readFileSync(join(folder, 'assets', `a-1.js.${kind}`));
  expect(brotliDecompressSync(beside('br')).toString()).toBe(script);
  expect(gunzipSync(beside('gz')).toString()).toBe(script);
});
