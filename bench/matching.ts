import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { townOf } from '@yingdeng/rules/matching.ts';
import type pg from 'pg';
import { clerkOf } from './clerk.ts';
import { Line, requestBytes } from './http-load.ts';
import { type BenchSystem, benchNow, median, settle, startSystem, withClient } from './system.ts';
import { workerForm } from './workers.ts';
import { addCases, counties } from './worklist-rows.ts';

const REGISTRANTS = Number(process.env.BENCH_REGISTRANTS ?? '1000000');
const VACANCIES = Number(process.env.BENCH_VACANCIES ?? '10000');
const SAMPLE = 2_000;
const ROUNDS = 5;
const ASKS = 100;
const program = join(resolve(fileURLToPath(import.meta.url), '../..'), 'server/bin/yingdeng.js');
const county = counties[1]!;
const tenant = '4108';
const worth = {
  wishFirst: 40,
  wishOther: 32,
  trained: 26,
  related: 12,
  sameTown: 24,
  sameCounty: 20,
  sameCity: 12,
  sameProvince: 4,
  wageMet: 16,
  wageWithin: 9,
  educationMet: 10,
  skillMet: 14,
};

/** Street of everybody of the bench; the addresses are sealed, so the bare SQL is told what the server must open for each. */
const town = townOf(workerForm(0).residence.detail) ?? '';

/** The ranking in bare SQL: what a person looks for by key, candidates by the two indexes, points, the best ten. */
const ranking = (people: string) => `select r.id, b.* from (${people}) r
  join person p on p.tenant = r.tenant and p.id = r.person_id
  join job_wish w on w.tenant = r.tenant and w.registration_id = r.id
  cross join lateral (
    with candidate as (
      select id, number, occupation, work_division, work_place, wage_from, wage_to, education, skill from vacancy v
      where v.tenant = r.tenant and state = 'open' and valid_from <= $1::date and valid_to >= $1::date
        and left(occupation::text, 1) = any (select left(code, 1) from unnest(w.wishes || w.trained) code)
        and left(work_division, 2) = left(p.residence_division, 2)
      union
      select id, number, occupation, work_division, work_place, wage_from, wage_to, education, skill from vacancy v
      where v.tenant = r.tenant and state = 'open' and valid_from <= $1::date and valid_to >= $1::date
        and work_division = p.residence_division
    )
    select c.number, (case when occupation = w.wishes[1] then ${worth.wishFirst} when occupation = any (w.wishes) then ${worth.wishOther}
        when occupation = any (w.trained) then ${worth.trained}
        when left(occupation::text, 1) = any (select left(code, 1) from unnest(w.wishes || w.trained) code) then ${worth.related} else 0 end
      + case when work_division = p.residence_division and position('${town}' in work_place) > 0 then ${worth.sameTown}
             when work_division = p.residence_division then ${worth.sameCounty}
             when left(work_division, 4) = left(p.residence_division, 4) then ${worth.sameCity}
             when left(work_division, 2) = left(p.residence_division, 2) then ${worth.sameProvince} else 0 end
      + case when w.wage is null then 0 when wage_from >= w.wage then ${worth.wageMet} when wage_to >= w.wage then ${worth.wageWithin} else 0 end
      + case when 4 >= c.education then ${worth.educationMet} else 0 end + case when w.skill >= c.skill then ${worth.skillMet} else 0 end) as score
    from candidate c order by score desc, c.number desc limit 10
  ) b`;
const one = {
  name: 'one',
  text: `${ranking('select * from registration where tenant = $2 and id = $3')} order by b.score desc, b.number desc`,
};
const today = benchNow.slice(0, 10);

/**
 * The ten best vacancies for one person as a clerk over HTTP, against the bare SQL of the same ranking as the application role and as the owner,
 * in turns; then for everybody by the command line, against the same SQL for some thousands in one statement. Every answer is compared.
 */
