import { type ExitField, type ExitFinding, type ExitRecord, exitFields } from './types.ts';

/**
 * What of a text a file can carry, UTF-8 and GB18030 alike. Every assigned character of Unicode can be written in both; what
 * cannot is damage (half a surrogate pair, U+FFFD, code points that are no characters) and private use: its code points mean
 * what the sender's font draws, and GB18030 itself has moved characters out of that range, so that two programs read the same
 * bytes as different people.
 */
export function isCarried(codePoint: number): boolean {
  if (codePoint < 0xd800) return true;
  if (codePoint < 0xf900) return false; // surrogates, private use
  if (codePoint === 0xfffd || (codePoint >= 0xfdd0 && codePoint <= 0xfdef)) return false;
  return (codePoint & 0xfffe) !== 0xfffe && codePoint < 0xf0000;
}

/** The characters of a text that a file cannot carry: position (from 1, as a person counts) and code point. */
export function uncarried(text: string): { position: number; codePoint: string }[] {
  const found: { position: number; codePoint: string }[] = [];
  let position = 0;
  for (const character of text) {
    position += 1;
    const codePoint = character.codePointAt(0)!;
    if (!isCarried(codePoint)) found.push({ position, codePoint: `U+${codePoint.toString(16).toUpperCase()}` });
  }
  return found;
}

/**
 * What holds a record back where records travel as files: each field with a character that a file cannot carry is a finding
 * `FIELD-unmappable`. Nothing is ever written as “?” in its place; the other records of the day go.
 */
export function carriageFaults(record: ExitRecord): ExitFinding[] {
  return exitFields.flatMap(({ field, name }) => {
    const lost = uncarried(record[field] ?? '');
    if (lost.length === 0) return [];
    const list = lost.map(({ position, codePoint }) => `第${position}个字符${codePoint}`).join('、');
    const message = `${name}中有文件无法传送的字符（${list}），是自造字或损坏的字，请按证件用标准字重新录入`;
    return [{ check: `${field satisfies ExitField}-unmappable`, field, message }];
  });
}
