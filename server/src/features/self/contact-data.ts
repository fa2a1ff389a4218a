import { divisionName } from '@yingdeng/contract/divisions.ts';
import {
  type ContactData,
  type CorrectableField,
  type CorrectedData,
  correctable,
  hukouTexts,
  residenceUrbanTexts,
  veteranTexts,
} from '@yingdeng/rules/correction.ts';
import type { Context } from '../../context.ts';
import type { Answer } from '../../platform/http.ts';
import { maskTelephone } from '../../platform/words.ts';
import { maskEmail } from '../casefile/index.ts';
import type { CorrectionRow, RegistrationOfPerson } from './correction.sql.ts';

/** Contact data as they lie sealed in the person's file. */
export interface SealedContact {
  readonly mobile?: string;
  readonly landline?: string;
  readonly email?: string;
  readonly otherContact?: string;
  readonly householdDetail?: string;
  readonly residenceDetail?: string;
}

/** The present contact data of a person, and everything sealed beside them; undefined when the file is out of reach. */
export function contactDataOf(
  context: Context,
  row: RegistrationOfPerson,
): { data: ContactData; sealed: SealedContact } | undefined {
  if (!row.contact_sealed || !row.residence_division) return undefined;
  const sealed = context.crypto.open<SealedContact>(row.contact_sealed);
  return {
    sealed,
    data: {
      mobile: sealed.mobile ?? '',
      landline: sealed.landline ?? '',
      email: sealed.email ?? '',
      residence: { division: row.residence_division, detail: sealed.residenceDetail ?? '' },
      hukou: row.hukou ?? '',
      veteran: yesOrNo(row.veteran),
      residenceUrban: yesOrNo(row.residence_urban),
    },
  };
}

const yesOrNo = (known: boolean | null): string => (known === null ? '' : known ? 'yes' : 'no');

/** The part of the data that a correction is about. */
export function partOf(data: ContactData | CorrectedData, fields: readonly CorrectableField[]): CorrectedData {
  return Object.fromEntries(fields.map((field) => [field, data[field]]));
}

/** One entry in words; for staff as much of it as is shown without a reason. */
export function entryText(field: CorrectableField, data: CorrectedData, masked: boolean): string {
  if (field === 'residence') {
    const { division = '', detail = '' } = data.residence ?? {};
    return divisionName(division) + (masked ? (detail ? '……' : '') : detail);
  }
  const text = data[field] ?? '';
  if (field === 'hukou') return hukouTexts[text] ?? '';
  if (field === 'veteran') return veteranTexts[text] ?? '';
  if (field === 'residenceUrban') return residenceUrbanTexts[text] ?? '';
  if (!masked || text === '') return text;
  return field === 'email' ? maskEmail(text) : maskTelephone(text);
}

type Shown = Answer<'getCorrections'>['corrections'][number];
const states: Record<CorrectionRow['state'], string> = {
  applied: '已更正',
  question: '等工作人员核实',
  accepted: '已核实并更正',
  left: '没有更正',
};

/** A correction with old and new beside each other. */
export function correctionOf(context: Context, row: CorrectionRow, masked: boolean): Shown {
  const before = context.crypto.open<CorrectedData>(row.before_sealed);
  const after = context.crypto.open<CorrectedData>(row.after_sealed);
  return {
    id: row.id,
    at: row.at.toISOString(),
    who: row.actor_name,
    source: row.source,
    state: row.state,
    stateText: states[row.state],
    reason: row.reason,
    changes: (row.fields as CorrectableField[]).map((field) => ({
      field,
      label: correctable[field],
      before: entryText(field, before, masked),
      after: entryText(field, after, masked),
    })),
    ...(row.settled_at
      ? {
          settled: { at: row.settled_at.toISOString(), who: row.settled_by_name ?? '', note: row.settled_note ?? '' },
        }
      : {}),
  };
}
