const key = 'yingdeng.contrast';

const wish = '(prefers-contrast: more)';

/** What was chosen on this device, if anything was. */
function chosen(): boolean | undefined {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? undefined : kept === '1';
  } catch {
    return undefined;
  }
}

const show = (on: boolean) => document.documentElement.classList.toggle('contrast', on);

/** Whether high contrast is on. */
export function isHighContrast(): boolean {
  return document.documentElement.classList.contains('contrast');
}

/** Switches high contrast and remembers it on this device. */
export function setHighContrast(on: boolean): void {
  show(on);
  try {
    localStorage.setItem(key, on ? '1' : '0');
  } catch {
    // Private mode: the choice lasts until the page is closed.
  }
}

/** Before the first paint: what was chosen here, otherwise what the system asks for. */
export function restoreContrast(): void {
  show(chosen() ?? window.matchMedia(wish).matches);
}
