import pg from 'pg';
import { clerkOf } from './clerk.ts';
import { Line, requestBytes } from './http-load.ts';
import { median, settle, startSystem, withClient } from './system.ts';
import { addCases, counties } from './worklist-rows.ts';

const SIZE = Number(process.env.BENCH_SIZE ?? 2_000_000);
const ROUNDS = 5;
const county = counties[1]!;
/** The month of benchNow. */
const [start, end] = ['2020-09-01', '2020-09-30'];

/** The list's first page and its counts as bare SQL: the same people, columns and look into the latest contact. */
const page = `select r.id, r.number, r.office, r.registered_on, r.next_contact_on, p.name, p.identity_sealed, l.at
  from registration r join person p on p.tenant = r.tenant and p.id = r.person_id
  left join lateral (select at from contact c where c.tenant = r.tenant and c.registration_id = r.id order by at desc limit 1) l on true
  where r.division = $1 and r.status <> 'exited' and r.next_contact_on <= '${end}' order by r.next_contact_on, r.id limit 51`;
const counts = `select count(*) filter (where next_contact_on < '2020-09-28') as late, count(*) as open
  from registration where division = $1 and status <> 'exited' and next_contact_on <= '${end}'`;
/** Coverage of the running month by office as bare SQL. */
const coverage = `select office, count(*) as registered, count(*) filter (where last_contact_month = '2020-09') as seen
  from registration where division = $1 and status <> 'exited' and registered_on < '${start}' group by office`;

interface Work {
  readonly name: string;
  readonly path: string;
  readonly bare: readonly string[];
  readonly asks: number;
  /** The answer over HTTP holds what it should. */
  readonly whole: (body: Record<string, unknown>) => boolean;
}

const works: readonly Work[] = [
  {
    name: 'follow-ups due, first page (50) with counts',
    path: '/api/worklists/follow-ups',
    bare: [page, counts],
    asks: 20,
    whole: ({ items, counts: counted }) => (items as unknown[] | undefined)?.length === 50 && counted !== undefined,
  },
  {
    name: 'follow-ups due, a further page (50)',
    path: '/api/worklists/follow-ups?after=',
    bare: [
      page.replace(
        'order by',
        "and (r.next_contact_on, r.id) > ('2020-09-10', '80000000-0000-0000-0000-000000000000') order by",
      ),
    ],
    asks: 100,
    whole: ({ items }) => (items as unknown[] | undefined)?.length === 50,
  },
  {
    name: 'coverage of the month',
    path: '/api/follow-ups/coverage',
    bare: [coverage],
    asks: 10,
    whole: ({ offices }) => (offices as { registered: number }[] | undefined)?.[0]?.registered !== undefined,
  },
  {
    name: 'who is missing from it, first page (50)',
    path: '/api/follow-ups/missing',
    bare: [
      page.replace(
        `r.next_contact_on <= '${end}'`,
        `r.registered_on < '${start}' and r.last_contact_month < '2020-09'`,
      ),
    ],
    asks: 100,
    whole: ({ items }) => (items as unknown[] | undefined)?.length === 50,
  },
];

/** The follow-up list and its coverage as a clerk of one county over HTTP, against the bare SQL as the owner, one connection each, in turns. */
export async function run(): Promise<void> {
  const system = await startSystem('followup');
  try {
    const cookie = await clerkOf(system, county);
    const [web] = await system.serve(1);
    await addCases(system.ownerUrl, system.secrets, 0, SIZE);
    await settle(2_000);
    const valid = await withClient(system.ownerUrl, (owner) =>
      owner.query(
        "select count(*) filter (where division = $1) as here, count(*) from registration where status <> 'exited'",
        [county],
      ),
    );
    const { here, count } = valid.rows[0] as { here: string; count: string };
    console.log(
      `followup, PostgreSQL ${system.version}: ${SIZE.toLocaleString('en')} cases, ${Number(count).toLocaleString('en')} valid registrations, ` +
        `${Number(here).toLocaleString('en')} of them in the clerk's county; one connection, medians`,
    );
    const line = await Line.open(web!.port);
    try {
      await withClient(system.ownerUrl, async (owner) => {
        for (const work of works) await measure(line, owner, cookie, work);
      });
    } finally {
      line.close();
    }
    await withClient(system.appUrl, provePlans);
  } finally {
    await system.stop();
  }
}

async function measure(line: Line, owner: pg.Client, cookie: string, work: Work): Promise<void> {
  const cursor = Buffer.from('2020-09-10|80000000-0000-0000-0000-000000000000').toString('base64url');
  const request = requestBytes('GET', work.path.endsWith('=') ? `${work.path}${cursor}` : work.path, { cookie });
  const asks = {
    http: async () => {
      const { status, body } = await line.ask(request);
      if (!work.whole(JSON.parse(body) as Record<string, unknown>)) throw new Error(`${status}: ${body.slice(0, 300)}`);
    },
    owner: async () => {
      for (const text of work.bare)
        await owner.query({ name: text.slice(0, 60) + text.length, text, values: [county] });
    },
  };
  const rounds: Record<keyof typeof asks, number[]> = { http: [], owner: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const name of ['http', 'owner'] as const) {
      const times: number[] = [];
      for (let i = 0; i < work.asks; i += 1) {
        const from = performance.now();
        await asks[name]();
        times.push(performance.now() - from);
      }
      // The first round warms up.
      if (round > 0) rounds[name].push(median(times));
    }
  }
  const [http, bare] = [median(rounds.http), median(rounds.owner)];
  console.log(
    `  ${work.name}: over HTTP ${http.toFixed(2)} ms, SQL as owner ${bare.toFixed(2)} ms, ratio ${(http / bare).toFixed(2)}`,
  );
}

/** Under the policies of a clerk the same questions read registration_next_contact; fails when one does not. */
async function provePlans(app: pg.Client): Promise<void> {
  await app.query(
    `begin read only;set local yingdeng.role='clerk';set local yingdeng.lo='${county}';` +
      `set local yingdeng.hi='${Number(county) + 1}';set local yingdeng.person=''`,
  );
  for (const [name, text] of Object.entries({ page, counts, coverage })) {
    const { rows } = await app.query<{ 'QUERY PLAN': string }>(
      `explain ${text.replace('$1', pg.escapeLiteral(county))}`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    const scan = /(?:Parallel )?Index (?:Only )?Scan using registration_next_contact/.exec(plan)?.[0];
    if (!scan) throw new Error(`${name} does not read registration_next_contact:\n${plan}`);
    console.log(`  plan of ${name} under policies: ${scan}`);
  }
}
