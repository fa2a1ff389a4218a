#!/usr/bin/env node
// Plain JavaScript, so that an older Node can read it and hand over to the Node 24 that npm brought.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

if (Number(process.versions.node.split('.')[0]) >= 24) {
  // Half of a short command's time would go into reading the program. Where the folder may not be written, nothing is kept.
  module.enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/yingdeng', import.meta.url)));
  await import('../src/main-cli.ts');
} else {
  const node = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
  if (existsSync(node)) {
    const { status, signal } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    process.exitCode = status ?? 128 + (constants.signals[signal] ?? 0);
  } else {
    console.error(`需要 Node.js 24 以上，本机是 ${process.versions.node}。请先在项目目录运行 npm install。`);
    process.exitCode = 2;
  }
}
