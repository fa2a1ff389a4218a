import type { PlainDate } from './calendar.ts';
import { dateNumberAt, foldWide, isBlank, plainDateNumber, trimBlank } from './exit-record/characters.ts';

/** What a check found: the stable id of the check and what it means, in Chinese. */
export interface Fault {
  check: string;
  message: string;
}

/** What kind of number stands in AAC002. */
export type IdentityKind = 'resident18' | 'resident15' | 'hmtPermit' | 'letter' | 'invalid';

/** What a number says and what is wrong with it. */
export interface IdentityNumber {
  /** resident18 and resident15 are mainland numbers, hmtPermit is 81/82/83, letter is a letter-initial number */
  kind: IdentityKind;
  /** '1' male, '2' female (AAC004), where the number says so */
  sex?: '1' | '2';
  /** only a date that exists; registration refuses a number that should carry one and does not */
  birthDate?: PlainDate;
  /** what the upload refuses (M79X-3) */
  faults: Fault[];
  /** what the annex does not refuse but a person should look at */
  warnings: Fault[];
  /** the number after the safe repairs (edge blanks, full-width characters, lower-case x), if they change it */
  repaired?: string;
}

// A shape packs kind (bits 0–2), sex (bits 3–4) and one bit a check, so that a million clean numbers allocate nothing.
const RESIDENT18 = 1;
const RESIDENT15 = 2;
const HMT = 3;
const LETTER = 4;
const KIND_MASK = 7;
const SEX_SHIFT = 3;

/** The checks of an identity number as bits of `identityShape`. */
export const identityBits = {
  required: 1 << 5,
  space: 1 << 6,
  fullWidth: 1 << 7,
  lowerX: 1 << 8,
  length: 1 << 9,
  digits15: 1 << 10,
  digits17: 1 << 11,
  checkDigit: 1 << 12,
  birthDate: 1 << 13,
} as const;

const FORM_FAULTS = identityBits.space | identityBits.fullWidth | identityBits.lowerX;

const kinds: readonly IdentityKind[] = ['invalid', 'resident18', 'resident15', 'hmtPermit', 'letter'];

/** What each check of a number is called and says; the exit-record table uses the same entries. */
export const identityChecks: readonly (Fault & { bit: number; severity: 'fault' | 'warning'; repairable: boolean })[] =
  [
    entry('required', 'AAC002-required', '社会保障号码未填写'),
    entry('space', 'AAC002-space', '社会保障号码含有空格或看不见的字符', true),
    entry('fullWidth', 'AAC002-fullwidth', '社会保障号码含有全角字符，应为半角', true),
    entry('lowerX', 'AAC002-lowercase-x', '社会保障号码末位是小写x，应为大写X', true),
    entry('length', 'AAC002-length', '社会保障号码首位不是字母的，长度应为15或18位；首位是字母的，不超过18位'),
    entry('digits15', 'AAC002-digits-15', '15位公民身份号码不能含有非数字字符'),
    entry('digits17', 'AAC002-digits-17', '18位公民身份号码前17位不能含有非数字字符'),
    entry('checkDigit', 'AAC002-check-digit', '18位公民身份号码第18位不符合校验规则'),
    { ...entry('birthDate', 'AAC002-birth-date', '公民身份号码中的出生日期不存在，请核对'), severity: 'warning' },
  ];

/** Found only when the date of today is known. */
export const birthFuture: Fault = {
  check: 'AAC002-birth-future',
  message: '公民身份号码中的出生日期晚于今天，请核对',
};

function entry(name: keyof typeof identityBits, check: string, message: string, repairable = false) {
  return { bit: identityBits[name], check, message, severity: 'fault' as const, repairable };
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/** The 18th character for the first seventeen digits (GB 11643, ISO 7064 MOD 11-2). Throws when they are not digits. */
export function identityCheckDigit(first17: string): string {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('seventeen digits expected');
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * WEIGHTS[i]!;
  return CHECK_CHARACTERS[sum % 11]!;
}

/** A 15-digit number as the 18-digit number of the same person: '19' before the year, check digit added. */
export function widenIdentityNumber(number15: string): string {
  if (!/^\d{15}$/.test(number15)) throw new RangeError('fifteen digits expected');
  const first17 = `${number15.slice(0, 6)}19${number15.slice(6)}`;
  return first17 + identityCheckDigit(first17);
}

/** The bits of an 18-character number; -1 when a character is in the wrong place and the slow way must say which. */
function shape18(text: string): number {
  let sum = 0;
  for (let i = 0; i < 17; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    sum += digit * WEIGHTS[i]!;
  }
  const last = text.charCodeAt(17);
  if (!((last >= 48 && last <= 57) || last === 88)) return -1;
  let shape = text[0] === '8' && text[1]! >= '1' && text[1]! <= '3' ? HMT : RESIDENT18;
  shape |= sexOf(text, 16) << SEX_SHIFT;
  if (CHECK_CHARACTERS.charCodeAt(sum % 11) !== last) shape |= identityBits.checkDigit;
  if (dateNumberAt(text, 6) < 0) shape |= identityBits.birthDate;
  return shape;
}

/** '1' for an odd digit, '2' for an even one, as a number. */
function sexOf(text: string, at: number): number {
  return text.charCodeAt(at) & 1 ? 1 : 2;
}

function shape15(text: string): number {
  for (let i = 0; i < 15; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 48 || unit > 57) return identityBits.digits15;
  }
  const shape = RESIDENT15 | (sexOf(text, 14) << SEX_SHIFT);
  return dateNumberAt(`19${text.slice(6, 12)}`, 0) < 0 ? shape | identityBits.birthDate : shape;
}