export async function run(): Promise<void> {
  const system = await startSystem('matching');
  try {
    await fill(system);
    const cookie = await clerkOf(system, county);
    const [web] = await system.serve(1);
    console.log(
      `matching, PostgreSQL ${system.version}: ${VACANCIES.toLocaleString('en')} vacancies, ${REGISTRANTS.toLocaleString('en')} registrants`,
    );
    await settle(2_000);
    await single(system, web!.port, cookie);
    await system.endWebs();
    await everybody(system);
  } finally {
    await system.stop();
  }
}

async function fill(system: BenchSystem): Promise<void> {
  await addCases(system.ownerUrl, system.secrets, 0, REGISTRANTS);
  await withClient(system.ownerUrl, async (client) => {
    await client.query('set session_replication_role = replica; set synchronous_commit = off');
    // Everybody registered is valid here; what they look for differs, as the posts do.
    // Ids lead to their city.
    await client.query(
      `update registration set status = 'active', exited_on = null,
         id = (left(replace(id::text, '-', ''), 12) || '8' || substr(replace(id::text, '-', ''), 14, 3) || '900c' || right(replace(id::text, '-', ''), 12))::uuid`,
    );
    const codes = "array['631','618','605','402','401','403','407','410','301','206','208','629','412','630','409']";
    await client.query(
      `insert into job_wish (tenant, registration_id, person_id, office, wishes, trained, wage, skill, changed_at, changed_by_name)
       select r.tenant, r.id, r.person_id, r.office, array[(${codes})[1 + n % 15], (${codes})[1 + n * 7 % 15]], array[(${codes})[1 + n * 11 % 15]],
         case when n % 3 = 0 then null else 2500 + n % 35 * 100 end, n % 4, now(), '李经办'
       from (select *, row_number() over (order by id)::int as n from registration) r`,
    );
    await client.query('insert into vacancy_counter values ($1, 1, $2)', [tenant, VACANCIES]);
    await client.query(
      `insert into vacancy (tenant, id, office, number, employer_name, title, occupation, work_division, work_place, wage_from, wage_to, education,
         skill, posts, kind, telephone, description, valid_from, valid_to, state, revision, entered_at, changed_at, changed_by_name)
       select $1::text, (left(md5('v' || n), 12) || '8' || substr(md5('v' || n), 14, 3) || '900c' || right(md5('v' || n), 12))::uuid, '410800', $1::text || lpad(n::text, 8, '0'),
         '焦作第' || n % 900 || '单位', '岗位' || n, (${codes})[1 + n % 15],
         case when n % 10 < 7 then ($3::text[])[1 + n / 10 % 5] else (array['410102','410103','410702','410502'])[1 + n / 10 % 4] end,
         case when n % 4 = 0 then '${town}' else '' end || '某路' || n, 2200 + n * 13 % 40 * 100, 3000 + n * 13 % 40 * 100 + n % 9 * 100, n % 5, n % 4, 1 + n % 9, 'fullTime', '0391-3569000',
         repeat('岗位说明', 12), '2020-09-01', '2020-12-31', 'open', 1, now(), now(), '李经办'
       from generate_series(1, $2::int) n`,
      [tenant, VACANCIES, counties],
    );
    await client.query('vacuum analyze registration, job_wish, vacancy');
    await client.query('checkpoint');
  });
}

const opening =
  `begin read only;set local yingdeng.role='clerk';set local yingdeng.lo='${county}';` +
  `set local yingdeng.hi='${Number(county) + 1}';set local yingdeng.person=''`;

