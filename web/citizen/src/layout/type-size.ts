const key = 'yingdeng.largeType';

/** Whether large type is on. */
export function isLargeType(): boolean {
  return document.documentElement.classList.contains('large');
}

/** Switches large type and remembers it on this device. */
export function setLargeType(on: boolean): void {
  document.documentElement.classList.toggle('large', on);
  try {
    localStorage.setItem(key, on ? '1' : '0');
  } catch {
    // Private mode: the choice lasts until the page is closed.
  }
}

/** Applies the remembered choice before the first paint. */
export function restoreTypeSize(): void {
  try {
    document.documentElement.classList.toggle('large', localStorage.getItem(key) === '1');
  } catch {
    // Nothing remembered.
  }
}
