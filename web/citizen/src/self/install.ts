/** Chromium's offer to put the application on the home screen; other browsers have none. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

let offer: InstallOffer | undefined;
const listeners = new Set<() => void>();

function put(next: InstallOffer | undefined): void {
  offer = next;
  for (const listener of listeners) listener();
}

/** Keeps the browser's offer until the person asks for it, instead of a bar nobody asked for. */
export function holdInstallOffer(): void {
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    put(event as InstallOffer);
  });
  window.addEventListener('appinstalled', () => put(undefined));
}

export const installOffer = {
  get: () => offer,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  async accept(): Promise<void> {
    const held = offer;
    put(undefined);
    await held?.prompt();
  },
};

/** Whether the page already runs from the home screen. */
export const isInstalled = (): boolean => window.matchMedia('(display-mode: standalone)').matches;
