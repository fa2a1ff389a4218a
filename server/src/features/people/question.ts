import { normaliseIdentityEntry } from '@yingdeng/rules/identity-number.ts';
import { isCaseNumber, plainCaseNumber } from '@yingdeng/rules/numbers.ts';

/** What was typed into the search box, understood. */
export type Question =
  | { by: 'name' | 'letters'; prefix: string }
  | { by: 'tail' | 'identity' | 'mobile' | 'number'; value: string };

/**
 * Understands what was typed: a Chinese name (or its beginning), pinyin or initials, the last four characters of an identity
 * number, the whole number, a telephone, a case number. Undefined when it can be none of them.
 */
export function understand(typed: string): Question | undefined {
  const text = typed.normalize('NFKC').trim();
  const digits = plainCaseNumber(text).toUpperCase();
  if (isCaseNumber(digits)) return { by: 'number', value: digits };
  if (/^1[3-9]\d{9}$/.test(digits)) return { by: 'mobile', value: digits };
  if (/^\d{3}[\dX]$/.test(digits)) return { by: 'tail', value: digits };
  if (/^(\d{15}|\d{17}[\dX])$/.test(digits)) return { by: 'identity', value: digits };
  // Permits and passports: a letter or two, then digits.
  if (/^[A-Z]{1,2}\d{6,16}$/.test(digits)) return { by: 'identity', value: normaliseIdentityEntry(text) };
  if (/^[a-zA-Z' ]+$/.test(text)) return { by: 'letters', prefix: text.replace(/[' ]/g, '').toLowerCase() };
  // Not the normalised text: NFKC would replace rare characters of names by look-alikes.
  if (/^[\p{Script=Han}·•‧∙⋅・･．●\s]+$/u.test(typed.trim()))
    return {
      by: 'name',
      prefix: typed
        .trim()
        .replace(/[•‧∙⋅・･．●]/g, '·')
        .replace(/\s/g, ''),
    };
  if (/^[\p{L}\p{M}·. '’-]+$/u.test(text)) return { by: 'name', prefix: typed.trim() };
  return undefined;
}

/** The first text that sorts after every text with this prefix, by code point as the database does in "C" order. */
export function afterPrefix(prefix: string): string {
  const points = [...prefix].map((character) => character.codePointAt(0) ?? 0);
  for (let last = points.pop(); last !== undefined; last = points.pop()) {
    if (last === 0x10ffff) continue;
    // The surrogates between D800 and DFFF are no characters.
    const next = last === 0xd7ff ? 0xe000 : last + 1;
    return String.fromCodePoint(...points, next);
  }
  return '\u{10ffff}';
}
