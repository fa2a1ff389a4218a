import { describe, expect, it } from 'vitest';
import { lineOf, placeIn, walkOf } from './walk.ts';

const walk = { back: '/decisions?state=late', ids: ['a', 'b', 'c'] };

describe('walking from case to case', () => {
  it('is read from a history entry, and from nothing else', () => {
    expect(walkOf({ walk })).toEqual(walk);
    for (const state of [null, undefined, 'walk', {}, { walk: {} }, { walk: { back: '/', ids: 'abc' } }])
      expect(walkOf(state)).toBeUndefined();
  });

  it('knows the cases beside, and none beyond the ends', () => {
    expect(placeIn(walk, 'a')).toEqual({ place: 0, count: 3, before: undefined, after: 'b' });
    expect(placeIn(walk, 'c')).toEqual({ place: 2, count: 3, before: 'b', after: undefined });
    expect(placeIn(walk, 'x')).toBeUndefined();
  });

  it('comes back to the same line, or to the one that took its place', () => {
    expect(lineOf({ left: { id: 'b', place: 1 } }, ['a', 'b', 'c'])).toBe(1);
    expect(lineOf({ left: { id: 'b', place: 1 } }, ['a', 'c'])).toBe(1);
    expect(lineOf({ left: { id: 'c', place: 2 } }, ['a', 'b'])).toBe(1);
    expect(lineOf({ left: { id: 'c', place: 2 } }, [])).toBe(0);
    expect(lineOf(null, ['a'])).toBe(0);
  });
});
