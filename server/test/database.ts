import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** The migrated, empty database that every test database is copied from. */
export const templateName = 'yingdeng_template';

/** A fresh, migrated, empty database for one test file. */
export interface TestDatabase {
  /** The superuser: sees everything, for arranging and for looking. */
  readonly adminUrl: string;
  /** The application role: owns nothing, bound by row-level policies. Use it for whatever is under test. */
  readonly appUrl: string;
  /** Removes it, ending connections that are still open. */
  drop(): Promise<void>;
}

/** Copies the template (about 50 ms). Call it in `beforeAll` and `drop` in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const superuserUrl = inject('superuserUrl');
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await runAsSuperuser(superuserUrl, `create database ${name} template ${templateName}`);
  return {
    adminUrl: withParts(superuserUrl, { database: name }),
    appUrl: withParts(superuserUrl, { database: name, user: 'yingdeng_app' }),
    drop: () => runAsSuperuser(superuserUrl, `drop database if exists ${name} with (force)`),
  };
}

async function runAsSuperuser(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withParts(url: string, parts: { database: string; user?: string }): string {
  const changed = new URL(url);
  changed.pathname = `/${parts.database}`;
  if (parts.user) {
    changed.username = parts.user;
    // The test server trusts every local connection; a password would only mislead.
    changed.password = '';
  }
  return changed.href;
}
