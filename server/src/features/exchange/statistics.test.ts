import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type ExchangeBed, exchangeBed } from '../../../test/exchange-bed.ts';
import { systemActor } from '../../platform/actor.ts';
import { backLoadHandlers, runBackLoads, sendDay, uploadStatistics } from './index.ts';

let bed: ExchangeBed;
let app: FastifyInstance;
let city: string;
let county: string;

beforeAll(async () => {
  bed = await exchangeBed();
  app = await testApp(bed.context, backLoadHandlers(bed.context));
  city = await bed.fixtures.staff('exchangeOfficer', '410800', '周交换');
  county = await bed.fixtures.staff('exchangeOfficer', '410802');
});
afterAll(async () => {
  await app.close();
  await bed.close();
});

const get = async (url: string, cookie = city) => (await app.inject({ url, headers: { cookie } })).json();
const post = async (url: string, payload: object, cookie = city) => {
  const answer = await app.inject({ method: 'POST', url, payload, headers: { cookie } });
  return { status: answer.statusCode, body: answer.json() };
};
const DAY = '2026-11-20';

describe('upload statistics', () => {
  it('M79-7b: what the platform has received, day by day, beside ours; a difference is marked', async () => {
    await bed.exit(DAY);
    await bed.exit(DAY, { office: '410803' });
    await sendDay(bed.context, systemActor('test'), DAY);
    const found = await get(`/api/exchange/statistics?from=${DAY}&to=2026-11-22`);
    expect(found.days.map(({ date }: { date: string }) => date)).toEqual(['2026-11-22', '2026-11-21', DAY]);
    expect(found.days[2].exits).toEqual({ ours: 2, platform: 2, differs: false });
    expect((await get(`/api/exchange/statistics?from=${DAY}&to=${DAY}`, county)).days[0].exits).toEqual({
      ours: 1,
      platform: 1,
      differs: false,
    });
    await bed.fixtures.sql("update exit_upload set state = 'returned' where business_date = $1 and office = '410803'", [
      DAY,
    ]);
    expect((await get(`/api/exchange/statistics?from=${DAY}&to=${DAY}`)).totals.exits).toEqual({
      ours: 1,
      platform: 2,
      differs: true,
    });
  });

  it('without an answer ours stand alone; too many days are refused', async () => {
    await bed.faults({ failRate: 1 });
    const found = await uploadStatistics(bed.context, systemActor('test'), DAY, DAY);
    expect(found).toMatchObject({ answered: false, totals: { exits: { ours: 1, differs: false } } });
    expect(found.days[0]?.exits.platform).toBeUndefined();
    await bed.faults({});
    const refused = await app.inject({
      url: '/api/exchange/statistics?from=2020-01-01&to=2026-11-22',
      headers: { cookie: city },
    });
    expect(refused.json().code).toBe('exchange.notAllowed');
  });
});

describe('the screen of the loads', () => {
  it('M79-7b, M79-8b, H122-3c: three targets with their days and clauses; the provincial one is not connected', async () => {
    const { targets, since } = await get('/api/exchange/back-loads');
    expect(
      targets.map((one: { by: string; citation: { clauseId: string }; connected: boolean }) => [
        one.by,
        one.citation.clauseId,
        one.connected,
      ]),
    ).toEqual([
      ['2020-07-31', 'M79-7b', true],
      ['2020-09-30', 'M79-8b', true],
      ['2020-08-05', 'H122-3c', false],
    ]);
    expect(since).toBe('2020-03-31');
  });

  it('starts, counts and ends; what is held back stands in the list of its office, with the batches beside', async () => {
    await bed.fixtures.registration({ submittedOn: '2026-11-10' });
    const bad = await bed.fixtures.registration({ submittedOn: '2026-11-10', name: '李 四', office: '410803' });
    expect((await post('/api/exchange/back-loads', {}, await bed.fixtures.staff('supervisor', '410800'))).status).toBe(
      403,
    );
    expect(await post('/api/exchange/back-loads', { since: '2026-11-05' })).toMatchObject({
      status: 202,
      body: { counties: 2 },
    });
    await runBackLoads(bed.context);
    const { loads, counties } = await get('/api/exchange/back-loads');
    expect(loads).toMatchObject([{ run: 'since:2026-11-05', state: 'done', startedBy: '周交换' }]);
    expect(loads[0].passed).toBe(loads[0].total);
    expect(counties).toMatchObject([
      { division: '410802', blocked: 0, returned: 0 },
      { division: '410803', blocked: 1 },
    ]);
    expect(counties[0].benefit).toBeGreaterThan(0);
    const { items } = await get('/api/exchange/back-loads/items');
    expect(items).toMatchObject([
      { applicationId: bad.applicationId, state: 'blocked', faults: [{ check: 'AAC003-space' }] },
    ]);
    expect((await get('/api/exchange/back-loads/items', county)).items).toEqual([]);
    const batches = (await get('/api/exchange/back-loads/batches')).items;
    expect(batches[0]).toMatchObject({ state: 'received', receipt: expect.stringMatching(/^DJ/) });
    const today = (await get('/api/exchange/statistics?from=2026-11-22&to=2026-11-22')).days[0].registrations;
    expect(today).toMatchObject({ differs: false });
    expect(today.ours).toBeGreaterThan(0);
    expect((await post('/api/exchange/back-loads/steer', { run: 'valid', to: 'pause' })).body.code).toBe(
      'exchange.notAllowed',
    );
  });
});
