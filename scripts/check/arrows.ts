// Who may import whom, as .dependency-cruiser.cjs says, and proof that no file escaped the look.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rooms, root, sourceFiles } from './files.ts';

interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: { readonly violations: readonly { from: string; to: string; rule: { name: string } }[] };
}

const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json'];
const present = rooms.filter((room) => existsSync(join(root, room)));
const run = spawnSync(process.execPath, [program, ...args, ...present], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 200_000_000,
});
if (!run.stdout.startsWith('{')) throw new Error(`dependency-cruiser: ${run.stderr || run.stdout}`);
const { modules, summary } = JSON.parse(run.stdout) as Cruise;

const seen = new Set(modules.map((module) => module.source));
const missed = sourceFiles().filter((file) => !seen.has(file));
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
// A checker that sees nothing finds nothing.
for (const file of missed) console.error(`not seen by dependency-cruiser: ${file}`);
if (summary.violations.length > 0 || missed.length > 0 || seen.size === 0) process.exit(1);
console.log(`${seen.size} modules`);