function isLetter(unit: number): boolean {
  return (unit >= 65 && unit <= 90) || (unit >= 97 && unit <= 122);
}

/**
 * The number without what a safe repair removes: blanks at the edges, full-width letters and digits, a lower-case x in
 * the eighteenth place. A number that starts with a letter keeps its case.
 */
export function identityCore(text: string): string {
  const core = foldWide(trimBlank(text));
  return /^\d{17}x$/.test(core) ? `${core.slice(0, 17)}X` : core;
}

/** Faults of the form are told apart from faults of the number beneath it, so that a repair never brings a new one. */
function shapeSlowly(text: string): number {
  const core = identityCore(text);
  if (core === '') return identityBits.required;
  let shape = 0;
  for (let i = 0; i < text.length; i++) if (isBlank(text.charCodeAt(i))) shape |= identityBits.space;
  const trimmed = trimBlank(text);
  if (foldWide(trimmed) !== trimmed) shape |= identityBits.fullWidth;
  const length = [...core].length;
  if (isLetter(core.charCodeAt(0))) return shape | LETTER | (length > 18 ? identityBits.length : 0);
  if (core[17] === 'X' && foldWide(trimmed)[17] === 'x') shape |= identityBits.lowerX;
  if (length === 15 && core.length === 15) return shape | shape15(core);
  if (length !== 18 || core.length !== 18) return shape | identityBits.length;
  const inner = shape18(core);
  if (inner >= 0) return shape | inner;
  return shape | (/^\d{17}/.test(core) ? identityBits.checkDigit : identityBits.digits17);
}

/** Kind, sex and failed checks of a number as one integer: see `identityBits`, `shapeSex`. For millions of rows. */
export function identityShape(text: string): number {
  if (text.length === 18) {
    const shape = shape18(text);
    if (shape >= 0) return shape;
  }
  return shapeSlowly(text);
}

/** The shape of eighteen characters without any finding, -1 for everything else. */
export function identityClean(text: string): number {
  if (text.length !== 18) return -1;
  const shape = shape18(text);
  return shape >= 0 && (shape & (identityBits.checkDigit | identityBits.birthDate)) === 0 ? shape : -1;
}

/** The sex a shape says: 1, 2, or 0 when the number says none. */
export function shapeSex(shape: number): number {
  return (shape >> SEX_SHIFT) & 3;
}

/** The birth date in a number as YYYYMMDD, -1 when there is none or it does not exist. */
export function identityBirthNumber(text: string, shape: number): number {
  const kind = shape & KIND_MASK;
  if (kind === 0 || kind === LETTER) return -1;
  const core = shape & FORM_FAULTS ? identityCore(text) : text;
  return kind === RESIDENT15 ? dateNumberAt(`19${core.slice(6, 12)}`, 0) : dateNumberAt(core, 6);
}

/**
 * Reads AAC002 exactly as strictly as the upload (M79X-3): 15 or 18 characters unless the first is a letter, digits,
 * the check character. Unknown or abolished area prefixes are never refused: people keep them for life. An impossible
 * birth date is a warning here, because the annex does not refuse it; registration does, by the missing `birthDate`.
 * Faults of form (blanks, full width, lower-case x) come with `repaired`; what else is wrong is said of the repaired
 * number. `today` adds the warning that the birth date is in the future.
 */
export function parseIdentityNumber(text: string, today?: PlainDate): IdentityNumber {
  const shape = identityShape(text);
  const result: IdentityNumber = { kind: kinds[shape & KIND_MASK]!, faults: [], warnings: [] };
  const sex = shapeSex(shape);
  if (sex !== 0) result.sex = sex === 1 ? '1' : '2';
  const birth = identityBirthNumber(text, shape);
  if (birth > 0) {
    const digits = String(birth).padStart(8, '0');
    result.birthDate = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  }
  for (const { bit, check, message, severity } of identityChecks) {
    if (shape & bit) (severity === 'fault' ? result.faults : result.warnings).push({ check, message });
  }
  if (today !== undefined && birth > plainDateNumber(today)) result.warnings.push(birthFuture);
  const core = identityCore(text);
  if (core !== text && core !== '') result.repaired = core;
  return result;
}

/** What an entry screen makes of what was typed: NFKC, no blanks around it, upper case. The upload check never does. */
export function normaliseIdentityEntry(text: string): string {
  return trimBlank(text.normalize('NFKC')).toUpperCase();
}

/**
 * The form of a number that is hashed for look-up, the same for every way of writing the same person's number: entry
 * form, 15 digits widened to 18.
 */
export function personKeyForm(number: string): string {
  const entry = normaliseIdentityEntry(number);
  return /^\d{15}$/.test(entry) ? widenIdentityNumber(entry) : entry;
}

/** A number for screens and logs: the first three and last four characters stay, of short ones the first and last. */
export function maskIdentityNumber(number: string): string {
  const characters = [...number];
  const [head, tail] = characters.length > 10 ? [3, 4] : characters.length > 2 ? [1, 1] : [0, 0];
  return characters.map((c, i) => (i < head || i >= characters.length - tail ? c : '*')).join('');
}
