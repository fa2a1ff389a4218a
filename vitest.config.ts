import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const skip = ['**/node_modules/**', '**/dist/**', '**/.data/**'];

/** What takes longest is begun first: begun last, the other worker would have nothing left to do beside. */
const longest = /pages-of-[^/]+$|exchange\/(crash|files\/failures)\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const first = (file: TestSpecification) => (longest.test(file.moduleId) ? 0 : 1);
    return (await super.sort(files)).sort((a, b) => first(a) - first(b));
  }
}

/**
 * Three projects: `unit` needs nothing but the code, `server` has a database, `browser` drives the whole system and
 * runs after the others, because a browser beside two busy workers only finds its own slowness. Two journeys at a time
 * go through one city: while one waits, the other works.
 */
export default defineConfig({
  test: {
    watch: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['contract', 'rules', 'scripts', 'stand-ins', 'web', 'bench'].map(
            (room) => `${room}/**/*.test.{ts,tsx}`,
          ),
          exclude: skip,
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 15_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'server',
          include: ['server/**/*.test.ts'],
          exclude: skip,
          globalSetup: ['server/test/global-setup.ts'],
          // How often the crash test of the exchange strikes; `npm run bench kill` asks for thousands.
          provide: {
            kill: {
              instants: Number(process.env.KILL_INSTANTS ?? 120),
              processes: Number(process.env.KILL_PROCESSES ?? 6),
              seed: Number(process.env.KILL_SEED ?? Date.now() % 1_000_000),
            },
          },
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          exclude: skip,
          globalSetup: ['e2e/shared-system.ts'],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
