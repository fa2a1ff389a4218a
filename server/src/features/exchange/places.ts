import { statisticsOnly } from '@yingdeng/contract/divisions.ts';
import type { Context } from '../../context.ts';

/**
 * The county of GB/T 2260 under which the exits of a statistics-only division are uploaded: AAB301 must be in the national
 * table, which does not have development zones. A zone that is not here is not guessed: its records are held back with
 * AAB301-statistics-only until an entry is added.
 *
 * | zone   | name                   | county | because                                                                    |
 * | ------ | ---------------------- | ------ | -------------------------------------------------------------------------- |
 * | 410871 | 焦作城乡一体化示范区   | 410811 | its seat and most of its people lie in 山阳区                               |
 */
const countyOfZone: Readonly<Record<string, string>> = { 410871: '410811' };

/** AAB301 for what happened at a division. */
export function uploadDivision(division: string): string {
  return statisticsOnly.has(division) ? (countyOfZone[division] ?? division) : division;
}

/** A part of the organisation: office codes from `lo` to before `hi`. */
export interface OfficeRange {
  readonly lo: string;
  readonly hi: string;
}

const everywhere: OfficeRange = { lo: '0', hi: ':' };

/** Counties with an institution of their own, by city, within a range. */
export function countiesByTenant(context: Context, range: OfficeRange = everywhere): Map<string, string[]> {
  const byTenant = new Map<string, string[]>();
  for (const { code } of context.reference.officesUnder('')) {
    const county = code.slice(0, 6);
    if (county.endsWith('00') || county < range.lo || county >= range.hi) continue;
    const counties = byTenant.get(county.slice(0, 4)) ?? [];
    if (!counties.includes(county)) byTenant.set(county.slice(0, 4), [...counties, county]);
  }
  return byTenant;
}

/** Cities whose exchange a range touches: also that of a single street. */
export function tenantsOf(context: Context, range: OfficeRange = everywhere): string[] {
  const inside = context.reference.officesUnder('').filter(({ code }) => code >= range.lo && code < range.hi);
  return [...new Set(inside.map(({ code }) => code.slice(0, 4)))].filter((tenant) => !tenant.endsWith('00')).sort();
}
