import { codeTables } from '@yingdeng/contract/code-tables.ts';
import { describe, expect, it } from 'vitest';
import { type FindingSays, meaningOf, type Source, sources } from './verification.ts';

const answeredAt = '2020-09-28T09:00:00+08:00';
const says: FindingSays[] = [
  'silent',
  'matches',
  'differs',
  'employeeInsurance',
  'flexibleInsurance',
  'notInsured',
  'employmentFiled',
  'inBusiness',
  'drawingPension',
  'dead',
  'studying',
  'imprisoned',
  'onPost',
];

describe('what a finding means', () => {
  it('A21-3b: the silence of any source opens nothing', () => {
    for (const source of Object.keys(sources) as Source[]) {
      const meaning = meaningOf({ source, says: 'silent', answeredAt });
      expect(meaning.opensCheck).toBe(false);
      expect(meaning.mayMean).toBeUndefined();
      expect(meaning.text).toContain(sources[source]);
    }
  });

  it('M79-2d: being uninsured opens nothing', () => {
    expect(meaningOf({ source: 'socialInsurance', says: 'notInsured', answeredAt }).opensCheck).toBe(false);
  });

  it('M79-2d: paying as a flexible worker is a prompt only', () => {
    const meaning = meaningOf({ source: 'socialInsurance', says: 'flexibleInsurance', answeredAt });
    expect(meaning).toMatchObject({ opensCheck: false });
    expect(meaning.text).toContain('不等于就业');
  });

  it('H122-2d: what may mean an exit is a code of the table and always opens a check', () => {
    for (const one of says) {
      const meaning = meaningOf({ source: 'pension', says: one, answeredAt });
      if (meaning.mayMean === undefined) continue;
      expect(Object.keys(codeTables.exitReason.values)).toContain(meaning.mayMean);
      expect(meaning.opensCheck).toBe(true);
    }
  });
});
