import { readdir } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { statements } from '../src/platform/sql.ts';
import { type TestDatabase, testDatabase } from './database.ts';

let database: TestDatabase;
let app: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
  const source = new URL('../src/', import.meta.url);
  for (const file of await readdir(source, { recursive: true })) {
    // The loader of synthetic cities works as the migrator; its statements are not the application's.
    if (file.endsWith('.sql.ts') && !file.startsWith('city/')) await import(new URL(file, source).href);
  }
});
afterAll(async () => {
  await app.end();
  await database.drop();
});

it('every statement fits the schema and the grants of the application role', async () => {
  const faults: string[] = [];
  for (const { name, text } of statements.values()) {
    try {
      await app.query(`prepare "${name}" as ${text}`);
      await app.query('begin');
      // Planning with nothing known proves that the role may run it; only reading statements are run.
      if (/^\s*select/i.test(text) && !/for update/i.test(text)) {
        const count = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])));
        await app.query(`explain execute "${name}"${count ? `(${Array(count).fill('null').join(', ')})` : ''}`);
      }
      await app.query('rollback');
    } catch (error) {
      faults.push(`${name}: ${(error as Error).message}`);
      await app.query('rollback').catch(() => {});
    }
  }
  expect(faults).toEqual([]);
  expect(statements.size).toBeGreaterThan(40);
});
