import { BLANK, codePoints, DAMAGED, DELIMITER, DOT_VARIANT, hasInk, NON_ASCII, QUESTION, WIDE } from './characters.ts';
import { exceedsGb18030 } from './gb18030.ts';
import { type ExitFacts, type ExitField, type ExitRecordCheck, exitFields, type Severity } from './types.ts';

/** The checks that several text fields share, made for one field; the table of each field picks what it needs. */

function nameOf(field: ExitField): string {
  return exitFields.find((entry) => entry.field === field)!.name;
}

function lengthOf(field: ExitField): number {
  return exitFields.find((entry) => entry.field === field)!.length;
}

/** A check whose severity is 'fault' and which no repair removes, unless said otherwise. */
export function check(
  field: ExitField,
  name: string,
  message: string,
  finds: ExitRecordCheck['finds'],
  rest: Partial<Omit<ExitRecordCheck, 'field' | 'check' | 'message' | 'finds'>> = {},
): ExitRecordCheck {
  return {
    check: `${field}-${name}`,
    field,
    message,
    clause: 'M79X-3',
    explanation: message,
    severity: 'fault',
    repairable: false,
    ...rest,
    finds,
  };
}

/** Nothing to see in the field: null, empty, or blank characters only. Alone: no other check of the field runs then. */
export function required(field: ExitField): ExitRecordCheck {
  return check(field, 'required', `${nameOf(field)}未填写`, (value) => !hasInk(value), {
    explanation: '附件规定必填；空值、空字符串和只有空格都算未填写',
  });
}

/** Any blank character anywhere. */
export function noSpace(field: ExitField): ExitRecordCheck {
  return check(
    field,
    'space',
    `${nameOf(field)}不能含有空格（半角、全角或看不见的字符）`,
    (_value, shape) => (shape & BLANK) !== 0,
    { explanation: '首尾的空格可自动去掉；中间的空格请核对后修改', repairable: true },
  );
}

/** Longer than the annex allows, in characters as a person counts them (code points). */
export function maxLength(field: ExitField): ExitRecordCheck {
  const length = lengthOf(field);
  return check(
    field,
    'length',
    `${nameOf(field)}不能超过${length}个字符`,
    (_value, shape) => codePoints(shape) > length,
    { explanation: '按字符数计算，生僻字也算一个字符' },
  );
}

const byStrictBytes = (facts: ExitFacts): Severity =>
  facts.strictBytes === undefined ? 'warning' : facts.strictBytes ? 'fault' : 'off';

/** Longer than the annex allows when counted in GB18030 bytes, as older databases count. */
export function maxBytes(field: ExitField): ExitRecordCheck {
  const length = lengthOf(field);
  return check(
    field,
    'bytes',
    `${nameOf(field)}按GB18030编码超过${length}个字节，对方系统可能放不下`,
    (value, shape) => (shape & NON_ASCII) !== 0 && exceedsGb18030(value, length),
    {
      clause: 'local',
      explanation: '附件没有说明长度按字符还是按字节计算；部分系统按字节计算，一个汉字占2或4个字节',
      severity: 'warning',
      severityBy: byStrictBytes,
    },
  );
}

/** A character was lost before the text came here. */
export function notDamaged(field: ExitField): ExitRecordCheck {
  return check(
    field,
    'damaged',
    `${nameOf(field)}中有损坏的字符，请按证件重新录入`,
    (_value, shape) => (shape & DAMAGED) !== 0,
    { clause: 'local', explanation: '这样的字符任何编码都无法正确传送，通常是转换编码时丢失了生僻字' },
  );
}

/** A question mark where a name should be. */
export function noQuestionMark(field: ExitField): ExitRecordCheck {
  return check(
    field,
    'question-mark',
    `${nameOf(field)}中有问号，可能是生僻字在转换编码时丢失`,
    (_value, shape) => (shape & QUESTION) !== 0,
    { clause: 'local', explanation: 'GBK编码没有的字会变成问号；请按证件核对', severity: 'warning' },
  );
}

/** Another dot than U+00B7 between the parts of a name. */
export function middleDot(field: ExitField): ExitRecordCheck {
  return check(
    field,
    'middle-dot',
    `${nameOf(field)}中的间隔点不是“·”`,
    (_value, shape) => (shape & DOT_VARIANT) !== 0,
    { clause: 'local', explanation: '间隔点统一用“·”，否则同一个人会比对不上', severity: 'warning', repairable: true },
  );
}

/** Full-width letters or digits in a field of numbers. */
export function noFullWidth(field: ExitField): ExitRecordCheck {
  return check(
    field,
    'fullwidth',
    `${nameOf(field)}含有全角字母或数字，应为半角`,
    (_value, shape) => (shape & WIDE) !== 0,
    { clause: 'local', explanation: '可自动改为半角', severity: 'warning', repairable: true },
  );
}

/** A character that would break a delimited file. */
export function noDelimiter(field: ExitField): ExitRecordCheck {
  return check(
    field,
    'delimiter',
    `${nameOf(field)}含有换行、制表符或竖线，按文件传送时须转义`,
    (_value, shape) => (shape & DELIMITER) !== 0,
    { clause: 'local', explanation: '建议改为逗号或顿号', severity: 'warning' },
  );
}
