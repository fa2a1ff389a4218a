import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { hash } from '@node-rs/argon2';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Crypto, type Keys } from '../platform/crypto.ts';
import type { Statement } from '../platform/sql.ts';
import {
  accountOfId,
  anyBody,
  anyPerson,
  beginLoad,
  type CopyTable,
  cleanStatement,
  copyColumns,
  copyStatement,
  countPlaces,
  countSeats,
  dropIndex,
  endLoad,
  findLoad,
  foreignKeys,
  forgetLoad,
  lockLoads,
  openReferrals,
  plainIndexes,
  putBack,
  takenUsernames,
  takeOff,
} from './city.sql.ts';
import { type CopyValue, copyLine } from './copy-text.ts';
import { CityLaw } from './deadlines.ts';
import { type DemoReferral, type DemoStaff, type DemoWorker, demoPassword, demoStaff, demoWorkers } from './demo.ts';
import { prepareCity } from './generate.ts';
import type { CityPlaces } from './places.ts';
import { cityProgrammes, programmeRows } from './programmes.ts';
import { cityId } from './row-context.ts';
import type { RowsAnswer, RowsChunk, RowsOrder } from './rows-worker.ts';
import { type CityStaff, cityStaff, demoTotpSecret } from './staff.ts';
import { cityVacancies, vacancyRows } from './vacancies.ts';

/** What to load, and where to. */
export interface LoadOptions {
  /** A role that may become yingdeng_migrator. */
  readonly url: string;
  readonly keys: Keys;
  readonly division: string;
  readonly people: number;
  readonly seed: number;
  readonly asOf: string;
  /** Accounts get the demonstration's password and second factors; otherwise nobody can sign in before an administrator resets them. */
  readonly demo: boolean;
  readonly now: Date;
  /** From how many people on an empty register is filled bare (see `undress`); for tests. */
  readonly bareFrom?: number;
  onProgress?(progress: LoadProgress): void;
}

/** How far a load has come. */
export interface LoadProgress {
  readonly people: number;
  readonly rows: number;
  readonly seconds: number;
}

/** What a load did. */
export interface LoadReport extends LoadProgress {
  /** True when this very city was there already and nothing was written. */
  readonly already: boolean;
  readonly offices: number;
  readonly accounts: number;
  readonly staff: DemoStaff[];
  readonly workers: DemoWorker[];
  /** Open at civil affairs. */
  readonly referrals: DemoReferral[];
}

/** The load cannot be done as things are; the message is for the person who asked. */
export class CityNotLoadable extends Error {}

/** From this many people on, an empty register is filled without its foreign keys and plain indexes, which are made afterwards. */
const BARE_FROM = 50_000;
const businessTables = (Object.keys(copyColumns) as CopyTable[]).filter(
  (table) => table !== 'office' && table !== 'account',
);

/**
 * Loads a synthetic city by COPY in one transaction: it is there whole, or not at all. A marker row tells a later call
 * that it is there; what a killed load left is cleaned first. A city with people who were not drawn is never touched.
 * While a large city goes into an empty register, other sessions wait at its tables.
 * @throws CityNotLoadable
 */
export async function loadCity(options: LoadOptions): Promise<LoadReport> {
  // Drawn first: what cannot be drawn is found before anything is written.
  const city = prepareCity(options, new CityLaw().deadlines);
  const { places } = city;
  const staff = cityStaff(places, options.seed);
  const client = new pg.Client({ connectionString: options.url });
  await client.connect();
  try {
    await client.query('set role yingdeng_migrator');
    if (!(await first(client, lockLoads))?.got) throw new CityNotLoadable('另一个城市正在装入，请稍候再试。');
    const started = performance.now();
    const report = async (done: LoadProgress, already: boolean, prefix: string): Promise<LoadReport> => ({
      ...done,
      already,
      offices: staff.offices.length,
      accounts: staff.accounts.length,
      staff: demoStaff(staff, options.seed, prefix),
      workers: demoWorkers(city),
      referrals: options.demo ? await referralsOf(client, options, places) : [],
    });
    if (await standing(client, options, places)) {
      return await report(
        { people: options.people, rows: 0, seconds: 0 },
        true,
        await loadedPrefix(client, options, staff),
      );
    }
    await run(client, beginLoad, options.division, options.people, options.seed, options.asOf);
    await client.query('begin');
    const bare = options.people >= (options.bareFrom ?? BARE_FROM) && !(await first(client, anyBody))?.found;
    const restore = bare ? await undress(client) : [];
    const prefix = await usernamePrefix(client, staff, places);
    await copyReference(client, options, places, staff, prefix);
    await copyVacancies(client, options, places, staff);
    const done = await copyPeople(client, options, started);
    for (const statement of restore) await client.query(statement);
    await run(client, countPlaces, places.tenant);
    await run(client, countSeats, places.tenant);
    await run(client, endLoad, options.division);
    await client.query('commit');
    for (const table of businessTables) await client.query(`analyze ${table}`);
    return await report({ ...done, seconds: (performance.now() - started) / 1000 }, false, prefix);
  } finally {
    await client.end();
  }
}

