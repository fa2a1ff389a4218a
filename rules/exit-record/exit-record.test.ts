import { describe, expect, it } from 'vitest';
import { identityCheckDigit } from '../identity-number.ts';
import {
  checkExitBatch,
  checkExitRecord,
  type ExitFacts,
  type ExitRecord,
  exitFields,
  exitRecordChecks,
} from './index.ts';

const full = (first17: string) => first17 + identityCheckDigit(first17);
const man = full('41080219900307123');

const good: ExitRecord = {
  AAB301: '410802',
  AAZ341: '202008310001',
  AAC003: '王小明',
  AAC002: man,
  AAC058: '01',
  AAC044: man,
  ADC210: '20200831',
  AJC00A: '11',
  AAE011: '李办事',
  AAE036: '20200831',
  AAE013: '',
};
const divisions = new Set(['410000', '410800', '410802', '410811', '210302']);
const facts: ExitFacts = { today: '2020-08-31', sex: '1', divisions, registeredOn: '2020-05-01' };

/** The ids found when the good record is changed. */
function found(change: ExitRecord, more: Partial<ExitFacts> = {}): { faults: string[]; warnings: string[] } {
  const { faults, warnings } = checkExitRecord({ ...good, ...change }, { ...facts, ...more });
  return { faults: faults.map(({ check }) => check), warnings: warnings.map(({ check }) => check) };
}
const faults = (change: ExitRecord, more?: Partial<ExitFacts>) => found(change, more).faults;
const warnings = (change: ExitRecord, more?: Partial<ExitFacts>) => {
  const result = found(change, more);
  expect(result.faults).toEqual([]);
  return result.warnings;
};
const none: string[] = [];

