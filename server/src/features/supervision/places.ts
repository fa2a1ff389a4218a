import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import type { Sums } from './figures.ts';

type Office = Answer<'getSupervisionFigures'>['offices'][number];

/** Digits that name a province, city, county, street, community. */
const LEVELS = [2, 4, 6, 9, 12];

/** The digits of a code that mean something: 410800 is 4108. */
function significant(code: string): string {
  if (code === '000000') return '';
  const length = LEVELS.find((digits) => /^0*$/.test(code.slice(digits))) ?? 12;
  return code.slice(0, length);
}

/**
 * The places of a range in two steps: below a province its cities with their counties, below a city its counties with their streets, in a
 * county itself with its streets. A place counts everything below it; places without any work are listed too.
 */
export function placesOf(
  context: Context,
  actor: Actor,
  cells: readonly (readonly [office: string, figures: Sums])[],
  {
    none,
    add,
    shown,
  }: { none: () => Sums; add: (to: Sums, part: Sums) => void; shown: (sums: Sums) => Office['figures'] },
): Office[] {
  const own = significant(actor.office).length;
  // A nation begins with provinces, a city with counties; a county or street with itself.
  const top = own < 6 ? (LEVELS.find((digits) => digits > own) ?? 12) : own;
  const below = LEVELS.find((digits) => digits > top) ?? 12;
  const tops = new Map<string, { figures: Sums; below: Map<string, Sums> }>();
  const at = (code: string) => {
    // The office of a level above the rows (a city's own) stands under its own name.
    const key = significant(code).slice(0, top);
    let place = tops.get(key);
    if (!place) {
      place = { figures: none(), below: new Map() };
      tops.set(key, place);
    }
    return place;
  };
  const under = (code: string) => {
    const digits = significant(code);
    return digits.length > top ? digits.slice(0, below) : undefined;
  };
  for (const { code } of context.reference.officesUnder(significant(actor.office))) {
    if (significant(code).length < top) continue;
    const place = at(code);
    const key = under(code);
    if (key && !place.below.has(key)) place.below.set(key, none());
  }
  for (const [office, figures] of cells) {
    const place = at(office);
    add(place.figures, figures);
    const key = under(office);
    if (!key) continue;
    const inside = place.below.get(key) ?? none();
    add(inside, figures);
    place.below.set(key, inside);
  }
  const named = (digits: string) => {
    const code = digits.padEnd(6, '0');
    return { code, name: context.reference.officeName(code) };
  };
  const inOrder = <Value>(map: Map<string, Value>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder(tops).map(([digits, place]) => ({
    ...named(digits),
    figures: shown(place.figures),
    below: inOrder(place.below).map(([inside, figures]) => ({ ...named(inside), figures: shown(figures) })),
  }));
}
