import { codeText, formReasons } from '@yingdeng/contract/code-tables.ts';
import type { Revealed } from './reveal.tsx';

/** The form of annex 1 as texts for screen and print. Masked values stay masked until they are revealed. */
export interface FormView {
  readonly name: string;
  readonly sex: string;
  readonly ethnic: string;
  readonly political: string;
  readonly education: string;
  readonly health: string;
  readonly unemployedMonth: string;
  readonly documentType: string;
  readonly documentNumber: string;
  readonly idNumber: string;
  readonly household: string;
  readonly residence: string;
  readonly qualifications: readonly string[];
  readonly mobile: string;
  readonly landline: string;
  readonly email: string;
  readonly otherContact: string;
  /** household, residence, employment, insurance */
  readonly place: string;
  readonly placeDivision: string;
  /** 1–13 */
  readonly reason: number;
  readonly reasonText: string;
  readonly wantsBenefit: boolean | undefined;
  readonly wishes: readonly string[];
  readonly otherNotes: string;
  readonly hmt: boolean;
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const list = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

function healthText(form: Record<string, unknown>): string {
  const health = codeText('health', text(form.health)) ?? '';
  const disability = form.disability;
  if (typeof disability !== 'object' || disability === null) return health;
  const { scale, grade } = disability as { scale?: string; grade?: string };
  const level =
    scale === 'card'
      ? `残疾人证${codeText('disabilityCardGrade', grade) ?? ''}`
      : (codeText('injuryGrade', grade) ?? '');
  return `${health}（${level}）`;
}

/** Reads a form as stored. `known` are the texts that stand outside it: masked, or in full once revealed. */
export function formView(
  form: Record<string, unknown>,
  known: { name: string; idMasked: string; mobileMasked: string; householdText: string; residenceText: string },
  revealed?: Revealed,
): FormView {
  const reason = Number(text(form.reason)) || 0;
  const box = formReasons.find((one) => one.box === reason);
  return {
    name: text(form.name) || known.name,
    sex: codeText('sex', text(form.sex)) ?? '',
    ethnic: codeText('ethnic', text(form.ethnic)) ?? '',
    political: codeText('political', text(form.political)) ?? '',
    education: codeText('education', text(form.education)) ?? '',
    health: healthText(form),
    unemployedMonth: text(form.unemployedMonth),
    documentType: codeText('identityDocument', text(form.documentType)) ?? '',
    documentNumber: revealed?.documentNumber ?? (text(form.documentNumber) || known.idMasked),
    idNumber: revealed?.idNumber ?? (text(form.idNumber) || known.idMasked),
    household: revealed?.householdText ?? known.householdText,
    residence: revealed?.residenceText ?? known.residenceText,
    qualifications: list(form.qualifications),
    mobile: revealed?.mobile ?? (text(form.mobile) || known.mobileMasked),
    landline: revealed?.landline ?? text(form.landline),
    email: revealed?.email ?? text(form.email),
    otherContact: text(form.otherContact),
    place: text(form.registrationPlace),
    placeDivision: text(form.placeDivision),
    reason,
    reasonText: box?.needsText ? text(form.reasonText) : '',
    wantsBenefit: typeof form.wantsBenefit === 'boolean' ? form.wantsBenefit : undefined,
    wishes: list(form.wishes),
    otherNotes: text(form.otherNotes),
    hmt: form.hmtPreviouslyEmployed === true,
  };
}

/** The reason's words as printed, with the person's own for 13. */
export function reasonWords({ reason, reasonText }: Pick<FormView, 'reason' | 'reasonText'>): string {
  const words = formReasons.find((one) => one.box === reason)?.text ?? '';
  return reasonText ? `${words}：${reasonText}` : words;
}
