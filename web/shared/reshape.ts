/**
 * Draws all text anew whenever slices of the font have arrived. Chromium remembers by font settings how a word was shaped, also in the
 * boxes of the first paint, when no font could draw it yet. A setting that no font knows, another one each time, looks the same and
 * makes it forget.
 */
export function reshapeWhenFontsArrive(): void {
  const { style } = document.documentElement;
  let arrivals = 0;
  document.fonts?.addEventListener('loadingdone', () => {
    arrivals = (arrivals + 1) % 1000;
    style.fontFeatureSettings = `"z${String(arrivals).padStart(3, '0')}" 0`;
  });
}
