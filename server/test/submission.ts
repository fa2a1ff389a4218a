import type { Submission } from '@yingdeng/contract/application-form.ts';
import { currentCommitmentVersion } from '@yingdeng/rules/commitment.ts';

/** A lawful form of a person, with the commitment signed. `more` changes single fields of the form. */
export function submissionOf(
  person: { name: string; idNumber: string },
  now: Date,
  more: Partial<Submission['form']> = {},
): Submission {
  return {
    form: {
      name: person.name,
      sex: Number(person.idNumber[16]) % 2 === 1 ? '1' : '2',
      ethnic: '01',
      political: '13',
      education: '30',
      health: '1',
      unemployedMonth: '2020-07',
      documentType: '01',
      documentNumber: person.idNumber,
      idNumber: person.idNumber,
      household: { division: '410802', detail: '人民路2号院3号楼' },
      residence: { division: '410802', detail: '人民路2号院3号楼' },
      qualifications: ['电工四级'],
      mobile: '13800001234',
      registrationPlace: 'residence',
      placeDivision: '410802',
      reason: '2',
      wantsBenefit: true,
      wishes: ['电工'],
      ...more,
    },
    commitment: {
      version: currentCommitmentVersion,
      read: true,
      signature: { path: 'M 10 10 L 60 40 L 90 20', signedAt: now.toISOString() },
    },
  };
}
