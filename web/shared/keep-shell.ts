/**
 * Registers the worker that keeps the application's shell for days without a network, after the page has loaded so that the first screen
 * is not slowed down. `base` is where the application lives: '/' or '/console/'. Old browsers and insecure addresses go without.
 */
export function keepShell(base: string): void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers) return;
  const register = async () => {
    try {
      await workers.register(`${base}sw.js`, { scope: base });
      const { active } = await workers.ready;
      // Scripts loaded before the worker was there are named to it, the pages' own among them.
      const loaded = performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname);
      active?.postMessage({
        keep: loaded.filter((path) => path.startsWith(`${base}assets/`) && /\.(js|css)$/.test(path)),
      });
    } catch {
      // Without the worker everything works as long as there is a network.
    }
  };
  if (document.readyState === 'complete') void register();
  else window.addEventListener('load', () => void register(), { once: true });
}
