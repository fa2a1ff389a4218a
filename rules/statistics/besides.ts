// Who counts besides the registrants (H122-3a): a record a person, with the number of the group where a registrant has traits.
import type { SpecialGroup } from '../provisions/parameters.ts';
import { recordBytes, viewOf } from './standing.ts';

/** The groups by their number in the lists, from 1. */
const groups: readonly SpecialGroup[] = ['graduates', 'unemploymentSubsidy', 'oneOffAllowance', 'temporaryAllowance'];

/** Number of a group in the lists. */
export const numberOfGroup = (group: SpecialGroup): number => groups.indexOf(group) + 1;

/** Adds how many a list holds, by group. @throws RangeError on bytes that are no such list */
export function countBesides(to: Partial<Record<SpecialGroup, number>>, list: Uint8Array): void {
  const view = viewOf(list);
  for (let at = 0; at < list.length; at += recordBytes) {
    const group = groups[view.getUint32(at + recordBytes - 4) - 1];
    if (group === undefined) throw new RangeError('参照群体名册里有一人不属于任何群体');
    to[group] = (to[group] ?? 0) + 1;
  }
}
