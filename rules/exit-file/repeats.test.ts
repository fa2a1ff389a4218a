import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRepeatFinder, type ExitRecord } from '../exit-record/index.ts';
import { createCompactRepeatFinder } from './repeats.ts';

describe('compact memory of keys (M79X-2)', () => {
  it('answers as a map of texts does, while it grows', () => {
    const finder = createCompactRepeatFinder(4);
    const texts = createRepeatFinder();
    for (let i = 0; i < 300_000; i++) {
      // Keys that differ in one digit, as serial numbers do, and contents that differ in one.
      const record = {
        AAB301: '410802',
        AAZ341: `2020${String((i * 7919) % 200_003).padStart(10, '0')}`,
        AAE013: String(i % 3),
      };
      expect(finder.add(record)).toBe(texts.add(record));
    }
    expect(finder.add({ AAB301: '', AAZ341: '1' })).toBe('new');
  });

  it('tells apart what is only written together alike, and any two texts', () => {
    const part = fc.string({ unit: fc.constantFrom('0', '1', '\u0000', '王', '𠮷'), maxLength: 4 });
    const record = fc.record({ AAB301: part, AAZ341: part, AAC003: part, AAE013: fc.option(part, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), (records: ExitRecord[]) => {
        const compact = createCompactRepeatFinder(4);
        const texts = createRepeatFinder();
        // The map joins the parts by a zero character, which is then no part of a text.
        const plain = records.filter((one) => !JSON.stringify(one).includes('\\u0000'));
        for (const one of plain) expect(compact.add(one)).toBe(texts.add(one));
      }),
    );
  });
});
