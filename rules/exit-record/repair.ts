import { identityClean, identityCore } from '../identity-number.ts';
import {
  BLANK,
  DOT_VARIANT,
  dateNumberAt,
  dotVariants,
  foldWide,
  hasInk,
  isBlank,
  textShape,
  trimBlank,
  WIDE,
} from './characters.ts';
import { type ExitField, type ExitRecord, exitFields } from './types.ts';

/** One repair made. */
export interface ExitRepair {
  field: ExitField;
  before: string;
  after: string;
  /** in Chinese */
  why: string;
}

interface Repair {
  why: string;
  fields: readonly ExitField[];
  apply(value: string): string;
}

const all = exitFields.map(({ field }) => field);

function singleDot(name: string): string {
  let result = '';
  for (const character of name) result += dotVariants.includes(character) ? '·' : character;
  return result;
}

/**
 * Marks without width that a name of Chinese or Latin letters never needs: soft hyphen, zero-width space, direction
 * marks, word joiner, byte-order mark. The joiners and variation selectors of other scripts stay.
 */
const weightless = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

function withoutBlanks(value: string): string {
  let result = '';
  for (let i = 0; i < value.length; i++) if (!isBlank(value.charCodeAt(i))) result += value[i];
  return result;
}

/** Blanks inside a number go when what is left proves that nothing is missing: eighteen characters, check digit right. */
function joinedNumber(value: string): string {
  const joined = withoutBlanks(value);
  return joined !== value && identityClean(identityCore(joined)) >= 0 ? joined : value;
}

/** Blanks inside a code of fixed length go when what is left has that length. */
function joinedDivision(value: string): string {
  const joined = withoutBlanks(value);
  return /^\d{6}$/.test(joined) ? joined : value;
}

/**
 * 2020-08-31, 2020/8/31, 2020.08.31, 2020年8月31日, also with midnight behind it, as databases export dates. The year
 * stands first and has four digits, so day and month cannot be taken for each other; any other order stays for a person.
 */
function compactDate(value: string): string {
  const parts =
    /^(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?:[ T]0?0:00(?::00(?:\.0+)?)?)?$/.exec(value);
  const joined = parts
    ? `${parts[1]}${(parts[3] ?? parts[5])!.padStart(2, '0')}${(parts[4] ?? parts[6])!.padStart(2, '0')}`
    : withoutBlanks(value);
  return joined.length === 8 && dateNumberAt(joined, 0) > 0 ? joined : value;
}

/**
 * Only what cannot change the meaning. A blank inside a name stays: nobody but the clerk knows whether a character is
 * missing there. A serial number loses blanks at its edges but is never folded: it is the other system's own text.
 */
const repairs: readonly Repair[] = [
  { why: '去掉首尾的空格', fields: all, apply: trimBlank },
  {
    why: '全角字母、数字改为半角',
    fields: ['AAB301', 'AAC002', 'AAC058', 'AAC044', 'ADC210', 'AJC00A', 'AAE036'],
    apply: foldWide,
  },
  { why: '去掉中间的空格（校验位证明号码完整）', fields: ['AAC002', 'AAC044'], apply: joinedNumber },
  { why: '去掉中间的空格', fields: ['AAB301'], apply: joinedDivision },
  { why: '末位小写x改为大写X', fields: ['AAC002', 'AAC044'], apply: upperLastX },
  { why: '去掉看不见的零宽字符', fields: ['AAC003', 'AAE011'], apply: (value) => value.replace(weightless, '') },
  { why: '间隔点统一为“·”', fields: ['AAC003'], apply: singleDot },
  { why: '日期改为YYYYMMDD', fields: ['ADC210', 'AAE036'], apply: compactDate },
];

/** A resident's number ends in X; of any other document's number the case is none of our business. */
function upperLastX(value: string): string {
  return /^\d{17}x$/.test(value) ? identityCore(value) : value;
}

function mayNeedRepair(field: ExitField, value: string): boolean {
  if ((textShape(value) & (BLANK | WIDE | DOT_VARIANT)) !== 0 || value.endsWith('x')) return true;
  return (field === 'ADC210' || field === 'AAE036') && value.length > 8;
}

/**
 * The record after the safe repairs and what each of them changed; the given record stays as it is. Repairing twice
 * changes nothing more. Fields without anything to see are left alone.
 */
export function repairExitRecord<R extends ExitRecord>(record: R): { record: R; changes: ExitRepair[] } {
  const changes: ExitRepair[] = [];
  const repaired = { ...record };
  for (const field of all) {
    const given = record[field];
    if (typeof given !== 'string' || !mayNeedRepair(field, given) || !hasInk(given)) continue;
    let value = given;
    for (const repair of repairs) {
      if (!repair.fields.includes(field)) continue;
      const after = repair.apply(value);
      if (after !== value) changes.push({ field, before: value, after, why: repair.why });
      value = after;
    }
    repaired[field] = value as R[ExitField];
  }
  return { record: repaired, changes };
}
