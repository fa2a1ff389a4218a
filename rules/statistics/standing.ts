// A person as the monthly report sees the person: one line of a list that is frozen, digested and counted. Lines have a fixed width, so that
// a list of a million is counted where it lies, and are plain text, so that anybody can read one and recompute its digest.

/** Known, known not to be, or not known (undefined). */
export type Known = boolean | undefined;

/** What a line says of a person beside the dates; in this order, one character each: 1, 0 or ? when nobody knows. */
export const traitNames = [
  'disabled',
  'difficulty',
  'zeroEmploymentHousehold',
  'ruralWorker',
  'benefit',
  'unemploymentSubsidy',
  'oneOffAllowance',
  'graduate',
  'veteran',
  'hkMacaoTaiwan',
  'townRegistered',
  'townResident',
] as const;
export type Trait = (typeof traitNames)[number];

/** Through which door a registration came. */
export const sourceLetters = { P: 'platform', O: 'online', C: 'counter', B: 'benefit' } as const;
export type Source = (typeof sourceLetters)[keyof typeof sourceLetters];

/** The four places of registration. */
export const placeLetters = { H: 'household', R: 'residence', E: 'employment', I: 'insurance' } as const;
export type Place = (typeof placeLetters)[keyof typeof placeLetters];

/** Days are numbers YYYYMMDD: they compare, and their difference in ten thousands is whole years. */
export interface Standing extends Record<Trait, Known> {
  registeredOn: number;
  /** 0 when unknown. */
  bornOn: number;
  sex: 'male' | 'female' | 'unknown';
  /** Box of the form, 1 to 13. */
  reason: number;
  source: Source;
  place: Place;
  /** Division of the household, six digits. */
  household: number;
}

/** What a line of movements says before the person: what happened, on which day it took effect, and the code of an exit. */
export interface Movement extends Standing {
  kind: MovementKind;
  /** Day from which it holds; for an exit the day of exit, which may lie before the period. */
  on: number;
  /** AJC00A of an exit, 0 otherwise. */
  code: number;
}

/** What moves a person into or out of the stock, by its letter. */
export const movementLetters = {
  N: 'new',
  X: 'exit',
  R: 'restored',
  L: 'late',
  W: 'withdrawn',
  I: 'transferIn',
  O: 'transferOut',
} as const;
export type MovementKind = (typeof movementLetters)[keyof typeof movementLetters];

/** Where things stand in a line of the stock; a line of movements has `movementWidth` characters before it. */
const at = {
  registration: 0,
  person: 37,
  registeredOn: 74,
  bornOn: 83,
  sex: 92,
  reason: 94,
  source: 97,
  place: 99,
  household: 101,
  traits: 108,
} as const;
/** Characters of a line of the stock, its line feed included. */
export const standingWidth = at.traits + traitNames.length + 1;
const movementPrefix = 14;
/** Characters of a line of movements, its line feed included. */
export const movementWidth = movementPrefix + standingWidth;

const ZERO = 48;
const ONE = 49;
const QUESTION = 63;

function digits(text: string, from: number, length: number): number {
  let value = 0;
  for (let i = from; i < from + length; i += 1) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) throw new RangeError(`名册第${from}个字符应为数字`);
    value = value * 10 + digit;
  }
  return value;
}

function known(text: string, position: number): Known {
  const code = text.charCodeAt(position);
  if (code === ONE) return true;
  if (code === ZERO) return false;
  if (code === QUESTION) return undefined;
  throw new RangeError(`名册第${position}个字符应为1、0或?`);
}

const sexes = { '1': 'male', '2': 'female' } as const;

/** A person nobody has been read into yet. */
export function blankStanding(): Standing {
  return {
    registeredOn: 0,
    bornOn: 0,
    sex: 'unknown',
    reason: 0,
    source: 'counter',
    place: 'household',
    household: 0,
    disabled: undefined,
    difficulty: undefined,
    zeroEmploymentHousehold: undefined,
    ruralWorker: undefined,
    benefit: undefined,
    unemploymentSubsidy: undefined,
    oneOffAllowance: undefined,
    graduate: undefined,
    veteran: undefined,
    hkMacaoTaiwan: undefined,
    townRegistered: undefined,
    townResident: undefined,
  };
}

