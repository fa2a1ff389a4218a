import { describe, expect, it } from 'vitest';
import type { ApplicationForm } from './application-form.ts';
import { adopt, formDifferences } from './form-difference.ts';

const form: ApplicationForm = {
  name: '沈禾苗',
  sex: '1',
  ethnic: '01',
  education: '61',
  health: '1',
  unemployedMonth: '2026-10',
  documentType: '01',
  documentNumber: '410802198504120013',
  idNumber: '410802198504120013',
  household: { division: '410802', detail: '人民路1号' },
  residence: { division: '410802', detail: '建设路2号' },
  qualifications: [],
  mobile: '13800001234',
  otherContact: '微信',
  registrationPlace: 'residence',
  placeDivision: '410802',
  reason: '2',
  wantsBenefit: false,
  wishes: ['文员'],
};

describe('a form that came later, beside the form of the case (M79-7a)', () => {
  it('the same content in another spelling is no difference, nor what the platform does not carry', () => {
    const later = { ...form, mobile: '138-0000-1234', landline: '', otherContact: undefined, wishes: ['文员'] };
    expect(formDifferences(form, later)).toEqual([]);
  });

  it('fields that belong together differ and are adopted together, in the order of the form', () => {
    const later = {
      ...form,
      mobile: '13900005678',
      reason: '13',
      reasonText: '工程完工',
      registrationPlace: 'employment',
      placeDivision: '410803',
    };
    const found = formDifferences(form, later);
    expect(found.map(({ label }) => label)).toEqual(['手机', '登记失业地所在县（市、区）', '失业原因']);
    expect(adopt(form, later, ['reason'])).toMatchObject({
      reason: '13',
      reasonText: '工程完工',
      mobile: '13800001234',
    });
    expect(adopt(form, later, ['placeDivision'])).toMatchObject({
      registrationPlace: 'employment',
      placeDivision: '410803',
    });
  });

  it('who applies is shown but never adopted', () => {
    const later = { ...form, idNumber: '410802198504120021' };
    expect(formDifferences(form, later)).toMatchObject([{ field: 'idNumber', adoptable: false }]);
    expect(adopt(form, later, ['idNumber']).idNumber).toBe(form.idNumber);
  });
});
