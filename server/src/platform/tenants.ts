import { children, provinceList } from '@yingdeng/contract/divisions.ts';

/** The cities of a province: their first four digits. */
const citiesOf = (province: string): string[] => children(province).map((city) => city.code.slice(0, 4));

let everywhere: readonly string[] | undefined;

/** Every tenant there can be, for look-ups by a number that names no place: some 400 descents of an index. */
export function allTenants(): readonly string[] {
  everywhere ??= provinceList.flatMap((province) => citiesOf(province.code));
  return everywhere;
}

/** The tenants an office reaches: its own city, or the cities of its province, or all. */
export function tenantsOf(office: string): readonly string[] {
  if (office === '000000') return allTenants();
  return office.endsWith('0000') && office.length === 6 ? citiesOf(office) : [office.slice(0, 4)];
}
