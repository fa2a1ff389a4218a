import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../test/exchange-bed.ts';
import { openRegistrations, registrationsToLoad } from './backload/backload.sql.ts';
import { uploadPage } from './decisions/decisions.sql.ts';
import { faultyPage } from './forwarded/task.sql.ts';

let bed: ExchangeBed;
let client: pg.Client;

beforeAll(async () => {
  bed = await exchangeBed();
  client = new pg.Client({ connectionString: bed.database.appUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await bed.close();
});

const BEGINNING = '00000000-0000-0000-0000-000000000000';
const END = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

it.each([
  [
    'faulty ones of a county',
    faultyPage,
    'forwarded_task_open',
    [['410802'], '410802', '410803', '-infinity', BEGINNING, 21],
  ],
  [
    'results of review that came back',
    uploadPage,
    'decision_upload_returned',
    [['4108'], 'returned', 'infinity', END, 20],
  ],
  [
    'registrations to load, in the order they were made',
    registrationsToLoad,
    'registration_made',
    ['4108', '410802', '2020-03-30', BEGINNING, '2026-11-22', false, 1000],
  ],
  [
    'registrations held back or returned',
    openRegistrations,
    'registration_upload_open',
    ['4108', '410802', BEGINNING, 1000],
  ],
] as const)('as the application role, %s are read by their own index', async (_, statement, index, params) => {
  await client.query(
    "begin; set local yingdeng.role='system'; set local yingdeng.lo='0'; set local yingdeng.hi=':'; set local enable_seqscan = off",
  );
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, [...params]);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(`using ${index} on`);
  } finally {
    await client.query('rollback');
  }
});
