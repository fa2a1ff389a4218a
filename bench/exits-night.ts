import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { KEY, startPlatform, yingdeng } from './exchange-parts.ts';
import { DAY, NOW, prepareExits } from './exits-day.ts';
import { cpuOfTree, cpuSeconds, startSystem } from './system.ts';

const SIDE_BY_SIDE = 4;
/** The raw posting is short, so that a moment of other work on the machine weighs much: the middle one of these counts. */
const RAW_ROUNDS = 3;
/** A day without exits: what the command costs by itself, with a report of the county for each. */
const EMPTY_DAY = '2010-01-04';

/** What was posted, made again from what the platform wrote down, to be posted raw. */
interface Posted {
  readonly batch: string;
  readonly body: string;
  readonly records: number;
}

/**
 * The very bodies that were posted, batch by batch. That they are the same bytes is proven by the platform: it wrote down the digest
 * of each content as it came, and what is made again must have it. @throws Error when one has not
 */
async function bodiesOf(journal: string): Promise<Posted[]> {
  const posted: Posted[] = [];
  for await (const line of createInterface({ input: createReadStream(journal) })) {
    const { batch, held = [] } = JSON.parse(line) as {
      batch?: { batch: string; date: string; division: string; count: number; digest: string };
      held?: { record: object }[];
    };
    if (!batch) continue;
    const { batch: id, date, division, count, digest } = batch;
    const content = JSON.stringify(held.map(({ record }) => record));
    const sm3 = createHash('sm3').update(content).digest('hex');
    if (sm3 !== digest || held.length !== count) throw new Error(`batch ${id} is not what was posted`);
    posted.push({
      batch: id,
      body: JSON.stringify({ batch: id, date, division, count, digest, content }),
      records: count,
    });
  }
  return posted;
}

/** Posts the same bytes with nothing around it: no database, no keys, no receipts kept. */
async function postRaw(url: string, posted: readonly Posted[]): Promise<number> {
  const todo = [...posted];
  const begun = performance.now();
  const next = async (): Promise<void> => {
    for (let one = todo.shift(); one; one = todo.shift()) {
      const response = await fetch(`${url}/v1/exits`, {
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

/** One raw posting to a platform of its own. */
async function measureRaw(posted: readonly Posted[]) {
  const floor = await startPlatform();
  try {
    const before = process.cpuUsage();
    const platform = cpuSeconds(floor.pid);
    const seconds = await postRaw(floor.url, posted);
    const { user, system } = process.cpuUsage(before);
    return { seconds, cpu: { platform: cpuSeconds(floor.pid) - platform, poster: (user + system) / 1e6 } };
  } finally {
    await floor.stop();
  }
}

function secondsOf(parts: Readonly<Record<string, number>>): string {
  return Object.entries(parts)
    .map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`)
    .join(', ');
}

/**
 * A night's exits from the database to the receipts, by the command a person would type, against posting the same bytes raw to
 * an equal platform in the same run: the same batches under the same numbers. The number of exits is the second argument, 100,000 by default.
 */
export async function run(): Promise<void> {
  const count = Number(process.argv[3] ?? 100_000);
  const system = await startSystem('exits');
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    YINGDENG_MODE: 'demo',
    YINGDENG_DATABASE_URL: system.appUrl,
    YINGDENG_MIGRATOR_URL: system.ownerUrl,
    YINGDENG_KEYS: JSON.stringify(system.secrets.keys),
    YINGDENG_NOW: NOW,
  };
  try {
    const people = String(Math.min(20_000, count));
    const city = await yingdeng(['city', '--division', '410800', '--people', people, '--seed', '7'], env);
    if (city.code !== 0) throw new Error(`the city was not loaded: ${city.out}`);
    await prepareExits(system.ownerUrl, count);
    const platform = await startPlatform();
    try {
      const sendEnv = { ...env, YINGDENG_PLATFORM_URL: platform.url, YINGDENG_PLATFORM_KEY: KEY };
      const send = () => yingdeng(['exits', 'send', '--date', DAY, '--json'], sendEnv);
      const database = cpuOfTree(system.databasePid);
      const sent = await send();
      const cpu = {
        command: sent.cpu,
        database: cpuOfTree(system.databasePid) - database,
        platform: cpuSeconds(platform.pid),
      };
      const again = await send();
      const posted = await bodiesOf(platform.journal);
      const idle = await yingdeng(['exits', 'send', '--date', EMPTY_DAY, '--json'], sendEnv);
      const floors = [];
      for (let round = 0; round < RAW_ROUNDS; round += 1) floors.push(await measureRaw(posted));
      const { seconds: raw, cpu: rawCpu } = floors.sort((a, b) => a.seconds - b.seconds)[RAW_ROUNDS >> 1]!;
      const answer = JSON.parse(sent.out) as {
        exits: number;
        accepted: number;
        returned: number;
        blocked: number;
        receipts: readonly string[];
      };
      const { exits, accepted, returned, blocked } = answer;
      console.log(
        `exits of one night: ${exits} confirmed; accepted ${accepted}, returned ${returned}, held back ${blocked}`,
      );
      console.log(
        `  database to receipts: ${sent.seconds.toFixed(1)} s (${Math.round(accepted / sent.seconds)} a second), peak ${Math.round(sent.peakMiB)} MiB`,
      );
      const bytes = posted.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
      const records = posted.reduce((sum, one) => sum + one.records, 0);
      if (records !== accepted || posted.length !== answer.receipts.length) throw new Error('raw is not what was sent');
      console.log(
        `  the same ${posted.length} batches, ${records} records, ${bytes} bytes posted raw (digests equal): ${raw.toFixed(1)} s`,
      );
      console.log(`  ratio: ${(sent.seconds / raw).toFixed(2)}`);
      // These say more than the clock does when other work is on the machine.
      console.log(`  processor seconds: ${secondsOf(cpu)}; raw: ${secondsOf(rawCpu)}`);
      console.log(
        `  the command again, nothing left to send: ${again.seconds.toFixed(1)} s; for a day without exits: ${idle.seconds.toFixed(1)} s`,
      );
    } finally {
      await platform.stop();
    }
  } finally {
    await system.stop();
  }
}
