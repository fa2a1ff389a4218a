import { type ApplicationForm, normaliseForm } from './application-form.ts';
import { type FormField, formFields } from './form-fields.ts';

/**
 * What is compared and adopted together: a reason with its words, a place with its county. The number of the person is no part:
 * another number is another person.
 */
const units: Readonly<Partial<Record<FormField, readonly FormField[]>>> = {
  reason: ['reason', 'reasonText'],
  placeDivision: ['registrationPlace', 'placeDivision'],
};
const parts = new Set<FormField>(['reasonText', 'registrationPlace']);
/** What the platform's form does not carry: what is missing there was not taken back. */
const notCarried: ReadonlySet<FormField> = new Set(['disability', 'otherContact', 'hmtPreviouslyEmployed']);

/** Fields in which two forms differ, in the order of annex 1; `fields` are those adopted together. */
export interface FormDifference {
  readonly field: FormField;
  readonly fields: readonly FormField[];
  readonly label: string;
  /** False for what another form cannot change: who applies. */
  readonly adoptable: boolean;
}

/** Compares a case's form with one that came later (M79-7a). Empty and missing are the same; spelling is made plain first. */
export function formDifferences(now: ApplicationForm, later: ApplicationForm): FormDifference[] {
  const mine = normaliseForm(now);
  const theirs = normaliseForm(later);
  const differs = (field: FormField) => plain(mine[field]) !== plain(theirs[field]);
  return (Object.keys(formFields) as FormField[])
    .filter((field) => !parts.has(field) && !notCarried.has(field))
    .map((field) => ({ field, fields: units[field] ?? [field] }))
    .filter(({ fields }) => fields.some(differs))
    .map((unit) => ({ ...unit, label: formFields[unit.field].label, adoptable: unit.field !== 'idNumber' }));
}

/** The case's form with some differences taken over from the later one; what is not adoptable stays. */
export function adopt(now: ApplicationForm, later: ApplicationForm, fields: readonly FormField[]): ApplicationForm {
  const taken = Object.fromEntries(
    fields
      .filter((field) => field !== 'idNumber')
      .flatMap((field) => (units[field] ?? [field]).map((one) => [one, later[one]])),
  );
  return normaliseForm({ ...now, ...taken });
}

/** One text for a value, whatever the order of its keys. */
function plain(value: unknown): string {
  if (value === undefined || value === null || value === '' || value === false) return '';
  if (Array.isArray(value)) return value.map(plain).join('\n');
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).filter(([, one]) => plain(one) !== '');
  return entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${key}:${plain(one)}`)
    .join('\n');
}
