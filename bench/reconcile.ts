import pg from 'pg';
import { KEY, startPlatform, yingdeng } from './exchange-parts.ts';
import { DAY, NOW, prepareExits } from './exits-day.ts';
import { startSystem } from './system.ts';

/** The county of all exits; its city is the synthetic one. */
const COUNTY = '410802';
const THEIR_PAGE = 5_000;
const DIFFERENCES = 100;

interface Held {
  readonly AAZ341: string;
  readonly digest: string;
}

/** What a comparison cannot do without: the platform's whole list and the same rows of ours, read with nothing around them. */
async function readRaw(ownerUrl: string, platform: string): Promise<{ ours: number; theirs: number; seconds: number }> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const begun = performance.now();
  try {
    const { rows } = await client.query(
      `select serial, state, digest from exit_record where tenant = $1 and business_date = $2 and division = $3 order by serial collate "C"`,
      [COUNTY.slice(0, 4), DAY, COUNTY],
    );
    const held = await heldBy(platform);
    return { ours: rows.length, theirs: held.length, seconds: (performance.now() - begun) / 1000 };
  } finally {
    await client.end();
  }
}

async function heldBy(platform: string): Promise<Held[]> {
  const held: Held[] = [];
  for (let after = ''; ; ) {
    const query = `division=${COUNTY}&date=${DAY.replaceAll('-', '')}&after=${after}&limit=${THEIR_PAGE}`;
    const response = await fetch(`${platform}/v1/exits?${query}`, { headers: { authorization: `Bearer ${KEY}` } });
    if (!response.ok) throw new Error(`the platform's list: ${response.status}`);
    const { items } = (await response.json()) as { items: Held[] };
    held.push(...items);
    const last = items.at(-1);
    if (!last) return held;
    after = last.AAZ341;
  }
}

/** Of a hundred exits evenly spread, the platform loses, changes or invents one in turn. */
async function tamper(platform: string): Promise<void> {
  const held = await heldBy(platform);
  for (let n = 0; n < DIFFERENCES; n += 1) {
    const serial = held[Math.floor((n * held.length) / DIFFERENCES)]!.AAZ341;
    const act = ['forget', 'alter', 'invent'][n % 3]!;
    const form = { act, AAB301: COUNTY, AAZ341: serial, date: DAY.replaceAll('-', '') };
    const body = new URLSearchParams(form).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${platform}/tamper`, { method: 'POST', body, headers, redirect: 'manual' });
    if (response.status >= 400) throw new Error(`tamper: ${response.status} ${await response.text()}`);
  }
}

/**
 * Reconciliation of one county's day by the command a person would type: with both sides equal, where one digest decides, and with a
 * hundred differences, where the lists are walked; against reading both sides raw. The number of exits is the second argument,
 * 100,000 by default. The command's own start, measured by a day without exits, is within its time.
 */
export async function run(): Promise<void> {
  const count = Number(process.argv[3] ?? 100_000);
  const system = await startSystem('reconcile');
  const platform = await startPlatform();
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    YINGDENG_MODE: 'demo',
    YINGDENG_DATABASE_URL: system.appUrl,
    YINGDENG_MIGRATOR_URL: system.ownerUrl,
    YINGDENG_KEYS: JSON.stringify(system.secrets.keys),
    YINGDENG_NOW: NOW,
    YINGDENG_PLATFORM_URL: platform.url,
    YINGDENG_PLATFORM_KEY: KEY,
  };
  const reconcile = async (on: string) => {
    const done = await yingdeng(['exchange', 'reconcile', '--date', on, '--json'], env);
    return { ...done, differences: (JSON.parse(done.out) as { differences: number }).differences };
  };
  try {
    const people = String(Math.min(20_000, count));
    const city = await yingdeng(['city', '--division', '410800', '--people', people, '--seed', '7'], env);
    if (city.code !== 0) throw new Error(`the city was not loaded: ${city.out}`);
    await prepareExits(system.ownerUrl, count, COUNTY);
    const sent = await yingdeng(['exits', 'send', '--date', DAY, '--json'], env);
    const { accepted } = JSON.parse(sent.out) as { accepted: number };
    const idle = await reconcile('2020-01-02');
    const equal = await reconcile(DAY);
    const raw = await readRaw(system.ownerUrl, platform.url);
    await tamper(platform.url);
    const differing = await reconcile(DAY);
    console.log(
      `reconciliation of one county and day: ${accepted} accepted; read raw ${raw.ours} of ours, ${raw.theirs} of theirs`,
    );
    console.log(`  both sides read raw: ${raw.seconds.toFixed(2)} s`);
    for (const [name, one] of [
      ['a day without exits (the start of the command)', idle],
      ['equal', equal],
      ['with differences', differing],
    ] as const) {
      const ratio = one === idle ? '' : `, ratio to raw ${(one.seconds / raw.seconds).toFixed(2)}`;
      const found = `${one.differences} differences`;
      console.log(`  ${name}: ${found}, ${one.seconds.toFixed(2)} s${ratio}, peak ${Math.round(one.peakMiB)} MiB`);
    }
  } finally {
    await platform.stop();
    await system.stop();
  }
}
