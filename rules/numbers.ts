/**
 * Numbers people read out over the telephone: application, registration and exit serial (AAZ341, at most 18 characters).
 * Sixteen digits: the date (yymmdd), nine digits drawn by chance, and a check digit (Luhn), so that a slip is noticed.
 */
export function caseNumber(date: string, drawn: number): string {
  if (!Number.isInteger(drawn) || drawn < 0 || drawn > 999_999_999) throw new RangeError('nine digits are needed');
  const body = date.slice(2, 4) + date.slice(5, 7) + date.slice(8, 10) + String(drawn).padStart(9, '0');
  return body + luhn(body);
}

/** Whether a text is a case number without a slip; spaces and hyphens between groups do not matter. */
export function isCaseNumber(text: string): boolean {
  const digits = plainCaseNumber(text);
  return /^\d{16}$/.test(digits) && luhn(digits.slice(0, 15)) === digits[15];
}

/** A case number as typed, without spaces and hyphens. */
export function plainCaseNumber(text: string): string {
  return text.normalize('NFKC').replace(/[\s-]/g, '');
}

/** A case number in groups of four, as it is shown. */
export function groupedCaseNumber(number: string): string {
  return number.replace(/(.{4})(?=.)/g, '$1 ');
}

function luhn(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
}
