import { execFile } from 'node:child_process';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type pg from 'pg';
import { staffOf } from './clerk.ts';
import { Line, requestBytes } from './http-load.ts';
import { type Duck, openDuck } from './month-duck.ts';
import { columns, month, type Rows, statements, sum } from './month-numbers.ts';
import { type BenchSystem, median, settle, startSystem, withClient } from './system.ts';
import { counties, inBulk } from './worklist-rows.ts';

const root = resolve(fileURLToPath(import.meta.url), '../..');
/** Valid registrations, one a person, and all there ever were. */
const ACTIVE = Number(process.env.BENCH_ACTIVE ?? 1_000_000);
const HISTORY = Number(process.env.BENCH_HISTORY ?? 10 * ACTIVE);
const EACH = Math.max(1, Math.round(HISTORY / ACTIVE));
/** The month before the one that is measured: it is made and sealed in between. */
const LAST = '2020-10';
const MONTH = month.name;
const NOW = '2020-11-21T10:00:00+08:00';
const ROUNDS = 3;
const bare = statements("to_char(birth_date, 'YYYYMMDD')::int");

/**
 * The report of a month for a province, its city and counties, from lists to figures and checks, by the command that does what the night does, as the
 * application role under its policies, against one bare SQL pass over the same rows as the owner, in turns; then a sealed month recomputed.
 */
export async function run(): Promise<void> {
  const system = await startSystem('month');
  try {
    const from = performance.now();
    await withClient(system.ownerUrl, fill);
    console.log(`month, PostgreSQL ${system.version}: filled in ${seconds(performance.now() - from)}`);
    await measureAll(system);
  } finally {
    await system.stop();
  }
}

