import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures } from '../../../test/fixtures.ts';
import { submissionOf } from '../../../test/submission.ts';
import { reachingNation, systemActor, workerActor } from '../../platform/actor.ts';
import { newId } from '../../platform/crypto.ts';
import { personKey } from '../../platform/identity.ts';
import { casefileHandlers } from '../casefile/index.ts';
import { registerApplication } from './decide.ts';
import { applicationHandlers } from './index.ts';
import { submitApplication } from './submit.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
let clerk: string;
let otherClerk: string;
let elsewhere: string;
let supervisor: string;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(fixtures.context, applicationHandlers(fixtures.context), casefileHandlers(fixtures.context));
  clerk = await fixtures.staff('clerk', '410802', '李经办');
  otherClerk = await fixtures.staff('clerk', '410802', '张经办');
  elsewhere = await fixtures.staff('clerk', '410803', '周经办');
  supervisor = await fixtures.staff('supervisor', '410802', '孙督导');
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

let keys = 0;
const key = () => {
  keys += 1;
  return `key-${keys}-abcdefgh`;
};

async function call(method: 'GET' | 'POST', url: string, cookie: string, payload?: unknown, idempotencyKey = key()) {
  const options: InjectOptions = { method, url, headers: { cookie, 'idempotency-key': idempotencyKey } };
  if (payload !== undefined) options.payload = payload as Record<string, unknown>;
  const response = await app.inject(options);
  return { status: response.statusCode, body: response.json() };
}

function somebody(name = '王小明') {
  const person = { name, idNumber: drawIdentityNumber() };
  return { ...person, cookie: fixtures.worker(person) };
}

async function submitted(more: Parameters<typeof submissionOf>[2] = {}) {
  const person = somebody();
  const { status, body } = await call(
    'POST',
    '/api/applications',
    person.cookie,
    submissionOf(person, fixtures.now, more),
  );
  expect(status).toBe(201);
  return { ...person, id: body.id as string, number: body.number as string };
}

const register = (cookie: string, id: string, version = 1, idempotencyKey = key()) =>
  call('POST', `/api/applications/${id}/register`, cookie, { version }, idempotencyKey);

