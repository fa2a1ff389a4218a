import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../test/exchange-bed.ts';
import { startSchedule } from '../../schedule.ts';

let bed: ExchangeBed;
beforeAll(async () => {
  bed = await exchangeBed({ now: new Date('2026-11-22T00:06:00+08:00') });
});
afterAll(() => bed.close());

const nights = () =>
  bed.fixtures.sql<{ date: string; outcome: string }>(
    "select business_date::text as date, outcome from job_run where job = 'exits' order by business_date",
  );
const stateOf = async (serial: string) =>
  (await bed.fixtures.sql<{ state: string }>('select state from exit_record where serial = $1', [serial]))[0]?.state;
/** The worker at an instant, until a condition holds. */
const workAt = async (instant: string, until: () => Promise<void>) => {
  bed.fixtures.now = new Date(instant);
  const schedule = await startSchedule(bed.context);
  try {
    await vi.waitFor(until, { timeout: 20_000, interval: 50 });
  } finally {
    await schedule.stop();
  }
};

it('M79-8a: what is confirmed for a day after its night was done goes in the next night, once, with nothing taken back', async () => {
  const first = await bed.exit('2026-11-21');
  await workAt('2026-11-22T00:06:00+08:00', async () =>
    expect(await nights()).toEqual([{ date: '2026-11-21', outcome: 'done' }]),
  );
  expect(await stateOf(first.serial)).toBe('accepted');
  // Two county days: one that has reported exits, one that has reported that there were none.
  const late = [await bed.exit('2026-11-21'), await bed.exit('2026-11-20'), await bed.exit('2026-11-13')];
  const turns = async () =>
    (await bed.fixtures.sql<{ at: Date }>("select heartbeat_at as at from job_run where job = 'mends'"))[0]?.at;
  await workAt('2026-11-22T09:00:00+08:00', async () => expect(await turns()).toEqual(bed.fixtures.now));
  for (const { serial } of late) expect(await stateOf(serial)).toBeUndefined();

  await workAt('2026-11-23T00:06:00+08:00', async () =>
    expect(await nights()).toEqual([
      { date: '2026-11-21', outcome: 'done' },
      { date: '2026-11-22', outcome: 'done' },
    ]),
  );
  const held = await bed.ask<{ items: { AAZ341: string; date: string }[] }>('/v1/exits?division=410802');
  for (const { serial } of [first, ...late]) {
    expect(await stateOf(serial)).toBe('accepted');
    expect(held.items.filter(({ AAZ341 }) => AAZ341 === serial)).toHaveLength(1);
  }
  expect(held.items.find(({ AAZ341 }) => AAZ341 === late[1]!.serial)?.date).toBe('20261120');
});
