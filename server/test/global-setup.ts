import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { templateName } from './database.ts';

/** One server for a whole run, with the migrated template that `testDatabase()` copies. Gone when the run ends. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'yingdeng-test-'));
  // The account the server runs as must be able to enter.
  chmodSync(folder, 0o755);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), fsync: false, auth: 'trust' });
  const admin = new pg.Client({ connectionString: server.superuserUrl });
  await admin.connect();
  await admin.query(`create database ${templateName}`);
  const url = new URL(server.superuserUrl);
  url.pathname = `/${templateName}`;
  await migrate({ url: url.href });
  await admin.query(`alter database ${templateName} with is_template true allow_connections false`);
  await admin.end();
  project.provide('superuserUrl', server.superuserUrl);
  return async () => {
    await server.stop();
    process.off('exit', remove);
    remove();
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    superuserUrl: string;
    /** Of the crash test: instants struck in-process, processes killed, and the seed of both. */
    kill: { instants: number; processes: number; seed: number };
  }
}
