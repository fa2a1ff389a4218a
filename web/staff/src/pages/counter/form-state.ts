import type { ApplicationFormInput } from '@yingdeng/contract/application-form.ts';
import { disabilityHealthCodes } from '@yingdeng/contract/code-tables.ts';
import {
  checkApplicationForm,
  type FormCheck,
  type FormField,
  normaliseForm,
} from '@yingdeng/rules/application-form.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { FormAgain } from '@yingdeng/rules/form-again.ts';
import { normaliseIdentityEntry, parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { policyFor } from '@yingdeng/rules/provisions/policy.ts';

export type Form = ApplicationFormInput;

/** The form before anything is typed. Nothing is preset but the commonest document: an invented default is worse than a blank. */
export const emptyForm: Form = {
  name: '',
  sex: '',
  ethnic: '',
  political: '',
  education: '',
  health: '',
  unemployedMonth: '',
  documentType: '01',
  documentNumber: '',
  idNumber: '',
  household: { division: '', detail: '' },
  residence: { division: '', detail: '' },
  qualifications: ['', '', ''],
  mobile: '',
  landline: '',
  email: '',
  otherContact: '',
  registrationPlace: '',
  placeDivision: '',
  reason: '',
  reasonText: '',
  wantsBenefit: undefined as unknown as boolean,
  wishes: ['', ''],
  otherNotes: '',
};

/** What follows from a change: a number fills sex and document number, an address fills the place. */
export function withChange(form: Form, change: Partial<Form>): Form {
  const next = { ...form, ...change };
  if (change.documentNumber !== undefined && next.documentType === '01') {
    next.documentNumber = normaliseIdentityEntry(change.documentNumber);
    next.idNumber = next.documentNumber;
  }
  if (change.documentType === '01') next.idNumber = normaliseIdentityEntry(next.documentNumber);
  if (change.idNumber !== undefined) next.idNumber = normaliseIdentityEntry(change.idNumber);
  if (next.idNumber !== form.idNumber) {
    const { sex, faults } = parseIdentityNumber(next.idNumber);
    if (sex && faults.length === 0) next.sex = sex;
  }
  if (!disabilityHealthCodes.includes(next.health)) next.disability = undefined;
  if (next.registrationPlace === 'household') next.placeDivision = next.household.division;
  if (next.registrationPlace === 'residence') next.placeDivision = next.residence.division;
  return next;
}

/** What an earlier form of the person answers, where nothing stands yet. */
export function withAgain(form: Form, name: string, again: FormAgain): Form {
  const filled = { ...form, name: form.name || name };
  for (const [field, value] of Object.entries(again.form) as [FormField, never][])
    if (isBlank(filled[field])) filled[field] = value;
  return withChange(filled, {});
}

function isBlank(value: Form[FormField] | undefined): boolean {
  if (typeof value !== 'object') return value === undefined || value === '';
  return Object.values(value).every((part) => part === '');
}

/** The same check as the server's, under the law of the place applied to, or of the own office until one is chosen. */
export function checkForm(form: Form, today: PlainDate, ownDivision: string): FormCheck & { form: Form } {
  const normal = normaliseForm(form);
  const division = /^\d{6}$/.test(normal.placeDivision) ? normal.placeDivision : ownDivision;
  return { ...checkApplicationForm(normal, { today, policy: policyFor(division, today) }), form: normal };
}

/** The kinds of place the law of the place offers. */
export function offeredPlaces(today: PlainDate, division: string): readonly string[] {
  return policyFor(division, today).registrationPlaces?.value ?? [];
}

export type Faults = Partial<Record<FormField, string>>;
