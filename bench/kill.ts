import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../..');
/** Instants of one round; each round has a database, a platform and a seed of its own. */
const ROUND = 1_000;
/** Processes killed with signal 9 in a round. */
const KILLS = 40;

interface Round {
  readonly passed: boolean;
  readonly out: string;
}

/** The crash test of the exchange, with so many instants. */
function round(instants: number, seed: number): Promise<Round> {
  // The file before the switch, which would take it for its value.
  const args = ['run', 'server/src/features/exchange/crash.test.ts', '--project=server', '--disableConsoleIntercept'];
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      KILL_INSTANTS: String(instants),
      KILL_PROCESSES: String(KILLS),
      KILL_SEED: String(seed),
    },
  });
  let out = '';
  child.stdout.on('data', (part) => {
    out += String(part);
  });
  return new Promise((done) => child.once('close', (code) => done({ passed: code === 0, out })));
}

/**
 * Kills either side of the exchange at thousands of instants over runs of batches and tells what was lost or doubled. The number of
 * instants is the second argument, 5,000 by default; the seed the third. Ends with exit code 1 when anything was lost or doubled.
 */
export async function run(): Promise<void> {
  const count = Number(process.argv[3] ?? 5_000);
  const first = Number(process.argv[4] ?? Date.now() % 1_000_000);
  const total = { instants: 0, workers: 0, platforms: 0, exits: 0, applications: 0, lost: 0, doubled: 0 };
  for (let done = 0, seed = first; done < count; done += ROUND, seed += 1) {
    const { passed, out } = await round(Math.min(ROUND, count - done), seed);
    const sums = [...out.matchAll(/(\d+) exits, (\d+) applications; lost (\d+), doubled (\d+)/g)];
    for (const [, exits, applications, lost, doubled] of sums) {
      total.exits += Number(exits);
      total.applications += Number(applications);
      total.lost += Number(lost);
      total.doubled += Number(doubled);
    }
    total.instants += Number(/struck at (\d+) instants/.exec(out)?.[1] ?? 0);
    const [, workers, platforms] = /killed (\d+) workers and (\d+) platforms/.exec(out) ?? [];
    total.workers += Number(workers ?? 0);
    total.platforms += Number(platforms ?? 0);
    console.log(`seed ${seed}: ${passed ? 'passed' : 'FAILED'}`);
    if (passed) continue;
    console.log(out);
    process.exitCode = 1;
  }
  console.log(`exits and forwarded applications under kills: ${total.exits} exits, ${total.applications} applications`);
  console.log(
    `  ${total.instants} instants struck in-process; ${total.workers} workers and ${total.platforms} platforms killed with signal 9`,
  );
  console.log(`  lost ${total.lost}, doubled ${total.doubled}`);
}
