import { describe, expect, it } from 'vitest';
import { emptyForm, offeredPlaces, withAgain, withChange } from './form-state.ts';

describe('the counter form fills itself', () => {
  it('a number of 18 or 15 digits fills the sex and the document number; a wrong one fills nothing (A21-8a)', () => {
    const lawful = withChange(emptyForm, { documentNumber: ' 41080219840312002３' });
    expect(lawful).toMatchObject({ documentNumber: '410802198403120023', idNumber: '410802198403120023', sex: '2' });
    expect(withChange(emptyForm, { documentNumber: '410802840312003' }).sex).toBe('1');
    expect(withChange(emptyForm, { documentNumber: '410802198403120024' }).sex).toBe('');
  });

  it('nothing but the commonest document is preset: no invented defaults', () => {
    expect(Object.entries(emptyForm).filter(([, value]) => typeof value === 'string' && value !== '')).toEqual([
      ['documentType', '01'],
    ]);
  });

  it('the county of the place follows the address it names', () => {
    const home = withChange(emptyForm, { residence: { division: '410802', detail: 'x' } });
    expect(withChange(home, { registrationPlace: 'residence' }).placeDivision).toBe('410802');
  });

  it('an earlier form fills what is empty and overwrites nothing that is typed (A21-8a)', () => {
    const typed = withChange(emptyForm, { mobile: '15410009999', wishes: ['保安', ''] });
    const again = {
      on: '2024-05-11',
      from: {},
      form: {
        ethnic: '01',
        mobile: '15410001111',
        wishes: ['保洁', ''],
        qualifications: ['电工 三级', '', ''],
        residence: { division: '410802', detail: '和平路1号' },
        registrationPlace: 'residence',
      },
    };
    expect(withAgain(typed, '王小明', again)).toMatchObject({
      name: '王小明',
      ethnic: '01',
      mobile: '15410009999',
      wishes: ['保安', ''],
      qualifications: ['电工 三级', '', ''],
      placeDivision: '410802',
      unemployedMonth: '',
      reason: '',
    });
    expect(withAgain({ ...typed, name: '王大明' }, '王小明', again).name).toBe('王大明');
  });

  it('a grade of disability goes when the health no longer asks for one', () => {
    const graded = withChange(emptyForm, { health: '64', disability: { scale: 'card', grade: '2' } });
    expect(graded.disability).toBeDefined();
    expect(withChange(graded, { health: '10' }).disability).toBeUndefined();
  });
});

describe('places offered', () => {
  it('M79-1a, A21-1b: four of them under the national notice, two in Anshan before it', () => {
    expect(offeredPlaces('2026-11-22', '410802')).toHaveLength(4);
    expect(offeredPlaces('2020-05-01', '210302')).toEqual(['household', 'residence']);
  });
});
