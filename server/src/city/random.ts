/**
 * Deterministic random numbers: xoshiro128** seeded by splitmix32, on 32-bit integers only, so that every machine draws
 * the same city from the same seed. Not for anything that must be secret.
 */
export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #d = 0;

  /** Every combination of seed and stream numbers is a sequence of its own: household 7 is the same in any city size. */
  constructor(...seeds: readonly number[]) {
    let state = 0x9e3779b9;
    for (const seed of seeds) {
      // Both halves, so that seeds beyond 32 bits differ.
      state = mix(state ^ (seed >>> 0));
      state = mix(state ^ Math.floor(seed / 2 ** 32));
    }
    this.#a = state = mix(state + 1);
    this.#b = state = mix(state + 2);
    this.#c = state = mix(state + 3);
    this.#d = mix(state + 4) | 1;
  }

  /** An integer of 32 bits. */
  next(): number {
    const result = Math.imul(rotate(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotate(this.#d, 11);
    return result;
  }

  /** A number in [0, 1). */
  unit(): number {
    return this.next() / 2 ** 32;
  }

  /** An integer in [0, limit). */
  below(limit: number): number {
    return Math.floor(this.unit() * limit);
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True with probability `share`. */
  chance(share: number): boolean {
    return this.unit() < share;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** One of a weighted table. */
  weighted<T>(table: Weighted<T>): T {
    let at = this.unit() * table.total;
    for (const [value, weight] of table.entries) {
      at -= weight;
      if (at < 0) return value;
    }
    return table.entries[table.entries.length - 1]![0];
  }

  /** Exponentially distributed with the given mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }
}

/** Values with their weights, summed once. */
export interface Weighted<T> {
  readonly entries: readonly (readonly [value: T, weight: number])[];
  readonly total: number;
}

/** Prepares a table for `Random.weighted`; weights need not sum to anything. */
export function weights<T>(...entries: readonly (readonly [value: T, weight: number])[]): Weighted<T> {
  return { entries, total: entries.reduce((sum, [, weight]) => sum + weight, 0) };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function mix(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
