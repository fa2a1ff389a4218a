// npm start: everything that is needed, then the address. Runs on any Node; the work is in supervise.ts on Node 24.
import { join } from 'node:path';
import { ensureInstalled } from './lib/ensure-installed.js';
import { runNode24 } from './lib/node24.js';
import { root } from './lib/paths.js';

await ensureInstalled();
process.exitCode = await runNode24([join(root, 'scripts', 'supervise.ts'), ...process.argv.slice(2)], {
  watched: true,
});
