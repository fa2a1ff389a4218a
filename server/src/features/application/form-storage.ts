import type { ApplicationForm } from '@yingdeng/rules/application-form.ts';

/** What of the form is encrypted at rest: numbers, telephones, detailed addresses. */
export interface SealedForm {
  readonly idNumber: string;
  readonly documentNumber: string;
  readonly mobile: string;
  readonly landline?: string;
  readonly email?: string;
  readonly otherContact?: string;
  readonly householdDetail: string;
  readonly residenceDetail: string;
}

/** The form without what is sealed, as it lies in `application.form`. */
export type OpenForm = Omit<
  ApplicationForm,
  'idNumber' | 'documentNumber' | 'mobile' | 'landline' | 'email' | 'otherContact' | 'household' | 'residence'
> & { household: { division: string }; residence: { division: string } };

/** Parts a form into what may lie open in the database and what is sealed. */
export function partForm(form: ApplicationForm): { open: OpenForm; sealed: SealedForm } {
  const { idNumber, documentNumber, mobile, landline, email, otherContact, household, residence, ...rest } = form;
  return {
    open: { ...rest, household: { division: household.division }, residence: { division: residence.division } },
    sealed: {
      idNumber,
      documentNumber,
      mobile,
      landline,
      email,
      otherContact,
      householdDetail: household.detail,
      residenceDetail: residence.detail,
    },
  };
}

/** The form as submitted. */
export function joinForm(open: OpenForm, sealed: SealedForm): ApplicationForm {
  const { householdDetail, residenceDetail, ...numbers } = sealed;
  return {
    ...open,
    ...numbers,
    household: { ...open.household, detail: householdDetail },
    residence: { ...open.residence, detail: residenceDetail },
  };
}
