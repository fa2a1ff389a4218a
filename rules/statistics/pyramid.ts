// The stock by age and sex (M79-10a), five years a band: what the pyramid of a report shows. Bands of parts add up to those of the whole.
import { yearsBetween } from './cuts.ts';
import { eachStanding } from './standing.ts';

/** Persons of a band: men, women, sex not known. */
export type Band = [men: number, women: number, unknown: number];
/** Bands by their lowest age, 15 to 60 (60 and above); `unknown` where no day of birth is known. Empty bands are left out. */
export type Pyramid = Partial<Record<string, Band>>;

/** Lowest ages of the bands. Nobody below 16 is registered (A21-1a), so the first holds 16 to 19. */
export const bandAges = [15, 20, 25, 30, 35, 40, 45, 50, 55, 60] as const;

/** Words of a band. */
export function bandText(lowest: string): string {
  if (lowest === 'unknown') return '年龄不详';
  const from = Number(lowest);
  return from >= 60 ? '60岁及以上' : `${Math.max(16, from)}—${from + 4}岁`;
}

/** Adds a list of the stock on a day (YYYYMMDD). @throws RangeError on bytes that are no such list */
export function countPyramid(to: Pyramid, list: Uint8Array, day: number): void {
  eachStanding(list, ({ bornOn, sex }) => {
    const years = yearsBetween(bornOn, day);
    const name = bornOn === 0 ? 'unknown' : String(Math.min(60, Math.max(15, years - (years % 5))));
    const band = to[name] ?? [0, 0, 0];
    band[sex === 'male' ? 0 : sex === 'female' ? 1 : 2] += 1;
    to[name] = band;
  });
}

/** Adds the bands of a part. */
export function addPyramid(to: Pyramid, part: Pyramid): void {
  for (const [name, band] of Object.entries(part)) {
    const whole = to[name] ?? [0, 0, 0];
    (band ?? [0, 0, 0]).forEach((count, index) => {
      whole[index as 0] += count;
    });
    to[name] = whole;
  }
}
