/**
 * Administrative divisions of China at six digits (GB/T 2260 and the statistical list), and townships at nine digits of
 * the prefectures that were extracted. Pure and light: nothing is parsed until a province is asked for. The browser
 * loads this module only when a form needs it: `await import('@yingdeng/contract/divisions.ts')`.
 */
import { provinceLines, statisticsOnlyLine, townshipLines } from './divisions.gen.ts';

/** A division: `code` is six digits for provinces, cities and counties, nine for townships. */
export interface Division {
  code: string;
  name: string;
}

interface Province {
  name: string;
  /** Six-digit code → name, of the province's cities and counties. */
  names: Map<string, string>;
  cities: Division[];
  /** City code → its counties, in code order. */
  counties: Map<string, Division[]>;
}

/** Names of the second level that only group (市辖区 of a municipality, counties directly under a province): no part of an address. */
const GROUPING_NAMES = new Set(['市辖区', '县', '省直辖县级行政区划', '自治区直辖县级行政区划']);

const parsed = new Map<string, Province>();

function provinceOf(twoDigits: string): Province | undefined {
  const known = parsed.get(twoDigits);
  if (known) return known;
  const line = Object.hasOwn(provinceLines, twoDigits) ? provinceLines[twoDigits] : undefined;
  if (line === undefined) return undefined;
  const [name = '', ...cityTexts] = line.split(';');
  const province: Province = { name, names: new Map(), cities: [], counties: new Map() };
  for (const cityText of cityTexts) {
    const [head = '', list = ''] = cityText.split(':');
    const cityPrefix = twoDigits + head.slice(0, 2);
    const city = { code: `${cityPrefix}00`, name: head.slice(2) };
    const counties = list
      .split(',')
      .filter((text) => text !== '')
      .map((text) => ({ code: cityPrefix + text.slice(0, 2), name: text.slice(2) }));
    province.cities.push(city);
    province.counties.set(city.code, counties);
    for (const division of [city, ...counties]) province.names.set(division.code, division.name);
  }
  parsed.set(twoDigits, province);
  return province;
}

/** The 34 provinces, autonomous regions, municipalities and special administrative regions, in code order. */
export const provinceList: readonly Division[] = Object.entries(provinceLines)
  .map(([twoDigits, line]) => ({ code: `${twoDigits}0000`, name: line.split(';', 1)[0] ?? '' }))
  .sort((a, b) => (a.code < b.code ? -1 : 1));

/**
 * Codes of the statistical list that GB/T 2260 does not have (development zones such as 410871): they exist here, but
 * whoever needs a code of the national standard maps them to a county beside them.
 */
export const statisticsOnly: ReadonlySet<string> = new Set(statisticsOnlyLine.match(/\d{6}/g) ?? []);

/** The division's own name (解放区), or undefined when the six-digit code is not in the list. */
export function ownName(code: string): string | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const province = provinceOf(code.slice(0, 2));
  return code.endsWith('0000') ? province?.name : province?.names.get(code);
}

/** Whether the six-digit code is in the list at any level, statistics-only codes included (see `statisticsOnly`). */
export function divisionExists(code: string): boolean {
  return ownName(code) !== undefined;
}

/** The list as a set of six-digit codes, for checks that ask only `has`. */
export const divisionSet: { has(code: string): boolean } = { has: divisionExists };

/**
 * Full path of a six-digit code (河南省焦作市解放区; 北京市东城区; 河南省济源市) or of a nine-digit township that was
 * extracted (河南省焦作市解放区民生街道). An unknown code is returned as it is, so that a page shows what the record holds.
 */
export function divisionName(code: string): string {
  if (code.length === 9) {
    const township = townshipsOf(code.slice(0, 6)).find((each) => each.code === code);
    return township ? divisionName(code.slice(0, 6)) + township.name : code;
  }
  const own = ownName(code);
  if (own === undefined) return code;
  const path = [ownName(`${code.slice(0, 2)}0000`), ownName(`${code.slice(0, 4)}00`), own];
  return path
    .filter(
      (name, index) => name !== undefined && path.indexOf(name) === index && !(GROUPING_NAMES.has(name) && index < 2),
    )
    .join('');
}

/**
 * The divisions directly below a six-digit code, in code order: cities of a province, counties of a city, nothing below
 * a county (for townships see `townshipsOf`). Unknown codes have no children.
 */
export function children(code: string): readonly Division[] {
  if (!/^\d{6}$/.test(code)) return [];
  const province = provinceOf(code.slice(0, 2));
  if (code.endsWith('0000')) return province?.cities ?? [];
  return province?.counties.get(code) ?? [];
}

/** Townships and streets (nine digits) of a county, in code order; empty for counties that were not extracted. */
export function townshipsOf(county: string): readonly Division[] {
  const line = Object.hasOwn(townshipLines, county) ? townshipLines[county] : undefined;
  if (!line) return [];
  return line.split(',').map((text) => ({ code: county + text.slice(0, 3), name: text.slice(3) }));
}

/** Prefectures (four digits) whose townships were extracted. */
export const townshipPrefectures: readonly string[] = [
  ...new Set(Object.keys(townshipLines).map((code) => code.slice(0, 4))),
];
