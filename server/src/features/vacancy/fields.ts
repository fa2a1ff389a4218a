import { divisionName } from '@yingdeng/contract/divisions.ts';
import { occupationName } from '@yingdeng/contract/occupations.ts';
import { educationLevels, skillLevels } from '@yingdeng/rules/matching.ts';
import { type VacancyField, type VacancyInput, vacancyFieldNames, workKinds } from '@yingdeng/rules/vacancy.ts';
import type { Answer } from '../../platform/http.ts';
import { columns, names } from './stored.ts';
import type { VacancyRow } from './vacancy.sql.ts';

/** Texts without blanks around them, names without any inside; digits and letters as they are typed on a keyboard. */
export function tidy(given: VacancyInput): VacancyInput {
  const plain = (text: string) => text.normalize('NFKC').trim();
  return {
    ...given,
    employerName: given.employerName.trim().replace(/\s+/g, ''),
    employerCode: plain(given.employerCode).toUpperCase(),
    employerRef: plain(given.employerRef),
    title: given.title.trim(),
    occupation: plain(given.occupation),
    workDivision: plain(given.workDivision),
    workPlace: given.workPlace.trim(),
    telephone: plain(given.telephone),
    description: given.description.trim(),
    validFrom: plain(given.validFrom),
    validTo: plain(given.validTo),
  };
}

/** The fields of a stored vacancy. */
export function inputOf(row: VacancyRow): VacancyInput {
  return Object.fromEntries(names.map((name) => [name, row[columns[name]]])) as unknown as VacancyInput;
}

/** What differs, as it is kept: {field: [before, after]}; empty when nothing does. */
export function differences(before: VacancyInput, after: VacancyInput): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    names.flatMap((name) =>
      before[name] === after[name] ? [] : [[name, [before[name], after[name]] as [unknown, unknown]]],
    ),
  );
}

/** A field's value as people read it. */
export function sayField(field: string, value: unknown): { label: string; text: string } {
  const label = Object.hasOwn(vacancyFieldNames, field) ? vacancyFieldNames[field as VacancyField] : field;
  const text = String(value ?? '');
  switch (field) {
    case 'occupation':
      return { label, text: occupationName(text) };
    case 'workDivision':
      return { label, text: divisionName(text) };
    case 'education':
      return { label, text: educationLevels[Number(value)] ?? text };
    case 'skill':
      return { label, text: skillLevels[Number(value)] ?? text };
    case 'kind':
      return { label, text: Object.hasOwn(workKinds, text) ? workKinds[text as keyof typeof workKinds] : text };
    default:
      return { label, text };
  }
}

/** Whether a vacancy may be matched and referred to on a day: a predicate, so that no job has to end it. */
export function isValidOn(row: Pick<VacancyRow, 'state' | 'valid_from' | 'valid_to'>, today: string): boolean {
  return row.state === 'open' && row.valid_from <= today && row.valid_to >= today;
}

type Line = Omit<Answer<'getVacancies'>['items'][number], 'officeName'>;

/** A vacancy as a line of a list. */
export function lineOf(row: VacancyRow, today: string): Line {
  const valid = isValidOn(row, today);
  return {
    id: row.id,
    number: row.number,
    employerName: row.employer_name,
    title: row.title,
    occupationText: occupationName(row.occupation),
    placeText: divisionName(row.work_division),
    wageFrom: row.wage_from,
    wageTo: row.wage_to,
    posts: row.posts,
    kindText: workKinds[row.kind],
    educationText: educationLevels[row.education] ?? '',
    skillText: skillLevels[row.skill] ?? '',
    validTo: row.valid_to,
    valid,
    stateText:
      row.state === 'closed'
        ? '已关闭'
        : valid
          ? '有效'
          : row.valid_from > today
            ? `${row.valid_from}起有效`
            : '已过有效期',
    warnings: row.warnings,
  };
}
