import { disabilityHealthCodes } from '@yingdeng/contract/code-tables.ts';
import type { FormField } from '@yingdeng/rules/form-fields.ts';
import type { Draft } from './draft.ts';

/** One short step: a few questions that belong together. */
export interface Screen {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly FormField[];
}

/** The conversation that ends in the official form: every field of annex 1 in exactly one step. */
export const screens: readonly Screen[] = [
  {
    id: 'who',
    title: '确认您的身份',
    fields: ['name', 'idNumber', 'documentType', 'documentNumber', 'sex', 'hmtPreviouslyEmployed'],
  },
  { id: 'person', title: '您的基本情况', fields: ['ethnic', 'education', 'health', 'disability', 'political'] },
  { id: 'address', title: '您住在哪里', fields: ['household', 'residence'] },
  { id: 'place', title: '在哪里登记', fields: ['registrationPlace', 'placeDivision'] },
  { id: 'contact', title: '怎么联系您', fields: ['mobile', 'landline', 'email', 'otherContact'] },
  { id: 'unemployment', title: '失业情况', fields: ['unemployedMonth', 'reason', 'reasonText', 'wantsBenefit'] },
  { id: 'wishes', title: '想找什么工作', fields: ['wishes', 'qualifications', 'otherNotes'] },
];

/** The two steps after the questions. */
export const lastSteps = [
  { id: 'review', title: '核对' },
  { id: 'sign', title: '承诺并签名' },
] as const;

/** Every step in order. */
export const steps: readonly { readonly id: string; readonly title: string }[] = [...screens, ...lastSteps];

/** The step a field is asked on. */
export function screenOf(field: string): Screen | undefined {
  return screens.find((screen) => screen.fields.some((one) => one === field));
}

/** Documents of residents of Hong Kong, Macao and Taiwan (AAC058). */
const hmtDocuments = ['04', '05', '06', '17'];

/** Whether the question of work on the mainland concerns this person. */
export function asksHmt(draft: Draft): boolean {
  return hmtDocuments.includes(draft.documentType ?? '') || /^(8[123]|[A-Za-z])/.test(draft.idNumber ?? '');
}

/** Whether the grade of a disability is asked (note 2 of the form). */
export function asksGrade(draft: Draft): boolean {
  return disabilityHealthCodes.includes(draft.health ?? '');
}

/** The draft without answers to questions that are no longer asked. */
export function withoutUnasked(draft: Draft): Draft {
  const kept = { ...draft };
  if (!asksGrade(kept)) delete kept.disability;
  if (!asksHmt(kept)) delete kept.hmtPreviouslyEmployed;
  if (kept.reason !== '13') delete kept.reasonText;
  if (kept.documentType === '01') kept.documentNumber = kept.idNumber ?? '';
  if (kept.registrationPlace === 'household') kept.placeDivision = kept.household?.division ?? '';
  if (kept.registrationPlace === 'residence') kept.placeDivision = kept.residence?.division ?? '';
  return kept;
}
