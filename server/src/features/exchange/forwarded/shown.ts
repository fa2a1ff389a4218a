import { codeText, formReasons } from '@yingdeng/contract/code-tables.ts';
import { divisionName } from '@yingdeng/contract/divisions.ts';
import type { ApplicationForm } from '@yingdeng/rules/application-form.ts';
import type { FormField } from '@yingdeng/rules/form-fields.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { maskTelephone } from '../../../platform/words.ts';
import { maskEmail } from '../../casefile/index.ts';

/** A value as the case page shows it: numbers, telephones and addresses masked. */
export function shownField(form: ApplicationForm, field: FormField): string {
  const coded: Readonly<Partial<Record<FormField, Parameters<typeof codeText>[0]>>> = {
    sex: 'sex',
    ethnic: 'ethnic',
    political: 'political',
    education: 'education',
    health: 'health',
    documentType: 'identityDocument',
  };
  const table = coded[field];
  if (table) return codeText(table, String(form[field] ?? '')) ?? '';
  switch (field) {
    case 'idNumber':
    case 'documentNumber':
      return maskIdentityNumber(form[field]);
    case 'mobile':
    case 'landline':
      return form[field] ? maskTelephone(form[field]) : '';
    case 'email':
      return form.email ? maskEmail(form.email) : '';
    case 'household':
    case 'residence':
      return `${divisionName(form[field].division)}${form[field].detail ? ' ****' : ''}`;
    case 'placeDivision':
      return [codeText('registrationPlace', form.registrationPlace), divisionName(form.placeDivision)]
        .filter(Boolean)
        .join('，');
    case 'reason': {
      const text = formReasons.find(({ box }) => String(box) === form.reason)?.text ?? form.reason;
      return [text, form.reasonText].filter(Boolean).join('：');
    }
    case 'wantsBenefit':
      return form.wantsBenefit ? '是' : '否';
    default: {
      const value = form[field];
      return Array.isArray(value) ? value.join('、') : String(value ?? '');
    }
  }
}
