import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useEffect, useState } from 'react';

const key = 'yingdeng.place';
/** Shown before a visitor has chosen: the city this site is run for. */
const homeCity = { division: '410800', name: '河南省焦作市' };

/** A county or city whose rules and offices are shown. */
export interface Place {
  division: string;
  name: string;
}

function remembered(): Place {
  try {
    const place = JSON.parse(localStorage.getItem(key) ?? '') as Partial<Place>;
    if (/^\d{6}$/.test(place.division ?? '') && place.name) return place as Place;
  } catch {
    // Nothing remembered, or not by us.
  }
  return homeCity;
}

/** The place whose public information is shown, remembered on this device. */
export function usePlace(): [Place, (place: Place) => void] {
  const [place, setPlace] = useState(remembered);
  return [
    place,
    (next) => {
      setPlace(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Not remembered.
      }
    },
  ];
}

/** The law in force at a place today, by parameter. */
export type Law = ReadonlyMap<string, { value: unknown; citation: LawCitation }>;
/** Where a value comes from. */
export type LawCitation = Answer<'getPolicy'>['parameters'][number]['citation'];

const asked = new Map<string, Promise<Law>>();

/** The law of a division, asked for once while the page is open; a failure is asked for again next time. */
function lawOf(division: string): Promise<Law> {
  const known = asked.get(division);
  if (known) return known;
  const answer = call('getPolicy', { query: { division } }).then(
    ({ parameters }) => new Map(parameters.map((one) => [one.parameter, one])) as Law,
  );
  asked.set(division, answer);
  answer.catch(() => asked.delete(division));
  return answer;
}

/** The law in force today at a place; undefined until it is known, or while no county has been chosen. */
export function useLaw(division: string | undefined): Law | undefined {
  const [law, setLaw] = useState<{ division: string; law: Law } | undefined>();
  useEffect(() => {
    let here = true;
    if (!division) return;
    lawOf(division).then(
      (answer) => here && setLaw({ division, law: answer }),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [division]);
  return law?.division === division ? law?.law : undefined;
}

/** A number of days the law of the place sets, in words, or a phrase that is true anywhere while it is not known. */
export function workingDaysText(law: Law | undefined, parameter: string, otherwise: string): string {
  const value = law?.get(parameter)?.value;
  return typeof value === 'number' ? `${value}个工作日内` : otherwise;
}
