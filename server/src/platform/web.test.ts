import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveWeb } from './web.ts';

const folder = mkdtempSync(join(tmpdir(), 'yingdeng-web-'));
const script = 'export default "登记";'.repeat(100);
let app: FastifyInstance;

beforeAll(async () => {
  const sites = ['staff', 'citizen'].map((name) => join(folder, name));
  for (const root of sites) {
    mkdirSync(join(root, 'assets'), { recursive: true });
    for (const [name, text] of [
      ['index.html', `<title>${root.endsWith('staff') ? '经办' : '门户'}</title>`],
      ['assets/a-1.js', script],
    ] as const) {
      writeFileSync(join(root, name), text);
      writeFileSync(join(root, `${name}.br`), brotliCompressSync(text));
      writeFileSync(join(root, `${name}.gz`), gzipSync(text));
    }
    writeFileSync(join(root, 'sw.js'), '// short');
  }
  app = fastify();
  const [staff = '', citizen = ''] = sites;
  await serveWeb(app, [
    { prefix: '/console/', root: staff },
    { prefix: '/', root: citizen },
  ]);
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (url: string, accepted?: string) =>
  app.inject({ url, headers: accepted ? { 'accept-encoding': accepted } : {} });

describe('a page on a slow line', () => {
  it.each([
    ['br', 'gzip, deflate, br, zstd', brotliDecompressSync],
    ['gzip', 'gzip, deflate', gunzipSync],
  ])(
    'comes as %s where the browser reads it, under its own type, and caches keep the kinds apart',
    async (kind, accepted, open) => {
      for (const url of ['/assets/a-1.js', '/console/assets/a-1.js']) {
        const answer = await get(url, accepted);
        expect(answer.statusCode).toBe(200);
        expect(answer.headers['content-encoding']).toBe(kind);
        expect(answer.headers['content-type']).toMatch(/^(text|application)\/javascript/);
        expect(answer.headers.vary).toMatch(/accept-encoding/i);
        expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
        expect(answer.rawPayload.length).toBeLessThan(script.length / 4);
        expect(open(answer.rawPayload).toString()).toBe(script);
      }
    },
  );

  it('comes as it is where the browser reads nothing else, and where no smaller version was made', async () => {
    const plain = await get('/assets/a-1.js');
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers.vary).toMatch(/accept-encoding/i);
    expect(plain.body).toBe(script);
    const short = await get('/sw.js', 'br');
    expect(short.headers['content-encoding']).toBeUndefined();
    expect(short.body).toBe('// short');
  });

  it('is compressed too when any address of the application is asked for, and always asked for anew', async () => {
    for (const [url, title] of [
      ['/my/messages', '门户'],
      ['/', '门户'],
      ['/console/cases/1', '经办'],
      ['/console/', '经办'],
    ] as const) {
      const answer = await get(url, 'br');
      expect(answer.headers['content-encoding'], url).toBe('br');
      expect(answer.headers['content-type']).toMatch(/^text\/html/);
      expect(answer.headers['cache-control']).toBe('no-cache');
      expect(brotliDecompressSync(answer.rawPayload).toString()).toBe(`<title>${title}</title>`);
    }
  });
});

it('a script that is gone is not answered with a page', async () => {
  expect((await get('/assets/old.js', 'br')).statusCode).toBe(404);
  expect((await get('/api/none')).statusCode).toBe(404);
});
