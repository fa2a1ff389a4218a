/** How often each value occurs. Tallies of parts add up to the tally of the whole, which medians do not. */
export type Tally = Map<number, number>;

/** Adds `count` occurrences of a value. */
export function tally(to: Tally, value: number, count: number): void {
  to.set(value, (to.get(value) ?? 0) + count);
}

/** The exact median: the middle value, or halfway between the two in the middle; undefined of nothing. */
export function median(values: Tally): number | undefined {
  const sorted = [...values].sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  /** The value at a place of the sorted row, counted from nought. */
  const at = (place: number): number => {
    let passed = 0;
    for (const [value, count] of sorted) {
      passed += count;
      if (place < passed) return value;
    }
    return Number.NaN;
  };
  return total === 0 ? undefined : (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}
