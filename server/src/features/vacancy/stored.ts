import {
  type VacancyField,
  type VacancyInput,
  type VacancyWarning,
  vacancySourceKey,
} from '@yingdeng/rules/vacancy.ts';
import { namePinyin } from '../../platform/pinyin.ts';
import type { VacancyRow } from './vacancy.sql.ts';

/** The column of each field of a vacancy. */
export const columns: Record<VacancyField, keyof VacancyRow> = {
  employerName: 'employer_name',
  employerCode: 'employer_code',
  employerRef: 'employer_ref',
  title: 'title',
  occupation: 'occupation',
  workDivision: 'work_division',
  workPlace: 'work_place',
  wageFrom: 'wage_from',
  wageTo: 'wage_to',
  education: 'education',
  skill: 'skill',
  posts: 'posts',
  kind: 'kind',
  telephone: 'telephone',
  description: 'description',
  validFrom: 'valid_from',
  validTo: 'valid_to',
};
/** The fields, in the order of the form. */
export const names = Object.keys(columns) as VacancyField[];

/** A row for `insertVacancies` and `updateVacancies`. */
export function storedOf(
  given: VacancyInput,
  key: { id: string; number: string },
  warnings: readonly VacancyWarning[],
): Record<string, unknown> {
  const employer = namePinyin(given.employerName);
  const title = namePinyin(given.title);
  return {
    ...key,
    ...Object.fromEntries(names.map((name) => [columns[name], given[name]])),
    employer_pinyin: employer.pinyin,
    employer_initials: employer.initials,
    title_pinyin: title.pinyin,
    title_initials: title.initials,
    warnings,
    source_key: vacancySourceKey(given) ?? null,
  };
}
