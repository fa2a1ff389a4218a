import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { KEY, startPlatform, yingdeng } from './exchange-parts.ts';
import { startSystem } from './system.ts';

const NOW = '2026-11-22T10:00:00+08:00';
const BATCH = 1_000;
const SIDE_BY_SIDE = 4;

/** So many valid registrations, each with an application of its own; people are those of a synthetic city, used several times over. */
async function prepareRegistrations(ownerUrl: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      `create temporary table pick as
       select row_number() over () - 1 as n, r.tenant, r.person_id, r.division, r.office, r.place_kind, r.channel, r.reason,
         a.wants_benefit, a.unemployed_month, a.form, a.sealed, a.basis as application_basis, r.basis, r.check_code
       from registration r join application a on a.tenant = r.tenant and a.id = r.application_id`,
    );
    await client.query('create index on pick (n)');
    await client.query(
      `create temporary table made as
       select gen_random_uuid() as registration_id, gen_random_uuid() as application_id, i,
         date '2020-03-31' + (i % 2400) as day, p.*
       from generate_series(0, $1::int - 1) i join pick p on p.n = i % (select count(*) from pick)`,
      [count],
    );
    await client.query(
      `insert into application (tenant, id, number, person_id, division, office, channel, status, place_kind, reason, wants_benefit,
         unemployed_month, form, sealed, commitment_version, commitment_digest, signed_at, submitted_at, submitted_on, due_on, basis,
         request_digest)
       select tenant, application_id, 'B' || lpad(i::text, 15, '0'), person_id, division, office, channel, 'registered', place_kind, reason,
         wants_benefit, unemployed_month, form, sealed, '2020-79-1', '', day, day, day, day, application_basis, '' from made`,
    );
    await client.query(
      `insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind, channel,
         reason, registered_at, registered_on, basis, next_contact_on)
       select tenant, registration_id, 'B' || lpad(i::text, 15, '0'), check_code, application_id, person_id, division, office, 'active',
         place_kind, channel, reason, day, day, basis, day::date + 31 from made`,
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** The bodies that were posted, made again from what the platform keeps, ready to be posted raw. */
async function bodiesOf(journal: string): Promise<string[]> {
  const bodies: string[] = [];
  for await (const line of createInterface({ input: createReadStream(journal) })) {
    const entry = JSON.parse(line) as {
      batch?: { batch: string; date: string; division: string };
      held?: { record: object }[];
    };
    if (!entry.batch || !entry.held || entry.held.length === 0) continue;
    const { batch, date, division } = entry.batch;
    const content = JSON.stringify(entry.held.map(({ record }) => record));
    const digest = createHash('sm3').update(content).digest('hex');
    bodies.push(JSON.stringify({ batch, date, division, count: entry.held.length, digest, content }));
  }
  return bodies;
}

/** Posts the same bytes with nothing around it: no database, no keys, no receipts kept. */
async function postRaw(url: string, bodies: readonly string[]): Promise<number> {
  const todo = bodies.map((body) => ({ body, batch: (JSON.parse(body) as { batch: string }).batch }));
  const begun = performance.now();
  const next = async (): Promise<void> => {
    for (let one = todo.pop(); one; one = todo.pop()) {
      const response = await fetch(`${url}/v1/registrations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'idempotency-key': one.batch },
        body: one.body,
      });
      if (!response.ok) throw new Error(`raw post: ${response.status} ${await response.text()}`);
      await response.json();
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
  return (performance.now() - begun) / 1000;
}

/**
 * Registrations loaded back, from the database to the receipts, by the command a person would type, against posting the same bytes
 * raw to an equal platform in the same run (M79-7b). The number of registrations is the second argument, 100,000 by default.
 */
export async function run(): Promise<void> {
  const count = Number(process.argv[3] ?? 100_000);
  const system = await startSystem('backload');
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    YINGDENG_MODE: 'demo',
    YINGDENG_DATABASE_URL: system.appUrl,
    YINGDENG_MIGRATOR_URL: system.ownerUrl,
    YINGDENG_KEYS: JSON.stringify(system.secrets.keys),
    YINGDENG_NOW: NOW,
  };
  try {
    const people = String(Math.min(10_000, count));
    const city = await yingdeng(['city', '--division', '410800', '--people', people, '--seed', '7'], env);
    if (city.code !== 0) throw new Error(`the city was not loaded: ${city.out}`);
    await prepareRegistrations(system.ownerUrl, count);
    const platform = await startPlatform();
    const floor = await startPlatform();
    try {
      const loadEnv = { ...env, YINGDENG_PLATFORM_URL: platform.url, YINGDENG_PLATFORM_KEY: KEY };
      const load = () => yingdeng(['exchange', 'backload', '--since', '2020-03-31', '--json'], loadEnv);
      const loaded = await load();
      const again = await load();
      const raw = await postRaw(floor.url, await bodiesOf(platform.journal));
      const answer = JSON.parse(loaded.out) as { records: number; accepted: number; returned: number; blocked: number };
      const { records, accepted, returned, blocked } = answer;
      console.log(
        `registrations loaded back: ${records} sent of ${count} made and the city's own; accepted ${accepted}, returned ${returned}, held back ${blocked}`,
      );
      console.log(
        `  database to receipts: ${loaded.seconds.toFixed(1)} s (${Math.round(accepted / loaded.seconds)} a second), peak ${Math.round(loaded.peakMiB)} MiB`,
      );
      console.log(`  the same bytes posted raw, ${BATCH} records a batch: ${raw.toFixed(1)} s`);
      console.log(`  ratio: ${(loaded.seconds / raw).toFixed(2)}`);
      console.log(`  the command again, everything passed over: ${again.seconds.toFixed(1)} s`);
    } finally {
      await Promise.all([platform.stop(), floor.stop()]);
    }
  } finally {
    await system.stop();
  }
}
