import { runCli } from './cli/run.ts';

/** Lines are written together when they come fast: a file of millions of rows must not cost a system call a line. */
const FULL = 64 * 1024;
let pending = '';

function flush(): void {
  if (pending === '') return;
  process.stdout.write(pending);
  pending = '';
}

function out(line: string): void {
  if (pending === '') setImmediate(flush);
  pending += `${line}\n`;
  if (pending.length >= FULL) flush();
}

// A closed pipe (`yingdeng … | head`) is the reader's wish, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  out,
  err: (line) => {
    flush();
    process.stderr.write(`${line}\n`);
  },
});
flush();
