import type { ApplicationFormInput } from '@yingdeng/contract/application-form.ts';
import { codeTables, codeText, disabilityHealthCodes, formReasons, isCode } from '@yingdeng/contract/code-tables.ts';
import { children, divisionExists } from '@yingdeng/contract/divisions.ts';
import type { FieldFault } from '@yingdeng/contract/errors.ts';
import type { PlainDate } from './calendar.ts';
import { type FormField, formFields, isStarred } from './form-fields.ts';
import { parseIdentityNumber } from './identity-number.ts';
import { type Policy, requirePolicy } from './provisions/policy.ts';
import { cite } from './provisions/provision.ts';

export { type FormField, type FormStep, formFields, formSteps, isStarred } from './form-fields.ts';

/** Annex 1 of 鞍人社〔2020〕21号, all fields (A21-8a), as it crosses the boundary. */
export type ApplicationForm = ApplicationFormInput;

/** `faults` stop the submission; `warnings` are for the clerk and stop nothing. */
export type FormCheck = { faults: FieldFault[]; warnings: FieldFault[] };

export type FormContext = {
  /** Today in Asia/Shanghai. */
  today: PlainDate;
  /** The law of the place applied to, on the day of submission. */
  policy: Policy;
};

type Say = (field: FormField, message: string) => void;
type Check = (form: ApplicationForm, context: FormContext, fault: Say, warning: Say) => void;

/**
 * Everything that can be wrong with a form, before the clock starts: afterwards nothing may be asked again (domain §1.3). The form must be
 * normalised first (`normaliseForm`). Faults come in the order of the form, each once.
 * Throws LawSilent when the place has no provision on registration places or documents.
 */
export function checkApplicationForm(form: ApplicationForm, context: FormContext): FormCheck {
  const faults: FieldFault[] = [];
  const warnings: FieldFault[] = [];
  const into =
    (list: FieldFault[]): Say =>
    (field, message) => {
      if (!list.some((one) => one.field === field)) list.push({ field, message });
    };
  const fault = into(faults);
  for (const [field, rule] of Object.entries(formFields) as [FormField, (typeof formFields)[FormField]][])
    if (isStarred(field) && isEmpty(form, field)) fault(field, `请${rule.choose ? '选择' : '填写'}${rule.label}`);
  for (const check of checks) check(form, context, fault, into(warnings));
  const order = Object.keys(formFields);
  const byOrder = (a: FieldFault, b: FieldFault) => order.indexOf(a.field) - order.indexOf(b.field);
  return { faults: faults.sort(byOrder), warnings: warnings.sort(byOrder) };
}

function isEmpty(form: ApplicationForm, field: FormField): boolean {
  if (field === 'household' || field === 'residence') return !form[field]?.division || !form[field]?.detail;
  const value = form[field];
  return value === undefined || value === null || value === '';
}

/** Codes of the form that must stand in their table: field → table. */
const coded = {
  ethnic: 'ethnic',
  political: 'political',
  education: 'education',
  health: 'health',
  documentType: 'identityDocument',
} as const;

/** People from Hong Kong, Macao and Taiwan: by document, by number (81, 82, 83 or a letter). */
function isHkMacaoTaiwan(form: ApplicationForm): boolean {
  const { kind } = parseIdentityNumber(form.idNumber);
  return ['04', '05', '06', '17'].includes(form.documentType) || kind === 'hmtPermit' || kind === 'letter';
}

