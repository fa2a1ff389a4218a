import { expect, it } from 'vitest';
import { carriageFaults, isCarried, uncarried } from './index.ts';

it('carries every character of a name, rare ones too', () => {
  expect(uncarried('买买提·艾力𠮷㐀䶮㛃\u9fb4\u{31350}Å—')).toEqual([]);
});

it('names what no file can carry by its place, as a person counts, and its code point', () => {
  expect(uncarried('𠮷\ue863x\ud800\ufffd')).toEqual([
    { position: 2, codePoint: 'U+E863' },
    { position: 4, codePoint: 'U+D800' },
    { position: 5, codePoint: 'U+FFFD' },
  ]);
  for (const codePoint of [0xe000, 0xf8ff, 0xf0000, 0x10fffd, 0xfdd0, 0xfdef, 0xfffe, 0x1ffff, 0xdfff]) {
    expect(isCarried(codePoint), codePoint.toString(16)).toBe(false);
  }
  for (const codePoint of [0, 0x20, 0x7f, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfeff, 0xfffc, 0x10000, 0x3134a, 0xe0100]) {
    expect(isCarried(codePoint), codePoint.toString(16)).toBe(true);
  }
});

it('one finding a field, with a check id of its own', () => {
  const faults = carriageFaults({ AAC003: '王\ue863', AAC002: '410802199003074528', AAE013: '\udc00', AAE011: null });
  expect(faults.map(({ check, field }) => [check, field])).toEqual([
    ['AAC003-unmappable', 'AAC003'],
    ['AAE013-unmappable', 'AAE013'],
  ]);
  expect(faults[0]?.message).toContain('第2个字符U+E863');
});
