// What adding a provision would change: shown before it is saved, and answered after.
import type { PlainDate } from '../calendar.ts';
import { agrees } from './compare.ts';
import { sayValue } from './parameter-specs.ts';
import { policyFor } from './policy.ts';
import { cite, type Provision } from './provision.ts';

/** The law of one place before and after. */
export interface Effect {
  /** Six digits. */
  readonly division: string;
  /** The first day asked about: the provision's own. */
  readonly on: PlainDate;
  /** Value and citation in words; absent where the law is silent. */
  readonly before?: { readonly text: string; readonly cite: string };
  readonly after?: { readonly text: string; readonly cite: string };
  /**
   * changes: another value holds from that day. confirms: the same value holds, now also by this provision.
   * ignored: it may not stand (looser than a higher one). outranked: another provision still governs here.
   */
  readonly standing: 'changes' | 'confirms' | 'ignored' | 'outranked';
  /** Why it is ignored; which earlier provisions it displaces. */
  readonly reasons: readonly string[];
}

/** Clauses of one document that begin on one day speak together; the policy names such a group by its first clause. */
const speaksWith = (added: Provision, one: Pick<Provision, 'document' | 'division' | 'from'>) =>
  one.document === added.document && one.division === added.division && one.from === added.from;

/**
 * Why a provision cannot be added beside those there are, in Chinese; undefined when it can. One document says one thing of
 * a matter from one day: a second figure beside the first would be no law. Parts of a list may come from several clauses.
 */
export function contradiction(added: Provision, existing: readonly Provision[]): string | undefined {
  const twin = existing.find((one) => one.parameter === added.parameter && speaksWith(added, one));
  if (!twin || (Array.isArray(twin.value) && Array.isArray(added.value))) return undefined;
  return `${cite(twin)}已经规定了这一事项，也从${twin.from}起施行。要再变，请另定施行日期。`;
}

/** The effect of one more provision on one place, on its first day. */
function effectAt(division: string, added: Provision, existing: readonly Provision[]): Effect {
  const before = policyFor(division, added.from, existing);
  const after = policyFor(division, added.from, [...existing, added]);
  const { parameter } = added;
  const was = before[parameter];
  const is = after[parameter];
  const say = (resolved: typeof is) =>
    resolved && { text: sayValue(parameter, resolved.value as never), cite: cite(resolved.citation) };
  const ignored = after.ignored.filter((aside) => aside.parameter === parameter && speaksWith(added, aside.citation));
  const displaced = after.displaced.filter((aside) => aside.parameter === parameter && speaksWith(added, aside.by));
  const cited = is?.citations.some((citation) => citation.provisionId === added.id) ?? false;
  const changed = !agrees(was?.value ?? null, is?.value ?? null);
  return {
    division,
    on: added.from,
    ...(was ? { before: say(was) } : {}),
    ...(is ? { after: say(is) } : {}),
    standing: ignored.length > 0 ? 'ignored' : changed ? 'changes' : cited ? 'confirms' : 'outranked',
    reasons: [...ignored, ...displaced].map(({ reason }) => reason),
  };
}

/** The effect on the provision's own place, then on each place below it that has a provision of its own on the same matter. */
export function effectsOf(added: Provision, existing: readonly Provision[]): Effect[] {
  const below = existing
    .filter(({ parameter, division }) => parameter === added.parameter && division !== added.division)
    .filter(({ division }) => division.startsWith(added.division))
    .map(({ division }) => division);
  const places = [added.division, ...[...new Set(below)].sort()].map((prefix) => prefix.padEnd(6, '0'));
  return [...new Set(places)].map((division) => effectAt(division, added, existing));
}
