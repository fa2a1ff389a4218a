import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import type { Answer } from '../../platform/http.ts';
import { statisticsHandlers } from './index.ts';

type Sheet = Answer<'getReport'>;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(statisticsHandlers);
});
afterAll(() => desk.close());

it('H122-3b, M79-11: registrations of the platform and of the offices are merged: whatever door they came by, each counts, and counts once', async () => {
  const doors = ['platform', 'portal', 'counter', 'benefit'];
  // Door by door one person more, so that no two numbers are the same.
  for (const [n, channel] of doors.entries())
    for (let k = 0; k <= n; k += 1) {
      const { registrationId } = await desk.registered({ submittedOn: '2026-11-02', office: '410802' });
      await desk.fixtures.sql('update registration set channel = $2 where id = $1', [registrationId, channel]);
    }
  desk.fixtures.now = new Date('2026-11-24T01:00:00Z');
  const who = await desk.staff('statistician', '410802');
  const { body } = await desk.post<{ sheet: Sheet }>(who, '/api/reports/410802/2026-11/prepare', {});
  const { figures, checks } = body.sheet;
  const count = (row: string) => figures[row]?.all?.[0] ?? 0;
  expect(['platform', 'online', 'counter', 'benefit'].map((source) => count(`newFrom-${source}`))).toEqual([
    1, 2, 3, 4,
  ]);
  expect([count('new'), count('closing')]).toEqual([10, 10]);
  expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  expect(checks.filter(({ clause }) => clause === 'M79-11').length).toBeGreaterThan(1);
});
