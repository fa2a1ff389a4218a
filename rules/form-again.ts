import type { ApplicationForm } from './application-form.ts';
import type { PlainDate } from './calendar.ts';
import type { FormField } from './form-fields.ts';
import { parseIdentityNumber } from './identity-number.ts';

/** What a person's file says that may be newer than the form: corrections after registration change it (A21-5a). */
export interface FileFacts {
  readonly mobile?: string | undefined;
  readonly landline?: string | undefined;
  readonly email?: string | undefined;
  readonly residence?: ApplicationForm['residence'] | undefined;
}

/** Where an answer that is filled in before it is asked comes from: the earlier form, or what was corrected in the file since. */
export type KnownFrom = 'form' | 'file';

/** An earlier form as it answers the next one: what still holds, and where each answer comes from. */
export interface FormAgain {
  /** Day of submission of the earlier form. */
  readonly on: PlainDate;
  readonly form: Partial<ApplicationForm>;
  readonly from: Readonly<Partial<Record<FormField, KnownFrom>>>;
}

/** What stays as it is with a person. Why and since when there is no work, and whether the benefit is wanted, is said anew each time. */
const lasting = [
  'sex',
  'ethnic',
  'political',
  'education',
  'health',
  'disability',
  'household',
  'residence',
  'qualifications',
  'mobile',
  'landline',
  'email',
  'otherContact',
  'wishes',
] as const satisfies readonly FormField[];
/** A place that follows from an address; the last place of work or insurance is another one now. */
const byAddress = ['household', 'residence'];

/**
 * The answers of an earlier form (annex 1, A21-8a) that fill in the next one, so that a second registration asks for nothing that is known. Names and
 * numbers are left out: they come from the sign-in or from the document on the desk. Every answer stays a proposal that the person may change.
 */
export function formAgain(earlier: ApplicationForm, file: FileFacts, on: PlainDate): FormAgain {
  const form: Partial<Record<FormField, unknown>> = {};
  const from: Partial<Record<FormField, KnownFrom>> = {};
  const put = (field: FormField, value: unknown, source: KnownFrom) => {
    if (isBlank(value)) return;
    form[field] = value;
    from[field] = source;
  };
  for (const field of lasting) {
    // Most numbers say it themselves.
    if (field === 'sex' && parseIdentityNumber(earlier.idNumber).sex) continue;
    put(field, earlier[field], 'form');
  }
  for (const field of ['mobile', 'landline', 'email', 'residence'] as const) {
    const newer = file[field];
    if (!isBlank(newer) && JSON.stringify(newer) !== JSON.stringify(earlier[field])) put(field, newer, 'file');
  }
  const place = earlier.registrationPlace;
  const division = (form[place as 'household'] as ApplicationForm['household'] | undefined)?.division;
  if (byAddress.includes(place) && division) {
    put('registrationPlace', place, 'form');
    put('placeDivision', division, from[place as 'household'] ?? 'form');
  }
  return { on, form: form as Partial<ApplicationForm>, from };
}

/** Whether an answer says nothing; an address without its county is none. */
function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.every((line) => line === '');
  return typeof value === 'object' && 'division' in value && value.division === '';
}

/**
 * The same for a page that offers only some codes: health in the words of its group, education only where it can be shown. What the page could not show
 * would stand in the form unseen, so it is asked anew.
 */
export function offeredAgain(
  again: FormAgain,
  offered: Readonly<Record<'education' | 'health', readonly string[]>>,
): FormAgain {
  const { education = '', health = '' } = again.form;
  const form = { ...again.form };
  const from = { ...again.from };
  const group = [health, health.slice(0, 1), `${health.slice(0, 1)}0`].find((code) => offered.health.includes(code));
  if (group) form.health = group;
  for (const [field, fits] of [
    ['health', group !== undefined],
    ['education', offered.education.includes(education)],
  ] as const) {
    if (fits) continue;
    delete form[field];
    delete from[field];
  }
  return { ...again, form, from };
}

/** The fields of a form that still say what was filled in before they were asked. */
export function stillKnown(again: FormAgain, form: Partial<ApplicationForm>): ReadonlyMap<FormField, KnownFrom> {
  const fields = Object.entries(again.from) as [FormField, KnownFrom][];
  return new Map(fields.filter(([field]) => JSON.stringify(form[field]) === JSON.stringify(again.form[field])));
}
