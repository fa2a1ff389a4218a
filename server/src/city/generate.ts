import {
  addDays,
  type Calendar,
  CalendarNotMaintained,
  type PlainDate,
  shippedCalendar,
} from '@yingdeng/rules/calendar.ts';
import type { Deadlines } from './chronicle.ts';
import { Days } from './days.ts';
import { HISTORY_DAYS, historyOf } from './history.ts';
import { IdentityRegister } from './identity.ts';
import type { CityHistory } from './model.ts';
import { type CityPerson, Population } from './people.ts';
import { type CityPlaces, cityPlaces } from './places.ts';

/** Higher than the number of any person or household of a city. */
const BEYOND = 10_000_000;

/** Days after the last that the longest due date needs: ten working days, where no long holiday is near. */
const LEAST_AHEAD = 18;

/** What a synthetic city is made of. The same values give the same city on every machine. */
export interface CityOptions {
  /** Prefecture, six digits ending in 00. */
  readonly division: string;
  readonly people: number;
  readonly seed: number;
  /** Last day of the history. */
  readonly asOf: PlainDate;
  readonly calendar?: Calendar;
}

/** People of a demonstration that the register does not know: fit to apply, too young, and with a residence permit. */
export interface Strangers {
  readonly adult: CityPerson;
  readonly minor: CityPerson;
  readonly hongKong: CityPerson;
}

/** A city ready to be drawn, once. */
export interface City {
  readonly places: CityPlaces;
  readonly days: Days;
  /**
   * The people of the register, each with the whole history, lazily. With `wanted` only those whose position it accepts:
   * several threads share a city by each drawing everybody and writing the histories of some.
   */
  histories(wanted?: (index: number) => boolean): Generator<CityHistory>;
  /** People who never applied, the same in a city of any size: for demonstrations. */
  readonly strangers: Strangers;
}

/** Prepares a city. Pure: no clock, no files, no chance but the seed. @throws when the division has no counties or the calendar no days. */
export function prepareCity(options: CityOptions, deadlines: Deadlines): City {
  const places = cityPlaces(options.division);
  const calendar = options.calendar ?? shippedCalendar;
  // Some weeks either side: due dates ahead of the end, months of unemployment before the beginning.
  const from = addDays(options.asOf, -HISTORY_DAYS - 60);
  const least = addDays(options.asOf, LEAST_AHEAD);
  if (least > calendar.to) throw new CalendarNotMaintained(least);
  const [to = least] = [addDays(options.asOf, 40), calendar.to].sort();
  const days = new Days(from, to, calendar);
  const population = new Population(places, options.seed, options.asOf, new IdentityRegister(places.tenant));
  const chronicle = { places, days, today: days.number(options.asOf), deadlines, seed: options.seed };
  // Drawn first, so that nobody of the register has their numbers.
  const strangers = {
    adult: population.stranger(BEYOND + 1, 34, false),
    minor: population.stranger(BEYOND + 2, 15, false),
    hongKong: population.stranger(BEYOND + 3, 31, true),
  };
  let household = 0;
  let index = 0;
  const waiting: CityPerson[] = [];
  const nextPerson = () => {
    if (waiting.length === 0) {
      waiting.push(...population.household(household, index));
      index += waiting.length;
      household += 1;
    }
    return waiting.shift()!;
  };
  return {
    places,
    days,
    *histories(wanted = () => true) {
      for (let i = 0; i < options.people; i += 1) {
        const person = nextPerson();
        if (wanted(i)) yield historyOf(chronicle, person);
      }
    },
    strangers,
  };
}
