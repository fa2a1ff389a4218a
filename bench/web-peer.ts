import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';

const NAME = '@directus/app';

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
/** What shrinks travels as brotli, as ours does. */
const shrinks: ReadonlySet<string> = new Set(['.js', '.css', '.html', '.svg']);

/** The few answers its sign-in page waits for; everything else is refused as its own server refuses a stranger. */
const answers: Record<string, unknown> = {
  '/server/info': { data: { project: { project_name: 'Peer', default_language: 'en-US' } } },
  '/auth': { data: [], disableDefault: false },
};

/** Another console, served as it was built. */
export interface Peer {
  /** Package and version. */
  readonly name: string;
  /** Its sign-in page. */
  readonly url: string;
  stop(): void;
}

/**
 * Installs a kept admin console whose package brings its built pages, outside this project and without running anything
 * of it, and serves them. @throws when it cannot be installed or looks different from what is served here.
 */
export async function startPeer(): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), 'yingdeng-peer-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
    await promisify(execFile)('npm', ['install', ...quiet, '--omit=peer', '--omit=optional', NAME], {
      cwd: folder,
      timeout: 180_000,
    });
    const home = join(folder, 'node_modules', ...NAME.split('/'));
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
    const dist = join(home, 'dist');
    const page = readFileSync(join(dist, 'index.html'), 'utf8').replace('<base />', '<base href="/admin/" />');
    const { port, close } = await serve(dist, page);
    return {
      name: `${NAME} ${version}`,
      url: `http://127.0.0.1:${port}/admin/login`,
      stop: () => {
        close();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

async function serve(dist: string, page: string): Promise<{ port: number; close: () => void }> {
  const packed = new Map<string, Buffer>();
  const server = createServer((request, reply) => {
    const path = normalize(new URL(request.url ?? '/', 'http://peer').pathname);
    if (!path.startsWith('/admin/')) return answer(path, reply);
    const file = join(dist, path.slice('/admin/'.length));
    const known = existsSync(file) && statSync(file).isFile() && !file.endsWith('index.html');
    const kind = known ? extname(file) : '.html';
    const body = packed.get(path) ?? pack(kind, known ? readFileSync(file) : Buffer.from(page));
    packed.set(path, body);
    reply.setHeader('content-type', types[kind] ?? 'application/octet-stream');
    if (shrinks.has(kind)) reply.setHeader('content-encoding', 'br');
    reply.setHeader('cache-control', known ? 'public, max-age=31536000, immutable' : 'no-cache').end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

const pack = (kind: string, bytes: Buffer): Buffer => (shrinks.has(kind) ? brotliCompressSync(bytes) : bytes);

function answer(path: string, reply: ServerResponse): void {
  const known = answers[path];
  reply.statusCode = known ? 200 : path === '/auth/refresh' ? 400 : 404;
  const refusal = { errors: [{ message: 'no', extensions: { code: 'INVALID_PAYLOAD' } }] };
  reply.setHeader('content-type', 'application/json').end(JSON.stringify(known ?? refusal));
}
