import { describe, expect, it } from 'vitest';
import { identityCheckDigit } from './identity-number.ts';
import { checkRegistrationRecord, type RegistrationRecord, registrationText } from './registration-record.ts';

const number = `41080219850412001${identityCheckDigit('41080219850412001')}`;
const wrong = `41080219850412001${(Number(identityCheckDigit('41080219850412001').replace('X', '0')) + 1) % 10}`;
const record: RegistrationRecord = {
  AAB301: '410802',
  AAZ341: '2026112212345678',
  AAC003: '尹知秋',
  AAC002: number,
  AAC004: '1',
  AAC058: '01',
  AAC044: number,
  registeredOn: '20261120',
  registrationNumber: '2026112287654321',
};
const facts = {
  today: '2026-11-22',
  divisions: new Set(['410802']),
  statisticsOnly: new Set(['410871']),
  officeDivision: '410802',
};
const checks = (change: Partial<RegistrationRecord>) =>
  checkRegistrationRecord({ ...record, ...change }, facts).map(({ check }) => check);

describe('the record of a registration loaded back (M79-7b)', () => {
  it('judges person and place as the exit record does', () => {
    expect(checks({})).toEqual([]);
    expect(checks({ AAC003: '尹 知秋' })).toContain('AAC003-space');
    expect(checks({ AAC002: wrong }).some((check) => check.startsWith('AAC002'))).toBe(true);
    expect(checks({ AAB301: '410871' }).some((check) => check.startsWith('AAB301'))).toBe(true);
    expect(checks({ AAZ341: '' })).toEqual(['AAZ341-required']);
  });

  it('has a sex and a day that has come', () => {
    expect(checks({ AAC004: '9' })).toContain('AAC004-code');
    expect(checks({ registeredOn: '20261123' })).toEqual(['registeredOn-date']);
  });

  it('is one text whatever the order of its keys, without what does not belong', () => {
    const other = Object.fromEntries(Object.entries({ ...record, note: 'x' }).reverse());
    expect(registrationText(other as never)).toBe(registrationText(record));
  });
});