/** Everything that is measured, in a database that is filled. */
async function measureAll(system: BenchSystem): Promise<void> {
  const cookie = await staffOf(system, '410000', 'statistician', NOW);
  const chief = await staffOf(system, '410000', 'supervisor', NOW);
  const [web] = await system.serve(1, { env: { YINGDENG_NOW: NOW } });
  await settle(2_000);
  console.log(
    `  ${(ACTIVE * EACH).toLocaleString('en')} registrations of ${ACTIVE.toLocaleString('en')} people, ${ACTIVE.toLocaleString('en')} valid; ` +
      `${counties.length} counties, their city and province; ${Object.keys(columns).length} columns, ages, follow-up`,
  );
  const line = await Line.open(web!.port);
  try {
    await withClient(system.ownerUrl, async (owner) => {
      const duck = await openDuck(owner, cpus().length);
      try {
        console.log(
          `  DuckDB ${duck.version}: the same rows exported as CSV ${duck.seconds.exported.toFixed(1)} s, read into its own file ${duck.seconds.read.toFixed(1)} s`,
        );
        await measure(system, owner, duck, line, cookie, 'a first report, which reads its opening from the ledger too');
        await sealAll(line, cookie, chief, LAST);
        await measure(system, owner, duck, line, cookie, 'the report after a sealed one');
      } finally {
        duck.close();
      }
    });
    await sealAll(line, cookie, chief, MONTH);
    await measurePictures(line, cookie);
  } finally {
    line.close();
  }
  await verify(system);
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** What heads look at: the picture of now, and the trend; the first of a process counts all months back, the others keep what is over. */
async function measurePictures(line: Line, cookie: string): Promise<void> {
  for (const path of ['/api/statistics/situation?place=410000', '/api/statistics/trend?place=410000&months=13']) {
    const times: number[] = [];
    for (let round = 0; round < 11; round += 1) {
      const from = performance.now();
      await ask(line, 'GET', path, cookie);
      times.push(performance.now() - from);
    }
    const [first = 0, ...others] = times;
    console.log(
      `  GET ${path}: first ${first.toFixed(0)} ms, then ${median(others).toFixed(0)} ms (median of ${others.length})`,
    );
  }
}

/** Each person was registered EACH times, one after the other; the last is valid. */
async function fill(owner: pg.Client): Promise<void> {
  for (const [code, kind] of [['410000', 'province'], ['410800', 'city'], ...counties.map((one) => [one, 'county'])])
    await owner.query('insert into office (code, kind, name) values ($1, $2, $1)', [code, kind]);
  await inBulk(owner, ['person', 'registration', 'exit'], async () => {
    await owner.query(
      `insert into person (tenant, id, office, id_hash, name, name_pinyin, name_initials, id_tail, sex, birth_date, ethnic, political,
         education, health, document_type, household_division, residence_division, mobile_hash, identity_sealed, contact_sealed, created_at, updated_at)
       select '4108', md5('p' || n)::uuid, c, decode(md5('p' || n) || md5('h' || n), 'hex'), '王' || chr(20013 + n % 3000), 'wang', 'w', right(n::text, 4),
         (1 + n % 2)::text, date '1962-01-01' + n % 14000, '01', '13', '21', case when n % 40 = 0 then '61' else '10' end, '01', case when n % 9 = 0 then '410102' else c end, c,
         decode(md5('m' || n), 'hex'), '\\x00', '\\x00', '2019-01-01', '2019-01-01'
       from generate_series(1, $1::int) n, lateral (select ($2::text[])[1 + n % 5] as c) o`,
      [ACTIVE, counties],
    );
    const lives = `generate_series(1, $1::int) n, generate_series(1, $2::int) k,
      lateral (select ($3::text[])[1 + n % 5] as c, md5(n || 'r' || k)::uuid as id, date '${month.day}' - n % 700 - 320 * ($2 - k) as day) o`;
    await owner.query(
      `insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind, channel,
         reason, registered_at, registered_on, basis, exited_on, next_contact_on)
       select '4108', id, k || lpad(n::text, 14, '0'), '0000', id, md5('p' || n)::uuid, c, c, case when k = $2 then 'active' else 'exited' end, 'household',
         case n % 4 when 0 then 'counter' else 'portal' end, (1 + n % 13)::text, day + interval '3 hours', day, '{}', case when k = $2 then null else day + 318 end, day
       from ${lives}`,
      [ACTIVE, EACH, counties],
    );
    await owner.query(
      `insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, evidence, exit_on, proposed_at,
         proposed_by_name, confirmed_at, handled_on, basis)
       select '4108', md5(n || 'e' || k)::uuid, k || lpad(n::text, 14, '0'), id, md5('p' || n)::uuid, c, c, 'confirmed', 'clerk',
         (array['11', '12', '13', '21', '24'])[1 + n % 5], '[]', day + 316, day + 318, '李经办', day + 318 + interval '3 hours', day + 318, '{}'
       from ${lives} where k < $2`,
      [ACTIVE, EACH, counties],
    );
  });
}

const wholes = [...counties, '410800', '410000'];

async function ask<T>(line: Line, method: string, path: string, cookie: string, body?: object): Promise<T> {
  const text = body ? JSON.stringify(body) : '';
  const headers = {
    cookie,
    ...(body ? { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } : {}),
  };
  const { status, body: answer } = await line.ask(requestBytes(method, path, headers, text));
  if (status !== 200) throw new Error(`${path}: ${status} ${answer.slice(0, 300)}`);
  return JSON.parse(answer) as T;
}

interface Sheet {
  version: number;
  head: { id: string; state: string };
  figures: Record<string, Record<string, [number, number]>>;
  ages: Record<string, [number, number, number]>;
  services: Record<string, number>;
  checks: { holds: boolean; text: string }[];
}

async function measure(
  system: BenchSystem,
  owner: pg.Client,
  duck: Duck,
  line: Line,
  cookie: string,
  what: string,
): Promise<void> {
  const times = { report: [] as number[], command: [] as number[], bare: [] as number[], duck: [] as number[] };
  let [answers, ducks]: [Rows[], Rows[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    await forget(owner);
    let from = performance.now();
    answers = [];
    for (const text of bare) answers.push((await owner.query(text)).rows);
    times.bare.push(performance.now() - from);
    from = performance.now();
    const { made, failed, seconds } = JSON.parse(await command(system, 'report', 'prepare', '--json')) as Prepared;
    times.command.push(performance.now() - from);
    times.report.push(1000 * seconds);
    if (made !== wholes.length || failed.length > 0) throw new Error(`${made} reports made, none of ${failed.join()}`);
    from = performance.now();
    ducks = await duck.count();
    times.duck.push(performance.now() - from);
  }
  // The same numbers, or the ratio says nothing.
  const sheet = await ask<Sheet>(line, 'GET', `/api/reports/410000/${MONTH}`, cookie);
  const failing = sheet.checks.filter(({ holds }) => !holds);
  if (failing.length > 0) throw new Error(failing.map(({ text }) => text).join());
  for (const [who, rows] of [
    ['the bare pass', answers],
    ['DuckDB', ducks],
  ] as const) {
    const equal = (name: string, ours: number, theirs: number) => {
      if (ours !== theirs) throw new Error(`${name}: ${ours} by the report, ${theirs} by ${who}`);
    };
    for (const column of Object.keys(columns))
      for (const [n, row] of (['closing', 'new', 'exits'] as const).entries())
        equal(`${row} ${column}`, sheet.figures[row]?.[column]?.[0] ?? 0, sum(rows[n], column));
    for (const [band, bySex] of Object.entries(sheet.ages))
      for (const sex of [1, 2]) {
        const of = rows[3]?.filter((row) => Number(row.band) === Number(band) && Number(row.sex) === sex);
        equal(`age ${band}, sex ${sex}`, bySex[sex - 1] ?? 0, sum(of, 'all'));
      }
    equal('registered the whole month', sheet.services.monthRegistered ?? 0, sum(rows[4], 'all'));
  }
  const of = (some: readonly number[]) => seconds(median(some));
  const ratio = (some: readonly number[]) => (median(times.report) / median(some)).toFixed(2);
  console.log(
    `  ${what}: ${wholes.length} reports frozen, counted and checked ${of(times.report)} (the command from its start to its end ${of(times.command)}); ` +
      `one bare SQL pass ${of(times.bare)}, ratio ${ratio(times.bare)}; DuckDB ${of(times.duck)}, ratio ${ratio(times.duck)}; medians of ${ROUNDS}`,
  );
  console.log(
    `  closing ${sum(answers[0], 'all').toLocaleString('en')}, new ${sum(answers[1], 'all').toLocaleString('en')}, ` +
      `exits ${sum(answers[2], 'all').toLocaleString('en')}: every number the same by all three`,
  );
}

interface Prepared {
  made: number;
  failed: string[];
  seconds: number;
}

/** As if the month had not been prepared: only the owner of the database can do that. */
async function forget(owner: pg.Client): Promise<void> {
  for (const table of ['report_list', 'report_action'])
    await owner.query(
      `delete from ${table} t using report r where r.tenant = t.tenant and r.id = t.report_id and r.month = $1`,
      [MONTH],
    );
  await owner.query('delete from report where month = $1', [MONTH]);
  await owner.query('vacuum report_list');
}

/** What a command of the system says. */
async function command(system: BenchSystem, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['server/src/main-cli.ts', ...args], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      YINGDENG_MODE: 'demo',
      YINGDENG_DATABASE_URL: system.appUrl,
      YINGDENG_KEYS: JSON.stringify(system.secrets.keys),
      YINGDENG_LOG_LEVEL: 'error',
      YINGDENG_NOW: NOW,
      YINGDENG_PUBLIC_URL: 'http://localhost',
    },
    maxBuffer: 64 * 2 ** 20,
  });
  return stdout;
}

