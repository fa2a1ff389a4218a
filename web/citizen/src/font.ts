import { reshapeWhenFontsArrive } from '@yingdeng/web-shared/reshape.ts';

/** Whether the system can draw Chinese: without a font every character is the same empty box. */
function systemDrawsChinese(): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = 48;
  canvas.height = 24;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return true;
  const draw = (text: string) => {
    pen.clearRect(0, 0, 48, 24);
    pen.font = '20px sans-serif';
    pen.fillText(text, 2, 20);
    return pen.getImageData(0, 0, 48, 24).data.join();
  };
  return draw('登') !== draw('国');
}

/** Brings our own font, in slices fetched as characters appear, only to a machine that has no Chinese font at all. */
export async function ensureChineseFont(): Promise<void> {
  if (systemDrawsChinese()) return;
  reshapeWhenFontsArrive();
  await import('@fontsource-variable/noto-sans-sc/index.css');
}

/**
 * Fetches every slice of it at once, where it is used at all. A page that promises to ask nothing of the network once it
 * is open needs this: a slice fetched later would tell which characters came onto the screen.
 */
export async function loadWholeFont(): Promise<void> {
  if (systemDrawsChinese()) return;
  await import('@fontsource-variable/noto-sans-sc/index.css');
  const ours = Array.from(document.fonts).filter(({ family }) => family.includes('Noto Sans SC'));
  await Promise.all(ours.map((face) => face.load().catch(() => undefined)));
}
