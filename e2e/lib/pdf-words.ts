import { inflateSync } from 'node:zlib';

/**
 * The words of a PDF as the product writes it (compressed streams, embedded fonts with a table back to Unicode), piece by
 * piece as they are drawn, read with each font's table in turn: what another font drew is nonsense there.
 */
export function pdfWords(pdf: Buffer): string[] {
  const streams = [...pdf.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, data = '']) => {
    try {
      return inflateSync(Buffer.from(data, 'latin1')).toString('latin1');
    } catch {
      return '';
    }
  });
  const drawn = streams.filter((text) => / T[jJ]\b/.test(text)).join('\n');
  return streams.filter((text) => text.includes('beginbfrange')).flatMap((table) => readWith(toUnicode(table), drawn));
}

function readWith(letters: ReadonlyMap<string, string>, drawn: string): string[] {
  return [...drawn.matchAll(/\[([^\]]*)\] TJ/g)].map(([, line = '']) =>
    [...line.matchAll(/<([0-9a-f]+)>/gi)]
      .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      .map((glyph) => letters.get(glyph.toLowerCase()) ?? '')
      .join(''),
  );
}

/** Glyph to text: ranges whose texts are listed one by one. Of a character and its compatibility form (连) the character counts; a ligature (ff) is its letters. */
function toUnicode(table: string): Map<string, string> {
  const letters = new Map<string, string>();
  for (const [, from = '', list = ''] of table.matchAll(/<([0-9a-f]{4})>\s*<[0-9a-f]{4}>\s*\[([^\]]*)\]/gi)) {
    const first = Number.parseInt(from, 16);
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], n) => {
      const units = (hex.match(/[0-9a-f]{4}/gi) ?? []).map((unit) => Number.parseInt(unit, 16));
      const text = String.fromCharCode(...units);
      letters.set((first + n).toString(16).padStart(4, '0'), text.replace(/(?<=.)[\uf900-\ufaff]/gu, ''));
    });
  }
  return letters;
}
