import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { serviceHandlers } from './index.ts';

type Told = Answer<'makePlan'>;
type Body = Told & { message: string; code?: string; clause?: string };

let desk: Desk;
let clerk: string;
let officer: string;
let person: RegistrationMade;
let name: string;
let people = 0;

beforeAll(async () => {
  desk = await openDesk(serviceHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  people += 1;
  name = `张经办${people}`;
  clerk = await desk.staff('clerk', '410802', name);
  officer = await accountOf(name);
  person = await desk.registered();
});

async function accountOf(name: string): Promise<string> {
  const [row] = await desk.fixtures.sql<{ id: string }>('select id from account where display_name = $1', [name]);
  return row?.id ?? '';
}
const profile = { skill: 'some', years: 3, wish: 'employed', search: 'withHelp', hindrances: [] };
const on = (path: string) => `/api/registrations/${person.registrationId}/${path}`;
const post = (path: string, body: object, who = clerk, key?: string) => desk.post<Body>(who, path, body, key);
const steps = [
  { whose: 'office', service: 'matching', what: '推荐三个附近的岗位', dueOn: '2026-12-04' },
  { whose: 'worker', service: 'matching', what: '每周去面试一次', dueOn: '2026-12-18' },
];
const plan = (change: object = {}) => ({ kind: 'ordinary', goal: '三个月内找到长白班工作', officer, steps, ...change });
const recognise = (state = 'recognised', to = '2027-10-31') =>
  desk.fixtures.sql(
    `insert into difficulty (tenant, id, person_id, registration_id, division, office, state, category, applied_at, valid_from, valid_to)
     values ('4108', $1, $2, $3, '410802', '410802', $4, '残疾失业人员', now(), '2026-11-02', $5)`,
    [randomUUID(), person.personId, person.registrationId, state, to],
  );

describe('the class', () => {
  it('M79-3b: is computed with named points and stored with them', async () => {
    const computed = await post(on('class/compute'), { profile });
    const answer = computed.body as unknown as Answer<'computeClass'>;
    expect(answer.computed).toMatchObject({ class: 'B', why: expect.stringContaining('合计') });
    expect(answer.computed?.citations.map(({ clauseId }) => clauseId)).toContain('M79-3b');
    const { status, body } = await post(on('class'), { profile, class: 'B' });
    expect(status).toBe(200);
    expect(body.service.class).toMatchObject({ class: 'B', computed: 'B', by: name, profile });
    expect(await desk.registrationRow(person)).toMatchObject({ class: 'B' });
    const [history] = await desk.fixtures.sql(
      "select action, detail from registration_action where registration_id = $1 and action = 'classify'",
      [person.registrationId],
    );
    expect(history).toMatchObject({ detail: { text: 'B类（一般）' } });
  });

  it('M79-3b: another class needs a reason, which is kept', async () => {
    const refused = await post(on('class'), { profile, class: 'A' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'service.faulty', clause: 'M79-3b' } });
    const { body } = await post(on('class'), { profile, class: 'A', reason: '两家单位已同意录用' });
    expect(body.service.class).toMatchObject({ class: 'A', computed: 'B', reason: '两家单位已同意录用' });
  });

  it('A21-4f: recognised difficulty is C and stays C', async () => {
    await recognise();
    expect((await post(on('class'), { profile, class: 'B', reason: '本人要求' })).body).toMatchObject({
      clause: 'A21-4f',
    });
    expect((await post(on('class'), { profile, class: 'C' })).body.service.class).toMatchObject({ class: 'C' });
  });

  it('M79-4a: the next contact follows the class, from the latest contact on', async () => {
    await desk.fixtures.contact(person, { outcome: 'contact', at: new Date('2026-11-18T02:00:00Z') });
    await post(on('class'), { profile, class: 'B' });
    expect(await desk.registrationRow(person)).toMatchObject({ next_contact_on: '2026-12-31' });
    await post(on('class'), { profile, class: 'C', reason: '要有人陪着找工作' });
    expect(await desk.registrationRow(person)).toMatchObject({ next_contact_on: '2026-12-03' });
  });

  it('M79-2c, M79-14: a reason that asks for a diploma is blocked and told to supervision', async () => {
    const { status, body } = await post(on('class'), { profile, class: 'C', reason: '没有提供毕业证书，不好推荐' });
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'decision.forbiddenGround' });
    const events = await desk.fixtures.sql('select kind from supervision_event where subject_id = $1', [
      person.registrationId,
    ]);
    expect(events).toMatchObject([{ kind: 'forbiddenGround' }]);
  });
});

