import type { ApplicationFormInput, Submission } from '@yingdeng/contract/application-form.ts';
import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Person } from './people.ts';

/** Annex 1 as this person fills it: household, home and registration in one county. */
export function filledForm(person: Person, county: string, today: PlainDate): ApplicationFormInput {
  const address = { division: county, detail: '和平路1号院2单元301室' };
  return {
    name: person.name,
    sex: person.sex,
    ethnic: '01',
    political: '13',
    education: '31',
    health: '10',
    unemployedMonth: addDays(today, -40).slice(0, 7),
    documentType: '01',
    documentNumber: person.idNumber,
    idNumber: person.idNumber,
    household: address,
    residence: address,
    qualifications: ['电工，四级'],
    mobile: person.mobile,
    registrationPlace: 'residence',
    placeDivision: county,
    reason: '2',
    wantsBenefit: true,
    wishes: ['设备维修', '仓库管理'],
  };
}

/** A name drawn with a finger, in the pad's box of 600 × 200. */
const drawn =
  'M80 60L180 56M130 30Q128 110 78 160M132 90Q160 130 196 158M260 44L372 40M316 24L314 164M268 98L366 96M420 52L540 48M480 30Q470 120 430 160M482 80Q510 130 548 156';

/** The form with the commitment that was shown, signed now. */
export function signed(form: ApplicationFormInput, version: string): Submission {
  return {
    form,
    commitment: { version, read: true, signature: { path: drawn, signedAt: new Date().toISOString() } },
  } as Submission;
}
