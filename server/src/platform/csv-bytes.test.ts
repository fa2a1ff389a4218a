import { isCarried } from '@yingdeng/rules/exit-record/index.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCsv, encodeCsv } from './csv-bytes.ts';
import { decodeText, encodeText, type TextEncoding, UnmappableText } from './text-encoding.ts';

const encodings: TextEncoding[] = ['utf-8', 'gb18030'];

describe.each(encodings)('%s', (encoding) => {
  it('brings back every code point of Unicode that is carried', () => {
    let carried = 0;
    const lost: string[] = [];
    for (let block = 0; block <= 0x10ffff; block += 64) {
      const points = Array.from({ length: 64 }, (_, n) => block + n).filter(isCarried);
      carried += points.length;
      // A letter between them: two that could be read as one must not meet unseen.
      const text = points.map((point) => `x${String.fromCodePoint(point)}`).join('');
      if (decodeText(encodeText(text, encoding), encoding) !== text) lost.push(block.toString(16));
    }
    expect(lost).toEqual([]);
    // All but surrogates, private use, code points that are no characters, and the replacement character.
    expect(carried).toBe(0x110000 - 0x800 - 6400 - 2 * 65_534 - 66 - 1);
  });

  it('refuses what is not carried instead of writing something else', () => {
    for (const text of ['a\ud800b', '\udc00', '\ufffd', '\ue863', '\u{f0000}', '\ufffe']) {
      expect(() => encodeText(text, encoding), text).toThrow(UnmappableText);
    }
  });

  it('any table of carried texts comes back, with quotes, commas, line ends and leading blanks in it', () => {
    const point = fc
      .oneof(
        { weight: 4, arbitrary: fc.constantFrom(...'",\r\n\t =+-@\'|·𠮷㐀䶮㛃王x') },
        {
          weight: 1,
          arbitrary: fc
            .integer({ min: 1, max: 0x10ffff })
            .filter(isCarried)
            .map((n) => String.fromCodePoint(n)),
        },
      )
      .filter((text) => text !== '\ufeff');
    const cell = fc.array(point, { maxLength: 12 }).map((parts) => parts.join(''));
    const row = fc.array(cell, { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const table = { header: ['AAB301', 'AAZ341', 'AAE013'], rows };
        const bytes = encodeCsv(table, encoding);
        expect(decodeCsv(bytes, encoding)).toEqual(table);
        expect(encodeCsv(table, encoding).equals(bytes)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

it('quotes every field, ends every row with CRLF, writes no mark, and leaves formulas what they are', () => {
  const bytes = encodeCsv({ header: ['A', 'B'], rows: [['=1+1', '']] }, 'utf-8');
  expect(bytes.toString()).toBe('"A","B"\r\n"=1+1",""\r\n');
});

it('reads files with a mark, with bare line ends and without quotes', () => {
  expect(decodeCsv(Buffer.from('\ufeffA,B\n1,"2"\n'), 'utf-8')).toEqual({ header: ['A', 'B'], rows: [['1', '2']] });
  expect(() => decodeCsv(Buffer.from([0x41, 0xff, 0xfe]), 'utf-8')).toThrow(TypeError);
});
