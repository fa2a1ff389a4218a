import { children } from '@yingdeng/contract/divisions.ts';
import type { Context } from '../../context.ts';

/** Levels that write a report of their own; streets and villages are seen inside their county's. */
export type ReportLevel = 'county' | 'city' | 'province';

/** The level of a division of six digits. */
export function levelOf(division: string): ReportLevel {
  return division.endsWith('0000') ? 'province' : division.endsWith('00') ? 'city' : 'county';
}

/** The tenant whose rows hold a division's reports: its first four digits, for a province too. */
export const tenantOf = (division: string): string => division.slice(0, 4);

/** Divisions that have an office of their own here: those write reports. */
export function reportingDivisions(context: Context): Set<string> {
  const found = new Set<string>();
  for (const { code, kind } of context.reference.officesUnder('')) if (kind !== 'nation') found.add(code.slice(0, 6));
  return found;
}

/** The divisions whose reports add up to that of a city or province, in order. */
export function partsOf(context: Context, division: string): string[] {
  const reporting = reportingDivisions(context);
  const below =
    levelOf(division) === 'province'
      ? children(division).map(({ code }) => code)
      : [...reporting].filter((code) => code.startsWith(division.slice(0, 4)) && code !== division);
  // A city without an office of its own still has counties: they report to the province directly.
  return below
    .flatMap((code) =>
      levelOf(code) === 'city' && !reporting.has(code)
        ? [...reporting].filter((county) => county.startsWith(code.slice(0, 4)))
        : [code],
    )
    .filter((code) => reporting.has(code))
    .sort();
}

/** Everything a range of offices may report about, wholes after their parts. */
export function divisionsIn(context: Context, range: { lo: string; hi: string }): string[] {
  const order = { county: 0, city: 1, province: 2 } as const;
  return [...reportingDivisions(context)]
    .filter((code) => code >= range.lo && code < range.hi && code !== '000000')
    .sort((a, b) => order[levelOf(a)] - order[levelOf(b)] || (a < b ? -1 : 1));
}
