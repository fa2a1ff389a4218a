import { describe, expect, it } from 'vitest';
import type { ApplicationForm } from './application-form.ts';
import { formAgain, offeredAgain, stillKnown } from './form-again.ts';

const earlier: ApplicationForm = {
  name: '王小明',
  sex: '1',
  ethnic: '01',
  political: '',
  education: '31',
  health: '10',
  unemployedMonth: '2024-03',
  documentType: '90',
  documentNumber: 'A12345678',
  idNumber: '410802198001011234',
  household: { division: '410821', detail: '城关镇一街5号' },
  residence: { division: '410802', detail: '民生街道和平路1号' },
  qualifications: ['电工 三级', '', ''],
  mobile: '15410001111',
  landline: '',
  registrationPlace: 'residence',
  placeDivision: '410802',
  reason: '2',
  wantsBenefit: true,
  wishes: ['', ''],
  otherNotes: '想早点上班',
  hmtPreviouslyEmployed: true,
};

describe('an earlier form fills in the next one (A21-8a)', () => {
  it('what lasts is filled in; numbers, the unemployment of that time and the benefit are asked anew', () => {
    const { form, from, on } = formAgain(earlier, {}, '2024-05-11');
    expect(on).toBe('2024-05-11');
    expect(form).toEqual({
      ethnic: '01',
      education: '31',
      health: '10',
      household: earlier.household,
      residence: earlier.residence,
      qualifications: earlier.qualifications,
      mobile: '15410001111',
      registrationPlace: 'residence',
      placeDivision: '410802',
    });
    expect(new Set(Object.values(from))).toEqual(new Set(['form']));
    expect(Object.keys(from)).toEqual(Object.keys(form));
    // A number that does not say the sex leaves it to the form.
    expect(formAgain({ ...earlier, idNumber: 'H1234567' }, {}, '2024-05-11').form.sex).toBe('1');
  });

  it('A21-5a: what was corrected in the file since is newer, and says so; the place follows the address', () => {
    const residence = { division: '410811', detail: '焦东街道塔北路2号' };
    const { form, from } = formAgain(earlier, { mobile: '15410002222', email: '', residence }, '2024-05-11');
    expect(form).toMatchObject({ mobile: '15410002222', residence, placeDivision: '410811' });
    expect(from).toMatchObject({ mobile: 'file', residence: 'file', placeDivision: 'file', household: 'form' });
    expect(formAgain(earlier, { mobile: earlier.mobile }, '2024-05-11').from.mobile).toBe('form');
  });

  it('M79-1a: the place of work or insurance of that time is no place of today', () => {
    for (const registrationPlace of ['employment', 'insurance']) {
      const { form } = formAgain({ ...earlier, registrationPlace, placeDivision: '410804' }, {}, '2024-05-11');
      expect(form.registrationPlace).toBeUndefined();
      expect(form.placeDivision).toBeUndefined();
    }
  });

  it('a page that offers fewer codes shows what it fills in: health by its group, else the question is asked anew', () => {
    const again = formAgain({ ...earlier, health: '61', education: '99' }, {}, '2024-05-11');
    const { form, from } = offeredAgain(again, { education: ['31'], health: ['1', '6'] });
    expect(form).toMatchObject({ health: '6', ethnic: '01' });
    expect(form).not.toHaveProperty('education');
    expect(from).not.toHaveProperty('education');
    const counter = formAgain({ ...earlier, health: '1' }, {}, '2024-05-11');
    expect(offeredAgain(counter, { education: ['31'], health: ['10', '61'] }).form).toMatchObject({
      health: '10',
      education: '31',
    });
  });

  it('a field is marked until it says something else', () => {
    const again = formAgain(earlier, { mobile: '15410002222' }, '2024-05-11');
    const now = { ...again.form, education: '21', household: { division: '410821', detail: '城关镇一街6号' } };
    const known = stillKnown(again, now);
    expect(known.get('mobile')).toBe('file');
    expect(known.get('ethnic')).toBe('form');
    expect(known.has('education')).toBe(false);
    expect(known.has('household')).toBe(false);
    expect(known.has('reason')).toBe(false);
  });
});
