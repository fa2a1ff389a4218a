import { checkCharacter, sexOfNumber } from '../common/resident-number.ts';
import { isCompactDate } from '../common/time.ts';
import { DOCUMENT_KINDS, divisionPrefix, EXIT_REASONS, isDivision } from './code-tables.ts';

/** What is wrong with one field of one record. `rule` is stable; `message` is for people. */
export interface Fault {
  field: string;
  rule: string;
  message: string;
}

/** What the platform knows besides the record. */
export interface RecordContext {
  /** `YYYYMMDD` in Asia/Shanghai */
  today: string;
  /** the division the batch is uploaded for: 2, 4 or 6 digits */
  division: string;
  /** sex ('1', '2', or other) the platform holds for a social security number, when it knows the person */
  sexOf?: (number: string) => string | undefined;
}

type Values = Readonly<Record<string, string>>;
type Check = readonly [
  rule: string,
  message: string,
  fails: (value: string, context: RecordContext, all: Values) => boolean,
];

interface Field {
  code: string;
  name: string;
  required: boolean;
  /** characters (Unicode code points) at most */
  length: number;
  checks: readonly Check[];
}

/** Half-width and full-width spaces, and everything else that is white or of no width. */
const SPACE = /[\s\u00a0\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]/u;

/** A number whose first character is a letter carries none of the rules for citizens' numbers. */
const isCitizenNumber = (number: string): boolean => !/^[A-Za-z]/.test(number);

const noSpace: Check = ['space', '不能含有半角或全角空格', (value) => SPACE.test(value)];
const realDate: Check = ['date', '应为格式 YYYYMMDD 的有效日期', (value) => !isCompactDate(value)];
const notFuture: Check = [
  'future',
  '应早于或等于系统当前日期',
  (value, context) => isCompactDate(value) && value > context.today,
];

/** Annex 二(一), row by row. */
const FIELDS: readonly Field[] = [
  {
    code: 'AAB301',
    name: '失业登记注销地行政区划代码',
    required: true,
    length: 6,
    checks: [
      ['code', '不在行政区划代码表中', (value) => !isDivision(value)],
      [
        'region',
        '不属于上传数据的地区',
        (value, { division }) => isDivision(value) && !value.startsWith(divisionPrefix(division)),
      ],
    ],
  },
  { code: 'AAZ341', name: '系统流水号', required: true, length: 18, checks: [noSpace] },
  { code: 'AAC003', name: '姓名', required: true, length: 50, checks: [noSpace] },
  {
    code: 'AAC002',
    name: '社会保障号码',
    required: true,
    length: 18,
    checks: [
      noSpace,
      [
        'form',
        '首位不是字母的，长度应为15或18位',
        (value) => isCitizenNumber(value) && ![15, 18].includes([...value].length),
      ],
      [
        'digits15',
        '15位公民身份号码不能含有非数字字符',
        (value) => isCitizenNumber(value) && [...value].length === 15 && !/^[0-9]{15}$/.test(value),
      ],
      [
        'digits17',
        '18位公民身份号码前17位不能含有非数字字符',
        (value) => isCitizenNumber(value) && [...value].length === 18 && !/^[0-9]{17}/.test(value),
      ],
      [
        'check',
        '18位公民身份号码第18位不符合校验规则',
        (value) => /^[0-9]{17}.$/u.test(value) && value.slice(17) !== checkCharacter(value.slice(0, 17)),
      ],
      ['sex', '公民身份号码与性别不符', (value, context) => sexDisagrees(value, context.sexOf?.(value))],
    ],
  },
  {
    code: 'AAC058',
    name: '证件类型',
    required: true,
    length: 2,
    checks: [['code', '不在证件类型代码表中', (value) => !Object.hasOwn(DOCUMENT_KINDS, value)]],
  },
  { code: 'AAC044', name: '证件号码', required: true, length: 22, checks: [] },
  { code: 'ADC210', name: '注销失业登记时间', required: true, length: 8, checks: [realDate, notFuture] },
  {
    code: 'AJC00A',
    name: '注销失业登记原因',
    required: true,
    length: 2,
    checks: [['code', '不在注销失业登记原因代码表中', (value) => !Object.hasOwn(EXIT_REASONS, value)]],
  },
  { code: 'AAE011', name: '经办人', required: true, length: 20, checks: [noSpace] },
  { code: 'AAE036', name: '经办日期', required: true, length: 8, checks: [realDate, notFuture] },
  { code: 'AAE013', name: '备注', required: false, length: 100, checks: [] },
];

/** The indicator codes of the record in the annex's order. */
export const EXIT_FIELDS: readonly string[] = FIELDS.map((field) => field.code);

/** Only a sex the platform knows as male or female can disagree with the number. */
function sexDisagrees(number: string, known: string | undefined): boolean {
  const said = isCitizenNumber(number) ? sexOfNumber(number) : undefined;
  return said !== undefined && (known === '1' || known === '2') && known !== said;
}

/** Judges one record by the annex. Nothing is trimmed or repaired. Clauses M79X-3, M79X-4. */
export function judgeExit(record: unknown, context: RecordContext): Fault[] {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return [{ field: '', rule: 'record-form', message: '记录应为包含11项指标的对象' }];
  }
  const given = record as Record<string, unknown>;
  const faults: Fault[] = Object.keys(given)
    .filter((key) => !EXIT_FIELDS.includes(key))
    .map((key) => ({ field: key, rule: 'record-unknown-field', message: `指标 ${key} 不在上报指标项中` }));
  const values = Object.fromEntries(
    FIELDS.map(({ code }) => [code, typeof given[code] === 'string' ? given[code] : '']),
  );
  for (const field of FIELDS) faults.push(...judgeField(field, given[field.code], values, context));
  return faults;
}

function judgeField(field: Field, given: unknown, all: Values, context: RecordContext): Fault[] {
  const fault = (rule: string, message: string): Fault => ({
    field: field.code,
    rule: `${field.code}-${rule}`,
    message: `${field.name}：${message}`,
  });
  if (given !== undefined && given !== null && typeof given !== 'string') return [fault('type', '应为字符型')];
  const value = given ?? '';
  if (value.replace(new RegExp(SPACE, 'gu'), '') === '') {
    return field.required ? [fault('required', '必填项不能为空')] : [];
  }
  const faults = field.checks
    .filter(([, , fails]) => fails(value, context, all))
    .map(([rule, message]) => fault(rule, message));
  if ([...value].length > field.length) faults.unshift(fault('length', `长度不能超过${field.length}位`));
  return faults;
}
