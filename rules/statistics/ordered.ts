// Lists are frozen in one order, that of their bytes: by registration, what happened to one in the order of its kinds. Whoever takes the same list
// again gets the same digest.
import { personsOf, recordBytes, viewOf } from './standing.ts';

/** Words of a record: a record is moved word by word, which for so few bytes is faster than an array's own copying. */
const WORDS = recordBytes / 4;
/** So few records are compared with one another. */
const FEW = 24;

/** A list in two places: its records go from one to the other and back, byte by byte of their order. */
interface Place {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  readonly view: DataView;
}
const placeFor = (bytes: Uint8Array): Place => ({ bytes, words: new Uint32Array(bytes.buffer), view: viewOf(bytes) });

/** The records of some lists as one list in the order of their bytes. */
export function ordered(...lists: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(lists.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const list of lists) {
    all.set(list, end);
    end += list.length;
  }
  const sorted = placeFor(all);
  sort(sorted, placeFor(new Uint8Array(all.length)), 0, personsOf(all), 0);
  return sorted.bytes;
}

/** Sorts the records from one number to another, which are alike up to a byte. Parts stay in the processor's cache the smaller they get. */
function sort(list: Place, other: Place, from: number, to: number, byte: number): void {
  if (to - from <= FEW || byte === recordBytes) {
    sortFew(list, from, to);
    return;
  }
  const counts = new Uint32Array(256);
  for (let n = from; n < to; n += 1) counts[list.bytes[n * recordBytes + byte]!]! += 1;
  // Ids begin with their instant, so that many of the first bytes are the same in all.
  if (counts.includes(to - from)) {
    sort(list, other, from, to, byte + 1);
    return;
  }
  const next = new Uint32Array(256);
  for (let digit = 0, place = from; digit < 256; place += counts[digit]!, digit += 1) next[digit] = place;
  for (let n = from; n < to; n += 1) move(list.words, n, other.words, next[list.bytes[n * recordBytes + byte]!]!++);
  list.words.set(other.words.subarray(from * WORDS, to * WORDS), from * WORDS);
  for (let digit = 0; digit < 256; digit += 1)
    if (counts[digit]! > 1) sort(list, other, next[digit]! - counts[digit]!, next[digit]!, byte + 1);
}

/** One by one into the place where it belongs among those before it. */
function sortFew({ words, view }: Place, from: number, to: number): void {
  const held = new Uint32Array(WORDS);
  for (let n = from + 1; n < to; n += 1) {
    let place = n;
    while (place > from && compare(view, place - 1, n) > 0) place -= 1;
    if (place === n) continue;
    held.set(words.subarray(n * WORDS, (n + 1) * WORDS));
    words.copyWithin((place + 1) * WORDS, place * WORDS, n * WORDS);
    words.set(held, place * WORDS);
  }
}

function move(from: Uint32Array, n: number, to: Uint32Array, place: number): void {
  const [source, target] = [n * WORDS, place * WORDS];
  for (let word = 0; word < WORDS; word += 1) to[target + word] = from[source + word]!;
}

function compare(view: DataView, a: number, b: number): number {
  for (let at = 0; at < recordBytes; at += 4) {
    const difference = view.getUint32(a * recordBytes + at) - view.getUint32(b * recordBytes + at);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Two lists in order as one in order; the second is the shorter one. */
export function merged(list: Uint8Array, few: Uint8Array): Uint8Array {
  if (few.length === 0) return list;
  const all = new Uint8Array(list.length + few.length);
  const [of, other] = [viewOf(list), viewOf(few)];
  let [from, end] = [0, 0];
  for (let n = 0; n < personsOf(few); n += 1) {
    const first = from;
    while (from < personsOf(list) && isBefore(of, from, other, n)) from += 1;
    all.set(list.subarray(first * recordBytes, from * recordBytes), end);
    end += (from - first) * recordBytes;
    all.set(few.subarray(n * recordBytes, (n + 1) * recordBytes), end);
    end += recordBytes;
  }
  all.set(list.subarray(from * recordBytes), end);
  return all;
}

function isBefore(list: DataView, a: number, few: DataView, b: number): boolean {
  for (let at = 0; at < recordBytes; at += 4) {
    const difference = list.getUint32(a * recordBytes + at) - few.getUint32(b * recordBytes + at);
    if (difference !== 0) return difference < 0;
  }
  return true;
}
