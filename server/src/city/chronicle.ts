import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Days } from './days.ts';
import type { CityPlaces } from './places.ts';
import type { Random } from './random.ts';

/** Working days the law gave on a day in a county: for a decision, for the first contact. */
export type Deadlines = (division: string, on: PlainDate) => { decision: number; firstContact: number };

/** What every history of a city is written with. `today` is the day number of the end of the history. */
export interface Chronicle {
  readonly places: CityPlaces;
  readonly days: Days;
  readonly today: number;
  readonly deadlines: Deadlines;
  readonly seed: number;
}

/** A moment of office hours, 8:30–11:50 or 14:00–17:20. */
export function officeSecond(random: Random): number {
  return random.chance(0.55) ? random.between(30_600, 42_600) : random.between(50_400, 62_400);
}
