import { children, divisionName, ownName, provinceList } from '@yingdeng/contract/divisions.ts';
import { occupationOf } from '@yingdeng/contract/occupations.ts';
import { educationLevels, skillLevels } from '@yingdeng/rules/matching.ts';
import {
  type VacancyFault,
  type VacancyField,
  type VacancyInput,
  vacancyFieldNames,
  workKinds,
} from '@yingdeng/rules/vacancy.ts';
import { AppError } from '../../platform/errors.ts';

/** Columns of the sheet, in the order of the template. */
export const importFields = Object.keys(vacancyFieldNames) as VacancyField[];
/** Columns a file may leave out; an empty cell then means the plain value. */
const optional: readonly VacancyField[] = ['employerCode', 'education', 'skill', 'kind', 'description', 'validFrom'];

/** Where each field stands in a row; -1: the file has no such column. */
export type Columns = Readonly<Record<VacancyField, number>>;

/** Finds the columns by their headings, in any order, with or without a star. @throws AppError import.unusable */
export function columnsOf(header: readonly string[]): Columns {
  const names = header.map((name) =>
    name
      .normalize('NFKC')
      .replace(/[\s*（(].*$/, '')
      .trim(),
  );
  const at = (field: VacancyField) => names.indexOf(vacancyFieldNames[field]);
  const missing = importFields.filter((field) => at(field) < 0 && !optional.includes(field));
  if (missing.length > 0) {
    const list = missing.map((field) => vacancyFieldNames[field]).join('、');
    throw new AppError('import.unusable', { why: `表头缺少以下列：${list}。请用模板的表头，顺序不限。` });
  }
  const twice = importFields.find(
    (field) => names.indexOf(vacancyFieldNames[field]) !== names.lastIndexOf(vacancyFieldNames[field]),
  );
  if (twice) throw new AppError('import.unusable', { why: `表头中“${vacancyFieldNames[twice]}”出现了两次。` });
  return Object.fromEntries(importFields.map((field) => [field, at(field)])) as Columns;
}

let byName: Map<string, string> | undefined;
/** Six digits of a county by its own or its full name; undefined where a name is not the only one of the country. */
function divisionOf(text: string): string | undefined {
  if (/^\d{6}$/.test(text)) return text;
  if (!byName) {
    byName = new Map();
    const own = new Map<string, string>();
    for (const province of provinceList)
      for (const city of children(province.code))
        for (const county of children(city.code)) {
          byName.set(divisionName(county.code), county.code);
          byName.set(`${ownName(city.code) ?? ''}${county.name}`, county.code);
          own.set(county.name, own.has(county.name) ? '' : county.code);
        }
    for (const [name, code] of own) if (code !== '' && !byName.has(name)) byName.set(name, code);
  }
  return byName.get(text);
}

/** A level by its number, its name, or the beginning of it as people write it. */
function levelOf(
  levels: Readonly<Record<number, string>>,
  others: Readonly<Record<string, number>>,
  text: string,
): number {
  if (text === '' || text === '无') return 0;
  if (/^[0-5]$/.test(text)) return Number(text);
  const named = Object.entries(levels).find(([, name]) => name === text || name.split(/[、（）]/).includes(text));
  return named ? Number(named[0]) : (others[text] ?? -1);
}
const educationWords = {
  大专: 3,
  专科: 3,
  本科: 4,
  大学: 4,
  硕士: 5,
  博士: 5,
  高中及以上: 2,
  大专及以上: 3,
  本科及以上: 4,
  小学: 0,
};
const skillWords = { 初级: 1, 中级: 2, 高级: 3, 五级: 1, 四级: 2, 三级: 3, 二级: 4, 一级: 5 };

/** Days since 1899-12-30, as a sheet keeps a date. */
const sheetDay = (days: number): string =>
  new Date(Date.UTC(1899, 11, 30) + days * 86_400_000).toISOString().slice(0, 10);

/** A date as people write it in a sheet: 2026-11-26, 2026/11/26, 2026.11.26, 2026年11月26日, 20261126, a sheet's own number. */
function dateOf(text: string): string {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (parts) return `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`;
  return /^[34567]\d{4}(\.\d+)?$/.test(text) ? sheetDay(Math.floor(Number(text))) : text;
}

const numberOf = (text: string): number => {
  const plain = text.replace(/[,，元人\s]/g, '');
  return /^\d+(\.0+)?$/.test(plain) ? Number(plain) : Number.NaN;
};

/** Whether a row says nothing at all. */
export const isEmptyRow = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

/** Reads a row. What cannot be read becomes a value that the rules then refuse with the field's name. `today` begins a row without a date. */
export function inputFromCells(
  cells: readonly string[],
  at: Columns,
  today: string,
): { input: VacancyInput; faults: VacancyFault[] } {
  const text = (field: VacancyField) => (cells[at[field]] ?? '').trim().replace(/^'(?=[=+\-@])/, '');
  const plain = (field: VacancyField) => text(field).normalize('NFKC');
  const kind =
    plain('kind') === ''
      ? 'fullTime'
      : (Object.entries(workKinds).find(([, name]) => name === plain('kind'))?.[0] ?? '');
  const input = {
    employerName: text('employerName'),
    employerCode: plain('employerCode'),
    employerRef: plain('employerRef'),
    title: text('title'),
    occupation: occupationOf(plain('occupation')) ?? '',
    workDivision: divisionOf(plain('workDivision')) ?? '',
    workPlace: text('workPlace'),
    wageFrom: numberOf(plain('wageFrom')),
    wageTo: numberOf(plain('wageTo')),
    education: levelOf(educationLevels, educationWords, plain('education')),
    skill: levelOf(skillLevels, skillWords, plain('skill')),
    posts: numberOf(plain('posts')),
    kind,
    telephone: plain('telephone'),
    description: text('description'),
    validFrom: plain('validFrom') === '' ? today : dateOf(plain('validFrom')),
    validTo: dateOf(plain('validTo')),
  } as VacancyInput;
  const faults: VacancyFault[] =
    input.employerRef === ''
      ? [{ field: 'employerRef', message: '单位岗位编号：没有填。有编号，再次导入才不会变成两个岗位。' }]
      : [];
  return { input, faults };
}
