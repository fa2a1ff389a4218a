// Whether a value entered for a parameter has the parameter's shape: asked by the form, and by the server before it keeps it.
import { codeTables } from '@yingdeng/contract/code-tables.ts';
import { isPlainDate } from '../calendar.ts';
import { canonical } from './compare.ts';
import { parameterSpecs } from './parameter-specs.ts';
import type { Parameter } from './parameters.ts';
import { type Part, type ValueShape, valueShapes } from './value-shapes.ts';
import { word } from './words.ts';

/** Whether a text names a parameter. */
export function isParameter(name: string): name is Parameter {
  return Object.hasOwn(parameterSpecs, name);
}

const MOST_ENTRIES = 30;
const LONGEST_TEXT = 40;

type Check<K extends ValueShape['kind']> = (
  shape: Extract<ValueShape, { kind: K }>,
  value: unknown,
  label: string,
) => string[];

const unless = (right: boolean, fault: string): string[] => (right ? [] : [fault]);
const noRepeat = (values: readonly unknown[], label: string) =>
  unless(new Set(values.map(canonical)).size === values.length, `${label}：有重复的内容。`);
const asRecord = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

const checks: { readonly [K in ValueShape['kind']]: Check<K> } = {
  count: ({ min, max }, value, label) =>
    unless(
      Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
      `${label}：应为${min}至${max}之间的整数。`,
    ),
  choice: ({ of }, value, label) => unless(of.includes(value as string), `${label}：没有选，或者不在可选范围内。`),
  set: ({ of, least }, value, label) => {
    if (!Array.isArray(value)) return [`${label}：没有选。`];
    const unknown = value.filter((item) => !of.includes(item as string));
    return [
      ...unless(value.length >= least, `${label}：至少选${least}项。`),
      ...unless(unknown.length === 0, `${label}：${unknown.map(String).join('、')}不在可选范围内。`),
      ...noRepeat(value, label),
    ];
  },
  texts: ({ least, pattern, hint }, value, label) => {
    if (!Array.isArray(value)) return [`${label}：没有填。`];
    const fits = (item: unknown) =>
      typeof item === 'string' &&
      item.trim() === item &&
      item.length > 0 &&
      item.length <= LONGEST_TEXT &&
      (pattern?.test(item) ?? true);
    return [
      ...unless(value.length >= least && value.length <= MOST_ENTRIES, `${label}：应填${least}至${MOST_ENTRIES}项。`),
      ...unless(value.every(fits), `${label}：应为${hint}。`),
      ...noRepeat(value, label),
    ];
  },
  text: ({ most }, value, label) =>
    unless(
      typeof value === 'string' && value.trim() === value && value !== '' && value.length <= most,
      `${label}：应填写，不超过${most}个字，首尾没有空格。`,
    ),
  date: (_, value, label) => unless(isPlainDate(value), `${label}：不是有效日期。`),
  month: (_, value, label) =>
    unless(typeof value === 'string' && isPlainDate(`${value}-01`), `${label}：应为年月，如2027-01。`),
  parts: ({ parts }, value, label) => checkParts(parts, value, label),
  rows: ({ parts }, value, label) => {
    if (!Array.isArray(value) || value.length > MOST_ENTRIES) return [`${label}：没有填，或者项数太多。`];
    return [
      ...value.flatMap((row, index) => checkParts(parts, row, `${label}第${index + 1}项`)),
      ...noRepeat(value, label),
    ];
  },
};

function checkParts(parts: Readonly<Record<string, Part>>, value: unknown, label: string): string[] {
  const record = asRecord(value);
  if (!record) return [`${label}：没有填。`];
  const unknown = Object.keys(record).filter((name) => !Object.hasOwn(parts, name));
  return [
    ...unless(unknown.length === 0, `${label}：有不认识的内容（${unknown.join('、')}）。`),
    ...Object.entries(parts).flatMap(([name, part]) =>
      part.optional && record[name] === undefined
        ? []
        : checkShape(part.shape, record[name], `${label}（${part.label}）`),
    ),
  ];
}

function checkShape<K extends ValueShape['kind']>(
  shape: Extract<ValueShape, { kind: K }>,
  value: unknown,
  label: string,
): string[] {
  return (checks[shape.kind as K] as Check<K>)(shape, value, label);
}

/** The faults of a value of a parameter, in Chinese; none when it has the parameter's shape. */
export function checkValue(parameter: Parameter, value: unknown): string[] {
  const shape: ValueShape = valueShapes[parameter];
  return checkShape(shape as Extract<ValueShape, { kind: ValueShape['kind'] }>, value, parameterSpecs[parameter].label);
}

const codeNames: { readonly [P in Parameter]?: Readonly<Record<string, string>> } = {
  exitReasons: codeTables.exitReason.values,
  identityDocuments: codeTables.identityDocument.values,
};

/** What a form shows for one option of a choice or a set of a parameter. */
export function sayOption(parameter: Parameter, option: string | number | boolean): string {
  const shape = valueShapes[parameter];
  // Whole values say themselves; one entry of a list or a part is a token with a word.
  if (shape.kind === 'choice') return (parameterSpecs[parameter].say as (value: unknown) => string)(option);
  const table = codeNames[parameter];
  if (table) return `${option} ${table[String(option)] ?? ''}`.trim();
  if (parameter === 'listsHandedOver') return parameterSpecs.listsHandedOver.say([option as 'policies']);
  return typeof option === 'string' ? word(option) : option ? '是' : '否';
}
