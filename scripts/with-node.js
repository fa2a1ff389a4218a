// node scripts/with-node.js FILE ARGS: runs a TypeScript file on Node 24, installing the packages first if need be.
import { resolve } from 'node:path';
import { ensureInstalled } from './lib/ensure-installed.js';
import { runNode24 } from './lib/node24.js';
import { root } from './lib/paths.js';

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error('usage: node scripts/with-node.js FILE [ARGUMENTS]');
  process.exit(2);
}
await ensureInstalled();
process.exitCode = await runNode24([resolve(root, file), ...args], { cwd: process.cwd() });
