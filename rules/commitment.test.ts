import { describe, expect, it } from 'vitest';
import type { ApplicationForm } from './application-form.ts';
import { commitmentDigestInput, commitmentText, currentCommitmentVersion, findCommitment } from './commitment.ts';
import { forbiddenGrounds } from './forbidden-grounds.ts';

const form: ApplicationForm = {
  name: '测试人',
  sex: '2',
  ethnic: '01',
  education: '31',
  health: '1',
  unemployedMonth: '2020-07',
  documentType: '90',
  documentNumber: 'A1',
  idNumber: 'A1',
  household: { division: '210381', detail: '某街' },
  residence: { division: '410802', detail: '某小区' },
  qualifications: [],
  mobile: '13900000000',
  registrationPlace: 'residence',
  placeDivision: '410802',
  reason: '2',
  wantsBenefit: false,
  wishes: ['家政'],
};

describe('notification and commitment', () => {
  it('A21-2b, A21-8a: the commitment is that of annex 1, word for word', () => {
    expect(commitmentText(currentCommitmentVersion)).toBe(
      '本人承诺填报的以上内容均为真实、准确、有效，如与实际情况不一致，本人愿意承担相应责任，同时纳入人社信用记录。',
    );
  });

  it('H122-2b: the notification says what is promised, the consequences and the right to verify, and asks for no paper', () => {
    const notice = findCommitment(currentCommitmentVersion)?.notice.join('') ?? '';
    for (const words of ['告知承诺制', '承诺的内容', '信息比对或者人工核查', '承担相应责任', '人社信用记录', '异议'])
      expect(notice).toContain(words);
    expect(forbiddenGrounds(notice)).toEqual([]);
  });

  it('A21-2b: the same form gives the same text to hash whatever the order of its keys; any change gives another', () => {
    const shuffled = Object.fromEntries(Object.entries(form).reverse()) as ApplicationForm;
    const signed = commitmentDigestInput(currentCommitmentVersion, form);
    expect(commitmentDigestInput(currentCommitmentVersion, { ...shuffled, email: undefined })).toBe(signed);
    expect(commitmentDigestInput(currentCommitmentVersion, { ...form, wishes: ['保安'] })).not.toBe(signed);
    expect(signed).toContain('本人承诺填报');
  });

  it('an unknown version is an error', () => {
    expect(() => commitmentText('nope')).toThrow(RangeError);
    expect(findCommitment('nope')).toBeUndefined();
  });
});
