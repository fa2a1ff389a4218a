import { divisionName } from '@yingdeng/contract/divisions.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { maskTelephone } from '../../platform/words.ts';

/** What of a form lies sealed beside it. */
export interface SealedNumbers {
  readonly idNumber?: string;
  readonly documentNumber?: string;
  readonly mobile?: string;
  readonly landline?: string;
  readonly email?: string;
  readonly otherContact?: string;
}

/** An e-mail address with the name hidden but its first letter. */
export const maskEmail = (email: string): string => email.replace(/^(.)[^@]*/, '$1***');

/**
 * The form as a clerk sees one without giving a reason: numbers and telephones masked, addresses down to the county.
 * What the office works with (reason, wishes, qualifications) is shown.
 */
export function maskedForm(form: Readonly<Record<string, unknown>>, sealed: SealedNumbers): Record<string, unknown> {
  const masked: Record<string, unknown> = { ...form };
  if (sealed.idNumber) masked.idNumber = maskIdentityNumber(sealed.idNumber);
  if (sealed.documentNumber) masked.documentNumber = maskIdentityNumber(sealed.documentNumber);
  if (sealed.mobile) masked.mobile = maskTelephone(sealed.mobile);
  if (sealed.landline) masked.landline = maskTelephone(sealed.landline);
  if (sealed.email) masked.email = maskEmail(sealed.email);
  if (sealed.otherContact) masked.otherContact = '****';
  for (const place of ['household', 'residence']) {
    const division = (form[place] as { division?: string } | undefined)?.division;
    if (division) masked[place] = { division, text: divisionName(division) };
  }
  return masked;
}
