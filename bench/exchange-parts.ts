import { fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cpuSeconds, peakMiB } from './system.ts';

const root = resolve(fileURLToPath(import.meta.url), '../..');
const program = join(root, 'server/bin/yingdeng.js');
/** The key that the bench's platforms are spoken to with. */
export const KEY = 'bench-key';

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly seconds: number;
  readonly peakMiB: number;
  /** Processor seconds, as far as they were seen before it ended. */
  readonly cpu: number;
}

/** Runs `yingdeng …` as a person would, with wall time and the most memory it held. */
export function yingdeng(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Finished> {
  const begun = performance.now();
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  let peak = 0;
  let cpu = 0;
  child.stdout.on('data', (part) => {
    out += String(part);
  });
  const watch = setInterval(() => {
    peak = Math.max(peak, peakMiB(child.pid));
    cpu = Math.max(cpu, cpuSeconds(child.pid ?? 0));
  }, 25);
  return new Promise((done) => {
    child.once('close', (code) => {
      clearInterval(watch);
      done({ code, out, seconds: (performance.now() - begun) / 1000, peakMiB: peak, cpu });
    });
  });
}

interface RunningPlatform {
  readonly url: string;
  readonly journal: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A platform of its own, in a process of its own, with an empty store. */
export async function startPlatform(): Promise<RunningPlatform> {
  const folder = mkdtempSync(join(tmpdir(), 'yingdeng-bench-platform-'));
  const child = fork(join(root, 'stand-ins/platform/run-for-test.ts'), [folder, KEY], { execArgv: [] });
  const url = await new Promise<string>((done, failed) => {
    child.once('message', (message) => done(String(message)));
    child.once('exit', () => failed(new Error('the platform did not start')));
  });
  const stop = async () => {
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill('SIGTERM');
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, journal: join(folder, 'platform.jsonl'), pid: child.pid!, stop };
}
