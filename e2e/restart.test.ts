import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from './lib/api.ts';
import { OwnSystem } from './lib/own-system.ts';
import { heldExits } from './lib/platform.ts';
import type { Running } from './lib/running.ts';
import { asRole } from './lib/sign-in.ts';
import { exitedPerson } from './walk/exited-person.ts';
import { type Setting, settingOf } from './walk/setting.ts';

const system = new OwnSystem();
let running: Running;
let setting: Setting;
// Their sessions live in the database: a kill signs nobody out.
let clerk: Api;
let officer: Api;

beforeAll(async () => {
  running = await system.start();
  setting = await settingOf(running);
  [{ api: clerk }, { api: officer }] = await Promise.all([
    asRole(running, 'clerk'),
    asRole(running, 'exchangeOfficer'),
  ]);
});
afterAll(() => system.stop());

const faults = (settings: { readonly slowMs?: number; readonly loseAnswerRate?: number }) =>
  fetch(`${running.platform}/control/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(settings),
  });

describe('kill -9 in the middle of sending exits (M79-8a)', () => {
  const serials: string[] = [];

  /** True when the platform has written this exit down, whether or not anybody was told. */
  const written = (serial: string) =>
    readFileSync(join(system.folder, 'stand-ins', 'platform.jsonl'), 'utf8').includes(serial);

  it.each([
    { instant: 'before the platform was asked', wrong: { slowMs: 2000 }, moment: () => sleep(20) },
    { instant: 'while the platform thinks', wrong: { slowMs: 2000 }, moment: () => sleep(900) },
    {
      instant: 'when the platform has it and we were not told',
      wrong: { loseAnswerRate: 1 },
      moment: () => expect.poll(() => written(serials.at(-1)!), { timeout: 20_000, interval: 10 }).toBe(true),
    },
  ])('$instant: every exit is accepted exactly once in the end', async ({ wrong, moment }) => {
    for (let n = 0; n < 3; n += 1) serials.push((await exitedPerson({ ...setting, running }, clerk)).serial);
    await faults(wrong);
    const sending = officer.call('sendExits', { body: { on: setting.today } }).catch(() => 'interrupted');
    await moment();
    await system.kill();
    expect(await sending).toBe('interrupted');

    running = await system.start();
    await officer.call('sendExits', { body: { on: setting.today } });
    await expect
      .poll(
        async () => {
          const { days } = await officer.call('getExchangeDays', {});
          const day = days.find(({ date }) => date === setting.today);
          return [day?.exits, day?.accepted, day?.waiting, day?.sent, day?.balanced];
        },
        { timeout: 60_000, interval: 500 },
      )
      .toEqual([serials.length, serials.length, 0, 0, true]);
    const held = (await heldExits(running, '4108', setting.today)).map(({ AAZ341 }) => AAZ341);
    expect(held.toSorted()).toEqual(serials.toSorted());
  });
});