/** True when this very city is there. Cleans what a killed load left. @throws CityNotLoadable when another one is there. */
async function standing(client: pg.Client, options: LoadOptions, places: CityPlaces): Promise<boolean> {
  const before = await first(client, findLoad, options.division);
  if (before?.state === 'loaded') {
    const { people, seed, as_of } = before;
    if (people === options.people && seed === options.seed && as_of === options.asOf) return true;
    throw new CityNotLoadable(
      `${places.name}已装入（${people}人，种子${seed}，截至${as_of}）。要换一个城市，请用空的数据库。`,
    );
  }
  if (!before) {
    if ((await first(client, anyPerson, places.tenant))?.found)
      throw new CityNotLoadable(`${places.name}已有业务数据，不能装入演示数据。`);
    return false;
  }
  await client.query('begin');
  for (const table of (Object.keys(copyColumns) as CopyTable[]).reverse())
    await client.query(cleanStatement(table), [places.tenant]);
  await run(client, forgetLoad, options.division);
  await client.query('commit');
  return false;
}

/** What civil affairs has in hand, as the stand-in of the demonstration is told. */
async function referralsOf(client: pg.Client, { keys }: LoadOptions, { tenant }: CityPlaces): Promise<DemoReferral[]> {
  const crypto = new Crypto(keys);
  return (await rows(client, openReferrals, tenant)).map(({ id, identity_sealed, at, ...known }) => ({
    ...known,
    key: id,
    idNumber: crypto.open<{ idNumber: string }>(identity_sealed).idNumber,
    at: at.toISOString(),
  }));
}

/** The prefix that the accounts of a city that is there were loaded with. */
async function loadedPrefix(client: pg.Client, options: LoadOptions, staff: CityStaff): Promise<string> {
  const own = staff.accounts[0]?.username ?? '';
  const id = cityId(options.division.slice(0, 4), options.seed, 1);
  const { username = own } = (await first(client, accountOfId, id)) ?? {};
  return username.endsWith(own) ? username.slice(0, -own.length) : '';
}

/** Takes off what COPY would pay for row by row, and returns what puts it on again. */
async function undress(client: pg.Client): Promise<string[]> {
  const keys = await rows(client, foreignKeys, businessTables);
  const indexes = await rows(client, plainIndexes, businessTables);
  for (const key of keys) await client.query(takeOff(key));
  for (const index of indexes) await client.query(dropIndex(index.name));
  return [
    "set local maintenance_work_mem = '256MB'",
    ...indexes.map((index) => index.definition),
    ...keys.map(putBack),
  ];
}

/** Nothing, or the city's own name when another city has one of the usernames. */
async function usernamePrefix(client: pg.Client, staff: CityStaff, places: CityPlaces): Promise<string> {
  const taken = await rows(
    client,
    takenUsernames,
    staff.accounts.map((account) => account.username),
  );
  return taken.length === 0 ? '' : `${places.tenant}.`;
}

