// A person as the monthly report sees the person: one record of a list that is frozen, digested and counted. Records have 48 bytes, so that a list
// of a million is compared and counted where it lies:
//
//   0  registration, 16 bytes     16  person, 16 bytes     32  four words of 32 bits, the highest byte first:
//   word 0  day of birth 17 bits, sex 2, reason 7, source 2, place 2
//   word 1  day of registration 17 bits, reason of an exit 7, kind of movement 3
//   word 3  traits 2 bits each (0 no, 1 yes, 2 not known), household 8 (its lowest)
//   word 2  household 12 (its highest), day from which a movement holds 17
//
// The first named of a word stands in its lowest bits. Days count from 31 December 1899, so that 0 is no day.

/** Known, known not to be, or not known (undefined). */
export type Known = boolean | undefined;

/** What a record says of a person beside the dates, in this order. */
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

/** Sexes as they are numbered. */
export const sexes = ['unknown', 'male', 'female'] as const;
export type Sex = (typeof sexes)[number];

/** Through which door a registration came. */
export const sources = ['platform', 'online', 'counter', 'benefit'] as const;
export type Source = (typeof sources)[number];

/** The four places of registration. */
export const places = ['household', 'residence', 'employment', 'insurance'] as const;
export type Place = (typeof places)[number];

/** What moves a person into or out of the stock, in the order in which it can happen to one registration; a record of the stock has none of it. */
export const movementKinds = ['new', 'restored', 'transferOut', 'transferIn', 'exit', 'late', 'withdrawn'] as const;
export type MovementKind = (typeof movementKinds)[number];
const kindsByNumber = [undefined, ...movementKinds] as const;

/** Days are numbers YYYYMMDD: they compare, and their difference in ten thousands is whole years. */
export interface Standing extends Record<Trait, Known> {
  registeredOn: number;
  /** 0 when unknown. */
  bornOn: number;
  sex: Sex;
  /** Box of the form, 1 to 13. */
  reason: number;
  source: Source;
  place: Place;
  /** Division of the household, six digits; 0 when unknown. */
  household: number;
}

/** What a record of movements says besides: what happened, on which day it took effect, and the code of an exit. */
export interface Movement extends Standing {
  kind: MovementKind;
  /** Day from which it holds; for an exit the day of exit, which may lie before the period. */
  on: number;
  /** AJC00A of an exit, 0 otherwise. */
  code: number;
}

/** Bytes of a record. */
export const recordBytes = 48;
/** Where the words of a record begin, behind its two ids. */
export const WORDS = 32;

const DAY = 86_400_000;
const FIRST = Date.UTC(1899, 11, 31);
/** Days by their number, as YYYYMMDD; to the end of 2199. */
const days = Int32Array.from({ length: Math.round((Date.UTC(2200, 0, 1) - FIRST) / DAY) }, (_, n) => {
  const date = new Date(FIRST + n * DAY);
  return n === 0 ? 0 : date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
});
/** Number of a day in a record. @throws RangeError on no day of the calendar */
export function numberOfDay(day: number): number {
  const number = Math.round(
    (Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100) - FIRST) / DAY,
  );
  if (day !== 0 && days[number] !== day) throw new RangeError(`名册里没有这一天：${day}`);
  return day === 0 ? 0 : number;
}

/** The day that has a number. @throws RangeError on a number no day has */
export function dayAt(number: number): number {
  const day = days[number];
  if (day === undefined) throw new RangeError(`名册里的日期超出范围：${number}`);
  return day;
}

const knowns = [false, true, undefined] as const;
function known(bits: number): Known {
  if (bits === 3) throw new RangeError('名册里的特征应为是、否或不详');
  return knowns[bits];
}

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

