// Comparing two values of one parameter: are they the same, and is a local one at least as strict on the office
// without asking more of the worker? Each parameter names one of these in parameter-specs.ts.

/** True when `local`, made later and below `higher`, may stand beside it. */
export type Stricter<V> = (local: V, higher: V) => boolean;

/** Order-free text of a value: lists are sorted, so that the same set compares equal. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${key}:${canonical(part)}`).join()}}`;
}

/** Whether two values say the same. */
export function agrees(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

export const atMost = <V extends number | string>(local: V, higher: V) => local <= higher;
export const atLeast = <V extends number | string | boolean>(local: V, higher: V) => local >= higher;
export const contains = <T>(local: readonly T[], higher: readonly T[]) => higher.every((item) => local.includes(item));
export const within = <T>(local: readonly T[], higher: readonly T[]) => contains(higher, local);
export const same = <V>(local: V, higher: V) => agrees(local, higher);

/** Any value may stand: the parameter asks nothing of anybody. */
export const anything = () => true;

/** Values in order of strictness on the office, laxest first. */
export function ranked<V>(...order: readonly V[]): Stricter<V> {
  return (local, higher) => order.indexOf(local) >= order.indexOf(higher);
}

/** Every field of the record must pass. */
export function eachField<V extends object>(stricter: Stricter<V[keyof V]>): Stricter<V> {
  return (local, higher) =>
    (Object.keys(higher) as (keyof V)[]).every((field) => stricter(local[field], higher[field]));
}
