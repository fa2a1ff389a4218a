import { randomInt } from 'node:crypto';
import { isLawfulNumber, makeNumber, sexOfNumber } from '../common/resident-number.ts';
import { asObject, textOf } from '../common/server.ts';
import { shanghaiDayOf, shanghaiIso } from '../common/time.ts';
import { DIVISIONS, divisionPrefix, isDivision, PLACE_TYPES, UNEMPLOYMENT_REASONS } from './code-tables.ts';
import type { Fault } from './exit-record.ts';
import type { Application, ApplicationForm, Holdings } from './holdings.ts';

/** The text every applicant promises, annex 1 of 鞍人社〔2020〕21号. */
export const COMMITMENT =
  '本人承诺填报的以上内容均为真实、准确、有效，如与实际情况不一致，本人愿意承担相应责任，同时纳入人社信用记录。';

/** A drawn line standing for a signature. */
const SIGNATURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80"><path d="M18 52c22-38 34-38 30-6s26 14 42-12 26-6 18 14 30 8 52-18 34 2 44 12" fill="none" stroke="#222" stroke-width="3" stroke-linecap="round"/></svg>';

const SURNAMES = [...'沈康祁柏阮尹洪柯卓邬'];
const GIVEN = ['禾苗', '如松', '青禾', '望舒', '知秋', '长河', '若水', '晓岚', '立春', '景行'];

/** An invented person with a lawful number, different each time. */
export function inventForm(division: string, now: Date): ApplicationForm {
  const male = randomInt(2) === 1;
  const birth = `${randomInt(1970, 2003)}${String(randomInt(1, 13)).padStart(2, '0')}${String(randomInt(1, 29)).padStart(2, '0')}`;
  const number = makeNumber(division, birth, randomInt(0, 499) * 2 + (male ? 1 : 0));
  const district = DIVISIONS[division] ?? '';
  return {
    AAC003: `${SURNAMES[randomInt(SURNAMES.length)]}${GIVEN[randomInt(GIVEN.length)]}`,
    AAC002: number,
    AAC004: male ? '1' : '2',
    AAC005: '01',
    AAC024: '13',
    AAC011: '61',
    AAC033: '1',
    AAC058: '01',
    AAC044: number,
    AAC067: `154${String(randomInt(0, 100_000_000)).padStart(8, '0')}`,
    AAE005: '',
    AAE159: '',
    ACC412: '2',
    AAB301: division,
    unemployedMonth: shanghaiIso(now).slice(0, 7),
    AJC093: '21',
    reasonText: '',
    wantsBenefit: '0',
    household: { division, detail: `${district}人民路${randomInt(1, 200)}号` },
    residence: { division, detail: `${district}建设路${randomInt(1, 200)}号` },
    qualifications: [],
    wishes: ['文员', '仓库管理员'],
    notes: '',
    commitmentVersion: '2020-1',
    signature: SIGNATURE,
  };
}

/** What the platform itself refuses when the worker submits: the starred fields of annex 1. */
function judgeForm(form: ApplicationForm, now: Date): Fault[] {
  const faults: Fault[] = [];
  const check = (field: string, message: string, fails: boolean): void => {
    if (fails) faults.push({ field, rule: `form-${field}`, message });
  };
  const text = (field: string): string => textOf(form, field);
  const number = text('AAC002');
  check('AAC003', '请填写姓名，不含空格', text('AAC003') === '' || /\s/.test(text('AAC003')));
  check('AAC002', '身份证件号码有误，请核对', !isLawfulNumber(number));
  const sex = sexOfNumber(number);
  check('AAC004', '性别与身份证件号码不符', sex !== undefined && sex !== text('AAC004'));
  for (const field of ['AAC005', 'AAC011', 'AAC033', 'AAC058', 'AAC044', 'AAC067']) {
    check(field, '请填写', text(field).trim() === '');
  }
  check('ACC412', '请选择登记失业地类型', !Object.hasOwn(PLACE_TYPES, text('ACC412')));
  check('AAB301', '请选择登记失业地', !isDivision(text('AAB301')));
  const month = text('unemployedMonth');
  const thisMonth = shanghaiIso(now).slice(0, 7);
  check('unemployedMonth', '失业时间应为不晚于本月的年月', !/^\d{4}-(0[1-9]|1[0-2])$/.test(month) || month > thisMonth);
  check('AJC093', '请选择失业原因', !Object.hasOwn(UNEMPLOYMENT_REASONS, text('AJC093')));
  check('reasonText', '失业原因为其他时请说明', text('AJC093') === '90' && text('reasonText').trim() === '');
  check('wantsBenefit', '请选择是否申领失业保险金', !['0', '1'].includes(text('wantsBenefit')));
  for (const place of ['household', 'residence']) {
    const address = asObject(form[place]);
    check(place, '请填写地址', !isDivision(textOf(address, 'division')) || textOf(address, 'detail').trim() === '');
  }
  check('signature', '请签名', text('signature') === '');
  return faults;
}

/** The form with what the person's own number says filled in: sex, and the number as the document's number. */
export function completeForm(given: ApplicationForm, now: Date): ApplicationForm {
  const number = textOf(given, 'AAC002');
  const division = textOf(given, 'AAB301') || '410802';
  const form = { ...inventForm(isDivision(division) ? division : '410802', now), ...given };
  if (number) {
    if (given.AAC004 === undefined) form.AAC004 = sexOfNumber(number) ?? '9';
    if (given.AAC044 === undefined) form.AAC044 = number;
  }
  return form;
}

/**
 * Submits an application as a worker on the platform would. With a number already known it is a changed
 * application (next revision). `submittedAt` may be given for rehearsing another day.
 */
export async function submitApplication(
  holdings: Holdings,
  input: { applicationNumber?: string; submittedAt?: string; form: ApplicationForm },
  now: Date,
): Promise<{ application: Application } | { faults: Fault[] }> {
  const faults = judgeForm(input.form, now);
  const submittedAt = input.submittedAt ?? shanghaiIso(now);
  const day = shanghaiDayOf(submittedAt);
  if (!day) faults.push({ field: 'submittedAt', rule: 'form-submittedAt', message: '提交时间应为带时区的日期时间' });
  if (faults.length > 0) return { faults };
  const applicationNumber = input.applicationNumber || nextNumber(holdings, textOf(input.form, 'AAB301'), day ?? '');
  const application = await holdings.addApplication({
    applicationNumber,
    submittedAt: shanghaiIso(new Date(submittedAt)),
    form: input.form,
  });
  return { application };
}

function nextNumber(holdings: Holdings, division: string, day: string): string {
  return `${division}${day}${String(holdings.deliveries.length + 1).padStart(6, '0')}`;
}

/** One page of the download: what was submitted or changed for a division after the cursor. */
export function pageOfApplications(
  holdings: Holdings,
  query: { division: string; after: number; limit: number },
): { items: Application[]; next: number; more: boolean } {
  const prefix = divisionPrefix(query.division);
  const items: Application[] = [];
  let next = query.after;
  for (; next < holdings.deliveries.length && items.length < query.limit; next++) {
    const application = holdings.deliveries[next];
    if (application && textOf(application.form, 'AAB301').startsWith(prefix)) items.push(application);
  }
  const more = holdings.deliveries.slice(next).some(({ form }) => textOf(form, 'AAB301').startsWith(prefix));
  return { items, next, more };
}
