import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';

async function ask<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

describe('test databases', () => {
  let first: TestDatabase;
  let second: TestDatabase;
  beforeAll(async () => {
    first = await testDatabase();
    second = await testDatabase();
  });
  afterAll(async () => {
    await first.drop();
    await second.drop();
  });

  it('are migrated and do not see each other', async () => {
    await ask(first.adminUrl, 'create table only_here (n int)');
    const tables = (url: string) =>
      ask<{ name: string }>(
        url,
        "select table_name as name from information_schema.tables where table_schema = 'public'",
      );
    const names = (await tables(first.adminUrl)).map((row) => row.name);
    expect(names).toContain('schema_migration');
    expect(names).toContain('only_here');
    expect((await tables(second.adminUrl)).map((row) => row.name)).not.toContain('only_here');
  });

  it('give the application role no rights of its own', async () => {
    const [role] = await ask<{ role: string; super: boolean; bypass: boolean; owned: number }>(
      first.appUrl,
      `select current_user as role, rolsuper as super, rolbypassrls as bypass,
         (select count(*)::int from pg_class c where c.relowner = r.oid) as owned
       from pg_roles r where rolname = current_user`,
    );
    expect(role).toEqual({ role: 'yingdeng_app', super: false, bypass: false, owned: 0 });
    await expect(ask(first.appUrl, 'create table mine (n int)')).rejects.toThrow(/permission denied/);
  });

  it('are gone after drop', async () => {
    const gone = await testDatabase();
    await gone.drop();
    await expect(ask(gone.adminUrl, 'select 1')).rejects.toThrow(/does not exist/);
  });
});
