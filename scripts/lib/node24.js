import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join } from 'node:path';
import { bin, root } from './paths.js';

/** The Node that runs the TypeScript: the one npm brought, else the running one when it is new enough. */
export function findNode24() {
  const brought = join(bin, 'node');
  if (existsSync(brought)) return brought;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  console.error(
    `需要 Node.js 24 以上，本机是 ${process.versions.node}，而 npm 没有为 ${process.platform}-${process.arch} 带来。请从 https://nodejs.org 安装。\n` +
      `Node.js 24 or newer is needed; this is ${process.versions.node} and npm brought none for this machine.`,
  );
  process.exit(1);
}

/** The environment in which the programs of the packages, and Node 24 first of all, are found. */
export function environment() {
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` };
}

/**
 * Runs a file on Node 24 with the terminal handed on. Signals reach it; Ctrl-C already does through the terminal, and
 * whoever gets it twice must bear it. With `watched` the child learns by a closed channel that this process is gone.
 * Returns the exit code as a shell would tell it.
 */
export function runNode24(args, { watched = false, cwd = root, env = environment(), stdio = 'inherit' } = {}) {
  const streams = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
  const child = spawn(findNode24(), args, { cwd, env, stdio: watched ? [...streams, 'ipc'] : streams });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  const watch = passOnLossOfNpm(pass);
  return new Promise((done) => {
    child.once('error', (error) => {
      console.error(error.message);
      done(1);
    });
    child.once('close', (code, signal) => {
      clearInterval(watch);
      for (const name of signals) process.off(name, pass);
      done(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** npm asked to end (`docker stop`, a service manager) ends its shell and not us: the change of parent tells. */
function passOnLossOfNpm(pass) {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event) return undefined;
  return setInterval(() => {
    if (process.ppid !== parent) pass('SIGTERM');
  }, 500).unref();
}