describe('exit record (M79X-3)', () => {
  it('finds nothing in a good record and makes nothing for it', () => {
    expect(found({})).toEqual({ faults: none, warnings: none });
    expect(checkExitRecord(good, facts)).toBe(checkExitRecord({ ...good }, facts));
  });

  it('M79X-3: null, empty and blank-only are missing in the ten required fields, and only there', () => {
    for (const { field, required } of exitFields) {
      for (const value of [null, undefined, '', ' ', '\u3000\u200b']) {
        const expected = required ? [`${field}-required`] : none;
        // A missing serial, place or number leaves the comparisons of other fields without a fault.
        expect(faults({ [field]: value }), `${field} ${JSON.stringify(value)}`).toEqual(expected);
      }
    }
  });

  it('M79X-2: AAB301 is six digits of the division table', () => {
    expect(faults({ AAB301: '41080' })).toEqual(['AAB301-length']);
    expect(faults({ AAB301: '4108020' })).toEqual(['AAB301-length']);
    expect(faults({ AAB301: '410802001' })).toEqual(['AAB301-length']);
    expect(faults({ AAB301: '410802001001' })).toEqual(['AAB301-length']);
    expect(faults({ AAB301: '41080A' })).toEqual(['AAB301-digits']);
    expect(faults({ AAB301: '410899' })).toEqual(['AAB301-unknown']);
    expect(faults({ AAB301: '410899' }, { divisions: undefined })).toEqual(none);
    expect(warnings({ AAB301: '410800' })).toEqual(['AAB301-level']);
    expect(warnings({ AAB301: '410000' })).toEqual(['AAB301-level']);
    expect(warnings({ AAB301: '410800' }, { officeDivision: '410800' })).toEqual(none);
    expect(warnings({}, { officeDivision: '410800' })).toEqual(none);
    expect(faults({}, { officeDivision: '410811' })).toEqual(['AAB301-office']);
  });

  it('AAB301: 410871 exists only in statistics, and its treatment is a choice', () => {
    expect(warnings({ AAB301: '410871' })).toEqual(['AAB301-statistics-only']);
    expect(found({ AAB301: '410871' }, { statisticsDivisions: true })).toEqual({ faults: none, warnings: none });
    expect(faults({ AAB301: '410871' }, { statisticsDivisions: false })).toEqual(['AAB301-statistics-only']);
    const statisticsOnly = new Set(['620201']);
    expect(warnings({ AAB301: '620201' }, { statisticsOnly })).toEqual(['AAB301-statistics-only']);
    expect(faults({ AAB301: '410871' }, { statisticsOnly })).toEqual(['AAB301-unknown']);
  });

  it('AAZ341: one to eighteen characters without blanks', () => {
    expect(faults({ AAZ341: '1' })).toEqual(none);
    expect(faults({ AAZ341: '123456789012345678' })).toEqual(none);
    expect(faults({ AAZ341: '1234567890123456789' })).toEqual(['AAZ341-length']);
    for (const value of [' 1', '1 ', '1\u3000', '1\t', '1 2'])
      expect(faults({ AAZ341: value })).toEqual(['AAZ341-space']);
  });

  it('AAZ341: the same key again is harmless with the same content and a fault of the later row with other', () => {
    const rows = [good, { ...good, AAZ341: '2' }, { ...good, AAE013: null }, { ...good, AJC00A: '26' }, good];
    const results = checkExitBatch(rows, facts).map((result) => result.faults.map(({ check }) => check));
    expect(results).toEqual([[], [], [], ['AAZ341-repeated'], []]);
    const elsewhere = checkExitBatch([good, { ...good, AAB301: '410811' }], () => facts);
    expect(elsewhere.every((result) => result.faults.length === 0)).toBe(true);
    const keyless = checkExitBatch(
      [
        { ...good, AAZ341: '' },
        { ...good, AAZ341: '', AJC00A: '26' },
      ],
      facts,
    );
    expect(keyless.map((result) => result.faults.length)).toEqual([1, 1]);
  });

  it('AAC003: no blank of any kind', () => {
    const blanks =
      ' \t\n\r\u00a0\u2000\u2005\u200a\u200b\u200c\u200d\u200e\u2028\u202f\u205f\u2060\u3000\ufeff\u00ad\u3164';
    for (const blank of blanks) {
      for (const name of [`王${blank}明`, `王明${blank}`, `${blank}王明`]) {
        expect(faults({ AAC003: name }), JSON.stringify(name)).toEqual(['AAC003-space']);
      }
    }
  });

  it('AAC003: rare characters and names with a dot are right as they are', () => {
    for (const name of ['买买提·艾力', '王䶮', '𠮷田', '李㛃', '㐀一', '欧阳某某', 'Смирнов']) {
      expect(warnings({ AAC003: name }), name).toEqual(none);
    }
    for (const dot of '•．・‧･∙⋅') expect(warnings({ AAC003: `买买提${dot}艾力` })).toEqual(['AAC003-middle-dot']);
    expect(warnings({ AAC003: '王?' })).toEqual(['AAC003-question-mark']);
    for (const name of ['王', '𠮷']) expect(warnings({ AAC003: name })).toEqual(['AAC003-short']);
    expect(faults({ AAC003: '王\ufffd' })).toEqual(['AAC003-damaged']);
    expect(faults({ AAC003: '王\ud842' })).toEqual(['AAC003-damaged']);
  });

  it('AAC003: fifty characters, of which a rare one is one; bytes are a second limit', () => {
    expect(faults({ AAC003: '𠮷'.repeat(51) })).toEqual(['AAC003-length']);
    expect(warnings({ AAC003: '𠮷'.repeat(50) })).toEqual(['AAC003-bytes']);
    expect(warnings({ AAC003: '王'.repeat(25) })).toEqual(none);
    expect(warnings({ AAC003: '王'.repeat(26) })).toEqual(['AAC003-bytes']);
    expect(faults({ AAC003: '王'.repeat(26) }, { strictBytes: true })).toEqual(['AAC003-bytes']);
    expect(warnings({ AAC003: '王'.repeat(26) }, { strictBytes: false })).toEqual(none);
    expect(warnings({ AAC003: `${'王'.repeat(22)}㐀𠮷` })).toEqual(['AAC003-bytes']);
    expect(warnings({ AAC003: `${'王'.repeat(21)}㐀𠮷` })).toEqual(none);
  });

  it('AAC002: length, digits, check character, sex', () => {
    const only = (AAC002: string, more?: Partial<ExitFacts>) => faults({ AAC002, AAC058: '99' }, more);
    expect(only('12345678')).toEqual(['AAC002-length']);
    expect(only('4108028001010012')).toEqual(['AAC002-length']);
    expect(only('410802800101001')).toEqual(none);
    expect(only('41080280010100a')).toEqual(['AAC002-digits-15']);
    expect(only(`${man.slice(0, 5)}O${man.slice(6)}`)).toEqual(['AAC002-digits-17']);
    expect(only(`${man.slice(0, 17)}${man.endsWith('0') ? 1 : 0}`)).toEqual(['AAC002-check-digit']);
    expect(only('H1234567890')).toEqual(none);
    expect(only('H123456789012345678')).toEqual(['AAC002-length']);
    expect(only(full('81000019850515002'))).toEqual(['AAC002-sex']);
    expect(only(full('81000019850515002'), { sex: '2' })).toEqual(none);
    expect(only('410802800101002')).toEqual(['AAC002-sex']);
    expect(only('H1234567890', { sex: '2' })).toEqual(none);
    expect(warnings({}, { sex: '9' })).toEqual(['AAC002-sex-unknown']);
    expect(warnings({}, { sex: '0' })).toEqual(['AAC002-sex-unknown']);
    expect(warnings({}, { sex: '01' })).toEqual(['AAC002-sex-unknown']);
    expect(warnings({}, { sex: undefined })).toEqual(none);
  });

  it('AAC002: dates the annex does not ask about are warnings; areas are never refused', () => {
    expect(warnings({ AAC002: full('41080219800230001'), AAC058: '99' })).toEqual(['AAC002-birth-date']);
    expect(warnings({ AAC002: full('41080220210101001'), AAC058: '99' })).toEqual(['AAC002-birth-future']);
    expect(warnings({ AAC002: full('99999919800101001'), AAC058: '99' })).toEqual(none);
  });

  it('AAC058: a code of the table, exactly', () => {
    for (const value of ['1', ' 01', '18', '居民身份证', '０１', '00']) {
      expect(faults({ AAC058: value }), value).toEqual(['AAC058-code']);
    }
    expect(warnings({ AAC058: '17' })).toEqual(['AAC058-pending']);
    expect(warnings({ AAC058: '99' })).toEqual(none);
  });

  it('AAC044: no blanks, at most 22; unlike its document it is only a warning', () => {
    expect(faults({ AAC058: '99', AAC044: '1'.repeat(23) })).toEqual(['AAC044-length']);
    expect(faults({ AAC058: '99', AAC044: '12 34' })).toEqual(['AAC044-space']);
    expect(warnings({ AAC044: '1234' })).toEqual(['AAC044-resident']);
    expect(warnings({ AAC058: '90', AAC044: 'A12345678' })).toEqual(none);
    expect(warnings({ AAC058: '90', AAC044: 'A1234567' })).toEqual(['AAC044-card']);
    for (const value of ['H12345678', 'M1234567890', 'KJ1234567']) {
      expect(warnings({ AAC058: '04', AAC044: value }), value).toEqual(none);
    }
    expect(warnings({ AAC058: '05', AAC044: 'H123456789' })).toEqual(['AAC044-permit']);
    const old = '410802800101001';
    expect(warnings({ AAC002: old, AAC044: full('41080219800101001') })).toEqual(none);
  });

  it('ADC210 and AAE036: real dates, today at the latest, the exit not before the registration', () => {
    const wrong = [
      '20200230',
      '2020-08-31',
      '2020831',
      '00000101',
      '20201301',
      '20200800',
      '２０２００８３１',
      '20190229',
    ];
    for (const value of wrong) {
      expect(faults({ ADC210: value }), value).toEqual(['ADC210-date']);
      expect(faults({ AAE036: value }), value).toEqual(['AAE036-date']);
    }
    expect(faults({ ADC210: '20200901' })).toEqual(['ADC210-future']);
    expect(found({ AAE036: '20200901' }).faults).toEqual(['AAE036-future']);
    expect(faults({ ADC210: '20200430' })).toEqual(['ADC210-before-registration']);
    expect(faults({ ADC210: '20200501' })).toEqual(none);
    expect(faults({ ADC210: '20200430' }, { registeredOn: undefined })).toEqual(none);
    expect(warnings({ AAE036: '20200830' })).toEqual(['AAE036-before-exit']);
    expect(warnings({ ADC210: '20200229', AAE036: '20200229' }, { registeredOn: undefined })).toEqual(none);
  });

  it('M79X-4: AJC00A has twelve codes; 22 has an explanation of its own', () => {
    for (const code of ['11', '12', '13', '14', '21', '23', '24', '25', '26', '31', '32']) {
      expect(faults({ AJC00A: code }), code).toEqual(none);
    }
    for (const code of ['10', '27', '30', '33', '99', '9', '死亡', ' 11']) {
      expect(faults({ AJC00A: code }), code).toEqual(['AJC00A-code']);
    }
    const [finding] = checkExitRecord({ ...good, AJC00A: '22' }, facts).faults;
    expect(finding?.check).toBe('AJC00A-code-22');
    expect(finding?.message).toContain('达到退休年龄');
    expect(finding?.message).toContain('2020年停用');
  });

  it('AAE011: a person, without blanks, at most twenty characters', () => {
    expect(faults({ AAE011: '张 三' })).toEqual(['AAE011-space']);
    expect(faults({ AAE011: 'admin ' })).toEqual(['AAE011-space']);
    expect(warnings({ AAE011: 'Admin' })).toEqual(['AAE011-system']);
    expect(faults({ AAE011: 'a'.repeat(21) })).toEqual(['AAE011-length']);
    expect(warnings({ AAE011: '王'.repeat(11) })).toEqual(['AAE011-bytes']);
  });

  it('AAE013: at most a hundred characters, words for 90, delimiters marked', () => {
    expect(faults({ AAE013: 'a'.repeat(100) })).toEqual(none);
    expect(faults({ AAE013: 'a'.repeat(101) })).toEqual(['AAE013-length']);
    expect(faults({ AJC00A: '90' })).toEqual(['AAE013-required-90']);
    expect(faults({ AJC00A: '90', AAE013: '\u3000' })).toEqual(['AAE013-required-90']);
    expect(faults({ AJC00A: '90', AAE013: '本人申请退出' })).toEqual(none);
    for (const value of ['甲\n乙', '甲\t乙', '甲|乙'])
      expect(warnings({ AAE013: value })).toEqual(['AAE013-delimiter']);
    expect(warnings({ AAE013: '甲 乙' })).toEqual(none);
  });

  it('reports every field of a bad record at once', () => {
    const bad = Object.fromEntries(exitFields.map(({ field }) => [field, '？ ']));
    const fields = checkExitRecord(bad, facts).faults.map(({ field }) => field);
    for (const { field, required } of exitFields) if (required) expect(fields).toContain(field);
  });
});

describe('the table of checks', () => {
  it('has stable, single ids that name their field, and words in Chinese', () => {
    const ids = exitRecordChecks.map(({ check }) => check);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { check, field, message, explanation, clause } of exitRecordChecks) {
      expect(check.startsWith(`${field}-`)).toBe(true);
      expect(message).toMatch(/\p{Script=Han}/u);
      expect(explanation).toMatch(/\p{Script=Han}/u);
      expect(clause).toMatch(/^(M79X-[234]|local)$/);
    }
  });

  it('puts the check for a missing value first in every required field', () => {
    for (const { field, required } of exitFields) {
      const first = exitRecordChecks.find((check) => check.field === field)?.check;
      if (required) expect(first).toBe(`${field}-required`);
    }
  });

  it('calls nothing the annex does not say a clause of it', () => {
    const warned = exitRecordChecks.filter(({ severity }) => severity === 'warning');
    expect(warned.every(({ clause }) => clause === 'local')).toBe(true);
  });
});
