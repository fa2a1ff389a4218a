import type { Context } from '../../context.ts';
import type { OfficeRow } from '../../platform/reference.sql.ts';

/** The digits that say something in a division code: 410000 → 41, 410800 → 4108, 000000 → none. */
const significant = (code: string): string => (code.length <= 6 ? code.replace(/(00)+$/, '') : code);

/** Open institutions of a place and below it (A21-7b), in order of code. */
export function institutionsUnder(context: Context, division: string): OfficeRow[] {
  return context.reference.officesUnder(significant(division)).filter((office) => office.open);
}

/** What a worker of a county is handed as the institution list: the county's institutions, then the city's own. */
export function institutionsFor(context: Context, county: string): OfficeRow[] {
  const city = context.reference.office(`${county.slice(0, 4)}00`);
  const own = institutionsUnder(context, county);
  return city?.open && !own.some((office) => office.code === city.code) ? [...own, city] : own;
}

/** An institution with the columns the clause prints (A21-4c); a column it does not know stays empty. */
export function institutionColumns(office: OfficeRow, columns: readonly string[]): Record<string, string> {
  const known: Record<string, string> = {
    机构名称: office.name,
    办公地址: office.address,
    联系电话: office.telephone,
    经办项目: office.business,
  };
  return Object.fromEntries(columns.map((column) => [column, known[column] ?? '']));
}
