import { type Floor, prepareFloor } from './floor.ts';
import { type Answered, load, requestBytes } from './http-load.ts';
import { type BenchSystem, cpuOfTree, cpuSeconds, median, settle, startSystem, withClient } from './system.ts';
import { submissionBody, workerCookie } from './workers.ts';

const CONNECTIONS = 32;
const WEB_PROCESSES = 2;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7);
/** Submissions of a round; every one another worker. */
const PER_ROUND = Number(process.env.BENCH_SUBMISSIONS ?? 4_000);
const FLOOR_SECONDS = Number(process.env.BENCH_FLOOR_SECONDS ?? 2);

/**
 * Submissions a second over HTTP, with sign-in, validation, encryption, audit, policies and all, against the bare inserts of
 * the same rows by pgbench on the same server, in turns. Everything shares the machine: client, servers, database.
 */
export async function run(): Promise<void> {
  const system = await startSystem('intake');
  let floor: Floor | undefined;
  try {
    const poolSize = Number(process.env.BENCH_POOL_SIZE ?? 16);
    const webs = await system.serve(WEB_PROCESSES, { poolSize });
    const workers = { next: 0 };
    const round = (count: number) => submit(system, webs, workers, count);
    // Statements are prepared and the code compiled before anything is timed.
    await round(3_000);
    // A database in service has statistics. Without any, the foreign key checks may walk a wrong index until autovacuum comes by.
    await withClient(system.ownerUrl, (owner) => owner.query('vacuum analyze'));
    floor = await prepareFloor(system.ownerUrl, CONNECTIONS);
    await floor.run(1, false);
    await floor.run(1, true);

    const ours: number[] = [];
    const plain: number[] = [];
    const pipelined: number[] = [];
    const floorCpu: number[] = [];
    const shares: Record<string, number>[] = [];
    for (let i = 0; i < ROUNDS; i += 1) {
      await settle();
      const before = cpuOfTree(system.databasePid);
      plain.push(await floor.run(FLOOR_SECONDS, false));
      await settle(200);
      floorCpu.push(((cpuOfTree(system.databasePid) - before) / (plain.at(-1)! * FLOOR_SECONDS)) * 1e6);
      await settle();
      const { rate, share } = await round(PER_ROUND);
      ours.push(rate);
      shares.push(share);
      await settle();
      pipelined.push(await floor.run(FLOOR_SECONDS, true));
    }
    const show = (rates: readonly number[]) => `${Math.round(median(rates))}/s (${rates.map(Math.round).join(', ')})`;
    console.log(
      `intake, PostgreSQL ${system.version}, fsync on, ${WEB_PROCESSES} web processes with a pool of ${poolSize}`,
    );
    console.log(`  submissions over HTTP, ${CONNECTIONS} connections   ${show(ours)}`);
    console.log(`  bare inserts, ${CONNECTIONS} clients               ${show(plain)}   ${floor.tool}`);
    console.log(`  the same, each transaction pipelined   ${show(pipelined)}`);
    console.log(
      `  ratio ${(median(ours) / median(plain)).toFixed(2)}; to the pipelined ${(median(ours) / median(pipelined)).toFixed(2)}`,
    );
    const parts = Object.keys(shares[0]!).map(
      (name) => `${name} ${Math.round(median(shares.map((share) => share[name]!)))} µs`,
    );
    console.log(`  processor time a submission: ${parts.join(', ')}`);
    console.log(`  processor time of PostgreSQL for the same rows bare: ${Math.round(median(floorCpu))} µs`);
    console.log(`  in the database: ${await count(system.ownerUrl, workers.next)}`);
  } finally {
    floor?.close();
    await system.stop();
  }
}

async function submit(
  system: BenchSystem,
  webs: readonly { port: number; pid: number }[],
  workers: { next: number },
  count: number,
): Promise<{ rate: number; share: Record<string, number> }> {
  const requests = Array.from({ length: count }, (_, i) => {
    const n = workers.next + i;
    return requestBytes(
      'POST',
      '/api/applications',
      { cookie: workerCookie(system.secrets.keys, n), 'idempotency-key': `bench-intake-${n}` },
      submissionBody(n),
    );
  });
  workers.next += count;
  const cpu = () => ({
    client: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
    web: webs.reduce((sum, web) => sum + cpuSeconds(web.pid), 0),
    database: cpuOfTree(system.databasePid),
  });
  const before = cpu();
  const { seconds, answers } = await load(
    webs.map((web) => web.port),
    CONNECTIONS,
    requests,
  );
  const after = cpu();
  proveAll(answers);
  const each = (name: keyof typeof before) => ((after[name] - before[name]) / count) * 1e6;
  return {
    rate: count / seconds,
    share: { 'bench client': each('client'), 'web processes': each('web'), PostgreSQL: each('database') },
  };
}

/** Every submission was accepted, under a number of its own. */
function proveAll(answers: readonly Answered[]): void {
  const bad = answers.find((answer) => answer.status !== 201);
  if (bad) throw new Error(`a submission was answered ${bad.status}: ${bad.body.slice(0, 500)}`);
  const numbers = new Set(answers.map((answer) => (JSON.parse(answer.body) as { number: string }).number));
  if (numbers.size !== answers.length) throw new Error(`${answers.length} answers name ${numbers.size} numbers`);
}

/** Counts what our submissions left behind: one of each kind a submission. */
async function count(ownerUrl: string, submitted: number): Promise<string> {
  // An audit row about the applicant's own act; the floor's rows all name one actor.
  const { rows } = await withClient(ownerUrl, (owner) =>
    owner.query<
      Record<string, string>
    >(`with ours as (select tenant, id, person_id, number from application where number like '200928%')
     select count(*) as applications, count(distinct number) as numbers,
       count(*) filter (where exists (select 1 from person p where p.tenant = o.tenant and p.id = o.person_id)) as persons,
       count(*) filter (where exists (select 1 from application_action x where x.tenant = o.tenant and x.application_id = o.id)) as actions,
       count(*) filter (where exists (select 1 from audit_event e where e.person_id = o.person_id and e.subject_id = o.id::text)) as audit,
       count(*) filter (where exists (select 1 from message m where m.person_id = o.person_id and m.subject_id = o.id)) as messages
     from ours o where exists (select 1 from audit_event e where e.person_id = o.person_id and e.action = 'application.submit'
       and e.actor_id = o.person_id::text)`),
  );
  const found = rows[0]!;
  for (const [name, value] of Object.entries(found)) {
    if (Number(value) !== submitted) throw new Error(`${submitted} submissions left ${value} ${name}`);
  }
  return Object.entries(found)
    .map(([name, value]) => `${value} ${name}`)
    .join(', ');
}
