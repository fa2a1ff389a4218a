import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { encodeGb18030, encodeText } from './encode.ts';
import { createBlockDecoder, foreignFormat } from './encoding.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('GB18030', () => {
  it('is written as it was read, for every character', () => {
    const decoder = new TextDecoder('gb18030');
    const lost: string[] = [];
    for (let point = 0; point < 0x30000; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const text = String.fromCodePoint(point);
      if (decoder.decode(encodeGb18030(text)) !== text) lost.push(point.toString(16));
    }
    // Private-use characters that the standard gave to real ones: no file that was read as GB18030 holds them.
    expect(lost.every((point) => /^e[0-9a-f]{3}$/.test(point))).toBe(true);
    expect(lost.length).toBeLessThan(30);
  });

  it('is what another encoder writes, outside of what changed between editions', () => {
    let differing = 0;
    for (let unit = 0; unit < 0xe000; unit++) {
      if (unit >= 0xd800) break;
      const text = String.fromCharCode(unit);
      if (!Buffer.from(encodeGb18030(text)).equals(iconv.encode(text, 'gb18030'))) differing++;
    }
    expect(differing).toBeLessThanOrEqual(40);
    for (const text of ['王䶮㛃𠮷a·', '\u{2a700}\u{10ffff}', '买买提·艾力']) {
      expect(Buffer.from(encodeText(text, 'gb18030'))).toEqual(iconv.encode(text, 'gb18030'));
    }
  });
});

describe('a decoder of blocks', () => {
  it('gives the text without mark, wherever the blocks are cut, and says whether there was one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.boolean(),
        fc.nat(20),
        fc.constantFrom('utf-8' as const, 'gb18030' as const),
        (given, marked, size, encoding) => {
          const text = given.replace(/\ufeff|[\ue000-\uf8ff]|\p{Cs}/gu, '');
          const all = encodeText(`${marked ? '\ufeff' : ''}${text}`, encoding);
          const decoder = createBlockDecoder(encoding);
          let read = '';
          for (let at = 0; at < all.length; at += size + 1) read += decoder.push(all.subarray(at, at + size + 1));
          read += decoder.end();
          expect(read).toBe(text);
          expect(decoder.marked).toBe(marked);
        },
      ),
    );
  });

  it('refuses what does not fit', () => {
    expect(() => createBlockDecoder('utf-8').push(new Uint8Array([0x41, 0xff]))).toThrow('UTF-8');
    const cut = createBlockDecoder('gb18030');
    cut.push(new Uint8Array([0x81]));
    expect(() => cut.end()).toThrow('GB18030');
  });
});

describe('a file that is no delimited text', () => {
  it('is told by its first bytes', () => {
    const cases: [string, RegExp][] = [
      ['PK\x03\x04\x14\x00\x06\x00[Content_Types].xml', /xlsx/],
      ['PK\x03\x04\x14\x00\x06\x00data.csv', /zip/],
      ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', /旧版Excel/],
      ['%PDF-1.7', /PDF/],
      ['\x1f\x8b\x08', /gz/],
      ['Rar!\x1a\x07', /rar/],
      ['7z\xbc\xaf\x27\x1c', /7z/],
      ['\x89PNG\r\n', /图片/],
      ['\xff\xfeA\x00', /UTF-16/],
      ['A\x00A\x00B\x00', /UTF-16/],
      ['\r\n <html xmlns:x="urn:schemas-microsoft-com:office:excel">', /网页/],
      ['\xef\xbb\xbf<?xml version="1.0"?>', /XML/],
      ['[{"AAB301":"410802"}]', /JSON/],
    ];
    for (const [start, words] of cases) expect(foreignFormat(bytes(start)), start).toMatch(words);
    for (const start of ['', 'AAB301,AAZ341', '"AAB301"\t', '410802,1,王']) {
      expect(foreignFormat(new TextEncoder().encode(start))).toBeUndefined();
    }
  });
});
