import { formFields } from '@yingdeng/rules/form-fields.ts';
import { describe, expect, it } from 'vitest';
import { asksGrade, asksHmt, screenOf, screens, withoutUnasked } from './screens.ts';

describe('A21-8a: the guided steps', () => {
  it('ask every field of the form exactly once', () => {
    const asked = screens.flatMap((screen) => screen.fields);
    expect([...asked].sort()).toEqual(Object.keys(formFields).sort());
    expect(screenOf('reasonText')?.id).toBe('unemployment');
    expect(screenOf('commitment')).toBeUndefined();
  });
  it('ask the grade only of a disability, and about mainland work only residents of Hong Kong, Macao and Taiwan', () => {
    expect(asksGrade({ health: '6' })).toBe(true);
    expect(asksGrade({ health: '1' })).toBe(false);
    expect(asksHmt({ documentType: '01', idNumber: '410811198001011234' })).toBe(false);
    expect(asksHmt({ documentType: '90', idNumber: '810000199001011234' })).toBe(true);
    expect(asksHmt({ documentType: '17', idNumber: '' })).toBe(true);
  });
  it('drop answers that are no longer asked for and derive what follows from others', () => {
    const draft = withoutUnasked({
      health: '1',
      disability: { scale: 'card', grade: '2' },
      reason: '2',
      reasonText: '旧的说明',
      documentType: '01',
      idNumber: '41081119800101123X',
      registrationPlace: 'residence',
      residence: { division: '410811', detail: '某路1号' },
      placeDivision: '210381',
    });
    expect(draft).toEqual({
      health: '1',
      reason: '2',
      documentType: '01',
      idNumber: '41081119800101123X',
      documentNumber: '41081119800101123X',
      registrationPlace: 'residence',
      residence: { division: '410811', detail: '某路1号' },
      placeDivision: '410811',
    });
  });
});
