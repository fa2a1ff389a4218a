import { describe, expect, it } from 'vitest';
import { visiblePieces } from './visible.ts';

describe('a value with its invisible characters made visible', () => {
  const shown = (value: string) =>
    visiblePieces(value)
      .map(({ text, name }) => (name ? `[${text}|${name}]` : text))
      .join('');

  it('names blanks, marks without width, wide digits, other dots', () => {
    expect(shown('王 明\u3000')).toBe('王[␣|空格]明[□|全角空格]');
    expect(shown('王\u200b明')).toBe('王[U+200B|看不见的字符U+200B]明');
    expect(shown('２０20')).toBe('[２０|全角字符]20');
    expect(shown('买买提•艾力')).toBe('买买提[•|不是标准的间隔点U+2022]艾力');
    expect(shown('𠮷·a')).toBe('𠮷·a');
    expect(shown('')).toBe('');
  });
});