function fill(into: Standing, text: string, line: number): void {
  into.registeredOn = digits(text, line + at.registeredOn, 8);
  into.bornOn = digits(text, line + at.bornOn, 8);
  into.sex = sexes[text.charAt(line + at.sex) as keyof typeof sexes] ?? 'unknown';
  into.reason = digits(text, line + at.reason, 2);
  into.source = sourceLetters[text.charAt(line + at.source) as keyof typeof sourceLetters];
  into.place = placeLetters[text.charAt(line + at.place) as keyof typeof placeLetters];
  into.household = digits(text, line + at.household, 6);
  const traits = line + at.traits;
  // Written out: a loop over the names costs four times as much at a million lines.
  into.disabled = known(text, traits);
  into.difficulty = known(text, traits + 1);
  into.zeroEmploymentHousehold = known(text, traits + 2);
  into.ruralWorker = known(text, traits + 3);
  into.benefit = known(text, traits + 4);
  into.unemploymentSubsidy = known(text, traits + 5);
  into.oneOffAllowance = known(text, traits + 6);
  into.graduate = known(text, traits + 7);
  into.veteran = known(text, traits + 8);
  into.hkMacaoTaiwan = known(text, traits + 9);
  into.townRegistered = known(text, traits + 10);
  into.townResident = known(text, traits + 11);
}

function lines(text: string, width: number, each: (line: number) => void): void {
  if (text.length % width !== 0) throw new RangeError(`名册长度${text.length}不是行宽${width}的整数倍`);
  for (let line = 0; line < text.length; line += width) {
    if (text.charCodeAt(line + width - 1) !== 10) throw new RangeError(`名册第${line / width + 1}行没有按宽度结束`);
    each(line);
  }
}

/**
 * Calls `each` with every person of a list of the stock. One and the same object is filled again for each line: keep nothing of it.
 * `line` is where the line begins, for `idsAt`. Throws RangeError on a text that is no such list.
 */
export function eachStanding(text: string, each: (person: Standing, line: number) => void): void {
  const person = blankStanding();
  lines(text, standingWidth, (line) => {
    fill(person, text, line);
    each(person, line);
  });
}

/** The same for a list of movements. */
export function eachMovement(text: string, each: (movement: Movement, line: number) => void): void {
  const movement: Movement = { ...blankStanding(), kind: 'new', on: 0, code: 0 };
  lines(text, movementWidth, (line) => {
    const kind = movementLetters[text.charAt(line) as keyof typeof movementLetters];
    if (kind === undefined) throw new RangeError(`名册第${line / movementWidth + 1}行不是已知的变动`);
    movement.kind = kind;
    movement.on = digits(text, line + 2, 8);
    movement.code = digits(text, line + 11, 2);
    fill(movement, text, line + movementPrefix);
    each(movement, line + movementPrefix);
  });
}

/** Ids of the registration and of the person on a line, as `eachStanding` and `eachMovement` tell where it begins. */
export function idsAt(text: string, line: number): { registration: string; person: string } {
  return {
    registration: text.slice(line + at.registration, line + at.registration + 36),
    person: text.slice(line + at.person, line + at.person + 36),
  };
}

const flag = (value: Known): string => (value === undefined ? '?' : value ? '1' : '0');
const letterOf = (letters: Readonly<Record<string, string>>, name: string): string =>
  Object.keys(letters).find((letter) => letters[letter] === name) ?? '?';
const padded = (value: number, width: number): string => String(value).padStart(width, '0');

/** A line of the stock as the ledger writes it. */
export function standingLine(ids: { registration: string; person: string }, person: Standing): string {
  return `${[
    ids.registration,
    ids.person,
    padded(person.registeredOn, 8),
    padded(person.bornOn, 8),
    person.sex === 'unknown' ? '0' : person.sex === 'male' ? '1' : '2',
    padded(person.reason, 2),
    letterOf(sourceLetters, person.source),
    letterOf(placeLetters, person.place),
    padded(person.household, 6),
    traitNames.map((name) => flag(person[name])).join(''),
  ].join('\t')}\n`;
}

/** A line of movements. */
export function movementLine(ids: { registration: string; person: string }, movement: Movement): string {
  const { kind, on, code } = movement;
  return `${letterOf(movementLetters, kind)}\t${padded(on, 8)}\t${padded(code, 2)}\t${standingLine(ids, movement)}`;
}

/** A line of movements from a line of the stock as it stands in its list: what happened to this person, holding from a day. */
export function movedLine(kind: MovementKind, on: number, list: string, line: number): string {
  return `${letterOf(movementLetters, kind)}\t${padded(on, 8)}\t00\t${list.slice(line, line + standingWidth)}`;
}
