import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

/** A running stand-in. */
export interface StandIn {
  /** `http://localhost:<port>` without a trailing slash. */
  url: string;
  close(): Promise<void>;
}

const STYLE = new URL('./style.css', import.meta.url);

/** A Fastify with what every stand-in shares: form bodies, the style sheet, a fallback font, plain errors. */
export function createServer(): FastifyInstance {
  const server = Fastify({ logger: false, bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  });
  server.get('/style.css', async (_request, reply) => {
    return reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'max-age=60')
      .send(await readFile(STYLE));
  });
  serveFallbackFont(server);
  server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) console.error(error);
    return reply.code(status).send({ error: { code: 'request', message: error.message } });
  });
  return server;
}

/** A bare machine has no Chinese font: the one the portal ships is offered after the system's own, in slices. */
function serveFallbackFont(server: FastifyInstance): void {
  const folder = fontFolder();
  server.get<{ Params: { '*': string } }>('/fonts/*', async (request, reply) => {
    const name = request.params['*'];
    const wanted = name === 'index.css' ? name : /^files\/[a-z0-9-]+\.woff2$/.test(name) ? name : undefined;
    if (!folder || !wanted) return reply.type('text/css').send('');
    const type = wanted.endsWith('.css') ? 'text/css; charset=utf-8' : 'font/woff2';
    return reply
      .type(type)
      .header('cache-control', 'max-age=86400')
      .send(await readFile(join(folder, wanted)));
  });
}

function fontFolder(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/index.css'));
  } catch {
    return undefined;
  }
}

/** Listens on loopback only. Port 0 takes a free one. */
export async function listen(server: FastifyInstance, port: number): Promise<StandIn> {
  await server.listen({ port, host: '127.0.0.1' });
  const address = server.server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return { url: `http://localhost:${actual}`, close: () => server.close() };
}

/** A hook that lets only callers with the shared key pass (`authorization: Bearer <key>`), else 401. */
export function requireKey(key: string): (request: FastifyRequest, reply: FastifyReply) => Promise<unknown> {
  const expected = Buffer.from(`Bearer ${key}`);
  return async (request, reply) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length === expected.length && timingSafeEqual(given, expected)) return undefined;
    return reply.code(401).send({ error: { code: 'unauthorized', message: '接口密钥不正确' } });
  };
}

/** A plain object from whatever was posted; anything else becomes an empty one. */
export function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** Text of a field, or '' when it is missing or not a text. */
export function textOf(object: Record<string, unknown>, field: string): string {
  const value = object[field];
  return typeof value === 'string' ? value : '';
}

/** Sends a page. Stand-ins show their own content only and are not framed. */
export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('x-frame-options', 'DENY')
    .send(page);
}

/** True when a form on one of our own pages (or a script without an origin) sent this, not another web site. */
export function sameOrigin(request: FastifyRequest): boolean {
  const origin = request.headers.origin;
  if (origin === undefined || origin === 'null') return true;
  try {
    return new URL(origin).hostname === request.hostname.replace(/:\d+$/, '');
  } catch {
    return false;
  }
}