async function sealAll(line: Line, cookie: string, chief: string, month: string): Promise<void> {
  if (month === LAST)
    for (const division of wholes) await ask(line, 'POST', `/api/reports/${division}/${month}/prepare`, cookie, {});
  const from = performance.now();
  for (const division of wholes) {
    const act = async (who: string, step: string, action: string) => {
      const { head, version } = await ask<Sheet>(line, 'GET', `/api/reports/${division}/${month}`, cookie);
      await ask(line, 'POST', `/api/reports/${head.id}/${step}`, who, { action, version });
    };
    await act(cookie, 'act', 'check');
    await act(chief, 'approve', 'approve');
    await act(cookie, 'act', 'seal');
  }
  console.log(
    `  ${wholes.length} reports of ${month} checked, approved and sealed ${((performance.now() - from) / 1000).toFixed(2)} s`,
  );
}

async function verify(system: BenchSystem): Promise<void> {
  for (const sealOnly of [true, false]) {
    const from = performance.now();
    await command(
      system,
      'report',
      'verify',
      '--division',
      '410000',
      '--month',
      MONTH,
      ...(sealOnly ? ['--seal-only'] : []),
    );
    console.log(
      `  yingdeng report verify ${sealOnly ? 'from the seal' : 'from the seal and the ledger'}: ${((performance.now() - from) / 1000).toFixed(2)} s`,
    );
  }
}