async function copyReference(
  client: pg.Client,
  options: LoadOptions,
  places: CityPlaces,
  staff: CityStaff,
  prefix: string,
): Promise<void> {
  const crypto = new Crypto(options.keys);
  const password = await hash(options.demo ? demoPassword : randomBytes(32).toString('base64'), {
    memoryCost: 19_456,
    timeCost: 2,
    parallelism: 1,
  });
  const now = options.now.toISOString();
  const offices = staff.offices.map((o): CopyValue[] => [
    o.code,
    o.kind,
    o.name,
    o.address,
    o.telephone,
    o.business,
    o.responsiblePerson,
    o.town,
  ]);
  const accounts = staff.accounts.map((account): CopyValue[] => [
    cityId(places.tenant, options.seed, account.index + 1),
    prefix + account.username,
    account.name,
    account.role,
    account.office,
    password,
    crypto.seal(
      options.demo
        ? demoTotpSecret(options.seed, account.username)
        : demoTotpSecret(randomBytes(6).readUIntBE(0, 6), randomBytes(20).toString('hex')),
    ),
    now,
  ]);
  await copy(client, 'office', textOf(offices));
  await copy(client, 'account', textOf(accounts));
}

/** Vacancies before the people, whose referrals name them; posts and courses beside them. */
async function copyVacancies(
  client: pg.Client,
  options: LoadOptions,
  places: CityPlaces,
  staff: CityStaff,
): Promise<void> {
  const drawn = cityVacancies(places, options.seed, options.asOf, options.people);
  const rows = vacancyRows(drawn, staff, (index) => cityId(places.tenant, options.seed, index + 1));
  await copy(client, 'vacancy_counter', textOf([rows.counter]));
  await copy(client, 'vacancy', textOf(rows.vacancies));
  await copy(client, 'vacancy_change', textOf(rows.changes));
  const { seed, asOf, people } = options;
  const programmes = programmeRows(cityProgrammes(places, seed, asOf, people), places, staff);
  await copy(client, 'welfare_post', textOf(programmes.posts));
  await copy(client, 'training_project', textOf(programmes.projects));
}

const textOf = (lines: readonly CopyValue[][]): Buffer => Buffer.from(lines.map(copyLine).join(''));

async function copyPeople(client: pg.Client, options: LoadOptions, started: number): Promise<LoadProgress> {
  let people = 0;
  let rowCount = 0;
  const progress = (): LoadProgress => ({ people, rows: rowCount, seconds: (performance.now() - started) / 1000 });
  await drawRows(options, async (chunk) => {
    for (const [table, text] of chunk.parts) await copy(client, table, text);
    people += chunk.people;
    rowCount += chunk.rows;
    options.onProgress?.(progress());
  });
  return progress();
}

async function copy(client: pg.Client, table: CopyTable, text: Uint8Array): Promise<void> {
  const stream = client.query(copyFrom(copyStatement(table)));
  stream.end(text);
  // The stream has finished before the connection takes another statement.
  await Promise.all([once(stream, 'finish'), once(client, 'drain')]);
}

/** Drawing and encrypting takes twice the time of writing: two threads keep a database busy. */
const THREADS = 2;

/** Lets threads draw, and takes their chunks one after the other; none is more than two chunks ahead. */
async function drawRows(options: LoadOptions, take: (chunk: RowsChunk) => Promise<void>): Promise<void> {
  const { division, people, seed, asOf, keys } = options;
  const workers = Array.from({ length: THREADS }, (_, part) => {
    const order: RowsOrder = {
      division,
      people,
      seed,
      asOf,
      part,
      parts: THREADS,
      keys: { ...keys, data: [...keys.data] },
    };
    return new Worker(new URL('./rows-worker.ts', import.meta.url), { workerData: order });
  });
  try {
    let turn = Promise.resolve();
    await Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            worker.on('error', reject);
            worker.on('message', (answer: RowsAnswer) => {
              turn = turn.then(async () => {
                if (answer.kind === 'end') return resolve();
                await take(answer);
                worker.postMessage('next');
              });
              turn.catch(reject);
            });
          }),
      ),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function rows<Row, Params extends readonly unknown[]>(
  client: pg.Client,
  statement: Statement<Row, Params>,
  ...params: Params
): Promise<Row[]> {
  return (await client.query({ text: statement.text, values: [...params] })).rows as Row[];
}

async function first<Row, Params extends readonly unknown[]>(
  client: pg.Client,
  statement: Statement<Row, Params>,
  ...params: Params
): Promise<Row | undefined> {
  return (await rows(client, statement, ...params))[0];
}

async function run<Params extends readonly unknown[]>(
  client: pg.Client,
  statement: Statement<unknown, Params>,
  ...params: Params
): Promise<void> {
  await client.query({ text: statement.text, values: [...params] });
}
