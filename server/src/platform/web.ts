import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const built = (name: string) => fileURLToPath(new URL(`../../../web/${name}/dist/`, import.meta.url));

/** Folders of built pages by where they are served; the longer path first. */
const builtSites = [
  { prefix: '/console/', root: built('staff') },
  { prefix: '/', root: built('citizen') },
] as const;

/** Serves the built portal at / and console at /console/. Both are one-page applications: unknown paths get their index. */
export async function serveWeb(
  app: FastifyInstance,
  folders: readonly { prefix: string; root: string }[] = builtSites,
): Promise<void> {
  const sites = folders.filter((site) => existsSync(site.root));
  let decorate = true;
  for (const { prefix, root } of sites) {
    await app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: decorate,
      // The build lays NAME.br and NAME.gz beside what shrinks; compressing is not the door's work.
      preCompressed: true,
      setHeaders: (reply, path) => {
        // Vite puts a hash of the content into the names under assets/.
        void reply.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
    decorate = false;
  }
  app.get('/console', { schema: { hide: true } }, (_, reply) => reply.redirect('/console/'));
  app.setNotFoundHandler((request, reply) => {
    // A script that is gone must not be answered with a page: the browser would take it for a broken one.
    if (request.method === 'GET' && !/^\/api\/|\/assets\//.test(request.url)) {
      const site = sites.find(({ prefix }) => request.url.startsWith(prefix));
      if (site) return reply.header('cache-control', 'no-cache').sendFile('index.html', site.root);
    }
    return reply.status(404).send({ code: 'request.notFound', message: '没有找到您要的内容。' });
  });
}
