import { isCompactDate } from './time.ts';

/** GB 11643: weights of the first 17 digits and the check characters by remainder (ISO 7064 MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/** The check character belonging to 17 digits. */
export function checkCharacter(seventeen: string): string {
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(seventeen[index]), 0);
  return CHECK_CHARACTERS[sum % 11] ?? '';
}

/** '1' male, '2' female by the sequence digit of a 15 or 18 digit number; undefined for other forms. */
export function sexOfNumber(number: string): '1' | '2' | undefined {
  const digit = number.length === 18 ? number[16] : number.length === 15 ? number[14] : undefined;
  if (!digit || !/^[0-9]{15}/.test(number.slice(0, 15))) return undefined;
  return Number(digit) % 2 === 1 ? '1' : '2';
}

/** The birth date (`YYYYMMDD`) embedded in a number of 15 or 18 characters; undefined when there is none. */
export function birthOfNumber(number: string): string | undefined {
  const digits =
    number.length === 18 ? number.slice(6, 14) : number.length === 15 ? `19${number.slice(6, 12)}` : undefined;
  return digits && isCompactDate(digits) ? digits : undefined;
}

/** True when a person could carry this number: right form, check character and a birth date that exists. */
export function isLawfulNumber(number: string): boolean {
  if (/^[A-Z][A-Z0-9]{5,17}$/.test(number)) return true;
  if (/^[0-9]{15}$/.test(number)) return birthOfNumber(number) !== undefined;
  return (
    /^[0-9]{17}[0-9X]$/.test(number) &&
    birthOfNumber(number) !== undefined &&
    checkCharacter(number.slice(0, 17)) === number[17]
  );
}

/** Builds an 18-character number from a division, a birth date and a three-digit sequence. */
export function makeNumber(division: string, birth: string, sequence: number): string {
  const seventeen = `${division}${birth}${String(sequence).padStart(3, '0')}`;
  return seventeen + checkCharacter(seventeen);
}
