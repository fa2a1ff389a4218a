import { children, provinceList } from '@yingdeng/contract/divisions.ts';
import { type Action, divisionRange, whyNot } from '@yingdeng/rules/access.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';

/** What a list reads: the counties to descend into, and the range of offices inside them. */
export interface ListRange {
  readonly divisions: readonly string[];
  readonly lo: string;
  readonly hi: string;
}

/**
 * The range of a list: the actor's own office and what is below it, or one office of that range.
 * @throws AppError access.denied when the office asked for lies outside.
 */
export function listRange(actor: Actor, office: string | undefined, action: Action): ListRange {
  // A city is also written with its four digits.
  const code = office === undefined ? actor.office : office.padEnd(6, '0');
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: code };
  const denied = /^(\d{6}|\d{9}|\d{12})$/.test(code) ? whyNot(actor.role, action, scope) : '没有这样的机构代码。';
  if (denied) throw new AppError('access.denied', { why: denied });
  const { lo, hi } = divisionRange(code);
  return { divisions: countiesOf(code.slice(0, 6)), lo, hi };
}

/** The counties of a division, itself included: a city without counties registers under its own code. */
function countiesOf(code: string): string[] {
  if (code === '000000') return provinceList.flatMap((province) => countiesOf(province.code));
  if (!code.endsWith('00')) return [code];
  const below = children(code).map((division) => division.code);
  return code.endsWith('0000') ? below.flatMap(countiesOf) : [code, ...below];
}
