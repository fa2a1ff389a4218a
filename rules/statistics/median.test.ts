import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, type Tally, tally } from './median.ts';

const tallied = (values: readonly number[]): Tally => {
  const made: Tally = new Map();
  for (const value of values) tally(made, value, 1);
  return made;
};

describe('the median of a tally', () => {
  it('is the middle one, halfway between two, nothing of nothing', () => {
    expect(median(tallied([5, 1, 3]))).toBe(3);
    expect(median(tallied([1, 4, 2, 9]))).toBe(3);
    expect(median(tallied([2, 3]))).toBe(2.5);
    expect(median(new Map())).toBeUndefined();
  });

  it('is the same as sorting every value, whatever the parts it was added up from', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.integer({ min: 0, max: 40 }))), (parts) => {
        const all = parts.flat().sort((a, b) => a - b);
        const whole: Tally = new Map();
        for (const part of parts) for (const [value, count] of tallied(part)) tally(whole, value, count);
        const half = all.length / 2;
        const expected =
          all.length === 0
            ? undefined
            : all.length % 2 === 1
              ? all[Math.floor(half)]
              : ((all[half - 1] ?? 0) + (all[half] ?? 0)) / 2;
        expect(median(whole)).toBe(expected);
      }),
    );
  });
});
