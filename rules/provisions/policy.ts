// policyFor: the law of a place on a day, parameter by parameter, each with its citation.
import { isPlainDate, type PlainDate } from '../calendar.ts';
import { agrees, canonical } from './compare.ts';
import { documents, type LawDocument } from './documents.ts';
import { parameterSpecs, parameters, sayValue } from './parameter-specs.ts';
import type { Parameter, ParameterValues } from './parameters.ts';
import { type Citation, citationOf, cite, levels, type Provision } from './provision.ts';
import { shippedProvisions } from './shipped.ts';

/** A parameter's value in force and where it comes from. */
export interface Resolved<V> {
  readonly value: V;
  /** The provision that governs (nearest the place). */
  readonly citation: Citation;
  /** All provisions the value stands on, `citation` first: several when duties add up or one document spreads it over clauses. */
  readonly citations: readonly Citation[];
  /** What a reader must know about it, in Chinese. */
  readonly note?: string;
}

/** A provision in force that day which does not govern, and why (Chinese). */
export interface SetAside {
  readonly parameter: Parameter;
  readonly citation: Citation;
  /** The provision that prevailed over it. */
  readonly by: Citation;
  readonly reason: string;
}

/** The law of a place on a day. A parameter no provision sets is absent: the law is silent. */
export type Policy = { readonly [P in Parameter]?: Resolved<ParameterValues[P]> } & {
  readonly division: string;
  readonly date: PlainDate;
  /** Later local provisions that would ask less of the office or more of the worker. */
  readonly ignored: readonly SetAside[];
  /** Earlier local provisions that a later higher one disagrees with (M79-16). */
  readonly displaced: readonly SetAside[];
};

/** No provision in force sets a parameter that is needed. */
export class LawSilent extends Error {
  readonly code = 'LAW_SILENT';
  readonly parameter: Parameter;
  readonly division: string;
  readonly date: PlainDate;
  constructor(parameter: Parameter, division: string, date: PlainDate) {
    super(`${division} 在 ${date} 没有关于「${parameterSpecs[parameter].label}」的规定`);
    this.name = 'LawSilent';
    this.parameter = parameter;
    this.division = division;
    this.date = date;
  }
}

/** The value of a parameter; throws LawSilent when the law of that place and day does not set it. */
export function requirePolicy<P extends Parameter>(policy: Policy, parameter: P): Resolved<ParameterValues[P]> {
  const resolved = policy[parameter];
  if (resolved === undefined) throw new LawSilent(parameter, policy.division, policy.date);
  return resolved as Resolved<ParameterValues[P]>;
}

/** What one document says of a parameter on one day: several clauses of it may each give a part of a list. */
interface Saying {
  readonly value: unknown;
  readonly provisions: readonly [Provision, ...Provision[]];
  readonly rank: number;
}

const rankOf = (provision: Provision) => levels.indexOf(provision.level);
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Earliest first; on the same day the higher authority first, so that a document forwarding another counts as the later. */
function inOrder(a: Provision, b: Provision): number {
  return (
    compareText(a.from, b.from) ||
    rankOf(a) - rankOf(b) ||
    a.division.length - b.division.length ||
    compareText(a.document, b.document) ||
    compareText(a.id, b.id)
  );
}

function union(lists: readonly (readonly unknown[])[]): unknown[] {
  const seen = new Map<string, unknown>();
  for (const item of lists.flat()) if (!seen.has(canonical(item))) seen.set(canonical(item), item);
  return [...seen.values()];
}

function sayings(provisions: readonly Provision[]): Saying[] {
  const grouped = new Map<string, [Provision, ...Provision[]]>();
  for (const provision of provisions.toSorted(inOrder)) {
    const key = `${provision.from}|${provision.level}|${provision.division}|${provision.document}`;
    const group = grouped.get(key);
    if (group) group.push(provision);
    else grouped.set(key, [provision]);
  }
  return [...grouped.values()].map((group) => {
    const values: unknown[] = group.map((provision) => provision.value);
    const value = values.every(Array.isArray) ? union(values as unknown[][]) : values.at(-1);
    return { value, provisions: group, rank: rankOf(group[0]) };
  });
}

function resolved(value: unknown, provisions: readonly Provision[]): Resolved<unknown> {
  const citations = provisions.map(citationOf);
  const citation = citations[0];
  if (!citation) throw new Error('a value without a provision');
  const note = [...new Set(provisions.flatMap((provision) => provision.note ?? []))].join('');
  return note === '' ? { value, citation, citations } : { value, citation, citations, note };
}

/** Duties of every level hold together; the nearest is cited first. A provision that adds nothing is cited only when none does. */
function addUp(all: readonly Saying[]): Resolved<unknown> {
  const nearestFirst = all.toSorted((a, b) => b.rank - a.rank).flatMap((saying) => saying.provisions);
  const adding = nearestFirst.filter((provision) => (provision.value as readonly unknown[]).length > 0);
  return resolved(union(all.map((saying) => saying.value as unknown[])), adding.length > 0 ? adding : nearestFirst);
}

