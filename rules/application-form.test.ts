import { divisionExists } from '@yingdeng/contract/divisions.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApplicationForm,
  checkApplicationForm,
  formFields,
  isStarred,
  normaliseForm,
} from './application-form.ts';
import { forbiddenGrounds } from './forbidden-grounds.ts';
import { identityCheckDigit } from './identity-number.ts';
import { policyFor } from './provisions/policy.ts';

/** A number with a right check character; the people of these tests do not exist. */
const number = (first17: string) => first17 + identityCheckDigit(first17);
const woman = number('41080219850312002');

const good: ApplicationForm = {
  name: '测试人',
  sex: '2',
  ethnic: '01',
  education: '31',
  health: '1',
  unemployedMonth: '2020-07',
  documentType: '01',
  documentNumber: woman,
  idNumber: woman,
  household: { division: '210381', detail: '某街某号' },
  residence: { division: '410802', detail: '某小区某号' },
  qualifications: [],
  mobile: '13900000000',
  registrationPlace: 'residence',
  placeDivision: '410802',
  reason: '2',
  wantsBenefit: false,
  wishes: [],
};
const context = { today: '2020-09-28', policy: policyFor('410802', '2020-09-28') };
const faultsOf = (change: Partial<ApplicationForm>, on = context) =>
  checkApplicationForm({ ...good, ...change }, on).faults.map((fault) => fault.field);

describe('the form of annex 1', () => {
  it('A21-8a: a whole form has nothing wrong with it', () => {
    expect(checkApplicationForm(good, context)).toEqual({ faults: [], warnings: [] });
  });

  it('A21-8a: every starred field left empty is named, in plain words', () => {
    for (const field of Object.keys(formFields) as (keyof typeof formFields)[]) {
      if (!isStarred(field)) continue;
      const empty =
        field === 'household' || field === 'residence'
          ? { division: '', detail: '' }
          : field === 'wantsBenefit'
            ? undefined
            : '';
      const { faults } = checkApplicationForm({ ...good, [field]: empty } as ApplicationForm, context);
      const fault = faults.find((one) => one.field === field);
      expect(fault?.message, field).toContain(formFields[field].label);
    }
  });

  it('A21-8a: the stars of the printed form, and the place and number that routing and identity need', () => {
    const starred = (Object.keys(formFields) as (keyof typeof formFields)[]).filter(isStarred);
    expect(starred.map((field) => formFields[field].label)).toEqual([
      '姓名',
      '性别',
      '民族',
      '学历',
      '健康状况',
      '失业时间',
      '证件类型',
      '证件号',
      '社会保障号码',
      '户籍地址',
      '常住地址',
      '手机',
      '登记失业地',
      '登记失业地所在县（市、区）',
      '失业原因',
      '是否申领失业保险金',
    ]);
  });

  it.each<[string, Partial<ApplicationForm>, string]>([
    ['残疾 without a grade', { health: '64' }, 'disability'],
    [
      '残疾 with a grade of the other scale',
      { health: '64', disability: { scale: 'card', grade: '07' } },
      'disability',
    ],
    ['其他 without text', { reason: '13' }, 'reasonText'],
    ['a reason that is not on the form', { reason: '14' }, 'reason'],
    ['the month 2020-13', { unemployedMonth: '2020-13' }, 'unemployedMonth'],
    ['a future month', { unemployedMonth: '2020-10' }, 'unemployedMonth'],
    ['a month before birth', { unemployedMonth: '1980-01' }, 'unemployedMonth'],
    ['a blank inside a Chinese name', { name: '测 试' }, 'name'],
    ['a number that says the other sex', { sex: '1' }, 'sex'],
    ['a wrong check character', { idNumber: `${woman.slice(0, 17)}${woman.endsWith('1') ? '2' : '1'}` }, 'idNumber'],
    ['30 February as birth date', { idNumber: number('41080219850230002') }, 'idNumber'],
    ['a birth date to come', { idNumber: number('41080220210312002') }, 'idNumber'],
    ['a document number unlike the identity number', { documentNumber: number('41080219850312004') }, 'documentNumber'],
    ['a document nobody accepts', { documentType: '09', documentNumber: '1' }, 'documentType'],
    ['a mobile of ten digits', { mobile: '1390000000' }, 'mobile'],
    ['a landline of letters', { landline: 'abc' }, 'landline'],
    ['half an email', { email: 'someone@' }, 'email'],
    ['an address without county', { household: { division: '210300', detail: '某街' } }, 'household'],
    ['a place other than its address', { placeDivision: '410811' }, 'placeDivision'],
    ['four qualifications', { qualifications: ['一', '二', '三', '四'] }, 'qualifications'],
    ['three wishes', { wishes: ['一', '二', '三'] }, 'wishes'],
  ])('A21-8a: %s is a fault', (_, change, field) => {
    expect(faultsOf(change)).toContain(field);
  });

  it('A21-8a: what is right beside it passes', () => {
    expect(faultsOf({ health: '64', disability: { scale: 'card', grade: '3' } })).toEqual([]);
    expect(faultsOf({ reason: '13', reasonText: '照顾家人后重新求职' })).toEqual([]);
    expect(faultsOf({ name: '阿不都·测试' })).toEqual([]);
    expect(faultsOf({ landline: '0391-3569000', email: 'a@b.cn' })).toEqual([]);
  });

  it('M79-1a, A21-1b: 参保地 is offered under 79号 and not in Anshan as issued, and the message cites', () => {
    const insurance = { registrationPlace: 'insurance', placeDivision: '210302' };
    expect(faultsOf(insurance)).toEqual([]);
    const asIssued = { today: '2020-05-06', policy: policyFor('210302', '2020-05-06') };
    const fault = checkApplicationForm({ ...good, unemployedMonth: '2020-04', ...insurance }, asIssued).faults[0];
    expect(fault?.field).toBe('registrationPlace');
    expect(fault?.message).toContain('鞍人社〔2020〕21号');
  });

  it('A21-7a: household in another province is nothing wrong', () => {
    expect(faultsOf({ household: { division: '650102', detail: '某路' } })).toEqual([]);
  });
});