describe('submitting', () => {
  it('A21-2a, M79-3a: gives a number and a due date with its clause, counted in working days', async () => {
    const person = somebody();
    const { status, body } = await call('POST', '/api/applications', person.cookie, submissionOf(person, fixtures.now));
    expect(status).toBe(201);
    expect(body.number).toMatch(/^261122\d{10}$/);
    expect(body.due).toMatchObject({
      on: '2026-11-25',
      workingDays: 3,
      from: '2026-11-22',
      citation: { clauseId: 'M79-3a' },
    });
    const [row] = await fixtures.sql<{ due_on: string; message: string; audited: number }>(
      `select a.due_on::text, (select template from message where subject_id = a.id) as message,
         (select count(*)::int from audit_event where subject_id = a.id::text) as audited from application a where a.id = $1`,
      [body.id],
    );
    expect(row).toEqual({ due_on: '2026-11-25', message: 'application.received', audited: 1 });
  });

  it('the same request twice, also side by side, makes one application and gives the same receipt', async () => {
    const person = somebody();
    const content = submissionOf(person, fixtures.now);
    const once = key();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', '/api/applications', person.cookie, content, once)),
    );
    expect(new Set(answers.map(({ body }) => body.number)).size).toBe(1);
    expect(answers.filter(({ body }) => body.repeated === false)).toHaveLength(1);
    const rows = await fixtures.sql(
      `select (select count(*)::int from application where id = $1) as cases,
         (select count(*)::int from application_action where application_id = $1) as actions,
         (select count(*)::int from message where subject_id = $1) as messages,
         (select count(*)::int from audit_event where subject_id = $1::text) as audited`,
      [answers[0]?.body.id],
    );
    expect(rows).toEqual([{ cases: 1, actions: 1, messages: 1, audited: 1 }]);
  });

  it('the same request key with another content is refused', async () => {
    const person = somebody();
    const once = key();
    await call('POST', '/api/applications', person.cookie, submissionOf(person, fixtures.now), once);
    const other = await call(
      'POST',
      '/api/applications',
      person.cookie,
      submissionOf(person, fixtures.now, { reason: '5' }),
      once,
    );
    expect(other).toMatchObject({ status: 409, body: { code: 'request.keyReused' } });
  });

  it('A21-2d: the same person through counter and portal makes one case, and is told its number', async () => {
    const person = await submitted();
    const counter = await call('POST', '/api/counter/applications', clerk, submissionOf(person, fixtures.now));
    expect(counter).toMatchObject({
      status: 409,
      body: { code: 'application.open', clause: 'A21-2d', detail: { number: person.number } },
    });
    const known = await call('POST', '/api/counter/check-form', clerk, {
      form: submissionOf(person, fixtures.now).form,
    });
    expect(known.body.known).toMatchObject({ number: person.number });
  });

  it('A21-8a: every faulty field is named in plain words, and nothing is stored', async () => {
    const person = somebody();
    const content = submissionOf(person, fixtures.now, {
      health: '60',
      reason: '13',
      unemployedMonth: '2020-13',
      mobile: '123',
    });
    const { status, body } = await call('POST', '/api/applications', person.cookie, content);
    expect(status).toBe(422);
    expect(body.fields.map((fault: { field: string }) => fault.field)).toEqual(
      expect.arrayContaining(['disability', 'reasonText', 'unemployedMonth', 'mobile']),
    );
    const { personId } = personKey(fixtures.context.crypto, person.idNumber);
    expect(await fixtures.sql('select 1 from person where id = $1', [personId])).toEqual([]);
  });

  it('A21-2b: an unknown version of the commitment cannot be submitted', async () => {
    const person = somebody();
    const content = submissionOf(person, fixtures.now);
    const { status, body } = await call('POST', '/api/applications', person.cookie, {
      ...content,
      commitment: { ...content.commitment, version: 'none' },
    });
    expect(status).toBe(422);
    expect(body.code).toBe('form.commitment');
  });

  it('a worker applies for nobody else', async () => {
    const person = somebody();
    const { status, body } = await call(
      'POST',
      '/api/applications',
      person.cookie,
      submissionOf(somebody(), fixtures.now),
    );
    expect(status).toBe(422);
    expect(body.fields[0].field).toBe('idNumber');
  });

  it('M79-1a, M79-16: Anshan offered two places until 79号 and four after it', async () => {
    const place = { registrationPlace: 'insurance', placeDivision: '210302' };
    const at = async (now: Date) => {
      const person = { name: '赵大海', idNumber: drawIdentityNumber() };
      const actor = workerActor(personKey(fixtures.context.crypto, person.idNumber).personId, person.name);
      const { form, commitment } = submissionOf(person, now, { ...place, unemployedMonth: '2020-05' });
      return submitApplication(
        fixtures.context,
        actor,
        { channel: 'portal', requestId: key(), form, commitment, submittedAt: now },
        now,
      );
    };
    await expect(at(new Date('2020-07-30T02:00:00Z'))).rejects.toMatchObject({ code: 'form.faulty' });
    await expect(at(new Date('2020-07-31T02:00:00Z'))).resolves.toMatchObject({ workingDays: 3, dueOn: '2020-08-05' });
  });

  it('A21-3a, M79-3a: 28 September 2020 is due on 14 October under 21号 alone and on 9 October under 79号', async () => {
    const { policyFor, shippedProvisions } = await import('@yingdeng/rules/index.ts');
    const { decisionDue } = await import('@yingdeng/rules/application.ts');
    const anshanAlone = policyFor(
      '210302',
      '2020-09-28',
      shippedProvisions.filter((p) => p.document.startsWith('鞍')),
    );
    const { calendar } = fixtures.context.reference;
    expect(decisionDue('2020-09-28', anshanAlone, calendar).due).toBe('2020-10-14');
    expect(decisionDue('2020-09-28', fixtures.context.reference.policy('210302', '2020-09-28'), calendar).due).toBe(
      '2020-10-09',
    );
  });

  it('numbers, telephones and addresses are nowhere readable in the database', async () => {
    const person = await submitted();
    const dump = JSON.stringify(
      await fixtures.sql(
        `select to_jsonb(a) - 'sealed' - 'signature_sealed' as a, to_jsonb(p) - 'identity_sealed' - 'contact_sealed' as p
         from application a join person p on p.tenant = a.tenant and p.id = a.person_id where a.id = $1`,
        [person.id],
      ),
    );
    for (const secret of [person.idNumber, '13800001234', '人民路2号院3号楼']) expect(dump).not.toContain(secret);
  });
});

