import type { ApplicationFormInput } from '@yingdeng/contract/application-form.ts';

/** The form while it is being filled in: what has been answered so far. */
export type Draft = Partial<ApplicationFormInput>;

const emptyAddress = { division: '', detail: '' };

/** A value of each field's shape: for filling up what was left out, and for telling a field from something else. */
const shapes: Required<ApplicationFormInput> = {
  name: '',
  sex: '',
  ethnic: '',
  political: '',
  education: '',
  health: '',
  disability: { scale: 'card', grade: '' },
  unemployedMonth: '',
  documentType: '',
  documentNumber: '',
  idNumber: '',
  household: emptyAddress,
  residence: emptyAddress,
  qualifications: [],
  mobile: '',
  landline: '',
  email: '',
  otherContact: '',
  registrationPlace: '',
  placeDivision: '',
  reason: '',
  reasonText: '',
  wantsBenefit: false,
  wishes: [],
  otherNotes: '',
  hmtPreviouslyEmployed: false,
};
const optional: readonly (keyof Draft)[] = [
  'political',
  'disability',
  'landline',
  'email',
  'otherContact',
  'reasonText',
  'otherNotes',
  'hmtPreviouslyEmployed',
];

/** The draft as a whole form: what is missing is empty. A question of yes or no that was not answered stays unanswered. */
export function completeForm(draft: Draft): ApplicationFormInput {
  const form: Record<string, unknown> = {};
  for (const key of Object.keys(shapes) as (keyof Draft)[]) {
    const value = draft[key];
    if (value !== undefined) form[key] = value;
    else if (!optional.includes(key) && key !== 'wantsBenefit') form[key] = shapes[key];
  }
  return form as ApplicationFormInput;
}

/** What a saved record holds of the form; anything of another shape is left out. */
export function readDraft(record: unknown): Draft {
  const draft: Record<string, unknown> = {};
  if (typeof record !== 'object' || record === null) return draft;
  for (const [key, shape] of Object.entries(shapes)) {
    const value = (record as Record<string, unknown>)[key];
    if (value === undefined || value === null || typeof value !== typeof shape) continue;
    if (Array.isArray(shape) !== Array.isArray(value)) continue;
    if (Array.isArray(value)) draft[key] = value.filter((line) => typeof line === 'string');
    else if (typeof shape === 'object') draft[key] = { ...shape, ...(value as object) };
    else draft[key] = value;
  }
  return draft;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Whether two drafts hold the same answers. */
export function sameDraft(a: Draft, b: Draft): boolean {
  return Object.keys(shapes).every((key) => same(a[key as keyof Draft], b[key as keyof Draft]));
}

/**
 * Joins what was answered here with what another device saved meanwhile. `base` is what both started from: an answer
 * changed here since then stands, everything else is as the server has it.
 */
export function mergeDraft(base: Draft, here: Draft, server: Draft): Draft {
  const merged: Record<string, unknown> = {};
  for (const key of Object.keys(shapes) as (keyof Draft)[]) {
    const value = same(here[key], base[key]) ? server[key] : here[key];
    if (value !== undefined) merged[key] = value;
  }
  return merged as Draft;
}
