import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { Fixtures } from '../../test/fixtures.ts';

let database: TestDatabase;
let fixtures: Fixtures;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
});
afterAll(async () => {
  await fixtures.close();
  await database.drop();
});

it('HN59-1: an installation of before learns what the program ships now, keeps what it was told then and what its office entered', async () => {
  const { context } = fixtures;
  const { reference, db } = context;
  const tiers = () =>
    new Set(reference.policy('410802', '2026-11-22').difficultyCategories?.value.map(({ name }) => name));
  const whole = tiers();
  expect(whole.size).toBeGreaterThan(8);
  // As it was shipped once: one tier; one provision not known at all; and more rows than are shipped, for an office entered its own.
  await fixtures.sql(
    `update provision set value = (select jsonb_agg(x) from (select x from jsonb_array_elements(value) with ordinality e(x, n) where n <= 3) k)
     where clause_id = 'HN59-1' and parameter = 'difficultyCategories'`,
  );
  await fixtures.sql("delete from provision where parameter = 'silentLineMinutes'");
  await fixtures.sql(
    `insert into provision (id, parameter, value, division, level, document, document_title, clause, clause_id, valid_from, added_at)
     select 'own:' || n, 'firstContactWorkingDays', '4', '410802', 'county', '解人社〔2026〕' || n || '号', '关于联系期限的通知', '一', 'LOCAL', '2026-11-01', now()
     from generate_series(1, 2) n`,
  );
  await reference.refresh(db);
  expect(tiers().size).toBe(3);
  const rows = async () => Number((await fixtures.sql<{ n: string }>('select count(*) as n from provision'))[0]?.n);
  const before = await rows();
  await reference.seed(db, new Date('2026-11-23T02:00:00Z'));
  await reference.refresh(db);
  expect(tiers()).toEqual(whole);
  expect(reference.policy('410802', '2026-11-22').silentLineMinutes?.value).toBe(10);
  expect(reference.policy('410802', '2026-11-22').firstContactWorkingDays?.value).toBe(4);
  expect(await rows()).toBe(before + 2);
  const written = await fixtures.sql<{ id: string }>(
    "select id from provision where clause_id = 'HN59-1' and parameter = 'difficultyCategories' order by id",
  );
  expect(written).toHaveLength(2);
  // Started again, there is nothing to add.
  await reference.seed(db, new Date('2026-11-24T02:00:00Z'));
  expect(await rows()).toBe(before + 2);
  await reference.refresh(db);
  expect(reference.provisions.filter(({ id }) => id === written[0]?.id)).toHaveLength(1);
});
