import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EmbeddedPostgres,
  ensureDatabase,
  startEmbeddedPostgres,
} from '../../server/src/platform/embedded-postgres.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import type { Secrets } from './secrets.ts';

const migrations = new URL('../../server/migrations/', import.meta.url);

/** The database of one start, migrated. */
export interface RunningDatabase {
  readonly appUrl: string;
  readonly migratorUrl: string;
  /** True when there was no schema before: nobody's data can be in it. */
  readonly wasEmpty: boolean;
  stop(): Promise<void>;
}

/** Wished port, so that a tool keeps its connection over a restart; another is taken when somebody has it. */
const embeddedPort = 8705;

/** The given database, or the embedded one, brought up to date. `DATABASE_URL` must name a role that may create roles. */
export async function startDatabase(
  dataDir: string,
  givenUrl: string | undefined,
  secrets: Secrets,
  wishedPort: number | undefined,
  say: (line: string) => void,
): Promise<RunningDatabase> {
  const log = say;
  if (givenUrl) {
    const wasEmpty = await bringUpToDate(givenUrl, secrets, log);
    return { appUrl: asApplication(givenUrl, secrets), migratorUrl: givenUrl, wasEmpty, stop: async () => {} };
  }
  const options = { dataDir: join(dataDir, 'postgres'), auth: 'scram', log } as const;
  let server = await startEmbeddedPostgres({ ...options, port: wishedPort ?? embeddedPort, portIsWish: true });
  let stopping = false;
  const keepAlive = async (running: EmbeddedPostgres): Promise<void> => {
    const words = await running.ended;
    if (stopping) return;
    say(`数据库意外退出，正在重新启动。\n${words.split('\n').slice(-4).join('\n')}`);
    // The same port: every program holds it in its address and connects again by itself.
    for (let wait = 500; !stopping; wait = Math.min(wait * 2, 30_000)) {
      try {
        server = await startEmbeddedPostgres({ ...options, port: running.port });
        if (stopping) return void server.stop();
        return void keepAlive(server);
      } catch (error) {
        say((error as Error).message);
        await sleep(wait);
      }
    }
  };
  void keepAlive(server);
  const stop = async () => {
    stopping = true;
    await server.stop();
  };
  try {
    const migratorUrl = await ensureDatabase(server, 'yingdeng');
    const wasEmpty = await bringUpToDate(migratorUrl, secrets, log);
    return { appUrl: asApplication(migratorUrl, secrets), migratorUrl, wasEmpty, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUpToDate(url: string, secrets: Secrets, log: (line: string) => void): Promise<boolean> {
  const applied = await migrate({ url, appPassword: secrets.databasePassword, log });
  return applied === readdirSync(migrations).filter((file) => file.endsWith('.sql')).length;
}

function asApplication(url: string, secrets: Secrets): string {
  const changed = new URL(url);
  changed.username = 'yingdeng_app';
  changed.password = secrets.databasePassword;
  return changed.href;
}
