import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { caseNumber, groupedCaseNumber, isCaseNumber } from './numbers.ts';

const drawn = fc.integer({ min: 0, max: 999_999_999 });

describe('case numbers', () => {
  it('M79X-3: fit the eighteen characters of AAZ341 and begin with the date', () => {
    expect(caseNumber('2020-09-28', 42)).toMatch(/^200928000000042\d$/);
  });

  it('a slip in any one digit is noticed', () => {
    fc.assert(
      fc.property(drawn, fc.nat(15), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
        const number = caseNumber('2026-11-22', n);
        const slipped = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
        expect(isCaseNumber(number)).toBe(true);
        expect(isCaseNumber(slipped)).toBe(false);
      }),
    );
  });

  it('are read with spaces, hyphens and full-width digits', () => {
    const number = caseNumber('2026-11-22', 7);
    expect(isCaseNumber(groupedCaseNumber(number))).toBe(true);
    expect(isCaseNumber(number.replace('2', '２'))).toBe(true);
    expect(groupedCaseNumber(number)).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/);
  });
});
