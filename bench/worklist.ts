import pg from 'pg';
import { clerkOf } from './clerk.ts';
import { Line, requestBytes } from './http-load.ts';
import { type BenchSystem, median, settle, startSystem, withClient } from './system.ts';
import { addCases, counties } from './worklist-rows.ts';

const SIZES = (process.env.BENCH_SIZES ?? '100000,2000000').split(',').map(Number);
const ROUNDS = 5;
const ASKS = 200;
const county = counties[1]!;

/** The bare question: the fifty open applications of one county that are due first, with the name and what is sealed. */
const bare = {
  name: 'bare',
  text: `select a.id, a.number, a.office, a.channel, a.submitted_at, a.due_on, a.checked_at, p.name, p.identity_sealed,
      (select count(*) from check_result c where c.tenant = a.tenant and c.application_id = a.id and c.result = 'finding')::int as findings
    from application a join person p on p.tenant = a.tenant and p.id = a.person_id
    where a.division = $1 and a.status = 'submitted' order by a.due_on, a.id limit 51`,
  values: [county],
};

/** Milliseconds (medians) of the first page at one size. */
interface Figures {
  readonly http: number;
  readonly policies: number;
  readonly owner: number;
}

/**
 * The decision worklist's first page as a clerk of one county over HTTP, against the bare SQL as the owner, one connection each,
 * in turns; between them the same bare SQL as the application role under its policies. At 100,000 and at 2,000,000 cases.
 */
export async function run(): Promise<void> {
  const system = await startSystem('worklist');
  try {
    const cookie = await clerkOf(system, county);
    const [web] = await system.serve(1);
    const seen: Figures[] = [];
    console.log(
      `worklist, PostgreSQL ${system.version}: first page of decisions (50) of one county, one connection, medians`,
    );
    let cases = 0;
    for (const size of SIZES) {
      await addCases(system.ownerUrl, system.secrets, cases, size);
      cases = size;
      await settle(2_000);
      const figures = await measure(system, web!.port, cookie);
      seen.push(figures);
      const { http, policies, owner } = figures;
      console.log(
        `  ${size.toLocaleString('en')} cases: over HTTP ${http.toFixed(2)} ms, SQL under policies ${policies.toFixed(2)} ms, ` +
          `SQL as owner ${owner.toFixed(2)} ms; HTTP to owner ${(http / owner).toFixed(1)}, policies to owner ${(policies / owner).toFixed(2)}`,
      );
    }
    const [first, last] = [seen[0]!, seen.at(-1)!];
    const growth = (name: keyof Figures) => `${name} ${(last[name] / first[name]).toFixed(2)}`;
    console.log(
      `  growth over ${SIZES.at(-1)! / SIZES[0]!} times the cases: ${(['http', 'policies', 'owner'] as const).map(growth).join(', ')}`,
    );
    console.log(`  plan under policies: ${await plan(system)}`);
  } finally {
    await system.stop();
  }
}

async function measure(system: BenchSystem, port: number, cookie: string): Promise<Figures> {
  const line = await Line.open(port);
  try {
    return await withClient(system.ownerUrl, (owner) =>
      withClient(system.appUrl, (app) => inTurns(line, owner, app, cookie)),
    );
  } finally {
    line.close();
  }
}

async function inTurns(line: Line, owner: pg.Client, app: pg.Client, cookie: string): Promise<Figures> {
  const request = requestBytes('GET', '/api/worklists/decisions', { cookie });
  const asks: Record<keyof Figures, () => Promise<unknown>> = {
    http: async () => {
      const answer = await line.ask(request);
      const { items } = JSON.parse(answer.body) as { items?: unknown[] };
      if (items?.length !== 50) throw new Error(`${answer.status}: ${answer.body.slice(0, 300)}`);
    },
    policies: () => Promise.all([app.query(opening), app.query(bare), app.query('commit')]),
    owner: () => owner.query(bare),
  };
  const names = Object.keys(asks) as (keyof Figures)[];
  const rounds: Record<keyof Figures, number[]> = { http: [], policies: [], owner: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of names) {
      const times: number[] = [];
      for (let i = 0; i < ASKS; i += 1) {
        const from = performance.now();
        await asks[name]();
        times.push(performance.now() - from);
      }
      // The first round warms up.
      if (round > 0) rounds[name].push(median(times));
    }
  }
  return { http: median(rounds.http), policies: median(rounds.policies), owner: median(rounds.owner) };
}

/** As the server opens a transaction of a clerk of this county. */
const opening =
  `begin read only;set local yingdeng.role='clerk';set local yingdeng.lo='${county}';` +
  `set local yingdeng.hi='${Number(county) + 1}';set local yingdeng.person=''`;

/** The access paths of the bare SQL under the policies; fails when the worklist's own index is not among them. */
async function plan(system: BenchSystem): Promise<string> {
  const { rows } = await withClient(system.appUrl, async (app) => {
    await app.query(opening);
    return app.query<{ 'QUERY PLAN': string }>(`explain ${bare.text.replace('$1', pg.escapeLiteral(county))}`);
  });
  const text = rows.map((row) => row['QUERY PLAN']).join('\n');
  if (!text.includes('application_worklist')) throw new Error(`the worklist's index is not used:\n${text}`);
  return [...text.matchAll(/(Index[\w ]*Scan|Seq Scan|Bitmap[\w ]*Scan)(?: using (\w+))? on (\w+)/g)]
    .map(([, kind, index, table]) => `${table}: ${kind}${index ? ` ${index}` : ''}`)
    .join('; ');
}
