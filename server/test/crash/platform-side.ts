import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPlatform } from '../../../stand-ins/platform/main.ts';
import type { Dice } from './dice.ts';

export const KEY = 'test-key';

/** The platform, which can die and come back with what it kept. */
export interface PlatformSide {
  readonly url: string;
  /** Its process is gone at once. */
  die(): Promise<void>;
  start(): Promise<void>;
}

/** In this process, for thousands of deaths: its memory is gone, its last line may be torn. */
export function platformHere(dataDir: string, now: () => Date, dice: Dice): PlatformSide {
  let running: { url: string; close(): Promise<void> } | undefined;
  return {
    get url() {
      return running?.url ?? '';
    },
    die: async () => {
      await running?.close();
      running = undefined;
      if (!dice.chance(0.3)) return;
      appendFileSync(join(dataDir, 'platform.jsonl'), '{"type":"batch","batch":{"kind":"exits","batch":"41');
    },
    start: async () => {
      running = await startPlatform({ port: 0, dataDir, key: KEY, today: '20261122', now, filesEveryMs: 0 });
    },
  };
}

/** In a process of its own, which is killed. */
export function platformProcess(dataDir: string): PlatformSide {
  let running: { url: string; child: ChildProcess } | undefined;
  return {
    get url() {
      return running?.url ?? '';
    },
    die: async () => {
      if (!running) return;
      const { child } = running;
      running = undefined;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    start: async () => {
      const program = new URL('../../../stand-ins/platform/run-for-test.ts', import.meta.url);
      const child = fork(program, [dataDir, KEY], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
      const [url] = await once(child, 'message');
      running = { url: String(url), child };
    },
  };
}
