import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures } from '../../../test/fixtures.ts';
import { httpStub } from '../../../test/http-stub.ts';
import type { Context } from '../../context.ts';
import { checkNewApplications } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
const answers: Record<string, object[] | 'error'> = {};
let source: Awaited<ReturnType<typeof httpStub>>;
let context: Context;

beforeAll(async () => {
  source = await httpStub(({ body }) => {
    const records = answers[(body as { source: string }).source] ?? [];
    return records === 'error'
      ? { status: 500, json: {} }
      : { json: { found: records.length > 0, asOf: '2026-11-20T00:00:00+08:00', records } };
  });
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  context = { ...fixtures.context, config: { ...fixtures.context.config, insurance: { url: source.url } } };
});
afterAll(async () => {
  await fixtures.close();
  await database.drop();
  await source.close();
});

async function checked(records: Record<string, object[] | 'error'>) {
  for (const name of Object.keys(answers)) delete answers[name];
  Object.assign(answers, records);
  const application = await fixtures.application();
  await fixtures.sql('update application set checked_at = null where id = $1', [application.applicationId]);
  expect(await checkNewApplications(context)).toBe(1);
  const rows = await fixtures.sql<{ source: string; result: string; says: string; as_of: string | null }>(
    "select source, result, finding->>'says' as says, as_of::text from check_result where application_id = $1 order by source",
    [application.applicationId],
  );
  return { ...application, checks: Object.fromEntries(rows.map((row) => [row.source, row])) };
}

describe('A21-3b, H122-2d: automatic checks', () => {
  it('name source, date, what it says; a job found opens a check', async () => {
    const { checks } = await checked({
      socialSecurityCard: [{ name: '王小明' }],
      employmentFiling: [{ employer: '某公司', from: '2026-01-01', to: null }],
      socialInsurance: [{ scheme: 'flexible', to: null }],
    });
    expect(checks.socialSecurityCard).toMatchObject({ result: 'clear', says: 'matches', as_of: '2026-11-20' });
    expect(checks.employmentFiling).toMatchObject({ result: 'finding', says: 'employmentFiled' });
    // Paying for oneself is not a job (R039).
    expect(checks.socialInsurance).toMatchObject({ result: 'clear', says: 'flexibleInsurance' });
  });

  it('a source in trouble is silent: the case is checked all the same and its due date stays', async () => {
    const { checks, applicationId } = await checked({ pension: 'error', deaths: 'error' });
    expect(checks.pension).toMatchObject({ result: 'silent' });
    const rows = await fixtures.sql(
      'select status, due_on::text as due, checked_at is not null as checked from application where id = $1',
      [applicationId],
    );
    expect(rows).toEqual([{ status: 'submitted', due: '2026-11-25', checked: true }]);
  });

  it('run once: a second pass finds nothing to do', async () => {
    await checked({});
    expect(await checkNewApplications(context)).toBe(0);
  });
});