describe('deciding', () => {
  it('H122-2f, M79-3a, A21-3d: registers, starts the first-contact clock, tells the worker, queues the decision for the platform', async () => {
    const { id } = await submitted();
    const { status, body } = await register(clerk, id);
    expect(status).toBe(200);
    expect(body.case.registration).toMatchObject({
      status: 'active',
      firstContact: { on: '2026-11-27', citation: { clauseId: 'H122-2f' } },
    });
    const rows = await fixtures.sql(
      `select (select array_agg(template order by template) from message where subject_id = $1) as told,
         (select outcome from decision_upload where application_id = $1) as upload,
         (select count(*)::int from registration_claim c join registration r on r.id = c.registration_id where r.application_id = $1) as claims`,
      [id],
    );
    expect(rows).toEqual([
      { told: ['application.received', 'application.registered'], upload: 'registered', claims: 1 },
    ]);
  });

  it('two clerks at once: one succeeds, the other is told who and what', async () => {
    const { id } = await submitted();
    const answers = await Promise.all([register(clerk, id), register(otherClerk, id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409);
    expect(late?.body).toMatchObject({ code: 'application.changed' });
    expect(late?.body.message).toMatch(/(李经办|张经办).*已登记/);
  });

  it('the same decision sent twice has one effect and the same answer', async () => {
    const { id } = await submitted();
    const once = key();
    const [first, second] = await Promise.all([register(clerk, id, 1, once), register(clerk, id, 1, once)]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(first.body.case.registration.number).toBe(second.body.case.registration.number);
    const kept = await fixtures.sql<{ response: unknown }>('select response from idempotency where key = $1', [once]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toMatch(/王小明|4108021985/);
  });

  it('M79-2f: refuses only on an established ground of the closed list, with its evidence', async () => {
    const { id } = await submitted();
    const refuse = (given: object) =>
      call('POST', `/api/applications/${id}/refuse`, clerk, { version: 1, evidence: [], text: '', ...given });
    expect((await refuse({ ground: 'papersIncomplete' })).body.code).toBe('decision.groundNotPermitted');
    expect((await refuse({ ground: 'drawingPension' })).body.code).toBe('decision.groundNotPermitted');
    const check = await call('POST', `/api/applications/${id}/checks`, clerk, {
      source: 'pension',
      established: 'drawingPension',
      note: '本人说明已领取养老金',
    });
    expect(check.status).toBe(200);
    expect((await refuse({ ground: 'drawingPension' })).body.message).toContain('缺少依据');
    expect((await register(clerk, id)).body.code).toBe('application.notAllowed');
    const evidence = [{ kind: 'workerStatement', date: '2026-11-22', text: '本人来电说明' }];
    const refused = await refuse({ ground: 'drawingPension', evidence });
    expect(refused.status).toBe(200);
    expect(refused.body.case.application.groundText).toContain('基本养老保险');
    const [message] = await fixtures.sql<{ body: string }>(
      "select body from message where subject_id = $1 and template = 'application.refused'",
      [id],
    );
    expect(message?.body).toContain('异议');
  });

  it('M79-2f, M79-14: a forbidden ground in the text is blocked and supervision hears of it', async () => {
    const { id } = await submitted();
    await call('POST', `/api/applications/${id}/checks`, clerk, {
      source: 'pension',
      established: 'drawingPension',
      note: '核实领取',
    });
    const blocked = await call('POST', `/api/applications/${id}/refuse`, clerk, {
      version: 1,
      ground: 'drawingPension',
      evidence: [{ kind: 'workerStatement', text: '本人说明' }],
      text: '请补交离职证明后再来',
    });
    expect(blocked).toMatchObject({ status: 422, body: { code: 'decision.forbiddenGround' } });
    const events = await fixtures.sql<{ kind: string; actor_name: string }>(
      'select kind, actor_name from supervision_event where subject_id = $1',
      [id],
    );
    expect(events).toEqual([{ kind: 'forbiddenGround', actor_name: '李经办' }]);
    const [row] = await fixtures.sql<{ status: string }>('select status from application where id = $1', [id]);
    expect(row?.status).toBe('submitted');
  });

  it('a check settled wrongly can be settled again, and no longer counts', async () => {
    const { id } = await submitted();
    const first = await call('POST', `/api/applications/${id}/checks`, clerk, {
      source: 'employmentFiling',
      established: 'employed',
      note: '误认',
    });
    const settles = first.body.checks.at(-1).id;
    await call('POST', `/api/applications/${id}/checks`, clerk, {
      source: 'employmentFiling',
      settles,
      established: 'nothing',
      note: '更正：已离职',
    });
    expect((await register(clerk, id)).status).toBe(200);
  });

  it('a stranger county sees no such case, a supervisor may not decide', async () => {
    const { id } = await submitted();
    expect((await register(elsewhere, id)).status).toBe(404);
    expect((await call('GET', `/api/applications/${id}`, elsewhere)).status).toBe(404);
    const denied = await register(supervisor, id);
    expect(denied).toMatchObject({ status: 403, body: { code: 'access.denied' } });
  });
});

describe('A21-7a: handing over', () => {
  it('moves the case within the city; due date and number stay, the new office sees it, the old does not', async () => {
    const { id, number } = await submitted({ household: { division: '410803', detail: '和平街1号' } });
    const moved = await call('POST', `/api/applications/${id}/hand-over`, clerk, {
      version: 1,
      office: '410803',
      reason: '本人希望在户籍地办理',
    });
    expect(moved.status).toBe(200);
    const there = await call('GET', `/api/applications/${id}`, elsewhere);
    expect(there.body.application).toMatchObject({ number, office: '410803', due: { on: '2026-11-25' } });
    expect(there.body.person.name).toBe('王小明');
    expect((await call('GET', `/api/applications/${id}`, clerk)).status).toBe(404);
    expect((await register(elsewhere, id, 2)).status).toBe(200);
  });

  it('to another city the case goes on there under the same number and due date', async () => {
    const { id, number } = await submitted({ household: { division: '410102', detail: '建设路1号' } });
    const moved = await call('POST', `/api/applications/${id}/hand-over`, clerk, {
      version: 1,
      office: '410102',
      reason: '本人希望在户籍地办理',
    });
    expect(moved.status).toBe(200);
    const rows = await fixtures.sql(
      'select tenant, status, due_on::text as due from application where number = $1 order by tenant',
      [number],
    );
    expect(rows).toEqual([
      { tenant: '4101', status: 'submitted', due: '2026-11-25' },
      { tenant: '4108', status: 'handedOver', due: '2026-11-25' },
    ]);
    const zhengzhou = await fixtures.staff('clerk', '410102', '郑经办');
    const [row] = await fixtures.sql<{ id: string }>(
      "select id from application where number = $1 and tenant = '4101'",
      [number],
    );
    expect((await register(zhengzhou, row?.id ?? '')).status).toBe(200);
  });

  it('M79-1a: never to a place the worker did not name', async () => {
    const { id } = await submitted();
    const { status, body } = await call('POST', `/api/applications/${id}/hand-over`, clerk, {
      version: 1,
      office: '410803',
      reason: '那边不忙',
    });
    expect(status).toBe(409);
    expect(body.clause).toBe('M79-1a');
  });
});

describe('one valid registration a person', () => {
  const cities = [
    '410102',
    '410202',
    '410302',
    '410402',
    '410502',
    '410602',
    '410702',
    '410802',
    '410902',
    '411002',
    '411102',
    '411202',
    '411302',
    '411402',
    '411502',
    '411602',
  ];

  it('A21-2d: sixteen cities race for one person: one winner, every time', async () => {
    const { context } = fixtures;
    for (let round = 0; round < 12; round += 1) {
      const person = { name: '王小明', idNumber: drawIdentityNumber() };
      const actor = workerActor(personKey(context.crypto, person.idNumber).personId, person.name);
      const cases = await Promise.all(
        cities.map((division) => {
          const place = { division, detail: '中心街1号' };
          const { form, commitment } = submissionOf(person, fixtures.now, {
            residence: place,
            household: place,
            placeDivision: division,
          });
          return submitApplication(
            context,
            actor,
            { channel: 'portal', requestId: key(), form, commitment, submittedAt: fixtures.now },
            fixtures.now,
          );
        }),
      );
      const outcomes = await Promise.allSettled(
        cases.map(({ id, office }) => {
          const clerkThere = {
            ...reachingNation(systemActor('')),
            kind: 'staff' as const,
            role: 'clerk' as const,
            id: newId(fixtures.now),
            name: '经办',
            office,
          };
          return registerApplication(context, clerkThere, { id, version: 1, key: key(), now: fixtures.now }, '');
        }),
      );
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected')
          expect(['registration.claimed', 'application.notAllowed']).toContain(outcome.reason.code);
      }
      const [row] = await fixtures.sql<{ count: number }>(
        `select count(*)::int as count from registration r join application a on a.tenant = r.tenant and a.id = r.application_id
         where r.status = 'active' and a.person_id = $1`,
        [actor.person],
      );
      expect(row?.count).toBe(1);
    }
  });

  it('a registered person who applies again is told the number, and a case left open is closed as a duplicate', async () => {
    const person = await submitted();
    await register(clerk, person.id);
    const again = await call('POST', '/api/applications', person.cookie, submissionOf(person, fixtures.now));
    expect(again).toMatchObject({ status: 409, body: { code: 'application.alreadyRegistered', clause: 'A21-2d' } });
  });
});
