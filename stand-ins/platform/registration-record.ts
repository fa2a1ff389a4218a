import { checkCharacter } from '../common/resident-number.ts';
import { isCompactDate } from '../common/time.ts';
import { divisionPrefix, isDivision, SEXES } from './code-tables.ts';
import type { Fault, RecordContext } from './exit-record.ts';

/**
 * The record of a valid registration loaded back (clause M79-7b). The notice gives no table for it; this is the
 * least that can be matched with later exits: whose, where, since when.
 */
export const REGISTRATION_FIELDS: readonly string[] = [
  'AAB301',
  'AAZ341',
  'AAC003',
  'AAC002',
  'AAC004',
  'AAC058',
  'AAC044',
  'registeredOn',
  'registrationNumber',
];

const REQUIRED = ['AAB301', 'AAZ341', 'AAC003', 'AAC002', 'AAC004', 'registeredOn'];

/** Judges one loaded registration. */
export function judgeRegistration(record: unknown, context: RecordContext): Fault[] {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return [{ field: '', rule: 'record-form', message: '记录应为对象' }];
  }
  const given = record as Record<string, unknown>;
  const text = (field: string): string => (typeof given[field] === 'string' ? given[field] : '');
  const missing = REQUIRED.filter((field) => text(field).trim() === '');
  const faults: Fault[] = missing.map((field) => ({
    field,
    rule: `${field}-required`,
    message: '必填项不能为空',
  }));
  const check = (field: string, rule: string, message: string, fails: boolean): void => {
    if (fails && !missing.includes(field)) faults.push({ field, rule: `${field}-${rule}`, message });
  };
  const number = text('AAC002');
  check('AAB301', 'code', '不在行政区划代码表中', !isDivision(text('AAB301')));
  check('AAB301', 'region', '不属于上传数据的地区', !text('AAB301').startsWith(divisionPrefix(context.division)));
  check('AAZ341', 'length', '长度不能超过18位', [...text('AAZ341')].length > 18);
  check(
    'AAC002',
    'form',
    '社会保障号码不符合规则',
    !/^[A-Za-z]/.test(number) && !/^[0-9]{15}$/.test(number) && !isChecked(number),
  );
  check('AAC004', 'code', '不在性别代码表中', !Object.hasOwn(SEXES, text('AAC004')));
  check(
    'registeredOn',
    'date',
    '应为不晚于当日的有效日期 YYYYMMDD',
    !isCompactDate(text('registeredOn')) || text('registeredOn') > context.today,
  );
  return faults;
}

function isChecked(number: string): boolean {
  return /^[0-9]{17}[0-9X]$/.test(number) && checkCharacter(number.slice(0, 17)) === number[17];
}
