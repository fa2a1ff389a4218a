import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rehearsedNow } from './clock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingdeng-clock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (instant: string) => rehearsedNow(join(folder, 'clock'), new Date(instant), '2026-12-31');

it('the real clock runs as long as the calendar has room for due dates', () => {
  expect(at('2026-11-25T02:00:00Z')).toBeUndefined();
});

it('near the end of the calendar and beyond it, whole days are taken off, the same number at every start', () => {
  expect(at('2027-03-02T02:30:00Z')).toBe('2026-11-22T02:30:00.000Z');
  expect(at('2027-03-05T08:00:00Z')).toBe('2026-11-25T08:00:00.000Z');
});

it('a data folder that began with the real clock keeps it', () => {
  expect(at('2026-11-25T02:00:00Z')).toBeUndefined();
  expect(at('2027-03-02T02:00:00Z')).toBeUndefined();
});
