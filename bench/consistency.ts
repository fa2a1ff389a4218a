import type { ChildProcess } from 'node:child_process';
import type pg from 'pg';
import { staffOf } from './clerk.ts';
import { Line, requestBytes } from './http-load.ts';
import { type BenchSystem, peakMiB, settle, startSystem, startWorker, withClient } from './system.ts';
import { counties, inBulk, seal } from './worklist-rows.ts';

/** People with a valid registration or one that ended within the month; the second argument. */
const PEOPLE = Number(process.argv[3] ?? 100_000);
const MONTH = '2020-11';
const NOW = '2020-11-22T10:00:00+08:00';
const [OPENS, CLOSES] = ['2020-10-20T16:00:00Z', '2020-11-20T16:00:00Z'];

interface Compared {
  of: number;
  done: number;
  waiting: number;
  sides: { side: string; counted: number; there: number; differing: number }[];
}

/**
 * A province's report compared with its registers and with what the platform accepted: asked for over HTTP, worked off by a worker county by county,
 * against one bare pass as the owner that reads the same rows and counts the same differences. One person in ten is new, one in twenty has left,
 * one upload in twenty is missing; after the lists were frozen one person in two hundred changed and one in a thousand was registered late.
 */
export async function run(): Promise<void> {
  const system = await startSystem('consistency');
  let worker: ChildProcess | undefined;
  try {
    await withClient(system.ownerUrl, (owner) => fill(owner, system));
    const cookie = await staffOf(system, '410000', 'statistician', NOW);
    const [web] = await system.serve(1, { env: { YINGDENG_NOW: NOW } });
    const line = await Line.open(web!.port);
    try {
      for (const division of [...counties, '410800', '410000'])
        await ask(line, 'POST', `/api/reports/${division}/${MONTH}/prepare`, cookie, {});
      const expected = await withClient(system.ownerUrl, change);
      await settle(2_000);
      console.log(
        `consistency, PostgreSQL ${system.version}: ${PEOPLE.toLocaleString('en')} people in ${counties.length} counties of a province`,
      );
      worker = startWorker(system, NOW);
      const path = `/api/reports/410000/${MONTH}/consistency`;
      const from = performance.now();
      await ask<Compared>(line, 'POST', path, cookie, {});
      const asked = performance.now() - from;
      let first = 0;
      let found: Compared;
      for (;;) {
        found = await ask<Compared>(line, 'GET', path, cookie);
        if (found.done > 0 && first === 0) first = performance.now() - from;
        if (found.waiting === 0) break;
        await settle(50);
      }
      const all = performance.now() - from;
      if (found.done !== counties.length) throw new Error(`${found.done} of ${counties.length} counties were compared`);
      const differing = Object.fromEntries(found.sides.map((one) => [one.side, one.differing]));
      for (const [side, count] of Object.entries(expected))
        if (differing[side] !== count) throw new Error(`${side}: ${differing[side]} differ, made were ${count}`);
      const pages = await timePages(line, cookie);
      const bare = await withClient(system.ownerUrl, barePass);
      console.log(
        `  asked for in ${asked.toFixed(0)} ms; first county after ${(first / 1000).toFixed(2)} s, all after ${(all / 1000).toFixed(2)} s; ` +
          `one bare pass ${(bare / 1000).toFixed(2)} s, ratio ${(all / bare).toFixed(1)}; worker's peak memory ${peakMiB(worker.pid)} MiB, web's ${peakMiB(web!.pid)} MiB`,
      );
      console.log(
        `  who differs: ${found.sides.map((one) => `${one.side} ${one.differing} of ${one.counted}`).join(', ')}, each by name and as many as were made; ` +
          `the page of a province ${pages.whole.toFixed(1)} ms, fifty persons ${pages.persons.toFixed(1)} ms (medians of 20)`,
      );
    } finally {
      line.close();
    }
  } finally {
    if (worker) {
      const gone = new Promise((ended) => worker?.once('exit', ended));
      worker.kill('SIGTERM');
      await gone;
    }
    await system.stop();
  }
}

/** Of every twentieth the exit of this month, of every tenth another the registration; their uploads, one in twenty returned or missing. */
async function fill(owner: pg.Client, system: BenchSystem): Promise<void> {
  for (const [code, kind] of [['410000', 'province'], ['410800', 'city'], ...counties.map((one) => [one, 'county'])])
    await owner.query('insert into office (code, kind, name) values ($1, $2, $1)', [code, kind]);
  const identity = seal(system.secrets.keys, { idNumber: '410802198001011234' });
  const made = `generate_series(1, $1::int) n, lateral (select ($2::text[])[1 + n % 5] as c, md5('r' || n)::uuid as id, md5('p' || n)::uuid as person,
    case when n % 10 = 3 then timestamptz '2020-11-02 10:00+08' else timestamptz '2020-03-02 10:00+08' end as at) o`;
  const given = [PEOPLE, counties];
  await inBulk(owner, ['person', 'registration', 'exit', 'exit_upload', 'decision_upload'], async () => {
    await owner.query(
      `insert into person (tenant, id, office, id_hash, name, name_pinyin, name_initials, id_tail, sex, birth_date, ethnic, political, education, health,
         document_type, household_division, residence_division, mobile_hash, identity_sealed, contact_sealed, created_at, updated_at)
       select '4108', person, c, decode(md5('p' || n) || md5('h' || n), 'hex'), '王' || chr(20013 + n % 3000), 'wang', 'w', '1234', '1',
         date '1962-01-01' + n % 14000, '01', '13', '21', '10', '01', c, c, decode(md5('m' || n), 'hex'), $3, '\\x00', at, at from ${made}`,
      [...given, identity],
    );
    await owner.query(
      `insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind, channel,
         reason, registered_at, registered_on, basis, exited_on, next_contact_on)
       select '4108', id, lpad(n::text, 16, '0'), '0000', id, person, c, c, case when n % 20 = 7 then 'exited' else 'active' end, 'household', 'portal',
         (1 + n % 13)::text, at, at::date, '{}', case when n % 20 = 7 then date '2020-11-09' end,
         date '2020-12-01' from ${made}`,
      given,
    );
    await owner.query(
      `insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, evidence, exit_on, proposed_at,
         proposed_by_name, confirmed_at, handled_on, basis)
       select '4108', md5('e' || n)::uuid, lpad(n::text, 16, '0'), id, person, c, c, 'confirmed', 'clerk', '11', '[]', '2020-11-09', '2020-11-09',
         '李经办', '2020-11-09 10:00+08', '2020-11-09', '{}' from ${made} where n % 20 = 7`,
      given,
    );
    await owner.query(
      `insert into exit_upload (tenant, exit_id, office, division, serial, business_date, state, digest, built_at)
       select '4108', md5('e' || n)::uuid, c, c, lpad(n::text, 16, '0'), '2020-11-09', case when n % 400 = 7 then 'returned' else 'accepted' end, '\\x00',
         '2020-11-09' from ${made} where n % 20 = 7`,
      given,
    );
    await owner.query(
      `insert into decision_upload (tenant, application_id, office, outcome, decided_at, state)
       select '4108', id, c, 'registered', at, 'accepted' from ${made} where n % 10 = 3 and n % 200 <> 3`,
      given,
    );
  });
}