it('A21-1a: an address may lie in a prefecture without counties, never in one that has them', () => {
  const faultsAt = (division: string) =>
    checkApplicationForm({ ...good, household: { division, detail: '中心街1号' } }, context).faults.map(
      ({ field }) => field,
    );
  expect(faultsAt('441900')).not.toContain('household');
  expect(faultsAt('410800')).toContain('household');
  expect(faultsAt('410000')).toContain('household');
});

describe('Hong Kong, Macao and Taiwan residents', () => {
  const permit = number('81000019850312002');
  const hmt = { documentType: '17', documentNumber: permit, idNumber: permit };

  it('A21-1c: must say that they worked on the mainland', () => {
    expect(faultsOf(hmt)).toEqual(['hmtPreviouslyEmployed']);
    expect(faultsOf({ ...hmt, hmtPreviouslyEmployed: true })).toEqual([]);
  });

  it('A21-2c: the Taiwan travel permit warns and is not refused', () => {
    const taiwan = {
      documentType: '06',
      documentNumber: '01234567',
      idNumber: 'T01234567',
      hmtPreviouslyEmployed: true,
    };
    const { faults, warnings } = checkApplicationForm({ ...good, ...taiwan }, context);
    expect(faults).toEqual([]);
    expect(warnings.map((warning) => warning.field)).toEqual(['documentType']);
  });

  it('A21-2c: a mainland resident does not register with a travel permit, a Hong Kong resident does', () => {
    expect(
      faultsOf({ documentType: '04', documentNumber: 'H01234567', idNumber: 'H01234567', hmtPreviouslyEmployed: true }),
    ).toEqual([]);
    expect(faultsOf({ documentType: '16', documentNumber: 'E1' })).toContain('documentType');
  });

  it('a mobile of Hong Kong is taken for them only', () => {
    expect(faultsOf({ ...hmt, hmtPreviouslyEmployed: true, mobile: '+85291234567' })).toEqual([]);
    expect(faultsOf({ mobile: '+85291234567' })).toEqual(['mobile']);
  });
});

describe('normaliseForm', () => {
  it('makes full-width, lower-case and blank-ridden entries plain', () => {
    const tidy = normaliseForm({
      ...good,
      name: ' 阿不都•测试\u200b ',
      idNumber: ' ４１０８０２１９８５０３１２００ ２x ',
      mobile: '＋８６ 139-0000-0000',
      landline: ' 0391－3569000 ',
      email: '',
      placeDivision: '',
      wishes: ['  ', '家政'],
    });
    expect(tidy).toMatchObject({
      name: '阿不都·测试',
      mobile: '13900000000',
      landline: '0391-3569000',
      placeDivision: '410802',
      wishes: ['家政'],
    });
    expect(tidy.idNumber).toBe('4108021985031200' + '2X');
    expect(tidy.email).toBeUndefined();
  });

  it('leaves rare characters of a name alone', () => {
    expect(normaliseForm({ ...good, name: '𠮷㛃' }).name).toBe('𠮷㛃');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.string({ maxLength: 20 }), (name, other) => {
        const once = normaliseForm({
          ...good,
          name,
          mobile: other,
          idNumber: other,
          landline: other,
          email: other,
          wishes: [name],
        });
        expect(normaliseForm(once)).toEqual(once);
      }),
    );
  });

  it('M79-2f: no message of the check names a forbidden ground', () => {
    const worst = {
      ...good,
      name: '',
      sex: '1',
      reason: '13',
      health: '64',
      unemployedMonth: '2020-13',
      documentType: '09',
      mobile: '1',
      placeDivision: '410811',
    };
    for (const { message } of checkApplicationForm(worst, context).faults)
      expect(forbiddenGrounds(message), message).toEqual([]);
    expect(divisionExists('410802')).toBe(true);
  });
});
