// Builds the pages whose sources changed; `npm test` does this before the journeys, `npm start` by itself.
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runOnce } from './supervise/processes.ts';
import { buildStaleWebs } from './supervise/webs.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const logs = join(root, '.data', 'logs');
mkdirSync(logs, { recursive: true });
const around = { root, logs, env: process.env, say: console.log, changed: () => {} };
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
await buildStaleWebs(root, (name, args) => runOnce(name, args, around, { signal: stop.signal }), console.log);
