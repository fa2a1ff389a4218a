import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { identityOf, withLock } from './lock.js';

const folder = mkdtempSync(join(tmpdir(), 'yingdeng-lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('lets one in at a time and tells the others who is inside', async () => {
  const file = join(folder, 'one');
  const told: number[] = [];
  let inside = 0;
  let most = 0;
  const work = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(20);
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(file, (pid) => told.push(pid), work)));
  expect(most).toBe(1);
  expect(told).toEqual([process.pid, process.pid]);
  expect(existsSync(file)).toBe(false);
});

it('takes over the lock of a process that is gone, or whose number belongs to another now', async () => {
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  for (const content of [`${gone} 1`, `${process.pid} 1`, '']) {
    const file = join(folder, 'stale');
    writeFileSync(file, content);
    expect(
      await withLock(
        file,
        () => expect.fail('waited'),
        async () => 'done',
      ),
    ).toBe('done');
  }
});

it('gives the lock back when the work fails', async () => {
  const file = join(folder, 'failing');
  await expect(
    withLock(
      file,
      () => {},
      () => Promise.reject(new Error('no')),
    ),
  ).rejects.toThrow('no');
  expect(existsSync(file)).toBe(false);
});

it('names a living process and no other', () => {
  expect(identityOf(process.pid)).toMatch(new RegExp(`^${process.pid}\\b`));
  expect(identityOf(spawnSync(process.execPath, ['-e', '']).pid)).toBeUndefined();
});
