import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type pg from 'pg';
import { type BenchSystem, benchNow, median, settle, startSystem, withClient } from './system.ts';
import { addCases, counties } from './worklist-rows.ts';

const REGISTRATIONS = Number(process.env.BENCH_REGISTRATIONS ?? '1000000');
const SERVED = Number(process.env.BENCH_SERVED ?? '50000');
/** Registered in the minutes since the last look, and one day's worth after a stop; one in ten of them stands on a list. */
const deltas = [20, 3_000];
const ROUNDS = 7;

/** The least that does it: known registrations, each with its person, onto the list. */
const floor = `update served_person s set registration_id = r.id, linked_at = r.registered_at, version = s.version + 1
  from unnest($1::uuid[]) k (id) join registration r on r.tenant = '4108' and r.id = k.id
  where s.person_id = r.person_id and s.registration_id is null and s.ended_on is null`;
/** Persons of one page of the daily pass. */
const PAGE = 5_000;
const program = join(resolve(fileURLToPath(import.meta.url), '../..'), 'server/bin/yingdeng.js');

/** The text of a statement of the server, from the server itself. */
async function statement(name: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'statement', name]);
  return stdout.trim();
}

/**
 * People of the three groups joined with new registrations (H122-3a): the statement of the job as the application role under the policies, against
 * the least that could be written by the owner, in turns, each taken back; then the daily pass over everybody.
 */
export async function run(): Promise<void> {
  const system = await startSystem('served');
  try {
    await addCases(system.ownerUrl, system.secrets, 0, REGISTRATIONS);
    await withClient(system.ownerUrl, fill);
    await settle(2_000);
    console.log(
      `served, PostgreSQL ${system.version}: ${REGISTRATIONS.toLocaleString('en')} cases, ${SERVED.toLocaleString('en')} people on lists, nobody linked`,
    );
    const [delta, whole] = await Promise.all([statement('served.linkSince'), statement('served.linkPage')]);
    for (const count of deltas) await measure(system, delta, count);
    await everybody(system, whole);
  } finally {
    await system.stop();
  }
}

/** One in ten people of the lists holds a valid registration of long ago; the others are nobody the register knows. */
async function fill(owner: pg.Client): Promise<void> {
  await owner.query('set session_replication_role = replica; set synchronous_commit = off');
  await owner.query(`insert into registration_claim (id_hash, tenant, registration_id)
    select p.id_hash, r.tenant, r.id from registration r join person p on p.tenant = r.tenant and p.id = r.person_id where r.status <> 'exited'`);
  await owner.query(
    `insert into served_person (tenant, id, division, office, person_id, id_hash, group_name, source, name, identity_sealed, contact_sealed,
       arrived_on, imported_at, imported_by_name)
     select '4108', md5('s' || n)::uuid, county, county, case when n % 10 = 1 then md5('p' || n)::uuid else md5('x' || n)::uuid end,
       case when n % 10 = 1 then decode(md5('p' || n) || md5('h' || n), 'hex') else decode(md5('x' || n), 'hex') end,
       'graduates', '教育部门移交', '林晓雨', '', '', date '2020-09-01', timestamptz '2020-09-01', '张经办'
     from generate_series(0, $1::int - 1) n, lateral (select ($2::text[])[1 + n % 5] as county) c`,
    [SERVED, counties],
  );
  await owner.query('vacuum analyze registration_claim, served_person, registration');
}

async function measure(system: BenchSystem, delta: string, count: number): Promise<void> {
  const since = new Date(benchNow);
  const ids = await withClient(system.ownerUrl, async (owner) => {
    // People numbered 1, 11, 21 … stand on the lists; those of other numbers do not.
    const { rows } = await owner.query<{ id: string }>(
      `update registration set registered_at = $1::timestamptz + interval '1 minute' where tenant = '4108' and id = any (
         select md5('r' || n)::uuid from generate_series(10, $2::int * 10) n where n % 100 in (1, 2, 3, 4, 5, 12, 13, 14, 15, 22)) and status <> 'exited'
       returning id`,
      [since, count],
    );
    await owner.query('vacuum analyze registration');
    return rows.map(({ id }) => id);
  });
  await withClient(system.ownerUrl, (owner) =>
    withClient(system.appUrl, async (app) => {
      const times: Record<'ours' | 'floor', number[]> = { ours: [], floor: [] };
      const linked = new Set<number>();
      for (let round = 0; round <= ROUNDS; round += 1) {
        const ours = await timed(app, delta, [counties, since], true);
        const bare = await timed(owner, floor, [ids]);
        linked.add(ours.rows).add(bare.rows);
        // The first round warms up.
        if (round > 0) times.ours.push(ours.ms) && times.floor.push(bare.ms);
      }
      if (linked.size !== 1) throw new Error(`the two link different people: ${[...linked].join(' and ')}`);
      const [ours, bare] = [median(times.ours), median(times.floor)];
      console.log(
        `  ${ids.length} registered since, ${[...linked][0]} of them on a list: ${ours.toFixed(2)} ms, SQL as owner that is told who ${bare.toFixed(2)} ms, ratio ${(ours / bare).toFixed(2)}`,
      );
    }),
  );
}

/** Runs a statement and takes it back. `asApp`: under the policies, as the timed job does. */
async function timed(
  client: pg.Client,
  text: string,
  values: unknown[],
  asApp = false,
): Promise<{ ms: number; rows: number }> {
  await client.query('begin');
  if (asApp) await actAsJob(client);
  const from = performance.now();
  const { rowCount } = await client.query({ name: text.slice(-50), text, values });
  const ms = performance.now() - from;
  await client.query('rollback');
  return { ms, rows: rowCount ?? 0 };
}

async function actAsJob(client: pg.Client): Promise<void> {
  await client.query(
    "select set_config('yingdeng.role', 'system', true), set_config('yingdeng.lo', '0', true), set_config('yingdeng.hi', ':', true)",
  );
}

async function everybody(system: BenchSystem, whole: string): Promise<void> {
  await withClient(system.appUrl, async (app) => {
    await app.query('begin');
    await actAsJob(app);
    const from = performance.now();
    let after = { tenant: '', id: '00000000-0000-0000-0000-000000000000' };
    let linked = 0;
    for (;;) {
      const { rows } = await app.query<{ tenant: string; id: string; linked: number }>(whole, [
        after.tenant,
        after.id,
        PAGE,
      ]);
      const page = rows[0];
      if (!page) break;
      linked += page.linked;
      after = page;
    }
    const seconds = (performance.now() - from) / 1000;
    await app.query('commit');
    console.log(
      `  everybody not linked against every claim, as once a day: ${linked} linked in ${seconds.toFixed(2)} s`,
    );
  });
}
