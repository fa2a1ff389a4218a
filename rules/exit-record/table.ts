import { birthFuture, identityBirthNumber, identityChecks, personKeyForm, shapeSex } from '../identity-number.ts';
import { codePoints, dateNumberAt, EDGE_BLANK, foldWide, INK, plainDateNumber, trimBlank } from './characters.ts';
import {
  check,
  maxBytes,
  maxLength,
  middleDot,
  noDelimiter,
  noFullWidth,
  noQuestionMark,
  noSpace,
  notDamaged,
  required,
} from './checks-text.ts';
import { isDocumentCode, isExitReasonCode, pendingDocumentCodes } from './codes.ts';
import type { ExitFacts, ExitField, ExitRecordCheck, ExitValue, Severity } from './types.ts';

/** A code that the national statistics use and the list of the Ministry of Civil Affairs does not have. */
function isStatisticsOnly(code: string, { statisticsOnly }: ExitFacts): boolean {
  return statisticsOnly === undefined ? code === '410871' : statisticsOnly.has(code);
}

const warning = { clause: 'local', severity: 'warning' } as const;
const local = { clause: 'local' } as const;

function allDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 48 || unit > 57) return false;
  }
  return true;
}

/** The length without edge blanks, which are another check's finding: so a repair of them brings no new one. */
function lengthWithin(value: string, shape: number): number {
  return shape & EDGE_BLANK ? trimBlank(value).length : value.length;
}

const byStatisticsDivisions = ({ statisticsDivisions: accepted }: ExitFacts): Severity =>
  accepted === undefined ? 'warning' : accepted ? 'off' : 'fault';

/** An office of a city or province answers for the divisions below it. */
function belongsTo(code: string, office: string): boolean {
  if (office.endsWith('0000')) return code.startsWith(office.slice(0, 2));
  return office.endsWith('00') ? code.startsWith(office.slice(0, 4)) : code === office;
}

const division: ExitRecordCheck[] = [
  required('AAB301'),
  check('AAB301', 'length', '失业登记注销地行政区划代码应为6位', (value, shape) => lengthWithin(value, shape) !== 6, {
    explanation: '填写县级行政区划代码6位，不要填写9位的乡镇代码或12位的村级代码',
  }),
  check('AAB301', 'digits', '失业登记注销地行政区划代码只能是数字', (value) => !allDigits(value), {
    explanation: '首尾空格和全角数字可自动更正',
    repairable: true,
  }),
  check(
    'AAB301',
    'unknown',
    '行政区划代码表中没有这个代码',
    (value, _shape, _record, facts) =>
      facts.divisions !== undefined &&
      value.length === 6 &&
      allDigits(value) &&
      !facts.divisions.has(value) &&
      !isStatisticsOnly(value, facts),
    { explanation: '开发区没有自己的行政区划代码，填写所在县（市、区）的代码' },
  ),
  check(
    'AAB301',
    'statistics-only',
    '这是只用于统计的区划代码，民政部行政区划代码表中没有',
    (value, _shape, _record, facts) => isStatisticsOnly(value, facts),
    { ...warning, explanation: '是否接受由各地配置', severityBy: byStatisticsDivisions },
  ),
  check(
    'AAB301',
    'level',
    '这是省级或市级的区划代码，请确认是否应填县级代码',
    (value, _shape, _record, { officeDivision }) =>
      value.length === 6 && value.charCodeAt(5) === 48 && value.endsWith('00') && value !== officeDivision,
    warning,
  ),
  check(
    'AAB301',
    'office',
    '区划代码与办理注销的机构所在地不一致',
    (value, _shape, _record, { officeDivision }) => officeDivision !== undefined && !belongsTo(value, officeDivision),
  ),
];

const serial: ExitRecordCheck[] = [
  required('AAZ341'),
  noSpace('AAZ341'),
  maxLength('AAZ341'),
  maxBytes('AAZ341'),
  notDamaged('AAZ341'),
];

const name: ExitRecordCheck[] = [
  required('AAC003'),
  noSpace('AAC003'),
  maxLength('AAC003'),
  maxBytes('AAC003'),
  notDamaged('AAC003'),
  noQuestionMark('AAC003'),
  middleDot('AAC003'),
  check('AAC003', 'short', '姓名只有一个字，请核对', (_value, shape) => codePoints(shape) === 1, warning),
];

const identity: ExitRecordCheck[] = [
  ...identityChecks.map(({ bit, check: id, message, severity, repairable }) =>
    check('AAC002', id.slice('AAC002-'.length), message, (_value, shape) => (shape & bit) !== 0, {
      severity,
      repairable,
      clause: severity === 'fault' ? 'M79X-3' : 'local',
    }),
  ),
  check(
    'AAC002',
    birthFuture.check.slice('AAC002-'.length),
    birthFuture.message,
    (value, shape, _record, { today }) => identityBirthNumber(value, shape) > plainDateNumber(today),
    warning,
  ),
  check('AAC002', 'sex', '公民身份号码与性别不相符', (_value, shape, _record, { sex }) => {
    const said = shapeSex(shape);
    return said !== 0 && ((sex === '1' && said === 2) || (sex === '2' && said === 1));
  }),
  check(
    'AAC002',
    'sex-unknown',
    '人员档案中的性别未知、未说明或代码不对，无法与公民身份号码核对',
    (_value, shape, _record, { sex }) =>
      shapeSex(shape) !== 0 && sex !== undefined && sex !== null && sex !== '' && sex !== '1' && sex !== '2',
    warning,
  ),
];

