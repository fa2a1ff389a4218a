import { applicationForm } from '@yingdeng/contract/application-form.ts';
import { codeText, formReasons, isCode } from '@yingdeng/contract/code-tables.ts';
import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { type ApplicationForm, isCounty, normaliseForm } from '@yingdeng/rules/application-form.ts';
import { parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';

type Given = Readonly<Record<string, unknown>>;

/** ACC412 → the place of the form. */
const places: Readonly<Record<string, string>> = {
  '1': 'household',
  '2': 'residence',
  '3': 'employment',
  '4': 'insurance',
};
const OTHER_REASON = '13';

function text(given: unknown, field: string): string {
  const value = typeof given === 'object' && given !== null ? (given as Given)[field] : undefined;
  return typeof value === 'string' ? clean(value) : '';
}

/** Characters that no database stores and no form means: control characters, halves of pairs. */
function clean(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim();
}

function lines(value: unknown, most: number): string[] {
  if (!Array.isArray(value)) return [];
  const texts = value.slice(0, 100).map((line) => (typeof line === 'string' ? clean(line) : ''));
  return texts.filter((line) => line !== '').slice(0, most);
}

/**
 * The platform's form as ours (annex 1): indicator codes become fields, AJC093 one of the thirteen boxes; a code that has no
 * box of its own becomes “其他” with its words. Nothing is invented: what the platform does not send stays empty and is then
 * found by the checks of the form.
 */
export function formOfPlatform(given: Given): ApplicationForm {
  const optional = (field: string) => text(given, field) || undefined;
  const address = (field: string) => ({
    division: text(given[field], 'division'),
    detail: text(given[field], 'detail'),
  });
  return {
    name: text(given, 'AAC003'),
    sex: text(given, 'AAC004'),
    ethnic: text(given, 'AAC005'),
    political: optional('AAC024'),
    education: text(given, 'AAC011'),
    health: text(given, 'AAC033'),
    unemployedMonth: text(given, 'unemployedMonth'),
    documentType: text(given, 'AAC058'),
    documentNumber: text(given, 'AAC044'),
    idNumber: text(given, 'AAC002'),
    household: address('household'),
    residence: address('residence'),
    qualifications: lines(given.qualifications, 3),
    mobile: text(given, 'AAC067'),
    landline: optional('AAE005'),
    email: optional('AAE159'),
    registrationPlace: places[text(given, 'ACC412')] ?? '',
    placeDivision: text(given, 'AAB301'),
    ...reasonOf(text(given, 'AJC093'), optional('reasonText')),
    wantsBenefit: text(given, 'wantsBenefit') === '1',
    wishes: lines(given.wishes, 2),
    otherNotes: optional('notes'),
  };
}

function reasonOf(code: string, words: string | undefined): { reason: string; reasonText?: string } {
  const box = formReasons.find((one) => one.code === code);
  if (box) return { reason: String(box.box), ...(words ? { reasonText: words } : {}) };
  const meaning = codeText('unemploymentReason', code);
  return meaning ? { reason: OTHER_REASON, reasonText: words ?? meaning } : { reason: '' };
}

/**
 * What makes a forwarded form unusable: nobody is identified, or no office is named. Everything else that is wrong with it is
 * mended with the worker while the clock runs, so it does not belong here.
 */
export function unusable(given: ApplicationForm, tenant: string): FieldFault[] {
  const form = normaliseForm(given);
  const faults: FieldFault[] = [];
  const fault = (field: string, message: string, when: boolean) => {
    if (when && !faults.some((one) => one.field === field)) faults.push({ field, message });
  };
  fault('name', '没有姓名', form.name === '');
  fault('idNumber', '社会保障号码有误', form.idNumber === '' || parseIdentityNumber(form.idNumber).faults.length > 0);
  fault('sex', '没有性别', !isCode('sex', form.sex));
  fault('registrationPlace', '没有说明登记失业地是哪一种', form.registrationPlace === '');
  fault('reason', '没有失业原因', form.reason === '');
  const division = form.placeDivision;
  fault('placeDivision', '登记失业地不在本市', !division.startsWith(tenant));
  fault('placeDivision', '登记失业地没有到县（市、区）', !isCounty(division));
  fault('unemployedMonth', '失业时间不是年月', form.unemployedMonth.length > 7);
  const read = applicationForm.safeParse(form);
  for (const issue of read.error?.issues ?? []) fault(String(issue.path[0] ?? ''), '内容过长或格式不对', true);
  return faults;
}