async function single(system: BenchSystem, port: number, cookie: string): Promise<void> {
  const line = await Line.open(port);
  try {
    await withClient(system.ownerUrl, (owner) =>
      withClient(system.appUrl, async (app) => {
        const { rows } = await owner.query<{ id: string }>(
          'select id from registration where office = $1 order by md5(id::text) limit $2',
          [county, ASKS],
        );
        const ids = rows.map(({ id }) => id);
        const asks = {
          http: async (id: string) =>
            best(await line.ask(requestBytes('GET', `/api/registrations/${id}/matches`, { cookie }))),
          policies: async (id: string) => {
            const [, answer] = await Promise.all([app.query(opening), bare(app, id), app.query('commit')]);
            return answer;
          },
          owner: (id: string) => bare(owner, id),
        };
        const names = Object.keys(asks) as (keyof typeof asks)[];
        for (const id of ids.slice(0, 20)) {
          const [http, sql] = [await asks.http(id), await asks.owner(id)];
          if (JSON.stringify(http) !== JSON.stringify(sql))
            throw new Error(`different for ${id}: ${JSON.stringify([http, sql])}`);
        }
        const rounds: Record<string, number[]> = { http: [], policies: [], owner: [] };
        for (let round = 0; round <= ROUNDS; round += 1)
          for (const name of names) {
            const times: number[] = [];
            for (const id of ids) {
              const from = performance.now();
              await asks[name](id);
              times.push(performance.now() - from);
            }
            if (round > 0) rounds[name]!.push(median(times));
          }
        const [http, policies, sql] = names.map((name) => median(rounds[name]!)) as [number, number, number];
        console.log(
          `  ten best for one person, one connection, medians: over HTTP as clerk ${http.toFixed(2)} ms (with what was referred and every reason), ` +
            `SQL under policies ${policies.toFixed(2)} ms, SQL as owner ${sql.toFixed(2)} ms; HTTP to SQL under policies ${(http / policies).toFixed(2)}, to owner ${(http / sql).toFixed(2)}`,
        );
      }),
    );
  } finally {
    line.close();
  }
}

const best = (answer: { status: number; body: string }): [string, number][] => {
  const { matches } = JSON.parse(answer.body) as { matches?: { vacancy: { number: string }; score: number }[] };
  if (matches?.length !== 10) throw new Error(`${answer.status}: ${answer.body.slice(0, 300)}`);
  return matches.map(({ vacancy, score }) => [vacancy.number, score]);
};

async function bare(client: pg.Client, id: string): Promise<[string, number][]> {
  const { rows } = await client.query<{ number: string; score: number }>({ ...one, values: [today, tenant, id] });
  return rows.map(({ number, score }) => [number, score]);
}

async function everybody(system: BenchSystem): Promise<void> {
  const env = {
    ...process.env,
    YINGDENG_MODE: 'demo',
    YINGDENG_DATABASE_URL: system.appUrl,
    YINGDENG_KEYS: JSON.stringify(system.secrets.keys),
    YINGDENG_NOW: benchNow,
  };
  const batch = await new Promise<string>((done, failed) => {
    const args = [program, 'matching', '--division', '410800', '--prove', '300', '--json'];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (part) => {
      out += String(part);
    });
    child.once('close', (code) =>
      code === 0 ? done(out) : failed(new Error(`yingdeng matching ended with ${code}: ${out}`)),
    );
  });
  const { people, seconds, compared, different } = JSON.parse(batch) as Record<string, number>;
  const rate = people! / seconds!;
  const sqlSeconds = await withClient(system.ownerUrl, async (owner) => {
    const from = performance.now();
    const text = ranking(`select * from registration where tenant = $2 order by id limit ${SAMPLE}`);
    await owner.query({ text, values: [today, tenant] });
    return (performance.now() - from) / 1000;
  });
  const sqlRate = SAMPLE / sqlSeconds;
  console.log(
    `  ten best for everybody: ${people!.toLocaleString('en')} persons in ${seconds!.toFixed(1)} s, ${Math.round(rate).toLocaleString('en')} a second; ` +
      `SQL in one statement for ${SAMPLE.toLocaleString('en')} of them ${Math.round(sqlRate).toLocaleString('en')} a second; ratio ${(rate / sqlRate).toFixed(1)}; ` +
      `${compared} compared with SQL, ${different} different`,
  );
}
