import { isCounty, isMobile, isPlainEmail, isPlainLandline } from './application-form.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Correction } from './registration.ts';

/** What of a registration the person, or a clerk with a reason, may correct afterwards (A21-5a). */
export const correctable = {
  mobile: '手机号码',
  landline: '固定电话',
  email: '电子邮箱',
  residence: '常住地址',
  hukou: '户口性质',
  veteran: '退役军人',
  residenceUrban: '常住地城乡',
} as const;
export type CorrectableField = keyof typeof correctable;

export interface Residence {
  readonly division: string;
  readonly detail: string;
}
/** Contact data as they stand. */
export interface ContactData {
  readonly mobile: string;
  readonly landline: string;
  readonly email: string;
  readonly residence: Residence;
  /** AAC009, '10' non-agricultural or '20' agricultural; empty: not known. Only the monthly report asks for it (A21-6a). */
  readonly hukou: string;
  /** 'yes', 'no', empty: not known. */
  readonly veteran: string;
  /** Whether the residence lies in a town, 'yes' or 'no'; empty: not known. Counted by the monthly report alone (A21-6a). */
  readonly residenceUrban: string;
}
/** Kinds of household a person may be entered with, yes or no, and where the residence lies, in words. */
export const hukouTexts: Readonly<Record<string, string>> = { '10': '非农业', '20': '农业' };
export const veteranTexts: Readonly<Record<string, string>> = { yes: '是', no: '不是' };
export const residenceUrbanTexts: Readonly<Record<string, string>> = { yes: '城镇', no: '乡村' };

/** What shall be put in its place; what is left out stays. */
export type CorrectedData = Partial<ContactData>;

/** A correction parted: what applies at once, and an address a clerk looks at first. */
export interface CorrectionPlan {
  readonly now: readonly CorrectableField[];
  readonly question: readonly CorrectableField[];
}

/** What differs, field by field, in words for comparison (`from` and `to` as typed, an address as division and detail). */
export function differences(current: ContactData, next: CorrectedData): Correction[] {
  const text = (value: string | Residence) => (typeof value === 'string' ? value : `${value.division} ${value.detail}`);
  return (Object.keys(correctable) as CorrectableField[]).flatMap((field) => {
    const to = next[field];
    if (to === undefined || text(to) === text(current[field])) return [];
    return [{ field, from: text(current[field]), to: text(to) }];
  });
}

/**
 * Telephone and e-mail apply at once, and so does an address in the same county. An address in another county is a question for the clerk
 * when the person says so, because the registration may then belong elsewhere; a clerk who corrects it has looked already.
 * Refused: nothing changed, or an entry that cannot be right. Numbers of Hong Kong, Macao and Taiwan count.
 */
export function planCorrection(
  current: ContactData,
  next: CorrectedData,
  by: 'worker' | 'staff',
): CorrectionPlan | Refusal {
  const fault = faultOf(next);
  if (fault) return refuse('correction.faulty', fault);
  const changed = differences(current, next).map((one) => one.field as CorrectableField);
  if (changed.length === 0) return refuse('correction.faulty', '没有要更正的内容。');
  const elsewhere =
    by === 'worker' && changed.includes('residence') && next.residence?.division !== current.residence.division;
  const ofAddress = (field: CorrectableField) => field === 'residence' || field === 'residenceUrban';
  // What is said of a new address is kept with it, also when the old one was said to be the same.
  const said = next.residenceUrban === undefined ? [] : (['residenceUrban'] as const);
  const moves = changed.includes('residence') ? (['residence', ...said] as const) : changed.filter(ofAddress);
  const rest = changed.filter((field) => !ofAddress(field));
  return elsewhere ? { now: rest, question: moves } : { now: [...rest, ...moves], question: [] };
}

/** Whether the residence lies in a town once a correction applies: of a new address nothing is known but what is said with it (A21-6a). */
export function residenceUrbanAfter(current: ContactData, next: CorrectedData): string {
  return next.residenceUrban ?? (next.residence ? '' : current.residenceUrban);
}

function faultOf(next: CorrectedData): string | undefined {
  const { mobile, landline, email, residence, hukou, veteran, residenceUrban } = next;
  if (mobile !== undefined && !isMobile(mobile, true)) return '手机号码应为11位，以1开头；港澳台号码请加区号，如+852。';
  if (landline && !isPlainLandline(landline)) return '固定电话请填写区号和号码，如0391-3569000。';
  if (email && !isPlainEmail(email)) return '电子邮件地址不完整，请核对。';
  if (residence && !isCounty(residence.division)) return '常住地址请选择到县（市、区）。';
  if (residence && residence.detail.trim() === '') return '请填写街道、社区（村）和门牌号。';
  if (hukou !== undefined && !(hukou in hukouTexts)) return '户口性质请选择农业或非农业。';
  if (veteran !== undefined && !(veteran in veteranTexts)) return '退役军人请选择是或不是。';
  if (residenceUrban !== undefined && !(residenceUrban in residenceUrbanTexts)) return '常住地城乡请选择城镇或乡村。';
  return undefined;
}
