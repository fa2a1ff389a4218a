import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registeredUnemploymentRate } from './rate.ts';

describe('M79-10b: the registered unemployment rate', () => {
  it.each([
    [424, 9_576, 4.24],
    [0, 100, 0],
    [1, 19_999, 0.01],
    [1, 20_000, 0],
    [201, 19_799, 1.01],
    [849, 19_151, 4.25],
    [11_600_000, 262_000_000, 4.24],
  ])('%i unemployed beside %i employed make %f %%', (unemployed, employed, rate) => {
    expect(registeredUnemploymentRate(unemployed, employed)).toBe(rate);
  });

  it('is undefined, never 0, when the denominator is unknown or 0', () => {
    expect(registeredUnemploymentRate(5, undefined)).toBeUndefined();
    expect(registeredUnemploymentRate(5, null)).toBeUndefined();
    expect(registeredUnemploymentRate(5, 0)).toBeUndefined();
  });

  it('refuses what is no number of persons', () => {
    expect(() => registeredUnemploymentRate(-1, 10)).toThrow(RangeError);
    expect(() => registeredUnemploymentRate(1.5, 10)).toThrow(RangeError);
    expect(() => registeredUnemploymentRate(1, Number.NaN)).toThrow(RangeError);
  });

  it('rounds half up exactly, at any size', () => {
    const persons = fc.integer({ min: 0, max: 2_000_000_000 });
    fc.assert(
      fc.property(persons, fc.integer({ min: 1, max: 2_000_000_000 }), (unemployed, employed) => {
        const rate = registeredUnemploymentRate(unemployed, employed) ?? Number.NaN;
        const hundredths = BigInt(Math.round(rate * 100));
        const whole = BigInt(unemployed) + BigInt(employed);
        // hundredths − ½ ≤ exact < hundredths + ½, with exact = unemployed × 10000 ÷ whole
        const doubled = BigInt(unemployed) * 20_000n;
        expect(doubled >= (2n * hundredths - 1n) * whole && doubled < (2n * hundredths + 1n) * whole).toBe(true);
      }),
    );
  });
});