const documentType: ExitRecordCheck[] = [
  required('AAC058'),
  check('AAC058', 'code', '证件类型不在代码表中', (value) => !isDocumentCode(value), { repairable: true }),
  check('AAC058', 'pending', '证件类型16、17待部里核实，可能被退回', (value) => pendingDocumentCodes.includes(value), {
    ...warning,
  }),
];

/** Two ways of writing the same number: surface repairs and 15 or 18 digits do not make a difference. */
function sameNumber(a: ExitValue, b: string): boolean {
  return a === b || (typeof a === 'string' && personKeyForm(a) === personKeyForm(b));
}

const bare = (value: string) => foldWide(trimBlank(value));

const documentNumber: ExitRecordCheck[] = [
  required('AAC044'),
  check('AAC044', 'space', '证件号码不能含有空格', noSpace('AAC044').finds, { ...local, repairable: true }),
  noFullWidth('AAC044'),
  maxLength('AAC044'),
  maxBytes('AAC044'),
  check(
    'AAC044',
    'resident',
    '证件类型是居民身份证，但证件号码与社会保障号码不同，请核对',
    (value, _shape, record) => record.AAC058 === '01' && !sameNumber(record.AAC002, value),
    warning,
  ),
  check(
    'AAC044',
    'card',
    '社会保障卡号一般为9位（首位字母或数字加8位数字），请核对',
    (value, _shape, record) =>
      record.AAC058 === '90' && !/^[A-Za-z0-9]\d{8}$/.test(bare(value)) && !sameNumber(record.AAC002, value),
    warning,
  ),
  check(
    'AAC044',
    'permit',
    '来往内地通行证号码一般为H或M加8位或10位数字，请核对',
    (value, _shape, record) =>
      (record.AAC058 === '04' || record.AAC058 === '05') &&
      // The same codes also hold the passports of the two regions.
      !/^([HMhm]\d{8}(\d{2})?|[A-Za-z]{1,2}\d{7,8})$/.test(bare(value)),
    warning,
  ),
];

function dateChecks(field: 'ADC210' | 'AAE036', label: string): ExitRecordCheck[] {
  return [
    required(field),
    check(field, 'date', `${label}应为YYYYMMDD格式的有效日期`, (_value, shape) => shape < 0, {
      explanation: '8位数字，不加分隔符，并且是真实存在的日期',
      repairable: true,
    }),
    check(
      field,
      'future',
      `${label}不能晚于今天`,
      (_value, shape, _record, { today }) => shape > plainDateNumber(today),
      { explanation: '今天指北京时间的日期' },
    ),
  ];
}

function dateOf(value: ExitValue): number {
  return typeof value === 'string' && value.length === 8 ? dateNumberAt(value, 0) : -1;
}

const exitDate: ExitRecordCheck[] = [
  ...dateChecks('ADC210', '注销失业登记时间'),
  check(
    'ADC210',
    'before-registration',
    '注销失业登记时间早于失业登记时间',
    (_value, shape, _record, { registeredOn }) =>
      registeredOn !== undefined && shape > 0 && shape < plainDateNumber(registeredOn),
    local,
  ),
];

const reason: ExitRecordCheck[] = [
  required('AJC00A'),
  check('AJC00A', 'code', '注销失业登记原因不在代码表中', (value) => value !== '22' && !isExitReasonCode(value), {
    clause: 'M79X-4',
    explanation: '填写两位代码：11、12、13、14、21、23、24、25、26、31、32、90，不填文字',
    repairable: true,
  }),
  check(
    'AJC00A',
    'code-22',
    '“22 达到退休年龄”已于2020年停用：到龄本身不是注销原因，已依法享受基本养老保险待遇的填21',
    (value) => value === '22',
    {
      clause: 'M79X-4',
      explanation: '核实已享受基本养老保险待遇的改为21；未享受的仍是登记失业人员，应恢复登记并继续服务',
    },
  ),
];

/** Accounts, not people. */
const systemNames: ReadonlySet<string> = new Set([
  'admin',
  'administrator',
  'root',
  'sys',
  'system',
  'test',
  '系统',
  '系统管理员',
  '管理员',
  '测试',
]);

const officer: ExitRecordCheck[] = [
  required('AAE011'),
  noSpace('AAE011'),
  maxLength('AAE011'),
  maxBytes('AAE011'),
  notDamaged('AAE011'),
  noQuestionMark('AAE011'),
  check(
    'AAE011',
    'system',
    '经办人应为负责的工作人员姓名，不能是系统账号',
    (value) => systemNames.has(value) || systemNames.has(value.toLowerCase()),
    warning,
  ),
];

const handledOn: ExitRecordCheck[] = [
  ...dateChecks('AAE036', '经办日期'),
  check(
    'AAE036',
    'before-exit',
    '经办日期早于注销失业登记时间，请核对',
    (_value, shape, record) => shape > 0 && shape < dateOf(record.ADC210),
    warning,
  ),
];

const remark: ExitRecordCheck[] = [
  check(
    'AAE013',
    'required-90',
    '注销原因为“90 其他”时，须在备注中写明具体情况',
    (_value, shape, record) => record.AJC00A === '90' && (shape & INK) === 0,
    local,
  ),
  maxLength('AAE013'),
  maxBytes('AAE013'),
  notDamaged('AAE013'),
  noDelimiter('AAE013'),
];

/** The checks by field; the first of each field is the one for a missing value, and then the others do not run. */
export const checksByField: Readonly<Record<ExitField, readonly ExitRecordCheck[]>> = {
  AAB301: division,
  AAZ341: serial,
  AAC003: name,
  AAC002: identity,
  AAC058: documentType,
  AAC044: documentNumber,
  ADC210: exitDate,
  AJC00A: reason,
  AAE011: officer,
  AAE036: handledOn,
  AAE013: remark,
};