interface SetAsides {
  ignored: SetAside[];
  displaced: SetAside[];
}

/** One provision governs: see the file's tests for every case of earlier and later, higher and lower. */
function govern(parameter: Parameter, all: readonly Saying[], aside: SetAsides): Resolved<unknown> | undefined {
  const spec = parameterSpecs[parameter];
  const stricter = spec.stricter as (local: unknown, higher: unknown) => boolean;
  const say = (saying: Saying) => `${cite(saying.provisions[0])}「${sayValue(parameter, saying.value as never)}」`;
  const setAside = (loser: Saying, winner: Saying, why: string): SetAside => ({
    parameter,
    citation: citationOf(loser.provisions[0]),
    by: citationOf(winner.provisions[0]),
    reason: `${why}：${say(loser)}，${say(winner)}。`,
  });
  let standing: Saying[] = [];
  for (const saying of all) {
    const higher = standing.filter((other) => other.rank < saying.rank).at(-1);
    if (higher && !stricter(saying.value, higher.value)) {
      aside.ignored.push(setAside(saying, higher, '后出的地方规定只能对经办机构更严、不能对劳动者更严，此条不予适用'));
      continue;
    }
    const displaced = standing.filter((other) => other.rank > saying.rank && !agrees(other.value, saying.value));
    for (const other of displaced) {
      aside.displaced.push(setAside(other, saying, '已有规定与后出的上级规定不一致，按上级规定执行'));
    }
    standing = standing.filter((other) => other.rank !== saying.rank && !displaced.includes(other));
    standing.push(saying);
    standing.sort((a, b) => a.rank - b.rank);
  }
  const governing = standing.at(-1);
  return governing && resolved(governing.value, governing.provisions);
}

/** What is remembered of a list of provisions: its grouping, and the last policies asked for (a nightly batch asks the same one often). */
interface Remembered {
  readonly byParameter: ReadonlyMap<Parameter, Provision[]>;
  readonly policies: Map<string, Policy>;
}

const mostPolicies = 2000;
const memory = new WeakMap<readonly Provision[], Remembered>();

function remembered(provisions: readonly Provision[]): Remembered {
  let known = memory.get(provisions);
  if (!known) {
    known = { byParameter: Map.groupBy(provisions, (provision) => provision.parameter), policies: new Map() };
    memory.set(provisions, known);
  }
  if (known.policies.size >= mostPolicies) known.policies.clear();
  return known;
}

/**
 * The law of a place (six-digit division code) on a day: what is in force, nearest the place, except that a later higher
 * provision displaces earlier lower ones that disagree (M79-16), and that a later local one may only be stricter on the
 * office, never on the worker. Which event's day to ask with is `parameterSpecs[parameter].pickedBy`.
 * `provisions` is taken as unchanging, and the policy returned is shared: neither may be modified. Throws RangeError on a code or date that is none.
 */
export function policyFor(
  division: string,
  date: PlainDate,
  provisions: readonly Provision[] = shippedProvisions,
): Policy {
  if (!/^\d{6}$/.test(division)) throw new RangeError(`不是六位行政区划代码：${division}`);
  if (!isPlainDate(date)) throw new RangeError(`不是有效日期：${date}`);
  const { byParameter, policies } = remembered(provisions);
  const key = `${division} ${date}`;
  const known = policies.get(key);
  if (known) return known;
  const aside: SetAsides = { ignored: [], displaced: [] };
  const values: Partial<Record<Parameter, Resolved<unknown>>> = {};
  for (const parameter of parameters) {
    const inForce = (byParameter.get(parameter) ?? []).filter(
      (provision) =>
        provision.from <= date && !(provision.to && provision.to < date) && division.startsWith(provision.division),
    );
    if (inForce.length === 0) continue;
    const all = sayings(inForce);
    const value = parameterSpecs[parameter].combine === 'add' ? addUp(all) : govern(parameter, all, aside);
    if (value) values[parameter] = value;
  }
  const policy = { division, date, ...values, ...aside } as Policy;
  policies.set(key, policy);
  return policy;
}

/**
 * One document as it was issued, as if no other existed: for the law switchboard. `date` defaults to the day the last of
 * its provisions takes effect. Throws RangeError on a document number that is not shipped.
 */
export function asIssued(number: string, date?: PlainDate): Policy {
  const document: LawDocument | undefined = documents.find((known) => known.number === number);
  if (!document) throw new RangeError(`没有收录该文件：${number}`);
  const own = shippedProvisions.filter((provision) => provision.document === number);
  const last = own
    .map((provision) => provision.from)
    .toSorted()
    .at(-1);
  return policyFor(document.division.padEnd(6, '0'), date ?? last ?? document.date, own);
}
