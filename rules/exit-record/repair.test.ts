import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { identityCheckDigit } from '../identity-number.ts';
import { isBlank, textShape, trimBlank } from './characters.ts';
import { checkExitRecord, type ExitRecord, exitFields, gb18030Length, repairExitRecord } from './index.ts';

const first17 = [...Array(500).keys()]
  .map((order) => `41080219900307${String(order).padStart(3, '0')}`)
  .find((digits) => identityCheckDigit(digits) === 'X')!;
const number = `${first17}X`;
const good: ExitRecord = {
  AAB301: '410802',
  AAZ341: '1',
  AAC003: '买买提·艾力',
  AAC002: number,
  AAC058: '01',
  AAC044: number,
  ADC210: '20200831',
  AJC00A: '11',
  AAE011: '李办事',
  AAE036: '20200831',
  AAE013: '备注',
};
const facts = { today: '2020-08-31' };
const widen = (text: string) =>
  text.replace(/[0-9A-Za-z]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

describe('repair of an exit record', () => {
  it('repairs blanks, full width, x and dots, and says what it did', () => {
    const { record, changes } = repairExitRecord({
      ...good,
      AAB301: ' 410802',
      AAC003: '买买提•艾力　',
      AAC002: number.toLowerCase(),
      ADC210: '２０２００８３１',
    });
    expect(record).toEqual(good);
    expect(changes.map(({ field, why }) => `${field} ${why}`)).toEqual([
      'AAB301 去掉首尾的空格',
      'AAC003 去掉首尾的空格',
      'AAC003 间隔点统一为“·”',
      'AAC002 末位小写x改为大写X',
      'ADC210 全角字母、数字改为半角',
    ]);
    expect(changes[0]).toMatchObject({ before: ' 410802', after: '410802' });
  });

  it('leaves alone what a person must decide', () => {
    const record = { ...good, AAC003: '王 明', AAZ341: '１２', AAE013: ' ', AJC00A: '22', AAE011: null };
    expect(repairExitRecord(record)).toEqual({ record, changes: [] });
  });

  it('joins a number only when its check digit proves it whole, a code only when its length does', () => {
    const halves = (text: string) => `${text.slice(0, 6)} ${text.slice(6, 14)}　${text.slice(14)}`;
    const repaired = (change: ExitRecord) => repairExitRecord({ ...good, ...change }).record;
    expect(repaired({ AAC002: halves(number).toLowerCase(), AAC044: halves(number), AAB301: '4108 02' })).toEqual(good);
    // One digit is missing where the blank stands: nobody knows which.
    const short = `${number.slice(0, 6)} ${number.slice(7)}`;
    expect(repaired({ AAC002: short, AAB301: '4108 2' })).toEqual({ ...good, AAC002: short, AAB301: '4108 2' });
    expect(repaired({ AAC003: '买买提\u200b·艾力' })).toEqual(good);
  });

  it('compacts a date that stands year first, and no other', () => {
    const dates = [
      '2020-08-31',
      '2020/8/31',
      '2020.08.31',
      '2020年8月31日',
      '2020-08-31 00:00:00',
      '2020 08 31',
      '２０２０-８-31',
    ];
    for (const ADC210 of dates) expect(repairExitRecord({ ...good, ADC210 }).record, ADC210).toEqual(good);
    for (const ADC210 of ['31-08-2020', '08/31/2020', '20-8-31', '2020-02-30', '2020-08-31 13:00:00', '2020-08/31']) {
      expect(repairExitRecord({ ...good, ADC210 }).changes, ADC210).toEqual([]);
    }
  });

  it('brings a mangled record back to what it was', () => {
    const blank = fc.constantFrom('', ' ', '\u3000', '\u200b', '\t');
    const manglers: Record<string, (value: string) => string> = {
      AAC002: (value) => value.toLowerCase(),
      AAC003: (value) => value.replace('·', '・'),
      ADC210: widen,
      AAB301: widen,
    };
    fc.assert(
      fc.property(fc.array(fc.tuple(blank, blank, fc.boolean()), { minLength: 11, maxLength: 11 }), (choices) => {
        const mangled: ExitRecord = {};
        exitFields.forEach(({ field }, i) => {
          const [before, after, mangle] = choices[i]!;
          const value = good[field]!;
          mangled[field] = before + (mangle ? (manglers[field]?.(value) ?? value) : value) + after;
        });
        expect(repairExitRecord(mangled).record).toEqual(good);
      }),
    );
  });

  it('is done after once, never adds faults, and takes any text', () => {
    const piece = fc.constantFrom(
      ' ',
      '\u3000',
      '１',
      '1',
      '2',
      'x',
      'Ｘ',
      '・',
      '王',
      '𠮷',
      '0',
      '20200831',
      '2020-8-31',
      '-',
      '\u200b',
      number,
      '22',
      '90',
      '?',
    );
    const value = fc.oneof(
      fc.constantFrom(null, undefined, '', ...Object.values(good)),
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 20 }),
    );
    const record = fc.record(Object.fromEntries(exitFields.map(({ field }) => [field, value])));
    fc.assert(
      fc.property(record, (before) => {
        const once = repairExitRecord(before);
        expect(repairExitRecord(once.record).changes).toEqual([]);
        const count = (of: ExitRecord) => checkExitRecord(of, facts).faults.length;
        expect(count(once.record)).toBeLessThanOrEqual(count(before));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('characters', () => {
  it('counts GB18030 bytes as an encoder does, for every character of the basic plane', () => {
    const differing: string[] = [];
    for (let unit = 0; unit < 0x10000; unit++) {
      // Halves of surrogate pairs and the private-use area, which changed between editions of the standard.
      if (unit >= 0xd800 && unit <= 0xf8ff) continue;
      const character = String.fromCharCode(unit);
      if (gb18030Length(character) !== iconv.encode(character, 'gb18030').length) {
        differing.push(unit.toString(16));
      }
    }
    // Characters that moved from two to four bytes or back between editions; all other 57,000 agree.
    expect(differing.length).toBeLessThanOrEqual(40);
    expect(gb18030Length('王䶮㛃𠮷a')).toBe(iconv.encode('王䶮㛃𠮷a', 'gb18030').length);
  });

  it('knows every blank that JavaScript and Unicode know', () => {
    for (let unit = 0; unit < 0x10000; unit++) {
      if (/[\s\p{Cc}\p{Zs}\p{Default_Ignorable_Code_Point}]/u.test(String.fromCharCode(unit))) {
        const known = isBlank(unit) || (unit >= 0xfe00 && unit <= 0xfe0f) || (unit >= 0xfff0 && unit <= 0xfff8);
        expect(known, unit.toString(16)).toBe(true);
      }
    }
    for (const ink of 'a王·𠮷é?～') expect(isBlank(ink.charCodeAt(0))).toBe(false);
  });

  it('counts code points', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(textShape(text) >>> 9).toBe([...text].length);
        expect(text).toContain(trimBlank(text));
      }),
    );
  });
});
