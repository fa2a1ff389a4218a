import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { KEY, startPlatform, yingdeng } from './exchange-parts.ts';
import { DAY, NOW, prepareExits } from './exits-day.ts';
import { cpuOfTree, cpuSeconds, startSystem } from './system.ts';

const BATCH = 1_000;
const SIDE_BY_SIDE = 4;

/** The bodies that were posted, made again from what the platform keeps, ready to be posted raw. */
async function bodiesOf(journal: string): Promise<string[]> {
  const byDivision = new Map<string, object[]>();
  for await (const line of createInterface({ input: createReadStream(journal) })) {
    const entry = JSON.parse(line) as { batch?: { division: string }; held?: { record: object }[] };
    if (!entry.batch) continue;
    const records = byDivision.get(entry.batch.division) ?? [];
    for (const { record } of entry.held ?? []) records.push(record);
    byDivision.set(entry.batch.division, records);
  }
  const bodies: string[] = [];
  for (const [division, records] of byDivision) {
    for (let from = 0; from < Math.max(1, records.length); from += BATCH) {
      const part = records.slice(from, from + BATCH);
      const content = JSON.stringify(part);
      const digest = createHash('sm3').update(content).digest('hex');
      const batch = `${division}-raw-${from}`;
      bodies.push(
        JSON.stringify({ batch, date: DAY.replaceAll('-', ''), division, count: part.length, digest, content }),
      );
    }
  }
  return bodies;
}

/** Posts the same bytes with nothing around it: no database, no keys, no receipts kept. */
async function postRaw(url: string, bodies: readonly string[]): Promise<number> {
  const todo = bodies.map((body) => ({ body, batch: (JSON.parse(body) as { batch: string }).batch }));
  const begun = performance.now();
  const next = async (): Promise<void> => {
    for (let one = todo.pop(); one; one = todo.pop()) {
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

function secondsOf(parts: Readonly<Record<string, number>>): string {
  return Object.entries(parts)
    .map(([name, seconds]) => `${name} ${seconds.toFixed(1)}`)
    .join(', ');
}

/**
 * A night's exits from the database to the receipts, by the command a person would type, against posting the same bytes raw to
 * an equal platform in the same run. The number of exits is the second argument, 100,000 by default.
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
    const floor = await startPlatform();
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
      const bodies = await bodiesOf(platform.journal);
      const before = { platform: cpuSeconds(floor.pid), poster: process.cpuUsage() };
      const raw = await postRaw(floor.url, bodies);
      const { user, system: kernel } = process.cpuUsage(before.poster);
      const rawCpu = { platform: cpuSeconds(floor.pid) - before.platform, poster: (user + kernel) / 1e6 };
      const answer = JSON.parse(sent.out) as { exits: number; accepted: number; returned: number; blocked: number };
      const { exits, accepted, returned, blocked } = answer;
      console.log(
        `exits of one night: ${exits} confirmed; accepted ${accepted}, returned ${returned}, held back ${blocked}`,
      );
      console.log(
        `  database to receipts: ${sent.seconds.toFixed(1)} s (${Math.round(accepted / sent.seconds)} a second), peak ${Math.round(sent.peakMiB)} MiB`,
      );
      console.log(`  the same bytes posted raw: ${raw.toFixed(1)} s`);
      console.log(`  ratio: ${(sent.seconds / raw).toFixed(2)}`);
      // These say more than the clock does when other work is on the machine.
      console.log(`  processor seconds: ${secondsOf(cpu)}; raw: ${secondsOf(rawCpu)}`);
      console.log(`  the command again, nothing left to send: ${again.seconds.toFixed(1)} s`);
    } finally {
      await Promise.all([platform.stop(), floor.stop()]);
    }
  } finally {
    await system.stop();
  }
}