const checks: readonly Check[] = [
  (form, _context, fault) => {
    if (form.name !== '' && !/^[\p{L}\p{M}·. '’-]+$/u.test(form.name)) fault('name', '姓名只能有文字和间隔号“·”');
    if (/[ \u3000]/.test(form.name) && /\p{Script=Han}/u.test(form.name)) fault('name', '姓名中间不能有空格');
    if (form.sex !== '' && form.sex !== '1' && form.sex !== '2') fault('sex', '性别请选择男或女');
    for (const [field, table] of Object.entries(coded) as [keyof typeof coded, (typeof coded)[keyof typeof coded]][]) {
      const code = form[field];
      if (code && !isCode(table, code)) fault(field, `${formFields[field].label}的选项不存在，请重新选择`);
    }
  },
  (form, _context, fault) => {
    if (disabilityHealthCodes.includes(form.health) && form.disability === undefined)
      fault('disability', '健康状况选择残疾的，请选择伤残等级');
    const { disability } = form;
    if (disability === undefined) return;
    const table = disability.scale === 'card' ? 'disabilityCardGrade' : 'injuryGrade';
    if (!isCode(table, disability.grade)) fault('disability', '请选择伤残等级');
  },
  (form, { today }, fault) => {
    const month = form.unemployedMonth;
    if (month === '') return;
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || month < '1900')
      fault('unemployedMonth', '失业时间请填写年和月，如2020年7月');
    else if (month > today.slice(0, 7)) fault('unemployedMonth', '失业时间不能晚于本月');
  },
  checkDocument,
  (form, { today }, fault, warning) => {
    if (form.idNumber === '') return;
    const number = parseIdentityNumber(form.idNumber, today);
    const [first] = number.faults;
    if (first) return fault('idNumber', first.message);
    // Registration is stricter than the upload: a birth date that does not exist is nobody's.
    if (number.kind !== 'letter' && number.birthDate === undefined)
      return fault('idNumber', '社会保障号码中的出生日期不存在，请核对号码');
    if (number.birthDate !== undefined && number.birthDate > today)
      return fault('idNumber', '社会保障号码中的出生日期晚于今天，请核对号码');
    if (number.sex !== undefined && form.sex !== '' && number.sex !== form.sex)
      fault('sex', `性别与社会保障号码不符：号码表示${codeText('sex', number.sex)}，请核对性别和号码`);
    for (const each of number.warnings) warning('idNumber', each.message);
    if (number.birthDate !== undefined && form.unemployedMonth < number.birthDate.slice(0, 7))
      fault('unemployedMonth', '失业时间早于出生日期，请核对');
  },
  (form, _context, fault) => {
    for (const field of ['household', 'residence'] as const) {
      const division = form[field]?.division;
      if (division && !isCounty(division)) fault(field, `${formFields[field].label}请选择到县（市、区）`);
    }
  },
  checkPlace,
  (form, _context, fault) => {
    if (form.mobile !== '' && !isMobile(form.mobile, isHkMacaoTaiwan(form)))
      fault('mobile', '手机号码应为11位，以1开头；港澳号码请加区号，如+852');
    if (form.landline && !isPlainLandline(form.landline)) fault('landline', '固定电话请填写区号和号码，如0391-3569000');
    if (form.email && !isPlainEmail(form.email)) fault('email', '电子邮件地址不完整，请核对');
  },
  (form, _context, fault) => {
    if (form.reason === '') return;
    const reason = formReasons.find((one) => String(one.box) === form.reason);
    if (reason === undefined) fault('reason', '失业原因的选项不存在，请重新选择');
    else if (reason.needsText && !form.reasonText) fault('reasonText', '失业原因选择“其他”的，请写明原因');
  },
  (form, _context, fault) => {
    if (form.qualifications.length > 3) fault('qualifications', '资格或职称最多填写3项');
    if (form.wishes.length > 2) fault('wishes', '求职意向最多填写2项');
  },
  (form, { policy }, fault) => {
    // Read for its clause: where the law knows these residents, it asks that they worked on the mainland (A21-1c).
    if (isHkMacaoTaiwan(form) && form.hmtPreviouslyEmployed !== true)
      fault(
        'hmtPreviouslyEmployed',
        `港澳台居民请确认曾在内地（大陆）就业后失业${policy.hkMacaoTaiwanResidents ? `（${cite(policy.hkMacaoTaiwanResidents.citation)}）` : ''}`,
      );
  },
];

/** A21-2c: which documents identify whom. The Taiwan travel permit is not listed, so it warns and opens a check; it never refuses (domain R015). */
function checkDocument(form: ApplicationForm, { policy }: FormContext, fault: Say, warning: Say): void {
  if (!isCode('identityDocument', form.documentType)) return;
  const accepted = policy.identityDocuments;
  const name = codeText('identityDocument', form.documentType);
  if (accepted !== undefined) {
    const { mainland, hkMacaoTaiwan, warnOnly } = accepted.value;
    const list = isHkMacaoTaiwan(form) ? hkMacaoTaiwan : mainland;
    if (warnOnly.includes(form.documentType))
      warning('documentType', `${name}不在规定的证件之列，请核对身份后办理，不得因此拒绝`);
    else if (!list.includes(form.documentType)) {
      const names = list.map((code) => codeText('identityDocument', code)).join('、');
      fault('documentType', `请选择下列证件之一：${names}（${cite(accepted.citation)}）`);
    }
  }
  if (form.documentNumber === '') return;
  if (form.documentNumber.length > 22 || /\s/.test(form.documentNumber))
    fault('documentNumber', '证件号不能超过22位，也不能有空格');
  if (form.documentType === '01' && form.documentNumber !== form.idNumber)
    fault('documentNumber', '证件为居民身份证的，证件号应与社会保障号码一致');
}

/** M79-1a, A21-1b: the place must be one the law of that place and day offers, and its county must be the one meant. */
function checkPlace(form: ApplicationForm, { policy }: FormContext, fault: Say): void {
  const { value, citation } = requirePolicy(policy, 'registrationPlaces');
  const names = codeTables.registrationPlace.values;
  const places: readonly string[] = value;
  if (form.registrationPlace !== '' && !places.includes(form.registrationPlace)) {
    const offered = value.map((place) => names[place]).join('、');
    fault('registrationPlace', `登记失业地请在${offered}中选择（${cite(citation)}）`);
    return;
  }
  if (form.placeDivision !== '' && !isCounty(form.placeDivision)) {
    fault('placeDivision', '登记失业地请选择到县（市、区）');
    return;
  }
  const implied =
    form.registrationPlace === 'household'
      ? form.household?.division
      : form.registrationPlace === 'residence'
        ? form.residence?.division
        : undefined;
  if (implied && form.placeDivision !== '' && implied !== form.placeDivision)
    fault(
      'placeDivision',
      `登记失业地与${formFields[form.registrationPlace === 'household' ? 'household' : 'residence'].label}不一致，请核对`,
    );
}

/** A county, or one of the prefectures that have none below them (东莞, 中山, 儋州). */
export function isCounty(division: string): boolean {
  if (!/^\d{6}$/.test(division) || !divisionExists(division)) return false;
  return !division.endsWith('00') || (!division.endsWith('0000') && children(division).length === 0);
}

/** A mobile number; `abroad` also admits those of Hong Kong, Macao and Taiwan. */
export function isMobile(number: string, abroad: boolean): boolean {
  return /^1[3-9]\d{9}$/.test(number) || (abroad && /^\+(852|853|886)\d{6,10}$/.test(number));
}

/** A fixed line: area code and number, or an international one. */
export function isPlainLandline(number: string): boolean {
  return /^(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?$|^\+\d{6,15}$/.test(number);
}

/** An e-mail address that could be one. */
export function isPlainEmail(address: string): boolean {
  return /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(address);
}

const dots = /[•‧∙⋅・･．●]/g;

/** A name as it is stored and compared: every kind of dot made “·”. Not NFKC: it would replace rare characters of names by look-alikes. */
export const plainName = (text: string): string =>
  text
    .replace(/[\u200b-\u200d\ufeff]/g, '')
    .trim()
    .replace(dots, '·')
    .replace(/\s*·\s*/g, '·');

/**
 * The form as it is checked, stored and hashed: full-width letters and digits made plain, blanks trimmed, x made X in
 * numbers, every kind of name dot made “·”, empty optional fields and lines dropped, the place's county taken from the address it names.
 */
export function normaliseForm(form: ApplicationForm): ApplicationForm {
  const plain = (text: string) =>
    text
      .normalize('NFKC')
      .replace(/[\u200b-\u200d\ufeff]/g, '')
      .trim();
  const number = (text: string) => plain(text).replace(/\s/g, '').toUpperCase();
  const phone = (text: string) => {
    const typed = plain(text).replace(/[\s()]/g, '');
    const mainland = typed.replaceAll('-', '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
    return /^1\d{10}$/.test(mainland) ? mainland : typed;
  };
  const words = (text: string) => text.replace(/[\u200b-\u200d\ufeff]/g, '').trim();
  const optional = (text: string | undefined, tidy: (text: string) => string) =>
    text === undefined ? undefined : tidy(text) || undefined;
  const address = (one: ApplicationForm['household']) => ({ division: plain(one.division), detail: words(one.detail) });
  const household = address(form.household);
  const residence = address(form.residence);
  const registrationPlace = plain(form.registrationPlace);
  const implied = { household: household.division, residence: residence.division }[registrationPlace];
  return {
    ...form,
    name: plainName(form.name),
    documentNumber: number(form.documentNumber),
    idNumber: number(form.idNumber),
    unemployedMonth: plain(form.unemployedMonth),
    mobile: phone(form.mobile),
    landline: optional(form.landline, (text) => plain(text).replace(/\s/g, '')),
    email: optional(form.email, plain),
    otherContact: optional(form.otherContact, words),
    political: optional(form.political, plain),
    reasonText: optional(form.reasonText, words),
    otherNotes: optional(form.otherNotes, words),
    household,
    residence,
    registrationPlace,
    placeDivision: plain(form.placeDivision) || implied || '',
    qualifications: form.qualifications.map(words).filter((line) => line !== ''),
    wishes: form.wishes.map(words).filter((line) => line !== ''),
  };
}
