import { existsSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** Bench files by name; several run one after the other. Each exports `run()` and prints its own figures. */
const benches: Record<string, readonly string[]> = {
  backload: ['./backload.ts'],
  comparison: ['./comparison.ts'],
  consistency: ['./consistency.ts'],
  exits: ['./exits-check.ts', './exits-night.ts'],
  'exits-file': ['./exits-file.ts'],
  intake: ['./intake.ts'],
  kill: ['./kill.ts'],
  matching: ['./matching.ts'],
  followup: ['./followup.ts'],
  import: ['./vacancy-import.ts'],
  month: ['./month.ts'],
  reconcile: ['./reconcile.ts'],
  served: ['./served.ts'],
  web: ['./web.ts'],
  worklist: ['./worklist.ts'],
};

async function load(file: string): Promise<{ run(): Promise<void> }> {
  return import(new URL(file, import.meta.url).href) as Promise<{ run(): Promise<void> }>;
}

const [name = ''] = process.argv.slice(2);
const files = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (files === undefined) {
  console.error(`npm run bench NAME    NAME: ${Object.keys(benches).join(', ')}`);
  process.exitCode = 2;
} else {
  const [cpu] = cpus();
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores ${cpu?.model.trim() ?? ''}, ` +
      `${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}`,
  );
  for (const file of files) {
    if (existsSync(new URL(file, import.meta.url))) await (await load(file)).run();
    else console.log(`${file}: not here`);
  }
}