/** After the lists were frozen: facts that change, registrations that come late. @returns how many lines or persons differ by side */
async function change(owner: pg.Client): Promise<Record<string, number>> {
  const changed = await owner.query(
    "update person set sex = '2', updated_at = '2020-11-22' where right(id::text, 2) = '0a'",
  );
  // Whoever is in the stock and also new stands in two lists; whoever left, in one.
  const lines = await owner.query<{ n: number }>(
    `select sum(1 + (registered_at >= $1 and status <> 'exited')::int)::int as n from registration where right(person_id::text, 2) = '0a'`,
    [OPENS],
  );
  await owner.query('set session_replication_role = replica');
  const late = await owner.query(
    `insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind, channel, reason,
       registered_at, registered_on, basis, next_contact_on)
     select tenant, md5('late' || id::text)::uuid, 'L' || right(number, 15), '0000', md5('late' || id::text)::uuid, person_id, division, office, 'active', place_kind, channel,
       reason, '2020-11-03 10:00+08', '2020-11-03', '{}', '2020-12-01' from registration where status = 'exited' and right(person_id::text, 1) = '5' and right(person_id::text, 2) <> '0a'`,
  );
  await owner.query('set session_replication_role = origin');
  const uploads = await owner.query<{ exits: number; decisions: number }>(
    `select (select count(*)::int from exit_upload where state <> 'accepted') as exits,
       (select count(*)::int from registration r where registered_at >= $1 and number !~ 'L'
          and not exists (select 1 from decision_upload d where d.application_id = r.application_id)) as decisions`,
    [OPENS],
  );
  if ((changed.rowCount ?? 0) === 0 || (late.rowCount ?? 0) === 0) throw new Error('nothing was changed');
  return {
    registers: (lines.rows[0]?.n ?? 0) + 2 * (late.rowCount ?? 0),
    exits: uploads.rows[0]?.exits ?? 0,
    registrations: uploads.rows[0]?.decisions ?? 0,
  };
}

/** What a comparison cannot do without: everybody of the stock with the person, exits and new registrations with their uploads. @returns milliseconds */
async function barePass(owner: pg.Client): Promise<number> {
  const from = performance.now();
  await owner.query(
    `select r.id, r.registered_on, r.reason, r.channel, p.sex, p.birth_date, p.household_division from registration r
     join person p on p.tenant = r.tenant and p.id = r.person_id where r.tenant = '4108' and r.status <> 'exited' and r.registered_at < '${CLOSES}'`,
  );
  await owner.query(
    `select e.registration_id, u.state from exit e left join exit_upload u on u.tenant = e.tenant and u.exit_id = e.id
     where e.tenant = '4108' and e.confirmed_at >= '${OPENS}' and e.confirmed_at < '${CLOSES}'`,
  );
  await owner.query(
    `select r.id, d.state from registration r left join decision_upload d on d.tenant = r.tenant and d.application_id = r.application_id
     where r.tenant = '4108' and r.registered_at >= '${OPENS}' and r.registered_at < '${CLOSES}'`,
  );
  return performance.now() - from;
}

async function timePages(line: Line, cookie: string): Promise<{ whole: number; persons: number }> {
  const median = async (path: string) => {
    const times: number[] = [];
    for (let n = 0; n < 20; n += 1) {
      const from = performance.now();
      await ask(line, 'GET', path, cookie);
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b)[10] ?? 0;
  };
  return {
    whole: await median(`/api/reports/410000/${MONTH}/consistency`),
    persons: await median(`/api/reports/${counties[0]}/${MONTH}/differences?side=registers&after=50`),
  };
}

async function ask<T>(line: Line, method: string, path: string, cookie: string, body?: object): Promise<T> {
  const headers = { cookie, ...(body ? { 'content-type': 'application/json' } : {}) };
  const { status, body: answer } = await line.ask(
    requestBytes(method, path, headers, body ? JSON.stringify(body) : ''),
  );
  if (status !== 200) throw new Error(`${path}: ${status} ${answer.slice(0, 300)}`);
  return JSON.parse(answer) as T;
}