describe('a service', () => {
  const given = {
    kind: 'guidance',
    content: '讲了面试要注意的事',
    result: 'done',
    outcome: '本人表示有用',
    on: '2026-11-20',
  };
  it('A21-4a, A21-5a: is recorded with content and result, once for a key', async () => {
    const key = randomUUID();
    await post(on('services'), given, clerk, key);
    const { body } = await post(on('services'), given, clerk, key);
    expect(body.service.services).toMatchObject([{ kindText: '职业指导', resultText: '已完成', by: name }]);
    const audited = await desk.fixtures.sql(
      "select 1 from audit_event where person_id = $1 and action = 'service.record'",
      [person.personId],
    );
    expect(audited).toHaveLength(1);
  });
  it('A21-5a: without a result it is refused; of an ended registration it says who ended it', async () => {
    expect((await post(on('services'), { ...given, outcome: '' })).body).toMatchObject({ clause: 'A21-5a' });
    const ended = await desk.registered({ registrationStatus: 'exited' });
    const answer = await post(`/api/registrations/${ended.registrationId}/services`, given);
    expect(answer).toMatchObject({ status: 409, body: { code: 'registration.changed' } });
  });
  it('is no business of another county', async () => {
    const stranger = await desk.staff('clerk', '410803', '李经办');
    expect((await post(on('services'), given, stranger)).status).toBe(404);
  });
});

