import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityCheckDigit } from '../identity-number.ts';
import { checkByTable, checkExitRecord } from './check.ts';
import { isPlain } from './plain.ts';
import type { ExitFacts, ExitRecord } from './types.ts';

const numbers = [
  '41080219900307123',
  '41080219800230001',
  '41080220200901001',
  '81000019850515002',
  '41080219900307999',
]
  .map((first17) => first17 + identityCheckDigit(first17))
  .concat('410802800101001', 'H1234567890', '41080219900307123x');
const dates = ['20200831', '20200830', '20200901', '20200430', '20200230', '2020-8-31', ''];
const names = [
  '王小明',
  '买买提·艾力',
  '王',
  '𠮷田',
  '系统',
  '管理员',
  '测试',
  '王 明',
  '王龥龦',
  '？',
  '王'.repeat(13),
  'Anna',
  '',
  null,
];

/** Mostly ordinary values, so that many records take the short way, and the odd ones of every field. */
const mostly = <T>(ordinary: T, odd: readonly T[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(ordinary) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

const record: fc.Arbitrary<ExitRecord> = fc
  .record({
    AAB301: mostly('410802', ['410800', '410871', '410000', '41080', '410899', '41080a', '４１０８０２', '', '210302']),
    AAZ341: mostly('202008310001', ['1', '1 ', '１', 'a'.repeat(18), 'a'.repeat(19), '号', '', '\u007f']),
    AAC003: mostly<string | null>('王小明', names),
    AAC002: mostly(numbers[0]!, numbers),
    AAC058: mostly('01', ['1', '16', '90', '99', '']),
    AAC044: mostly<string | undefined>(undefined, [...numbers, '', ' ', 'A12345678']),
    ADC210: mostly('20200831', dates),
    AJC00A: mostly('11', ['22', '90', '26', '9', '']),
    AAE011: mostly<string | null>('李办事', names),
    AAE036: mostly('20200831', dates),
    AAE013: mostly<string | null>('', ['已核实', '甲|乙', '王'.repeat(26), '王'.repeat(101), ' ', '?', null]),
  })
  .map((row) => ({ ...row, AAC044: row.AAC044 ?? row.AAC002 }));

const facts: fc.Arbitrary<ExitFacts> = fc.record({
  today: mostly('2020-08-31', ['2020-08-29', '']),
  sex: mostly<string | undefined>(undefined, ['1', '2', '9', '', '01']),
  divisions: mostly<ExitFacts['divisions']>(undefined, [new Set(['410802', '410800'])]),
  officeDivision: mostly<string | undefined>(undefined, ['410802', '410800', '410811']),
  registeredOn: mostly<string | undefined>(undefined, ['2020-05-01', '2020-08-31', '2020-09-01', 'x']),
  strictBytes: fc.constantFrom(undefined, true, false),
  statisticsOnly: mostly<ExitFacts['statisticsOnly']>(undefined, [new Set(['410802'])]),
  statisticsDivisions: fc.constantFrom(undefined, true, false),
});

describe('the short way for ordinary records', () => {
  it('is taken only where the table finds nothing', () => {
    let plain = 0;
    fc.assert(
      fc.property(record, facts, (row, known) => {
        if (isPlain(row, known)) {
          plain++;
          expect(checkByTable(row, known)).toEqual({ faults: [], warnings: [] });
        }
        expect(checkExitRecord(row, known)).toEqual(checkByTable(row, known));
      }),
      { numRuns: 5000 },
    );
    // A short way that is never taken would prove nothing.
    expect(plain).toBeGreaterThan(100);
  });
});
