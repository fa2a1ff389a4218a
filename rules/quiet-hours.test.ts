import { expect, it } from 'vitest';
import { policyFor } from './provisions/policy.ts';
import { afterQuietHours } from './quiet-hours.ts';

const quiet = policyFor('410802', '2026-11-22').quietHours?.value;

it.each([
  ['2026-11-22T13:00:00Z', '2026-11-23T00:00:00Z'],
  ['2026-11-22T13:30:00Z', '2026-11-23T00:00:00Z'],
  ['2026-11-22T22:00:00Z', '2026-11-23T00:00:00Z'],
  ['2026-11-30T16:30:00Z', '2026-12-01T00:00:00Z'],
  ['2026-11-23T00:00:00Z', '2026-11-23T00:00:00Z'],
  ['2026-11-22T12:59:59Z', '2026-11-22T12:59:59Z'],
])('A21-5d, M79-4b: what is written at %s goes out at %s', (at, sent) => {
  expect(afterQuietHours(new Date(at), quiet)).toEqual(new Date(sent));
});

it('A21-5d: both notices have quiet hours; where a law has none, nothing waits', () => {
  expect(policyFor('210302', '2020-05-01').quietHours?.value).toEqual(quiet);
  const night = new Date('2026-11-22T18:00:00Z');
  expect(afterQuietHours(night, undefined)).toBe(night);
});
