import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  identityCheckDigit,
  maskIdentityNumber,
  normaliseIdentityEntry,
  parseIdentityNumber,
  personKeyForm,
  widenIdentityNumber,
} from './identity-number.ts';

const checksOf = (text: string, today?: string) => {
  const { faults, warnings } = parseIdentityNumber(text, today);
  return { faults: faults.map((fault) => fault.check), warnings: warnings.map((warning) => warning.check) };
};

const full = (first17: string) => first17 + identityCheckDigit(first17);

/** Made-up numbers with a real date; the area prefix is arbitrary on purpose. */
const validNumber = fc
  .record({
    area: fc.integer({ min: 110000, max: 839999 }),
    date: fc.date({ min: new Date('1900-01-01'), max: new Date('2010-12-31'), noInvalidDate: true }),
    order: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ area, date, order }) =>
    full(`${area}${date.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`),
  );

describe('identity number (M79X-3, AAC002)', () => {
  it('reads eighteen digits', () => {
    const number = full('41080219900307123');
    expect(parseIdentityNumber(number)).toEqual({
      kind: 'resident18',
      sex: '1',
      birthDate: '1990-03-07',
      faults: [],
      warnings: [],
    });
  });

  it('reads fifteen digits, and names the character that is no digit', () => {
    expect(parseIdentityNumber('410802800101001')).toEqual({
      kind: 'resident15',
      sex: '1',
      birthDate: '1980-01-01',
      faults: [],
      warnings: [],
    });
    expect(checksOf('41080280010100A').faults).toEqual(['AAC002-digits-15']);
    expect(checksOf('410802800231001')).toEqual({ faults: [], warnings: ['AAC002-birth-date'] });
  });

  it('reads residence permits 81, 82, 83 like every other number', () => {
    for (const area of ['810000', '820000', '830000']) {
      const read = parseIdentityNumber(full(`${area}19850515002`));
      expect(read).toMatchObject({ kind: 'hmtPermit', sex: '2', birthDate: '1985-05-15', faults: [] });
    }
  });

  it('leaves letter-initial numbers alone up to eighteen characters', () => {
    expect(parseIdentityNumber('H1234567890')).toEqual({ kind: 'letter', faults: [], warnings: [] });
    expect(checksOf('USA112345678901234').faults).toEqual([]);
    expect(checksOf('USA1123456789012345').faults).toEqual(['AAC002-length']);
    expect(checksOf('USA1 2345').faults).toEqual(['AAC002-space']);
    // A full-width letter is a fault of form; beneath it the number counts as letter-initial.
    expect(parseIdentityNumber('Ｈ1234567890')).toMatchObject({ kind: 'letter', repaired: 'H1234567890' });
    expect(checksOf('Ｈ1234567890').faults).toEqual(['AAC002-fullwidth']);
  });

  it('refuses other lengths, among them the eight digits of a Taiwan permit', () => {
    for (const text of ['12345678', '4108028001010012', '41080219900307123', '4108021990030712345']) {
      expect(checksOf(text).faults, text).toEqual(['AAC002-length']);
      expect(parseIdentityNumber(text).kind).toBe('invalid');
    }
    expect(checksOf('').faults).toEqual(['AAC002-required']);
    expect(checksOf(' \u3000').faults).toEqual(['AAC002-required']);
  });

  it('is as strict as the upload with x, and offers the repair', () => {
    const first17 = '41080219900307129';
    const withX = [...Array(1000).keys()]
      .map((order) => full(`41080219900307${String(order).padStart(3, '0')}`))
      .find((number) => number.endsWith('X'))!;
    expect(checksOf(withX).faults).toEqual([]);
    const small = parseIdentityNumber(withX.toLowerCase());
    expect(small.faults.map((fault) => fault.check)).toEqual(['AAC002-lowercase-x']);
    expect(small).toMatchObject({ kind: 'resident18', repaired: withX });
    expect(checksOf(`${first17.slice(0, 10)}X${first17.slice(11)}1`).faults).toEqual(['AAC002-digits-17']);
    expect(checksOf(`${first17}A`).faults).toEqual(['AAC002-check-digit']);
  });

  it('repairs full-width digits and edge blanks, and says what is wrong beneath them', () => {
    const number = full('41080219900307123');
    const wide = number.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(parseIdentityNumber(wide)).toMatchObject({ kind: 'resident18', birthDate: '1990-03-07', repaired: number });
    expect(checksOf(wide).faults).toEqual(['AAC002-fullwidth']);
    expect(checksOf(`${number}\u200b`).faults).toEqual(['AAC002-space']);
    const wrong = `${number.slice(0, 17)}${number.endsWith('1') ? '2' : '1'}`;
    expect(checksOf(` ${wrong}`).faults).toEqual(['AAC002-space', 'AAC002-check-digit']);
  });

  it('warns of dates that do not exist or lie ahead, and gives registration no birth date', () => {
    const february30 = full('41080219800230001');
    expect(checksOf(february30)).toEqual({ faults: [], warnings: ['AAC002-birth-date'] });
    expect(parseIdentityNumber(february30).birthDate).toBeUndefined();
    const ahead = full('41080220990101001');
    expect(checksOf(ahead, '2026-11-22').warnings).toEqual(['AAC002-birth-future']);
    expect(checksOf(ahead).warnings).toEqual([]);
    expect(checksOf(full('41080220000229001')).warnings).toEqual([]);
    expect(checksOf(full('41080219000229001')).warnings).toEqual(['AAC002-birth-date']);
  });

  it('never refuses an unknown area: numbers are for life, counties are not', () => {
    expect(checksOf(full('99999919800101001'))).toEqual({ faults: [], warnings: [] });
  });

  it('finds nothing in any valid number, and every flipped digit', () => {
    fc.assert(
      fc.property(validNumber, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        expect(checksOf(number, '2026-11-22')).toEqual({ faults: [], warnings: [] });
        const flipped = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect(checksOf(flipped).faults).toEqual(['AAC002-check-digit']);
      }),
    );
  });

  it('finds every neighbouring pair changed round', () => {
    fc.assert(
      fc.property(validNumber, fc.integer({ min: 0, max: 15 }), (number, at) => {
        fc.pre(number[at] !== number[at + 1]);
        const turned = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
        expect(checksOf(turned).faults).toContain('AAC002-check-digit');
      }),
    );
  });

  it('offers repairs that repair, once and for all, and takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 24 }), (text) => {
        const { repaired, faults } = parseIdentityNumber(text);
        if (repaired === undefined) return;
        const again = parseIdentityNumber(repaired);
        expect(again.repaired).toBeUndefined();
        // A blank inside stays a fault; nothing new appears.
        for (const fault of again.faults) expect(faults).toContainEqual(fault);
      }),
    );
  });

  it('widens fifteen digits to the number of the same person', () => {
    expect(widenIdentityNumber('410802800101001')).toMatch(/^41080219800101001[\dX]$/);
    fc.assert(
      fc.property(validNumber, (number) => {
        fc.pre(number.slice(6, 8) === '19');
        expect(widenIdentityNumber(number.slice(0, 6) + number.slice(8, 17))).toBe(number);
      }),
    );
    expect(() => widenIdentityNumber('41080280010100')).toThrow(RangeError);
    expect(() => identityCheckDigit('4108028001010010X')).toThrow(RangeError);
  });

  it('hashes one form of all ways to write a number', () => {
    const wide = widenIdentityNumber('410802800101001');
    for (const form of [
      '410802800101001',
      ' 410802800101001 ',
      wide,
      wide.toLowerCase(),
      '４１０８０２８００１０１００１',
    ]) {
      expect(personKeyForm(form)).toBe(wide);
    }
    expect(normaliseIdentityEntry('　ｈ1234567890 ')).toBe('H1234567890');
  });

  it('masks the birth date', () => {
    expect(maskIdentityNumber('410802199003071239')).toBe('410***********1239');
    expect(maskIdentityNumber('12345678')).toBe('1******8');
    expect(maskIdentityNumber('1')).toBe('*');
    expect(maskIdentityNumber('')).toBe('');
  });
});
