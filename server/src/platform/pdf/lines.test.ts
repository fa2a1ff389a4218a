import { describe, expect, it } from 'vitest';
import { codeOf, printable } from './fonts.ts';
import { breakLines, type Measure, type Piece, tickRoom, unbreakable } from './lines.ts';
import { boundsOf, readStrokes } from './signature.ts';
import { place } from './table.ts';

/** Chinese characters and marks are 10 wide, everything else 5. */
const measure: Measure = (text) => [...text].reduce((sum, one) => sum + (/[\u2e80-\uffee“”]/.test(one) ? 10 : 5), 0);
const broken = (content: string | Piece[], width: number) =>
  breakLines(typeof content === 'string' ? [{ text: content }] : content, width, 10, measure).map((line) =>
    line.map((atom) => atom.text).join(''),
  );

describe('breaking lines', () => {
  it('no mark stands at the head of a line, no opening bracket at its end (避头尾)', () => {
    expect(broken('一二三四，五六', 40)).toEqual(['一二三', '四，五六']);
    expect(broken('一二三（四五）六', 40)).toEqual(['一二三', '（四五）', '六']);
    expect(broken('标记“*”的为必填项。', 60)).toEqual(['标记“*”的', '为必填项。']);
    for (let width = 30; width < 200; width += 10) {
      const lines = broken('劳动者（本人），“失业”：登记、服务；退出。《失业人员登记表》（见附件1）！', width);
      for (const line of lines) {
        expect(line).not.toMatch(/^[，。、；：？！）》”]/);
        expect(line).not.toMatch(/[（《“]$/);
      }
    }
  });

  it('a number or an address of the network stays whole where a line can hold it', () => {
    expect(broken('电话0391-3569000号', 75)).toEqual(['电话', '0391-3569000号']);
    expect(broken('打开https://a.cn/verify', 100)).toEqual(['打开', 'https://a.cn/verify']);
  });

  it('what is wider than a line is broken between characters and nothing is lost', () => {
    const text = 'a'.repeat(50) + '字'.repeat(30);
    const lines = broken(text, 62);
    expect(lines.join('')).toBe(text);
    for (const line of lines) expect(measure(line, { text: '' })).toBeLessThanOrEqual(62);
  });

  it('a line end in the text ends the line; an empty text is one empty line', () => {
    expect(broken('一\n二', 100)).toEqual(['一', '二']);
    expect(broken('', 100)).toEqual(['']);
  });

  it('a box to tick never parts from its text, and following lines begin where the text does', () => {
    const lines = breakLines(
      [
        { text: '户籍地址', tick: false },
        { text: '常住地址一二', tick: true },
      ],
      60,
      10,
      measure,
    );
    expect(lines.map((line) => line.map(({ text, tick }) => ({ text, tick })))).toEqual([
      [{ text: '户籍地址', tick: false }],
      [{ text: '常住地', tick: true }],
      [{ text: '址一二', tick: undefined }],
    ]);
    expect(tickRoom(10)).toBe(12);
  });

  it('side by side in one style is one text', () => {
    const [line] = breakLines([{ text: '失业登记' }, { text: '凭证', strong: true }], 500, 10, measure);
    expect(line?.map(({ text, width }) => [text, width])).toEqual([
      ['失业登记', 40],
      ['凭证', 20],
    ]);
  });

  it('the code of a character stays in one piece', () => {
    expect(unbreakable('王〔U+20BB7〕明')).toEqual(['王', '〔U+20BB7〕', '明']);
  });
});

describe('characters no face has', () => {
  const has = (code: number) => code !== 0x20bb7;
  it('are printed as their code and named, never dropped', () => {
    expect(printable('𠮷野', has)).toEqual({ text: '〔U+20BB7〕野', missing: ['𠮷'] });
    expect(codeOf('䶮')).toBe('〔U+4DAE〕');
  });
  it('marks without a shape are left out, line ends stay', () => {
    expect(printable('a\u200bb\r\nc\u0000\ufe00', has)).toEqual({ text: 'ab\nc', missing: [] });
  });
});

describe('a drawn signature', () => {
  it('is read into absolute steps, whether drawn so or not', () => {
    expect(readStrokes('m 10 10 l 20 20 q 1 2 3 4 z M5,5L6-7')).toEqual([
      { letter: 'M', numbers: [10, 10] },
      { letter: 'L', numbers: [30, 30] },
      { letter: 'Q', numbers: [31, 32, 33, 34] },
      { letter: 'Z', numbers: [] },
      { letter: 'M', numbers: [5, 5] },
      { letter: 'L', numbers: [6, -7] },
    ]);
    expect(boundsOf(readStrokes('M 10 10 L 60 40 L 90 20') ?? [])).toEqual({ x: 10, y: 10, width: 80, height: 30 });
  });
  it.each(['', 'L 1 2', 'M 1', 'M 1 2 Q 3 4', 'M 1 2 L - .', 'M 99999 1 L 2 2', 'Z Z Z Z Z Z'])(
    'that is no path is none: %j',
    (path) => expect(readStrokes(path)).toBeUndefined(),
  );
});

describe('a ruled table', () => {
  it('a cell of several rows pushes the cells of the rows below to the right', () => {
    const cell = (span: number, rows = 1) => ({ span, rows, content: '' });
    const table = { columns: 6, rows: [{ cells: [cell(2, 2), cell(4)] }, { cells: [cell(1), cell(3)] }] };
    expect(place(table).map(({ column, row }) => [column, row])).toEqual([
      [0, 0],
      [2, 0],
      [2, 1],
      [3, 1],
    ]);
  });
  it('a row that leaves a gap is a mistake of the programmer', () => {
    expect(() => place({ columns: 6, rows: [{ cells: [{ span: 5, content: '' }] }] })).toThrow(/column 5 of 6/);
  });
});
