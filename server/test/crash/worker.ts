import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { testConfig } from '../fixtures.ts';
import { KEY } from './platform-side.ts';

/** A real worker in a process of its own, to be killed. */
export interface Worker {
  kill(): Promise<void>;
}

/** Starts the program and waits until it works. `now`: what its clock shows. */
export async function startWorker(databaseUrl: string, platformUrl: string, now: Date): Promise<Worker> {
  const { keys } = testConfig(databaseUrl);
  const child: ChildProcess = fork(new URL('../../src/main-worker.ts', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    env: {
      YINGDENG_MODE: 'demo',
      YINGDENG_DATABASE_URL: databaseUrl,
      YINGDENG_POOL_SIZE: '6',
      YINGDENG_KEYS: JSON.stringify(keys),
      YINGDENG_LOG_LEVEL: 'silent',
      YINGDENG_NOW: now.toISOString(),
      YINGDENG_PLATFORM_URL: platformUrl,
      YINGDENG_PLATFORM_KEY: KEY,
    },
  });
  const gone = once(child, 'exit');
  await Promise.race([
    once(child, 'message'),
    gone.then(([code]) => Promise.reject(new Error(`the worker ended with ${code} before it worked`))),
  ]);
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
