import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableManifest } from '../src/platform/table-manifest.ts';
import { type TestDatabase, testDatabase } from './database.ts';

let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await database.drop();
});

const names = (kind: string) =>
  Object.entries(tableManifest)
    .filter(([, facts]) => facts.kind === kind)
    .map(([name]) => name);
const column = async (text: string, params: unknown[] = []): Promise<string[]> =>
  (await admin.query<{ name: string }>(text, params)).rows.map((row) => row.name);

describe('the schema could be joined to a cluster', () => {
  it('the manifest names every table and no other', async () => {
    const there = await column("select tablename as name from pg_tables where schemaname = 'public'");
    expect(there.sort()).toEqual(Object.keys(tableManifest).sort());
  });

  it('tenant leads every primary, unique and exclusion key of a tenant table, and is tied to the division by a check', async () => {
    const wrong = await column(
      `select c.relname || '.' || i.relname as name
       from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       where c.relname = any($1) and (x.indisunique or x.indisexclusion)
         and (select attname from pg_attribute where attrelid = c.oid and attnum = x.indkey[0]) <> 'tenant'`,
      [names('tenant')],
    );
    expect(wrong).toEqual([]);
    const unchecked = await column(
      `select t.relname as name from pg_class t
       where t.relname = any($1)
         and exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname in ('office', 'division') and not a.attisdropped)
         and not exists (select 1 from pg_constraint k where k.conrelid = t.oid and k.contype = 'c' and pg_get_constraintdef(k.oid) ~ '"left".*(office|division).*4.*tenant')`,
      [names('tenant')],
    );
    expect(unchecked).toEqual([]);
  });

  it('foreign keys join on tenant first, stay within their kind, and never set null', async () => {
    const { rows } = await admin.query<{ child: string; parent: string; cols: string[]; action: string }>(
      `select c.relname as child, p.relname as parent, k.confdeltype as action,
         (select array_agg(a.attname::text order by u.ord) from unnest(k.conkey) with ordinality u(num, ord)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = u.num) as cols
       from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid where k.contype = 'f'`,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { child, parent, cols, action } of rows) {
      expect(tableManifest[child]?.kind, `${child} → ${parent}`).toBe(tableManifest[parent]?.kind);
      expect(tableManifest[child]?.kind).not.toBe('local');
      if (tableManifest[child]?.kind === 'tenant') expect(cols[0]).toBe('tenant');
      expect(action, `${child} → ${parent}`).toBe('a');
    }
  });

  it('every foreign-key child has a whole index over its columns', async () => {
    const bare = await column(
      `select c.relname || '(' || k.conname || ')' as name
       from pg_constraint k join pg_class c on c.oid = k.conrelid
       where k.contype = 'f' and not exists (
         select 1 from pg_index x where x.indrelid = k.conrelid and x.indpred is null
           and (x.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)`,
    );
    expect(bare).toEqual([]);
  });

  it('no triggers, no generated or serial columns, no volatile defaults on tables that may be distributed', async () => {
    const spread = [...names('tenant'), ...names('claim'), ...names('reference')];
    expect(
      await column(
        'select t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid where not t.tgisinternal and c.relname = any($1)',
        [spread],
      ),
    ).toEqual([]);
    expect(
      await column(
        `select c.relname || '.' || a.attname as name from pg_attrdef d join pg_class c on c.oid = d.adrelid
         join pg_attribute a on a.attrelid = c.oid and a.attnum = d.adnum
         where c.relname = any($1) and (pg_get_expr(d.adbin, d.adrelid) ~* '(nextval|now\\(|random|clock_timestamp|gen_random)' or a.attidentity <> '' or a.attgenerated <> '')`,
        [spread],
      ),
    ).toEqual([]);
  });
});

describe('what the application role may do', () => {
  it('owns nothing and cannot bypass row-level security', async () => {
    const { rows } = await admin.query(
      "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = 'yingdeng_app'",
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
    expect(
      await column(
        "select c.relname as name from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = 'yingdeng_app'",
      ),
    ).toEqual([]);
  });

  it('M79-14: cannot update, delete or truncate an append-only table', async () => {
    const appendOnly = Object.entries(tableManifest)
      .filter(([, facts]) => facts.appendOnly)
      .map(([name]) => name);
    const may = await column(
      `select t || ':' || p as name from unnest($1::text[]) t, unnest(array['update', 'delete', 'truncate']) p
       where has_table_privilege('yingdeng_app', t, p) or (p = 'update' and has_any_column_privilege('yingdeng_app', t, p))`,
      [appendOnly],
    );
    expect(may).toEqual([]);
    expect(appendOnly.length).toBeGreaterThan(8);
  });

  it('every table with personal data has row-level security in force and a policy', async () => {
    const personal = Object.entries(tableManifest)
      .filter(([, facts]) => facts.personal)
      .map(([name]) => name);
    const open = await column(
      `select c.relname as name from pg_class c where c.relname = any($1)
       and (not c.relrowsecurity or not exists (select 1 from pg_policy p where p.polrelid = c.oid))`,
      [personal],
    );
    expect(open).toEqual([]);
    const holding = (kind: string) =>
      column(
        `select distinct c.table_name as name from information_schema.columns c
         join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
         where c.table_schema = 'public' and t.table_type = $1 and c.table_name <> 'account'
           and (c.column_name like '%\\_sealed' or c.column_name in ('sealed', 'person_id'))`,
        [kind],
      );
    expect((await holding('BASE TABLE')).filter((name) => !personal.includes(name))).toEqual([]);
    // A view with such columns shows what its reader may see, not what its owner may.
    const invoking = await column(
      "select relname as name from pg_class where relkind = 'v' and 'security_invoker=true' = any(reloptions)",
    );
    expect((await holding('VIEW')).filter((name) => !invoking.includes(name))).toEqual([]);
  });

  it('a policy compares ranges, never with LIKE', async () => {
    const { rows } = await admin.query<{ text: string }>(
      "select coalesce(qual, '') || coalesce(with_check, '') as text from pg_policies where schemaname = 'public'",
    );
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter(({ text }) => /~~|like|~/i.test(text))).toEqual([]);
  });

  it('sees no row when nobody says who acts', async () => {
    const app = new pg.Client({ connectionString: database.appUrl });
    await app.connect();
    const { rows } = await app.query('select count(*)::int as count from person');
    await app.end();
    expect(rows[0].count).toBe(0);
  });
});
