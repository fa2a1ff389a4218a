import { applicationForm } from '@yingdeng/contract/application-form.ts';
import { formFields } from '@yingdeng/rules/form-fields.ts';
import { describe, expect, it } from 'vitest';
import { completeForm, type Draft, mergeDraft, readDraft, sameDraft } from './draft.ts';

describe('the draft of annex 1', () => {
  it('knows every field of the form, and a completed draft has the interface’s shape', () => {
    const everything = completeForm({ wantsBenefit: true });
    expect(applicationForm.safeParse(everything).success).toBe(true);
    for (const field of Object.keys(formFields)) {
      const value = field === 'disability' ? { scale: 'card', grade: '1' } : undefined;
      const sample = { [field]: value ?? (field === 'wishes' || field === 'qualifications' ? ['车工'] : undefined) };
      expect(Object.keys(readDraft(sample))).toEqual(Object.values(sample)[0] ? [field] : []);
    }
    expect(Object.keys(applicationForm.shape).sort()).toEqual(Object.keys(formFields).sort());
  });
  it('leaves the question about the benefit unanswered until it is answered', () => {
    expect('wantsBenefit' in completeForm({})).toBe(false);
    expect(completeForm({ wantsBenefit: false }).wantsBenefit).toBe(false);
  });
  it('takes from a saved record only what has the right shape', () => {
    expect(
      readDraft({
        name: '张三',
        sex: 1,
        wishes: ['保洁', 3],
        household: { division: '410811' },
        extra: 'x',
        email: null,
      }),
    ).toEqual({ name: '张三', wishes: ['保洁'], household: { division: '410811', detail: '' } });
    expect(readDraft('nonsense')).toEqual({});
  });
});

describe('resuming on another device', () => {
  const base: Draft = { name: '张三', mobile: '13800000000', wishes: ['保洁'] };
  it('keeps what was changed here and takes what was changed there', () => {
    const here: Draft = { ...base, mobile: '13900000000' };
    const there: Draft = { ...base, wishes: ['保洁', '司机'], education: '71' };
    expect(mergeDraft(base, here, there)).toEqual({
      name: '张三',
      mobile: '13900000000',
      wishes: ['保洁', '司机'],
      education: '71',
    });
  });
  it('lets an answer taken back here stay taken back', () => {
    const { mobile: _, ...here } = base;
    expect(mergeDraft(base, here, base)).toEqual(here);
  });
  it('is the server’s draft when nothing was changed here', () => {
    const there: Draft = { name: '张三', mobile: '13700000000' };
    expect(sameDraft(mergeDraft(base, base, there), there)).toBe(true);
    expect(sameDraft(base, there)).toBe(false);
  });
});
