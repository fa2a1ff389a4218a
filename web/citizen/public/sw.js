// Keeps the shell of a one-page application (its page, scripts, styles, fonts, icons) so that it opens without a network.
// Never kept: answers of the interface and anything personal. The portal registers it at /, the console at /console/, each with
// a store of its own; the server's cache rules stay in force: a page is always asked for anew, hashed files are never asked twice.
const base = new URL(self.registration.scope).pathname;
const store = `shell${base}1`;
const offlinePage = '/offline.html';
// Old versions' files make room for new ones.
const mostFiles = 120;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(store);
      await cache.addAll([offlinePage, '/favicon.svg']);
      await keepShell(await fetch(base, { cache: 'no-cache' }));
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      await Promise.all(
        names
          .filter(
            (name) =>
              name.startsWith(`shell${base}`) && name !== store && /^\d*$/.test(name.slice(`shell${base}`.length)),
          )
          .map((name) => caches.delete(name)),
      );
      await self.clients.claim();
    })(),
  );
});

/** Keeps the page and fetches what it names, so that the next start needs no network. */
async function keepShell(response) {
  if (!response.ok || !/text\/html/.test(response.headers.get('content-type') || '')) return;
  const cache = await caches.open(store);
  const text = await response.clone().text();
  await cache.put(base, response);
  const named = text.match(/\/(?:console\/)?assets\/[\w.-]+\.(?:js|css)/g) || [];
  await keepFiles(named);
}

/** Keeps files of assets/ that are not there yet. A file that is gone meanwhile is passed over. */
async function keepFiles(paths) {
  const cache = await caches.open(store);
  await Promise.all(
    [...new Set(paths)].map(async (path) => {
      if (await cache.match(path)) return;
      const response = await fetch(path).catch(() => undefined);
      if (response?.ok) await cache.put(path, response);
    }),
  );
  const keys = (await cache.keys()).filter((request) => isAsset(new URL(request.url)));
  await Promise.all(keys.slice(0, Math.max(0, keys.length - mostFiles)).map((request) => cache.delete(request)));
}

const isAsset = (url) => url.pathname.startsWith(`${base}assets/`);

/** Which files of the own kind a page has loaded before this worker was there: scripts of pages already opened. */
self.addEventListener('message', (event) => {
  const paths = event.data?.keep;
  if (!Array.isArray(paths)) return;
  event.waitUntil(keepFiles(paths.filter((path) => typeof path === 'string' && path.startsWith(`${base}assets/`))));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // The interface, other places, and writes go their way untouched.
  if (request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api/')) return;
  if (!url.pathname.startsWith(base) || (base === '/' && url.pathname.startsWith('/console'))) return;
  if (request.mode === 'navigate') event.respondWith(openPage(event));
  else if (isAsset(url)) event.respondWith(openFile(event));
  else if (url.pathname === '/favicon.svg') event.respondWith(fetch(request).catch(() => caches.match(request)));
});

/** A page: from the server when it answers, else the kept shell, which tells by itself what needs the network. */
async function openPage(event) {
  try {
    const response = await fetch(event.request);
    if (response.ok && !response.redirected) event.waitUntil(keepShell(response.clone()));
    return response;
  } catch {
    const cache = await caches.open(store);
    return (await cache.match(base)) || (await cache.match(offlinePage)) || Response.error();
  }
}

/** A hashed file never changes: kept once, never asked again. */
async function openFile(event) {
  const cache = await caches.open(store);
  const kept = await cache.match(event.request);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(cache.put(event.request, response.clone()));
  return response;
}
