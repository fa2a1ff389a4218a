import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const folder = new URL('../../migrations/', import.meta.url);

/** What `migrate` needs. */
export interface MigrateOptions {
  /** Connection of a superuser, of a role that may create roles, or of yingdeng_migrator itself. */
  readonly url: string;
  /** Password the application role shall have; unchanged when left out. */
  readonly appPassword?: string;
  readonly log?: (line: string) => void;
}

/**
 * Brings the schema up to date, forward only, one transaction a file. Files already applied must not have changed.
 * Tables belong to yingdeng_migrator; the application role yingdeng_app owns nothing.
 * @returns how many files were applied. @throws when an applied file was edited or a file fails.
 */
export async function migrate(options: MigrateOptions): Promise<number> {
  const log = options.log ?? (() => {});
  const client = new pg.Client({ connectionString: options.url });
  await client.connect();
  try {
    // One migration at a time, whoever starts it.
    await client.query('select pg_advisory_lock(7240001)');
    await ensureRoles(client, options.appPassword);
    await client.query('set role yingdeng_migrator');
    await client.query(
      'create table if not exists schema_migration (name text primary key, digest text not null, applied_at timestamptz not null default now())',
    );
    const applied = new Map(
      (await client.query<{ name: string; digest: string }>('select name, digest from schema_migration')).rows.map(
        (row) => [row.name, row.digest],
      ),
    );
    let count = 0;
    for (const name of (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()) {
      const text = await readFile(new URL(name, folder), 'utf8');
      const digest = createHash('sha256').update(text).digest('hex');
      const before = applied.get(name);
      if (before === digest) continue;
      if (before) throw new Error(`migration ${name} was edited after it had been applied`);
      await client.query('begin');
      try {
        await client.query(text);
        await client.query('insert into schema_migration (name, digest) values ($1, $2)', [name, digest]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
      log(`applied ${name}`);
      count += 1;
    }
    return count;
  } finally {
    await client.end();
  }
}

async function ensureRoles(client: pg.Client, appPassword: string | undefined): Promise<void> {
  const present = new Set(
    (
      await client.query<{ rolname: string }>(
        "select rolname from pg_roles where rolname in ('yingdeng_migrator', 'yingdeng_app')",
      )
    ).rows.map((row) => row.rolname),
  );
  if (!present.has('yingdeng_migrator')) await client.query('create role yingdeng_migrator nologin');
  if (!present.has('yingdeng_app')) await client.query('create role yingdeng_app login nosuperuser nobypassrls');
  const { rows } = await client.query<{ me: string; database: string; canset: boolean; super: boolean }>(
    "select current_user as me, current_database() as database, pg_has_role(current_user, 'yingdeng_migrator', 'member') as canset, (select rolsuper from pg_roles where rolname = current_user) as super",
  );
  const { me, database, canset, super: isSuper } = rows[0]!;
  if (appPassword) await client.query(`alter role yingdeng_app password ${pg.escapeLiteral(appPassword)}`);
  if (me === 'yingdeng_migrator') return;
  if (!canset && !isSuper) await client.query(`grant yingdeng_migrator to ${pg.escapeIdentifier(me)}`);
  await client.query(
    `grant create, connect, temporary on database ${pg.escapeIdentifier(database)} to yingdeng_migrator`,
  );
  await client.query('grant usage, create on schema public to yingdeng_migrator');
  await client.query(`grant connect on database ${pg.escapeIdentifier(database)} to yingdeng_app`);
}
