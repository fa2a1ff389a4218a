import { describe, expect, it } from 'vitest';
import { differences, planCorrection, residenceUrbanAfter } from './correction.ts';

const current = {
  mobile: '13800001234',
  landline: '',
  email: '',
  residence: { division: '410802', detail: '人民路2号院' },
  hukou: '',
  veteran: '',
  residenceUrban: 'yes',
};
const here = { division: '410802', detail: '和平路5号' };
const elsewhere = { division: '410811', detail: '塔南路9号' };

describe('correction after registration (A21-5a)', () => {
  it('telephone, e-mail and an address in the same county apply at once', () => {
    expect(planCorrection(current, { mobile: '13900005678', email: 'a@b.cn', residence: here }, 'worker')).toEqual({
      now: ['mobile', 'email', 'residence'],
      question: [],
    });
  });

  it('an address in another county is a question for a clerk when the worker says it, and none when a clerk does', () => {
    const next = { mobile: '13900005678', residence: elsewhere };
    expect(planCorrection(current, next, 'worker')).toEqual({ now: ['mobile'], question: ['residence'] });
    expect(planCorrection(current, next, 'staff')).toEqual({ now: ['mobile', 'residence'], question: [] });
  });

  it('facts for statistics apply at once, with the values the code table has (A21-6a)', () => {
    expect(planCorrection(current, { hukou: '20', veteran: 'no' }, 'worker')).toEqual({
      now: ['hukou', 'veteran'],
      question: [],
    });
    expect(planCorrection(current, { hukou: '50' }, 'staff')).toMatchObject({
      message: '户口性质请选择农业或非农业。',
    });
    expect(planCorrection(current, { veteran: '' }, 'staff')).toMatchObject({ message: '退役军人请选择是或不是。' });
  });

  it('A21-6a: whether the residence lies in a town is said of an address: of a new one nothing is known until it is said', () => {
    expect(planCorrection(current, { residenceUrban: 'no' }, 'worker')).toEqual({
      now: ['residenceUrban'],
      question: [],
    });
    expect(planCorrection(current, { residenceUrban: 'yes' }, 'worker')).toMatchObject({ refused: true });
    expect(planCorrection(current, { residence: here, residenceUrban: 'yes' }, 'worker')).toEqual({
      now: ['residence', 'residenceUrban'],
      question: [],
    });
    // It waits with the address it is said of.
    expect(planCorrection(current, { residence: elsewhere, residenceUrban: 'yes', veteran: 'no' }, 'worker')).toEqual({
      now: ['veteran'],
      question: ['residence', 'residenceUrban'],
    });
    expect(planCorrection(current, { residenceUrban: '' }, 'staff')).toMatchObject({
      message: '常住地城乡请选择城镇或乡村。',
    });
    expect(residenceUrbanAfter(current, { mobile: '13900005678' })).toBe('yes');
    expect(residenceUrbanAfter(current, { residence: here })).toBe('');
    expect(residenceUrbanAfter(current, { residence: here, residenceUrban: 'no' })).toBe('no');
  });

  it('what did not change is no correction', () => {
    expect(differences(current, { mobile: '13800001234', residence: { ...current.residence } })).toEqual([]);
    expect(planCorrection(current, { mobile: '13800001234' }, 'worker')).toMatchObject({
      refused: true,
      message: '没有要更正的内容。',
    });
  });

  it.each([
    [{ mobile: '1380000' }, '手机号码'],
    [{ mobile: '' }, '手机号码'],
    [{ landline: '12' }, '固定电话'],
    [{ email: 'nobody@' }, '电子邮件'],
    [{ residence: { division: '410800', detail: '和平路5号' } }, '县（市、区）'],
    [{ residence: { division: '410802', detail: ' ' } }, '门牌号'],
  ])('%j cannot be right', (next, words) => {
    const plan = planCorrection(current, next, 'worker');
    expect(plan).toMatchObject({ refused: true, code: 'correction.faulty' });
    expect('message' in plan ? plan.message : '').toContain(words);
  });
});