function fill(into: Standing, view: DataView, at: number): void {
  const birth = view.getUint32(at + WORDS);
  const registered = view.getUint32(at + WORDS + 4);
  const moved = view.getUint32(at + WORDS + 8);
  const traits = view.getUint32(at + WORDS + 12);
  const sex = sexes[(birth >>> 17) & 3];
  if (sex === undefined) throw new RangeError('名册里的性别应为男、女或不详');
  into.bornOn = dayAt(birth & 0x1ffff);
  into.sex = sex;
  into.reason = (birth >>> 19) & 127;
  into.source = sources[((birth >>> 26) & 3) as 0];
  into.place = places[((birth >>> 28) & 3) as 0];
  into.registeredOn = dayAt(registered & 0x1ffff);
  into.household = ((moved & 0xfff) << 8) | (traits >>> 24);
  // Written out: a loop over the names costs four times as much at a million records.
  into.disabled = known(traits & 3);
  into.difficulty = known((traits >>> 2) & 3);
  into.zeroEmploymentHousehold = known((traits >>> 4) & 3);
  into.ruralWorker = known((traits >>> 6) & 3);
  into.benefit = known((traits >>> 8) & 3);
  into.unemploymentSubsidy = known((traits >>> 10) & 3);
  into.oneOffAllowance = known((traits >>> 12) & 3);
  into.graduate = known((traits >>> 14) & 3);
  into.veteran = known((traits >>> 16) & 3);
  into.hkMacaoTaiwan = known((traits >>> 18) & 3);
  into.townRegistered = known((traits >>> 20) & 3);
  into.townResident = known((traits >>> 22) & 3);
}

/** A list as whole words. @throws RangeError on bytes that are no list */
export function viewOf(list: Uint8Array): DataView {
  if (list.length % recordBytes !== 0) throw new RangeError(`名册长度${list.length}不是每人${recordBytes}字节的整数倍`);
  return new DataView(list.buffer, list.byteOffset, list.byteLength);
}

/** How many records a list has. */
export const personsOf = (list: Uint8Array): number => list.length / recordBytes;

/**
 * Calls `each` with every person of a list of the stock. One and the same object is filled again for each record: keep nothing of it.
 * `at` is where the record begins, for `idsAt`. Throws RangeError on bytes that are no such list.
 */
export function eachStanding(list: Uint8Array, each: (person: Standing, at: number) => void): void {
  const view = viewOf(list);
  const person = blankStanding();
  for (let at = 0; at < list.length; at += recordBytes) {
    if (view.getUint32(at + WORDS + 4) >>> 24 !== 0) throw new RangeError('期末名册里不应有变动');
    fill(person, view, at);
    each(person, at);
  }
}

