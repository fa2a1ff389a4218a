import { readdirSync, readFileSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { failAt } from '../../../../test/failing-steps.ts';
import type { Context } from '../../../context.ts';
import { disk } from '../../../platform/disk.ts';
import { DiskTrouble, sweepUnfinished } from '../../../platform/put-file.ts';
import { buildExits } from '../build.ts';
import { type SendResult, sendExits } from '../send.ts';
import { exchangePlatformFiles } from './exchange.ts';

/** One county of one day at a time, so that every step belongs to it. */
const range = { lo: '410802', hi: '410803' };
let bed: ExchangeBed;
let day: PlainDate = '2020-09-01';
beforeAll(async () => {
  bed = await exchangeBed({ files: 'utf-8' });
});
afterAll(() => bed.close());

const names = (folder: string) => readdirSync(join(bed.folder, folder));
const look = () => bed.ask('/control/files/look', {});
const send = (context: Context = bed.context) => sendExits(context, day, { range });

/** A day of its own with one exit, built. */
async function nextDay(): Promise<string> {
  day = addDays(day, 1);
  const { serial } = await bed.exit(day);
  await bed.fixtures.sql("update registration set registered_on = '2020-08-01'");
  await buildExits(bed.context, day, { range });
  return serial;
}

/** Nothing lost, nothing twice: here, there and on the disk. */
async function expectOnce(serial: string): Promise<void> {
  const [row] = await bed.fixtures.sql<{ state: string; received: number; batches: number }>(
    `select u.state,
       (select count(*)::int from exchange_attempt a where a.batch_id = u.batch_id and a.outcome = 'received') as received,
       (select count(*)::int from exchange_batch b where b.division = u.division and b.business_date = u.business_date) as batches
     from exit_record u where u.serial = $1`,
    [serial],
  );
  expect(row).toEqual({ state: 'accepted', received: 1, batches: 1 });
  const held = await bed.ask<{ items: { AAZ341: string }[] }>(`/v1/exits?division=410802&date=${day}`);
  expect(held.items.map(({ AAZ341 }) => AAZ341)).toEqual([serial]);
  expect(names('in')).toEqual([]);
  expect(names('aside')).toEqual([]);
  await expectSwept();
}

/** What a kill leaves unfinished is swept when it is an hour old. */
async function expectSwept(): Promise<void> {
  for (const name of names('out')) utimesSync(join(bed.folder, 'out', name), 0, 0);
  await sweepUnfinished(disk, join(bed.folder, 'out'), new Date(1000));
  expect(names('out')).toEqual([]);
}

/** Readers see a pair or no digest file, and never half of a file. */
function expectWholeFiles(): void {
  for (const name of names('out').filter((one) => one.endsWith('.sm3') && !one.startsWith('.'))) {
    const said = readFileSync(join(bed.folder, 'out', name), 'ascii');
    const bytes = readFileSync(join(bed.folder, 'out', name.replace('.sm3', '.csv')));
    expect(said).toContain(`bytes=${bytes.length}\r\n`);
    expect(said).toMatch(/end=[0-9a-f]{64}\r\n$/);
  }
}

/** Runs the work with one failing step. @returns whether that step was reached */
async function attempt(step: number, how: string, work: (context: Context) => Promise<unknown>): Promise<boolean> {
  const failing = failAt(bed.context, step, how);
  try {
    await Promise.race([work(failing.context), failing.killed]);
  } catch (error) {
    if (!(error instanceof DiskTrouble)) throw error;
  } finally {
    failing.restore();
  }
  return failing.failed();
}

const codes = ['ENOSPC', 'EACCES', 'EIO', 'ESTALE'];

describe('M79X-2: whatever step fails, each exit is accepted exactly once in the end', () => {
  it.each([
    ['killed', 'sending', 30],
    ['error', 'sending', 15],
    ['killed', 'receiving', 20],
    ['error', 'receiving', 10],
  ] as const)('%s at every step of %s, of at least %i', { timeout: 60_000 }, async (how, what, least) => {
    let step = 1;
    for (let hit = true; hit; step += 1) {
      const serial = await nextDay();
      if (what === 'receiving') {
        await send();
        await look();
      }
      const code = how === 'killed' ? how : (codes[step % codes.length] ?? '');
      hit = await attempt(step, code, what === 'sending' ? send : exchangePlatformFiles);
      expectWholeFiles();
      await send();
      await look();
      await exchangePlatformFiles(bed.context);
      await expectOnce(serial);
    }
    expect(step).toBeGreaterThan(least);
  });
});

describe('M79-7a: whatever step fails, each decision is settled exactly once', () => {
  it.each([
    ['killed', 30],
    ['error', 15],
  ] as const)('%s at every step, of at least %i', { timeout: 60_000 }, async (how, least) => {
    let step = 1;
    for (let hit = true; hit; step += 1) {
      const { applicationId, number } = await bed.fixtures.application({ status: 'registered', office: '410802' });
      const decided = new Date(bed.fixtures.now.getTime() - 3_600_000);
      await bed.fixtures.sql(
        `insert into decision_upload (tenant, application_id, office, outcome, decided_at, state)
         values ('4108', $1, '410802', 'registered', $2, 'waiting')`,
        [applicationId, decided],
      );
      // Written, fetched and answered in one go, so that the failing step may be on either way.
      const round = async (context: Context) => {
        await exchangePlatformFiles(context);
        await look();
        await exchangePlatformFiles(context);
      };
      hit = await attempt(step, how === 'killed' ? how : (codes[step % codes.length] ?? ''), round);
      await round(bed.context);
      const [row] = await bed.fixtures.sql('select state, attempts from decision_upload where application_id = $1', [
        applicationId,
      ]);
      expect(row).toMatchObject({ state: 'accepted', attempts: 1 });
      expect(await bed.ask(`/v1/decisions/410802-${number}`)).toMatchObject({ outcome: 'registered' });
      expect([names('in'), names('aside')]).toEqual([[], []]);
      await expectSwept();
    }
    expect(step).toBeGreaterThan(least);
  });
});

describe('a disk that stays full, or goes away', () => {
  it('leaves the batch for the next run, says why in words, and writes the file when there is room', async () => {
    const serial = await nextDay();
    const full = failEvery(bed.context, 'ENOSPC');
    expect(await send()).toMatchObject<Partial<SendResult>>({ left: 1, awaiting: 0 });
    full.restore();
    const trouble = () =>
      bed.fixtures.sql<{ trouble: string; state: string }>(
        `select trouble, state from exchange_file where name like '%${day.replaceAll('-', '')}%'`,
      );
    expect(await trouble()).toEqual([{ trouble: expect.stringContaining('磁盘已满'), state: 'intended' }]);
    expect(names('out')).toEqual([]);
    expect(await send()).toMatchObject({ left: 0, awaiting: 1 });
    expect(await trouble()).toEqual([{ trouble: '', state: 'written' }]);
    await look();
    await exchangePlatformFiles(bed.context);
    await expectOnce(serial);
  });

  it('a folder that vanished is not made anew, and everything goes on when it is back', async () => {
    const serial = await nextDay();
    const away = `${bed.folder}.away`;
    renameSync(bed.folder, away);
    expect(await send()).toMatchObject({ left: 1 });
    await expect(exchangePlatformFiles(bed.context)).rejects.toThrow(DiskTrouble);
    renameSync(away, bed.folder);
    await send();
    // Lost on the way: after three days it is written again, and the platform knows it.
    await look();
    for (const name of names('in')) renameSync(join(bed.folder, 'in', name), join(bed.folder, `lost-${name}`));
    expect(await send()).toMatchObject({ awaiting: 1 });
    expect(names('out')).toEqual([]);
    const later = new Date(bed.context.clock.now().getTime() + 4 * 86_400_000);
    expect(await send({ ...bed.context, clock: { now: () => later } })).toMatchObject({ awaiting: 1 });
    expect(names('out')).toHaveLength(2);
    await look();
    await exchangePlatformFiles(bed.context);
    await expectOnce(serial);
  });
});

/** Every write fails from now on. */
function failEvery(context: Context, code: string): { restore(): void } {
  const failing = failAt(context, 0, code);
  const { create } = disk;
  disk.create = async (path) => ({
    ...(await create(path)),
    write: () => Promise.reject(Object.assign(new Error(code), { code })),
  });
  return failing;
}
