import { ownName } from '@yingdeng/contract/divisions.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';

/** Digits that name a province, city, county, street, community. */
const LEVELS = [2, 4, 6, 9, 12];

/** The digits of an office or division code that mean something: 410800 is 4108, the whole country nothing. */
export function significant(code: string): string {
  if (code === '000000') return '';
  const length = LEVELS.find((digits) => /^0*$/.test(code.slice(digits))) ?? 12;
  return code.slice(0, length);
}

/** A code as it is written: at least the six digits of a division. */
export const written = (digits: string): string => digits.padEnd(6, '0');

/** How many digits name what lies directly below a place; a community has nothing below. */
export const digitsBelow = (place: string): number => LEVELS.find((digits) => digits > significant(place).length) ?? 12;

/** A place as it is shown. */
export interface Place {
  readonly code: string;
  readonly name: string;
}

/** Its name: an office's own, or that of the division. */
export function placeNamed(context: Context, code: string): Place {
  if (code === '000000') return { code, name: '全国' };
  const name = code.length === 6 ? ownName(code) : undefined;
  return { code, name: name ?? context.reference.officeName(code) };
}

/** The way from the actor's own place down to a place, both included. */
export function pathTo(context: Context, actor: Actor, place: string): Place[] {
  const own = significant(actor.office).length;
  const to = significant(place);
  const steps = [0, ...LEVELS].filter((digits) => digits >= own && digits <= to.length);
  return steps.map((digits) => placeNamed(context, written(to.slice(0, digits))));
}

/** Places directly below one that have an office, in order. */
export function placesBelow(context: Context, place: string): string[] {
  const digits = digitsBelow(place);
  const found = new Set<string>();
  for (const { code } of context.reference.officesUnder(significant(place))) {
    const own = significant(code);
    if (own.length > significant(place).length) found.add(own.slice(0, digits));
  }
  return [...found].sort();
}
