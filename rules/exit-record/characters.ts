/**
 * One pass over a text answers every question the exit checks ask about its characters. The answer is one small
 * integer, so a million clean rows allocate nothing.
 */

/** some character is outside ASCII */
export const NON_ASCII = 1;
/** some character is blank: any space, control, zero-width or filler character */
export const BLANK = 2;
/** the first or the last character is blank */
export const EDGE_BLANK = 4;
/** some character can be seen */
export const INK = 8;
/** U+FFFD or half a surrogate pair: a character was lost on the way */
export const DAMAGED = 16;
/** a question mark, which is what GBK writes for a character it does not have */
export const QUESTION = 32;
/** a dot between name parts that is not U+00B7 */
export const DOT_VARIANT = 64;
/** a full-width letter or digit */
export const WIDE = 128;
/** line break, tab or vertical bar, which break a delimited file */
export const DELIMITER = 256;
/** the number of code points stands above the flags */
const COUNT_SHIFT = 9;

/** The number of code points (not UTF-16 units: 𠮷 is one) of a shape. */
export function codePoints(shape: number): number {
  return shape >>> COUNT_SHIFT;
}

/**
 * Whether a UTF-16 unit is blank. "Half or full-width space" in the annex is read widely: whatever a person cannot see
 * (ASCII and C1 controls, no-break and typographic spaces, zero-width and direction marks, U+3000, fillers).
 */
export function isBlank(unit: number): boolean {
  if (unit < 0x7f) return unit <= 0x20;
  if (unit <= 0xa0 || unit === 0xad) return true;
  if (unit < 0x115f) return unit === 0x34f || unit === 0x61c;
  if (unit < 0x2000) {
    return (
      unit <= 0x1160 || unit === 0x1680 || unit === 0x17b4 || unit === 0x17b5 || (unit >= 0x180b && unit <= 0x180f)
    );
  }
  if (unit <= 0x206f) {
    return unit <= 0x200f || (unit >= 0x2028 && unit <= 0x202f) || unit >= 0x205f;
  }
  return unit === 0x2800 || unit === 0x3000 || unit === 0x3164 || unit === 0xfeff || unit === 0xffa0;
}

/** Whether the text has a character that can be seen. */
export function hasInk(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (!isBlank(text.charCodeAt(i))) return true;
  return false;
}

/** Dots that keyboards and old systems put where U+00B7 belongs: ‧ • ∙ ⋅ ・ ． ･ */
export const dotVariants = '\u2027\u2022\u2219\u22c5\u30fb\uff0e\uff65';

/** The shape of a text: the flags above and the number of code points, see `codePoints`. */
export function textShape(text: string): number {
  const length = text.length;
  let flags = 0;
  let count = length;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x20 && unit < 0x7f) {
      flags |= INK;
      if (unit === 0x3f) flags |= QUESTION;
      else if (unit === 0x7c) flags |= DELIMITER;
    } else if (unit >= 0x3400 && unit < 0xd800) {
      flags |= NON_ASCII | INK;
    } else if (isBlank(unit)) {
      flags |= BLANK;
      if (unit > 0x7f) flags |= NON_ASCII;
      else if (unit === 9 || unit === 10 || unit === 13) flags |= DELIMITER;
      if (i === 0 || i === length - 1) flags |= EDGE_BLANK;
    } else {
      flags |= NON_ASCII | INK;
      if (unit >= 0xd800 && unit <= 0xdfff) {
        const next = i + 1 < length ? text.charCodeAt(i + 1) : 0;
        if (unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
          i++;
          count--;
        } else flags |= DAMAGED;
      } else if (unit === 0xfffd) flags |= DAMAGED;
      else if (unit === 0xff1f) flags |= QUESTION;
      else if (isWide(unit)) flags |= WIDE;
      else if (dotVariants.includes(String.fromCharCode(unit))) flags |= DOT_VARIANT;
    }
  }
  return (count << COUNT_SHIFT) | flags;
}

function isWide(unit: number): boolean {
  return (unit >= 0xff10 && unit <= 0xff19) || (unit >= 0xff21 && unit <= 0xff3a) || (unit >= 0xff41 && unit <= 0xff5a);
}

/** The text without blank characters before and after it. */
export function trimBlank(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/** Full-width letters and digits made half-width; everything else stays. */
export function foldWide(text: string): string {
  let folded = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    folded += isWide(unit) ? String.fromCharCode(unit - 0xfee0) : text[i];
  }
  return folded;
}

const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number when it is a real date of the years 1–9999, else -1. */
function realDate(value: number): number {
  const year = (value / 10000) | 0;
  const month = ((value / 100) | 0) % 100;
  const day = value % 100;
  if (year === 0 || month === 0 || month > 12 || day === 0) return -1;
  if (day <= DAYS[month]!) return value;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && day === 29 && leap ? value : -1;
}

/** `count` digits from `at` on appended to `value`; NaN when one of them is none. */
function digitsAt(text: string, at: number, count: number, value: number): number {
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    // The negated form also refuses the NaN of a text that ends too early.
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/**
 * Eight digits from `at` on as the number YYYYMMDD when they are a real date of the years 1–9999, else -1. Says
 * nothing of what follows them.
 */
export function dateNumberAt(text: string, at: number): number {
  const value = digitsAt(text, at, 8, 0);
  return value > 0 ? realDate(value) : -1;
}

/** A PlainDate 'YYYY-MM-DD' as the number YYYYMMDD, -1 when it is none. */
export function plainDateNumber(date: string): number {
  if (date.length !== 10 || date.charCodeAt(4) !== 45 || date.charCodeAt(7) !== 45) return -1;
  const value = digitsAt(date, 8, 2, digitsAt(date, 5, 2, digitsAt(date, 0, 4, 0)));
  return value > 0 ? realDate(value) : -1;
}