describe('a plan', () => {
  it('A21-4f: binds both sides, is agreed, its steps settled with results; the office’s become services', async () => {
    const made = await post(on('plans'), plan());
    const draft = made.body.service.plan;
    expect(draft).toMatchObject({ status: 'draft', officer: { name }, steps: [{ n: 1, standing: 'open' }, { n: 2 }] });
    const agreed = await post(`/api/plans/${draft?.id}/agree`, { version: 1, how: 'counter' });
    expect(agreed.body.service.plan).toMatchObject({ status: 'agreed', agreedHow: 'counter', version: 2 });
    const first = draft?.steps[0]?.id ?? '';
    const done = await post(`/api/plans/${draft?.id}/steps/${first}`, {
      action: 'finish',
      text: '推荐了三家，面试两家',
    });
    expect(done.body.service.plan?.steps[0]).toMatchObject({
      status: 'done',
      result: '推荐了三家，面试两家',
      settledBy: name,
    });
    expect(done.body.service.services).toMatchObject([{ kind: 'matching', content: '按计划：推荐三个附近的岗位' }]);
    const again = await post(`/api/plans/${draft?.id}/steps/${first}`, { action: 'drop', text: '误记' });
    expect(again).toMatchObject({ status: 409, body: { code: 'service.notAllowed' } });
  });

  it('is renewed from the one on the screen only; the earlier is kept, its open steps are not owed any more', async () => {
    const first = (await post(on('plans'), plan())).body.service.plan;
    const blind = await post(on('plans'), plan({ goal: '先参加培训再找工作' }));
    expect(blind).toMatchObject({ status: 409, body: { code: 'service.changed' } });
    const renewed = await post(
      on('plans'),
      plan({ goal: '先参加培训再找工作', renews: { id: first?.id, version: first?.version } }),
    );
    expect(renewed.body.service.plan).toMatchObject({ goal: '先参加培训再找工作', status: 'draft' });
    expect(renewed.body.service.earlierPlans).toMatchObject([
      { id: first?.id, status: 'closed', steps: [{ status: 'dropped' }, { status: 'dropped' }] },
    ]);
  });

  it('two clerks at once: one plan stands, the other clerk is told', async () => {
    const other = await desk.staff('clerk', '410802', '王经办');
    const both = await Promise.all([post(on('plans'), plan()), post(on('plans'), plan(), other)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.message).toMatch(/(张|王)经办/);
  });

  it('A21-4f: an officer of another county, or nobody, is refused', async () => {
    await desk.staff('clerk', '410803', '外区经办');
    const outside = await post(on('plans'), plan({ officer: await accountOf('外区经办') }));
    expect(outside.body).toMatchObject({ code: 'service.faulty', clause: 'A21-4f' });
    expect((await post(on('plans'), plan({ officer: randomUUID() }))).status).toBe(422);
  });

  it('A21-4f: recognised difficulty without its plan is named in the worklist until there is one', async () => {
    await recognise();
    const missing = async () => {
      const reply = await desk.get<Answer<'getPlanSteps'>>(clerk, '/api/worklists/plan-steps');
      return reply.body.withoutPlan.filter(({ applicationId }) => applicationId === person.applicationId);
    };
    // Recognised on Monday 2 November: five working days after it is Monday 9.
    expect(await missing()).toMatchObject([{ category: '残疾失业人员', dueOn: '2026-11-09', late: true }]);
    expect((await post(on('plans'), plan())).body.message).toContain('个性化就业援助计划');
    await post(on('plans'), plan({ kind: 'difficulty' }));
    expect(await missing()).toEqual([]);
  });

  it('owed steps stand in the worklist by due date, page by page, and leave it when settled', async () => {
    const made = (await post(on('plans'), plan())).body.service.plan;
    const page = (query: string) =>
      desk.get<Answer<'getPlanSteps'>>(clerk, `/api/worklists/plan-steps?officer=mine&${query}`);
    const first = await page('limit=1');
    expect(first.body.items).toMatchObject([{ dueOn: '2026-12-04', planId: made?.id }]);
    const second = await page(`limit=1&after=${first.body.next}`);
    expect(second.body.items).toMatchObject([{ dueOn: '2026-12-18' }]);
    expect(second.body.next).toBeUndefined();
    await post(`/api/plans/${made?.id}/close`, { version: 1, reason: '本人已上班' });
    expect((await page('limit=9')).body.items).toEqual([]);
  });
});

describe('the worker', () => {
  it('sees the own plan without a letter, agrees, finishes own steps only', async () => {
    await post(on('class'), { profile, class: 'B' });
    const made = (await post(on('plans'), plan())).body.service.plan;
    const worker = desk.fixtures.worker(person);
    const seen = await desk.get<Answer<'getMyService'>>(worker, '/api/my/service');
    expect(seen.body.plan).toMatchObject({ id: made?.id, status: 'draft' });
    expect(seen.body.services).toContain('职业指导');
    expect(JSON.stringify(seen.body)).not.toContain('"class"');
    expect((await post(`/api/my/plans/${made?.id}/agree`, { version: 1 }, worker)).status).toBe(200);
    const act = (n: number) =>
      post(`/api/my/plans/${made?.id}/steps/${made?.steps[n]?.id}`, { text: '去过两家' }, worker);
    expect((await act(1)).status).toBe(200);
    expect(await act(0)).toMatchObject({ status: 409, body: { code: 'service.notAllowed' } });
  });
  it('cannot touch somebody else’s plan', async () => {
    const made = (await post(on('plans'), plan())).body.service.plan;
    const other = desk.fixtures.worker(await desk.registered());
    expect((await post(`/api/my/plans/${made?.id}/agree`, { version: 1 }, other)).status).toBe(404);
  });
});
