import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures, type PersonMade } from '../../../test/fixtures.ts';
import { systemActor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { workerHandlers } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(fixtures.context, workerHandlers(fixtures.context));
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

const as = (person: Pick<PersonMade, 'name' | 'idNumber'>) => ({ cookie: fixtures.worker(person) });
const get = async (person: PersonMade, url: string) => (await app.inject({ url, headers: as(person) })).json();
let keys = 0;
const post = async (person: PersonMade, url: string, payload: object) => {
  keys += 1;
  const headers = { ...as(person), 'idempotency-key': `worker-page-${keys}` };
  const response = await app.inject({ method: 'POST', url, payload, headers });
  return { status: response.statusCode, body: response.json() };
};

describe('my cases', () => {
  it('M79-6a: an open application says what happened, what to do, by when, counted in working days', async () => {
    const mine = await fixtures.application();
    const { cases } = await get(mine, '/api/my/cases');
    expect(cases).toHaveLength(1);
    expect(cases[0]).toMatchObject({
      number: mine.number,
      canWithdraw: true,
      due: { on: '2026-11-25', workingDays: 3, citation: { clauseId: 'M79-3a' } },
      status: { scenario: 'submitted' },
    });
    expect(cases[0].history).toEqual([{ at: expect.any(String), text: '提交申请' }]);
  });

  it('a person sees own cases only', async () => {
    await fixtures.application();
    const stranger = await fixtures.person({ idNumber: drawIdentityNumber() });
    expect((await get(stranger, '/api/my/cases')).cases).toEqual([]);
  });

  it('withdrawing is the worker’s own: once, with a message; a stranger finds nothing', async () => {
    const mine = await fixtures.application();
    const stranger = await fixtures.person({ idNumber: drawIdentityNumber() });
    expect((await post(stranger, `/api/applications/${mine.applicationId}/withdraw`, {})).status).toBe(404);
    const done = await post(mine, `/api/applications/${mine.applicationId}/withdraw`, { reason: '找到工作了' });
    expect(done).toMatchObject({ status: 200, body: { canWithdraw: false, status: { scenario: 'withdrawn' } } });
    expect((await post(mine, `/api/applications/${mine.applicationId}/withdraw`, {})).body.code).toBe(
      'application.changed',
    );
    const told = await fixtures.sql('select template from message where subject_id = $1', [mine.applicationId]);
    expect(told).toEqual([{ template: 'application.withdrawn' }]);
    const upload = await fixtures.sql('select outcome, state from decision_upload where application_id = $1', [
      mine.applicationId,
    ]);
    expect(upload).toEqual([{ outcome: 'withdrawn', state: 'waiting' }]);
  });

  it('a registration waits for the first contact, and an attempt is told as what it is (M79-3a)', async () => {
    const mine = await fixtures.registration();
    expect((await get(mine, '/api/my/cases')).cases[0].status).toMatchObject({
      scenario: 'awaitingContact',
      byWhen: '2026-11-27',
    });
    await fixtures.contact(mine, { outcome: 'attempt' });
    const [seen] = (await get(mine, '/api/my/cases')).cases;
    expect(seen.status.scenario).toBe('notReached');
    expect(seen.contacts[0].text).toBe('电话：没有联系上');
  });

  it('M79-4c: before a guarded exit the person is asked, with a day to answer by', async () => {
    const mine = await fixtures.registration({ registrationStatus: 'exitProposed' });
    await fixtures.exit(mine, { reason: '32', answerDue: '2026-11-30' });
    const [seen] = (await get(mine, '/api/my/cases')).cases;
    expect(seen.status).toMatchObject({ scenario: 'exitLastChance', byWhen: '2026-11-30' });
    expect(seen.exitQuestion).toMatchObject({ answerBy: '2026-11-30' });
  });
});

describe('my draft', () => {
  it('is resumed on another device, sealed, and nobody else’s', async () => {
    const mine = await fixtures.person({ idNumber: drawIdentityNumber() });
    expect(await get(mine, '/api/my/draft')).toEqual({ version: 0 });
    const save = (form: object) =>
      app.inject({ method: 'PUT', url: '/api/my/draft', payload: { form }, headers: as(mine) });
    expect((await save({ name: '王小明', mobile: '13800001234' })).json()).toMatchObject({ version: 1 });
    expect((await save({ name: '王小明', mobile: '13800005678' })).json()).toMatchObject({ version: 2 });
    expect(await get(mine, '/api/my/draft')).toMatchObject({ version: 2, form: { mobile: '13800005678' } });
    const [row] = await fixtures.sql<{ sealed: Buffer }>('select sealed from draft where person_id = $1', [
      mine.personId,
    ]);
    expect(row?.sealed.toString('latin1')).not.toContain('13800005678');
    const stranger = await fixtures.person({ idNumber: drawIdentityNumber() });
    expect(await get(stranger, '/api/my/draft')).toEqual({ version: 0 });
  });
});

describe('who looked', () => {
  it('shows each look of a staff member with office and reason, newest first, page by page', async () => {
    const mine = await fixtures.application();
    const account = await fixtures.account('clerk', '410802', '李经办');
    const clerk = {
      ...systemActor(account),
      kind: 'staff' as const,
      role: 'clerk' as const,
      id: account,
      name: '李经办',
    };
    for (let i = 0; i < 3; i += 1) {
      fixtures.now = new Date(fixtures.now.getTime() + 1000);
      await fixtures.context.db.transaction(clerk, (tx) =>
        audit(tx, fixtures.context.crypto, fixtures.now, {
          tenant: '4108',
          office: '410802',
          action: i === 1 ? 'reveal' : 'look',
          subjectKind: 'application',
          subjectId: mine.applicationId,
          personId: mine.personId,
          reason: `第${i + 1}次`,
        }),
      );
    }
    const first = await get(mine, '/api/my/looks?limit=2');
    expect(first.looks.map((look: { why: string }) => look.why)).toEqual(['第3次', '第2次']);
    expect(first.looks[1]).toMatchObject({
      who: '李经办',
      office: '解放区公共就业服务中心',
      what: '查看完整证件号码和电话',
    });
    const second = await get(mine, `/api/my/looks?limit=2&after=${first.next}`);
    expect(second.looks.map((look: { why: string }) => look.why)).toEqual(['第1次']);
    expect(second.next).toBeUndefined();
  });
});
