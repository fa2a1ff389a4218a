// Lists are frozen in one order, that of their bytes: by registration, what happened to one in the order of its kinds. Whoever takes the same list
// again gets the same digest.
import { personsOf, recordBytes, viewOf } from './standing.ts';

/** Words of a record: a word is copied at once, which twelve times is faster than an array's own copying of so few bytes. */
const RECORD_WORDS = recordBytes / 4;

/** The records of some lists as one list in the order of their bytes. */
export function ordered(...lists: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(lists.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  const sorted = inOrder(all, byFirstWords(all));
  sortTies(sorted);
  return sorted;
}

function inOrder(list: Uint8Array, order: Uint32Array): Uint8Array {
  const sorted = new Uint8Array(list.length);
  const [from, to] = [new Uint32Array(list.buffer, list.byteOffset, list.length / 4), new Uint32Array(sorted.buffer)];
  for (let n = 0; n < order.length; n += 1) {
    const [source, target] = [order[n]! * RECORD_WORDS, n * RECORD_WORDS];
    for (let word = 0; word < RECORD_WORDS; word += 1) to[target + word] = from[source + word]!;
  }
  return sorted;
}

/** Numbers of the records by their first eight bytes: the last byte first, each pass keeping what the ones before have ordered. */
function byFirstWords(all: Uint8Array): Uint32Array {
  const count = personsOf(all);
  const view = viewOf(all);
  let order = new Uint32Array(count).map((_, n) => n);
  let other = new Uint32Array(count);
  const keys = new Uint32Array(count);
  for (const word of [4, 0]) {
    for (let n = 0; n < count; n += 1) keys[n] = view.getUint32(n * recordBytes + word);
    for (const shift of [0, 8, 16, 24]) {
      const starts = new Uint32Array(257);
      for (const key of keys) starts[((key >>> shift) & 255) + 1]! += 1;
      // Ids begin with their instant, so that many of the first bytes are the same in all.
      if (starts.includes(count)) continue;
      for (let digit = 0; digit < 256; digit += 1) starts[digit + 1]! += starts[digit]!;
      for (const n of order) other[starts[(keys[n]! >>> shift) & 255]!++] = n;
      [order, other] = [other, order];
    }
  }
  return order;
}

/** Where the first eight bytes are the same, all of them decide. */
function sortTies(list: Uint8Array): void {
  const view = viewOf(list);
  const compare = (a: number, b: number): number => {
    for (let at = 8; at < recordBytes; at += 4) {
      const difference = view.getUint32(a * recordBytes + at) - view.getUint32(b * recordBytes + at);
      if (difference !== 0) return difference;
    }
    return 0;
  };
  for (let from = 0; from < list.length; ) {
    const [first, second] = [view.getUint32(from), view.getUint32(from + 4)];
    let to = from + recordBytes;
    while (to < list.length && view.getUint32(to) === first && view.getUint32(to + 4) === second) to += recordBytes;
    if (to - from > recordBytes) {
      const numbers = new Uint32Array((to - from) / recordBytes).map((_, n) => from / recordBytes + n).sort(compare);
      const run = list.slice(from, to);
      list.set(inOrder(run, numbers.map((n) => n - from / recordBytes)), from);
    }
    from = to;
  }
}
