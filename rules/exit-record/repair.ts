import { identityCore } from '../identity-number.ts';
import { BLANK, DOT_VARIANT, dotVariants, foldWide, hasInk, textShape, trimBlank, WIDE } from './characters.ts';
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
 * Only what cannot change the meaning. A blank inside a value stays: nobody but the clerk knows whether a character is
 * missing there. A serial number loses blanks at its edges but is never folded: it is the other system's own text.
 */
const repairs: readonly Repair[] = [
  { why: '去掉首尾的空格', fields: all, apply: trimBlank },
  {
    why: '全角字母、数字改为半角',
    fields: ['AAB301', 'AAC002', 'AAC058', 'AAC044', 'ADC210', 'AJC00A', 'AAE036'],
    apply: foldWide,
  },
  { why: '末位小写x改为大写X', fields: ['AAC002', 'AAC044'], apply: upperLastX },
  { why: '间隔点统一为“·”', fields: ['AAC003'], apply: singleDot },
];

/** A resident's number ends in X; of any other document's number the case is none of our business. */
function upperLastX(value: string): string {
  return /^\d{17}x$/.test(value) ? identityCore(value) : value;
}

function mayNeedRepair(value: string): boolean {
  return (textShape(value) & (BLANK | WIDE | DOT_VARIANT)) !== 0 || value.endsWith('x');
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
    if (typeof given !== 'string' || !mayNeedRepair(given) || !hasInk(given)) continue;
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
