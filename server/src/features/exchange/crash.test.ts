import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { dice } from '../../../test/crash/dice.ts';
import { startWorker } from '../../../test/crash/worker.ts';
import { CrashWorld, calm, DAYS, type Life } from '../../../test/crash/world.ts';
import { fetchForwarded, sendDecisions } from './index.ts';
import { uploadExits } from './send.ts';

// Waiting before asking again proves nothing here and would take all the time.
const hurry = vi.hoisted(() => ({ on: false }));
vi.mock('node:timers/promises', async (original) => {
  const real = await original<typeof import('node:timers/promises')>();
  return {
    ...real,
    setTimeout: <T>(ms: number, value?: T, options?: object) =>
      real.setTimeout(hurry.on ? Math.min(ms, 1) : ms, value, options),
  };
});

/** More with `npm run bench kill`; a failing run is repeated with its seed. */
const { instants: INSTANTS, processes: KILLS, seed: SEED } = inject('kill');
/** About as many statements and requests as a turn of the work takes. */
const STEPS = { database: 60, platform: 6 } as const;

let world: CrashWorld | undefined;
afterEach(async () => {
  hurry.on = false;
  await world?.close();
  world = undefined;
});

/** What the worker does with the platform, in one turn. */
async function turn({ context }: Life, on: string): Promise<void> {
  await fetchForwarded(context);
  await sendDecisions(context);
  await uploadExits(context, on);
}

/** Says what came of it, in one line that `npm run bench kill` reads. */
async function settle(killed: string): Promise<void> {
  const { exits, applications, lost, doubled, wrong } = await world!.account();
  console.log(
    `${killed} (seed ${SEED}): ${exits} exits, ${applications} applications; lost ${lost}, doubled ${doubled}`,
  );
  expect(wrong).toEqual([]);
  expect([lost, doubled]).toEqual([0, 0]);
}

describe(`M79-8a, M79-7a: every exit is accepted exactly once, every application handed over is one case (seed ${SEED})`, () => {
  it(
    'connections cut, answers lost, halved, doubled or of another request, either side dead: at any step',
    async () => {
      hurry.on = true;
      const chance = dice(SEED);
      world = await CrashWorld.open(chance);
      const struck = new Map<string, number>();
      let tried = 0;
      let life = await world.life();
      while (tried < INSTANTS) {
        const on = chance.pick(DAYS);
        if (chance.chance(0.5)) await world.addApplication();
        // Several faults strike the same work, each a while after the last, and there is always something new.
        for (let blows = 1 + chance.below(4); blows > 0; blows -= 1) {
          await world.addExits(on, 1 + chance.below(3));
          const door = chance.chance(0.6) ? 'database' : 'platform';
          const steps = life.plan(door, 1 + chance.below(STEPS[door]));
          const beside = chance.chance(0.15) ? await world.life() : undefined;
          await Promise.allSettled([turn(life, on), ...(beside ? [turn(beside, on)] : [])]);
          await beside?.end();
          if (steps.struck) {
            tried += 1;
            const what = `${door} ${steps.struck.fault}`;
            struck.set(what, (struck.get(what) ?? 0) + 1);
          }
          if (life.dead) {
            await life.end();
            life = await world.life();
          }
        }
      }
      life.calm();
      for (const on of DAYS) await turn(life, on);
      await life.end();
      await settle(`struck at ${tried} instants`);
      const kinds = [...struck].sort().map(([what, count]) => `${what} ${count}`);
      console.log(`  ${kinds.join(', ')}`);
      expect(kinds.length).toBeGreaterThan(INSTANTS >= 200 ? 10 : 0);
    },
    INSTANTS * 1_000 + 60_000,
  );

  it(
    'kill -9 of the worker, of the platform, of both: at any moment',
    async () => {
      const chance = dice(SEED + 1);
      world = await CrashWorld.open(chance, { processes: true });
      const { platform, database } = world;
      const door = await world.door(
        () => calm,
        () => {},
      );
      // Each worker finds the last one silent for longer than a run may be, and takes its run over.
      const clock = (life: number) => new Date(Date.parse('2026-11-22T00:06:00+08:00') + life * 10 * 60_000);
      const killed = { worker: 0, platform: 0 };
      try {
        for (let life = 0; life < KILLS; life += 1) {
          await world.addExits(chance.pick(DAYS), 20);
          await world.addApplication();
          await world.anotherNight();
          const worker = await startWorker(database.appUrl, door.url, clock(2 * life));
          await sleep(chance.below(400));
          const victim = chance.pick(['worker', 'platform', 'both'] as const);
          if (victim !== 'worker') {
            await platform.die();
            killed.platform += 1;
            if (victim === 'platform') {
              // The worker lives on for a while and finds nobody, then the platform come back.
              await sleep(chance.below(150));
              await platform.start();
              await sleep(chance.below(300));
            }
          }
          await worker.kill();
          killed.worker += 1;
          if (victim === 'both') await platform.start();
        }
        await world.anotherNight();
        const worker = await startWorker(database.appUrl, door.url, clock(2 * KILLS));
        // A download that a dying worker's transaction made fail is tried again after a minute: not lost, only waiting.
        for (let looks = 0; looks < 800 && (await world.account()).wrong.length > 0; looks += 1) await sleep(100);
        await worker.kill();
        await settle(`killed ${killed.worker} workers and ${killed.platform} platforms`);
      } finally {
        door.shut();
      }
    },
    KILLS * 10_000 + 60_000,
  );
});
