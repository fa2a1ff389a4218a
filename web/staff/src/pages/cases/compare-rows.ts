import { codeText } from '@yingdeng/contract/code-tables.ts';
import { stampText } from '../../lib/dates.ts';
import { formView, reasonWords } from './form-view.ts';
import type { CaseFile } from './model.ts';

/** One line of two cases side by side. */
export interface CompareRow {
  readonly label: string;
  readonly here: string;
  readonly there: string;
  readonly differs: boolean;
}

type Read = (file: CaseFile, place: (code: string) => string) => string;

const division = (value: unknown) =>
  typeof value === 'object' && value !== null ? String((value as { division?: unknown }).division ?? '') : '';
const view = ({ application, person }: CaseFile) => formView(application.form, person);

/** What is compared, in the order a clerk looks: who, where, why, then how each case came and stands. */
const reads: readonly (readonly [label: string, read: Read])[] = [
  ['姓名', (file) => view(file).name],
  ['证件号', ({ person }) => person.idMasked],
  ['手机', (file) => view(file).mobile],
  ['户籍地址', ({ application }, place) => place(division(application.form.household))],
  ['常住地址', ({ application }, place) => place(division(application.form.residence))],
  [
    '登记失业地',
    (file, place) => {
      const { place: kind, placeDivision } = view(file);
      return [codeText('registrationPlace', kind), place(placeDivision)].filter(Boolean).join('，');
    },
  ],
  ['失业时间', (file) => view(file).unemployedMonth],
  ['失业原因', (file) => reasonWords(view(file))],
  ['提交', ({ application }) => stampText(application.submittedAt)],
  ['来源', ({ application }) => codeText('channel', application.channel) ?? application.channel],
  ['办理机构', ({ application }) => application.officeName],
  ['状态', ({ application, registration }) => registration?.statusText ?? application.statusText],
];

/** Two cases of one person, line by line. `place` names a division code. */
export function compareRows(here: CaseFile, there: CaseFile, place: (code: string) => string): readonly CompareRow[] {
  return reads.map(([label, read]) => {
    const one = read(here, place);
    const other = read(there, place);
    return { label, here: one, there: other, differs: one !== other };
  });
}