/** The same for a list of movements. */
export function eachMovement(list: Uint8Array, each: (movement: Movement, at: number) => void): void {
  const view = viewOf(list);
  const movement: Movement = { ...blankStanding(), kind: 'new', on: 0, code: 0 };
  for (let at = 0; at < list.length; at += recordBytes) {
    const word = view.getUint32(at + WORDS + 4);
    const kind = kindsByNumber[word >>> 24];
    if (kind === undefined) throw new RangeError('名册里有一条不是已知的变动');
    movement.kind = kind;
    movement.code = (word >>> 17) & 127;
    movement.on = dayAt(view.getUint32(at + WORDS + 8) >>> 12);
    fill(movement, view, at);
    each(movement, at);
  }
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Id that stands at a place of a list. */
export function idAt(list: Uint8Array, at: number): string {
  let text = '';
  for (let i = 0; i < 16; i += 1)
    text += (i === 4 || i === 6 || i === 8 || i === 10 ? '-' : '') + hex[list[at + i] ?? 0];
  return text;
}

/** Ids of the registration and of the person of a record, as `eachStanding` and `eachMovement` tell where it begins. */
export function idsAt(list: Uint8Array, at: number): { registration: string; person: string } {
  return { registration: idAt(list, at), person: idAt(list, at + 16) };
}

function putId(list: Uint8Array, at: number, id: string): void {
  const digits = id.replaceAll('-', '');
  for (let i = 0; i < 16; i += 1) list[at + i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
}

/** A record that says nothing of somebody yet. */
export function blankRecord(ids: { registration: string; person: string }): Uint8Array {
  const record = new Uint8Array(recordBytes);
  putId(record, 0, ids.registration);
  putId(record, 16, ids.person);
  return record;
}

const bitsOf = (value: Known): number => (value === undefined ? 2 : value ? 1 : 0);

/** A record of the stock, or of movements, as the ledger writes it. */
export function recordOf(
  ids: { registration: string; person: string },
  person: Standing & Partial<Pick<Movement, 'kind' | 'on' | 'code'>>,
): Uint8Array {
  const record = blankRecord(ids);
  const view = viewOf(record);
  const kind = person.kind === undefined ? 0 : kindsByNumber.indexOf(person.kind);
  view.setUint32(
    WORDS,
    numberOfDay(person.bornOn) |
      (sexes.indexOf(person.sex) << 17) |
      (person.reason << 19) |
      (sources.indexOf(person.source) << 26) |
      (places.indexOf(person.place) << 28),
  );
  view.setUint32(WORDS + 4, numberOfDay(person.registeredOn) | ((person.code ?? 0) << 17) | (kind << 24));
  view.setUint32(WORDS + 8, (numberOfDay(person.on ?? 0) << 12) | (person.household >>> 8));
  const traits = traitNames.reduce((bits, name, i) => bits | (bitsOf(person[name]) << (2 * i)), 0);
  view.setUint32(WORDS + 12, traits | ((person.household & 0xff) << 24));
  return record;
}

/** Day of registration of a record. */
export const registeredOnAt = (view: DataView, at: number): number => dayAt(view.getUint32(at + WORDS + 4) & 0x1ffff);

/** A record of movements from one of the stock as it stands in its list: what happened to this person, holding from a day. */
export function movedRecord(kind: MovementKind, on: number, list: Uint8Array, at: number): Uint8Array {
  const record = new Uint8Array(list.subarray(at, at + recordBytes));
  const view = viewOf(record);
  view.setUint32(WORDS + 4, (view.getUint32(WORDS + 4) & 0x1ffff) | (kindsByNumber.indexOf(kind) << 24));
  view.setUint32(WORDS + 8, (view.getUint32(WORDS + 8) & 0xfff) | (numberOfDay(on) << 12));
  return record;
}

/** The record of the stock from one of movements as it stands in its list: the same person, whatever happened. */
export function stockRecord(list: Uint8Array, at: number): Uint8Array {
  const record = new Uint8Array(list.subarray(at, at + recordBytes));
  const view = viewOf(record);
  view.setUint32(WORDS + 4, view.getUint32(WORDS + 4) & 0x1ffff);
  view.setUint32(WORDS + 8, view.getUint32(WORDS + 8) & 0xfff);
  return record;
}

/** Bits of traits that are known to be so, for `mark`. */
export const traitBits = (...names: readonly Trait[]): number =>
  names.reduce((bits, name) => bits | (1 << (2 * traitNames.indexOf(name))), 0);

/** The bits of some traits, whatever they say. */
const maskOf = (...names: readonly Trait[]): number =>
  names.reduce((bits, name) => bits | (3 << (2 * traitNames.indexOf(name))), 0);
const listed = ['difficulty', 'zeroEmploymentHousehold', 'benefit', 'unemploymentSubsidy', 'oneOffAllowance'] as const;
const UNMARKED = ~maskOf(...listed, 'townRegistered');
const UNGRADUATED = ~maskOf('graduate');
/** Reason of who registers after school: only of them education makes a graduate. */
const OUT_OF_SCHOOL = 1;

/**
 * Takes from a record what lists laid over it, so that those of another day can be marked, and says whether its office lies in a town. Who
 * was a graduate only by a list is none; of who may be one by education the record is right for as long as neither person nor list changed.
 */
export function unmark(view: DataView, at: number, town: boolean): void {
  const reason = (view.getUint32(at + WORDS) >>> 19) & 127;
  let traits = view.getUint32(at + WORDS + 12) & UNMARKED;
  if (reason !== OUT_OF_SCHOOL) traits &= UNGRADUATED;
  view.setUint32(at + WORDS + 12, traits | (town ? traitBits('townRegistered') : 0));
}

/** Marks the person of a record with traits that were known not to be so. */
export function mark(view: DataView, at: number, bits: number): void {
  view.setUint32(at + WORDS + 12, view.getUint32(at + WORDS + 12) | bits);
}
