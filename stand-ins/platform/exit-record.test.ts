import { describe, expect, it } from 'vitest';
import { makeNumber } from '../common/resident-number.ts';
import { EXIT_REASONS } from './code-tables.ts';
import { EXIT_FIELDS, judgeExit } from './exit-record.ts';

const FEMALE = makeNumber('410802', '19900307', 452);
const MALE = makeNumber('410802', '19900307', 451);
const good = {
  AAB301: '410802',
  AAZ341: 'TC2026112200001',
  AAC003: '沈禾苗',
  AAC002: FEMALE,
  AAC058: '01',
  AAC044: FEMALE,
  ADC210: '20261121',
  AJC00A: '11',
  AAE011: '宋知行',
  AAE036: '20261122',
  AAE013: '',
};
const context = { today: '20261122', division: '4108' };
const rules = (change: Record<string, unknown>, extra = {}): string[] =>
  judgeExit({ ...good, ...change }, { ...context, ...extra }).map((fault) => fault.rule);

describe('the annex, field by field', () => {
  it('M79X-3: accepts a right record of the eleven fields', () => {
    expect(EXIT_FIELDS).toHaveLength(11);
    expect(rules({})).toEqual([]);
    const { AAE013: _remark, ...withoutRemark } = good;
    expect(judgeExit(withoutRemark, context)).toEqual([]);
  });

  it('M79X-3: every required field missing, empty or only white is a fault of that field', () => {
    for (const field of EXIT_FIELDS.filter((code) => code !== 'AAE013')) {
      for (const value of [undefined, null, '', ' ', '\u3000']) {
        expect(rules({ [field]: value })).toEqual([`${field}-required`]);
      }
    }
  });

  const faulty: [string, Record<string, unknown>, string][] = [
    ['a division of five digits', { AAB301: '41080' }, 'AAB301-code'],
    ['an unknown county', { AAB301: '410899' }, 'AAB301-code'],
    ['the statistical code of the demonstration zone', { AAB301: '410871' }, 'AAB301-code'],
    ['a division of another city', { AAB301: '210302' }, 'AAB301-region'],
    ['a serial number of 19 characters', { AAZ341: '1'.repeat(19) }, 'AAZ341-length'],
    ['a serial number with a space', { AAZ341: 'TC 1' }, 'AAZ341-space'],
    ['a name with a half-width space', { AAC003: '沈 禾苗' }, 'AAC003-space'],
    ['a name with a full-width space', { AAC003: '沈\u3000禾苗' }, 'AAC003-space'],
    ['a name with a space of no width', { AAC003: '沈\u200b禾苗' }, 'AAC003-space'],
    ['a name of 51 characters', { AAC003: '沈'.repeat(51) }, 'AAC003-length'],
    ['a number of 8 digits', { AAC002: '12345678' }, 'AAC002-form'],
    ['a number of 17 digits', { AAC002: FEMALE.slice(0, 17) }, 'AAC002-form'],
    ['15 characters with a letter', { AAC002: '41080280010100A' }, 'AAC002-digits15'],
    ['a letter among the first 17', { AAC002: `4108021990030A4528`.slice(0, 18) }, 'AAC002-digits17'],
    [
      'a wrong check character',
      { AAC002: `${FEMALE.slice(0, 17)}${FEMALE.endsWith('1') ? '2' : '1'}` },
      'AAC002-check',
    ],
    ['full-width digits', { AAC002: '４'.repeat(18) }, 'AAC002-digits17'],
    ['an unknown document', { AAC058: '18' }, 'AAC058-code'],
    ['a document code of one digit', { AAC058: '1' }, 'AAC058-code'],
    ['a document number of 23 characters', { AAC044: '1'.repeat(23) }, 'AAC044-length'],
    ['30 February', { ADC210: '20260230' }, 'ADC210-date'],
    ['a date with hyphens', { ADC210: '2026-11-2' }, 'ADC210-date'],
    ['tomorrow', { ADC210: '20261123' }, 'ADC210-future'],
    ['the year 0000', { ADC210: '00000101' }, 'ADC210-date'],
    ['code 22, which the annex left out', { AJC00A: '22' }, 'AJC00A-code'],
    ['a code of one digit', { AJC00A: '9' }, 'AJC00A-code'],
    ['the name of a member every object has', { AJC00A: 'constructor' }, 'AJC00A-code'],
    ['a clerk with a space', { AAE011: '宋 知行' }, 'AAE011-space'],
    ['a clerk of 21 characters', { AAE011: '宋'.repeat(21) }, 'AAE011-length'],
    ['handled on 31 April', { AAE036: '20260431' }, 'AAE036-date'],
    ['handled tomorrow', { AAE036: '20261123' }, 'AAE036-future'],
    ['a remark of 101 characters', { AAE013: '备'.repeat(101) }, 'AAE013-length'],
    ['a number instead of a text', { AAZ341: 12 }, 'AAZ341-type'],
    ['a field the annex does not have', { AAC004: '2' }, 'record-unknown-field'],
  ];
  it.each(faulty)('M79X-3: returns %s', (_what, change, rule) => {
    expect(rules(change)).toContain(rule);
  });

  const passing: [string, Record<string, unknown>][] = [
    ['a name with a middle dot', { AAC003: '买买提·艾力' }],
    ['50 rare characters, counted as characters', { AAC003: '𠮷'.repeat(50) }],
    ['15 digits', { AAC002: '410802800101002' }],
    ['a letter-initial number', { AAC002: 'HKG119900307001' }],
    ['a residence permit number of Hong Kong', { AAC002: makeNumber('810000', '19900307', 12) }],
    ['an impossible birth date with a right check character', { AAC002: makeNumber('410802', '19900230', 12) }],
    ['a retired division in the number', { AAC002: makeNumber('999999', '19900307', 12) }],
    ['the city itself', { AAB301: '410800' }],
    ['today', { ADC210: '20261122', AAE036: '20261122' }],
    ['a remark of 100 characters', { AAE013: '备'.repeat(100) }],
  ];
  it.each(passing)('M79X-3: accepts %s', (_what, change) => {
    expect(rules(change)).toEqual([]);
  });

  it('M79X-3: a lower-case x is not the check character X', () => {
    const withX = [...Array(1000).keys()].map((n) => makeNumber('410802', '19900307', n)).find((n) => n.endsWith('X'));
    expect(rules({ AAC002: withX })).toEqual([]);
    expect(rules({ AAC002: withX?.toLowerCase() })).toEqual(['AAC002-check']);
  });

  it('M79X-3: the number agrees with the sex the platform holds; an unknown sex says nothing', () => {
    expect(rules({ AAC002: MALE }, { sexOf: () => '2' })).toEqual(['AAC002-sex']);
    expect(rules({ AAC002: FEMALE }, { sexOf: () => '1' })).toEqual(['AAC002-sex']);
    expect(rules({ AAC002: '410802800101001' }, { sexOf: () => '2' })).toEqual(['AAC002-sex']);
    for (const sex of ['0', '9', undefined]) expect(rules({ AAC002: MALE }, { sexOf: () => sex })).toEqual([]);
    expect(rules({ AAC002: 'HKG119900307001' }, { sexOf: () => '2' })).toEqual([]);
  });

  it('M79X-4: exactly the twelve codes of the annex', () => {
    const accepted = [...Array(100).keys()]
      .map((code) => String(code).padStart(2, '0'))
      .filter((AJC00A) => rules({ AJC00A }).length === 0);
    expect(accepted).toEqual(['11', '12', '13', '14', '21', '23', '24', '25', '26', '31', '32', '90']);
    expect(Object.keys(EXIT_REASONS)).toHaveLength(12);
  });

  it('what is no record at all is returned, not thrown', () => {
    for (const item of [null, 3, 'text', []]) {
      expect(judgeExit(item, context).map((fault) => fault.rule)).toEqual(['record-form']);
    }
  });
});
