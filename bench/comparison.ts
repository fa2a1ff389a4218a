import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { type BenchSystem, benchNow, startSystem, withClient } from './system.ts';
import { addCases } from './worklist-rows.ts';

const SIZE = Number(process.env.BENCH_SIZE ?? 1_000_000);
const program = join(resolve(fileURLToPath(import.meta.url), '../..'), 'server/bin/yingdeng.js');

/** The least that puts it on the record: month and next date of the same rows in one statement. */
const floor = `update registration set last_contact_month = '2020-09', next_contact_on = '2020-10-31', version = version + 1
  where status <> 'exited' and next_contact_on <= '2020-09-30'`;
/** A row a person, as no comparison writes any more. */
const rowEach = `insert into contact (tenant, id, registration_id, person_id, office, purpose, means, outcome, result, at, month, officer_name, note)
  select tenant, md5('c' || id::text)::uuid, id, person_id, office, 'followUp', 'comparison', 'contact', 'compared', $1, '2020-09', '系统',
    '与社会保险参保登记（2020-09-28）比对，没有变化' from registration where status <> 'exited' and next_contact_on <= '2020-09-30'`;

/**
 * A comparison of a city covers the month of everybody registered (A21-5b): the command against one UPDATE of the same rows as the owner, and against
 * that with a row of the service record a person; rows written and how much the tables grew, each after the last was taken back.
 */
export async function run(): Promise<void> {
  const system = await startSystem('comparison');
  try {
    await addCases(system.ownerUrl, system.secrets, 0, SIZE);
    const due = await withClient(system.ownerUrl, reset);
    console.log(
      `comparison, PostgreSQL ${system.version}: ${SIZE.toLocaleString('en')} cases, ${due.toLocaleString('en')} valid and due this month`,
    );
    const ours = await withClient(system.ownerUrl, async (owner) => {
      const before = await sizes(owner);
      const from = performance.now();
      const { covered } = JSON.parse(await command(system)) as { covered: number };
      const seconds = (performance.now() - from) / 1000;
      const rows = (
        await owner.query<{ n: number }>(
          "select (select count(*) from comparison)::int + (select count(*) from contact)::int + (select count(*) from audit_event where action = 'contact.record')::int as n",
        )
      ).rows[0]!.n;
      const read = (
        await owner.query<{ n: number }>(
          `select count(*)::int as n from registration r where r.status <> 'exited' and r.last_contact_month = '2020-09'
           and (select c.means from contact_record c where c.tenant = r.tenant and c.registration_id = r.id limit 1) = 'comparison'`,
        )
      ).rows[0]!.n;
      if (covered !== due || read !== due) throw new Error(`covered ${covered}, read back ${read}, due ${due}`);
      return { seconds, rows, grown: (await sizes(owner)) - before };
    });
    report('yingdeng follow-ups compared', ours);
    await withClient(system.ownerUrl, reset);
    report('one UPDATE as owner', await withClient(system.ownerUrl, (owner) => measured(owner, [])));
    await withClient(system.ownerUrl, reset);
    report('the same with a row a person', await withClient(system.ownerUrl, (owner) => measured(owner, [rowEach])));
  } finally {
    await system.stop();
  }
}

/** Everybody valid and due by the end of the month, nothing compared. */
async function reset(owner: pg.Client): Promise<number> {
  await owner.query('set session_replication_role = replica; set synchronous_commit = off');
  await owner.query('truncate comparison');
  await owner.query("delete from contact where means = 'comparison'");
  const { rowCount } = await owner.query(
    `update registration set status = 'active', exited_on = null, compared = '{}', last_contact_month = '2020-08',
       next_contact_on = date '2020-09-01' + (registered_on - date '2018-01-01') % 30`,
  );
  await owner.query('vacuum full analyze registration, contact');
  await owner.query('checkpoint');
  return rowCount ?? 0;
}

async function measured(owner: pg.Client, before: readonly string[]) {
  const size = await sizes(owner);
  const from = performance.now();
  let rows = 0;
  await owner.query('begin');
  for (const text of before) rows += (await owner.query(text, [new Date(benchNow)])).rowCount ?? 0;
  await owner.query(floor);
  await owner.query('commit');
  return { seconds: (performance.now() - from) / 1000, rows, grown: (await sizes(owner)) - size };
}

/** Bytes that stay once dead rows are reused: live rows of what may grow, with their indexes when written one by one. */
async function sizes(owner: pg.Client): Promise<number> {
  const { rows } = await owner.query<{ bytes: string }>(
    "select pg_total_relation_size('contact') + pg_total_relation_size('comparison') + pg_total_relation_size('audit_event') as bytes",
  );
  return Number(rows[0]!.bytes);
}

function report(name: string, { seconds, rows, grown }: { seconds: number; rows: number; grown: number }): void {
  console.log(
    `  ${name}: ${seconds.toFixed(1)} s, ${rows.toLocaleString('en')} rows written, ${(grown / 2 ** 20).toFixed(1)} MiB of rows beside the registrations`,
  );
}

function command(system: BenchSystem): Promise<string> {
  const args = [
    'follow-ups',
    'compared',
    '--division',
    '410800',
    '--source',
    'socialInsurance',
    '--as-of',
    benchNow.slice(0, 10),
    '--json',
  ];
  const env = {
    ...process.env,
    YINGDENG_MODE: 'demo',
    YINGDENG_DATABASE_URL: system.appUrl,
    YINGDENG_KEYS: JSON.stringify(system.secrets.keys),
    YINGDENG_NOW: benchNow,
  };
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (part) => {
      out += String(part);
    });
    child.once('close', (code) => (code === 0 ? done(out) : failed(new Error(`ended with ${code}: ${out}`))));
  });
}
