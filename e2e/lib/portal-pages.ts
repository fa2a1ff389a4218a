import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the portal was built to. */
export const dist = fileURLToPath(new URL('../../web/citizen/dist/', import.meta.url));

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
};

/** The built portal without the system behind it. */
export interface PortalPages {
  readonly url: string;
  close(): void;
}

/** Serves the built pages on a free port; every path that is no file is the entry page. */
export async function servePortal(): Promise<PortalPages> {
  const server = createServer((request, reply) => {
    const wanted = join(dist, new URL(request.url ?? '/', 'http://portal').pathname);
    const file = existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(dist, 'index.html');
    reply.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(readFileSync(file));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
