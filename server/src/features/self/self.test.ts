import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures, NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { workerActor } from '../../platform/actor.ts';
import { newTenantId } from '../../platform/crypto.ts';
import { putReport } from '../contact/contact.sql.ts';
import { selfHandlers } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
let person: RegistrationMade;
let clerk: string;
let supervisor: string;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(fixtures.context, selfHandlers(fixtures.context));
  clerk = await fixtures.staff('clerk', '410802', '张经办');
  supervisor = await fixtures.staff('supervisor', '410800', '王督导');
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});
beforeEach(async () => {
  fixtures.now = NOW;
  person = await fixtures.registration({ submittedOn: '2026-10-01', idNumber: drawIdentityNumber() });
});

async function ask(cookie: string, method: 'GET' | 'POST', url: string, payload?: object, key: string = randomUUID()) {
  fixtures.now = new Date(fixtures.now.getTime() + 1000);
  const headers = { cookie, 'idempotency-key': key };
  const reply = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: reply.statusCode, body: reply.json() };
}
const mine = (method: 'GET' | 'POST', url: string, payload?: object, key?: string) =>
  ask(fixtures.worker(person), method, url, payload, key);
const report = (body: object, key?: string) =>
  mine('POST', `/api/my/registrations/${person.registrationId}/month-report`, body, key);
const registration = async () =>
  (
    await fixtures.sql<{ last_contact_month: string; status: string; version: number }>(
      'select * from registration where id = $1',
      [person.registrationId],
    )
  )[0];

describe('the monthly report', () => {
  it('A21-5a, A21-5b: covers the month, stands in the service record as the own report, and fulfils no first contact', async () => {
    expect((await mine('GET', '/api/my/month')).body).toMatchObject({
      month: '2026-11',
      monthEnd: '2026-11-30',
      registration: { owed: true, covered: false },
    });
    expect((await report({ kind: 'looking', text: '面试了两家' })).status).toBe(200);
    expect(await registration()).toMatchObject({ last_contact_month: '2026-11', first_contact_at: null });
    expect(await fixtures.sql('select * from contact where registration_id = $1', [person.registrationId])).toEqual([
      expect.objectContaining({
        means: 'selfReport',
        purpose: 'followUp',
        report: 'looking',
        note: '还在找工作。面试了两家',
        officer_id: null,
        month: '2026-11',
      }),
    ]);
    expect((await mine('GET', '/api/my/month')).body.registration).toMatchObject({
      covered: true,
      report: { kind: 'looking', text: '面试了两家' },
    });
  });

  it('a second report of the month stands, the first is kept; the same key makes one', async () => {
    await report({ kind: 'looking' }, 'report-key-1');
    await report({ kind: 'looking' }, 'report-key-1');
    await report({ kind: 'training', text: '电工班' });
    const rows = await fixtures.sql('select report from contact where registration_id = $1 order by at', [
      person.registrationId,
    ]);
    expect(rows).toEqual([{ report: 'looking' }, { report: 'training' }]);
    expect((await mine('GET', '/api/my/month')).body.registration.report.kind).toBe('training');
  });

  it('work that was found leads to the exit report and ends nothing by itself', async () => {
    expect((await report({ kind: 'foundWork' })).body).toMatchObject({ leadsToExitReport: true });
    expect(await registration()).toMatchObject({ status: 'active' });
    expect(await fixtures.sql('select 1 from exit where registration_id = $1', [person.registrationId])).toEqual([]);
  });

  it('nobody reports for somebody else, nor after the exit', async () => {
    const stranger = await fixtures.registration({ idNumber: drawIdentityNumber() });
    const url = `/api/my/registrations/${stranger.registrationId}/month-report`;
    expect((await mine('POST', url, { kind: 'looking' })).status).toBe(404);
    await fixtures.sql("update registration set status = 'exited' where id = $1", [person.registrationId]);
    expect((await report({ kind: 'looking' })).body.code).toBe('registration.changed');
    expect((await mine('GET', '/api/my/month')).body.registration).toBeUndefined();
  });

  it('the database itself lets a worker write nothing but the own report into the service record', async () => {
    const { db } = fixtures.context;
    const me = workerActor(person.personId, person.name);
    const stranger = await fixtures.registration({ idNumber: drawIdentityNumber() });
    const put = (to: RegistrationMade) =>
      db.transaction(me, (tx) =>
        tx.run(
          putReport,
          '4108',
          newTenantId('4108', NOW),
          to.registrationId,
          to.personId,
          '410802',
          NOW,
          '2026-11',
          '王小明',
          '还在找工作。',
          'looking',
        ),
      );
    expect(await put(person)).toBe(1);
    await expect(put(stranger)).rejects.toThrow(/row-level security/);
    const other = {
      ...putReport,
      name: 'test.putVisit',
      text: putReport.text.replace("'selfReport'", "'visit'"),
    };
    const visit = db.transaction(me, (tx) =>
      tx.run(
        other,
        '4108',
        newTenantId('4108', NOW),
        person.registrationId,
        person.personId,
        '410802',
        NOW,
        '2026-11',
        '王小明',
        '',
        'looking',
      ),
    );
    await expect(visit).rejects.toThrow(/row-level security/);
  });
});

describe('correction', () => {
  const correct = (body: object) => mine('POST', `/api/my/registrations/${person.registrationId}/corrections`, body);
  const staffUrl = () => `/api/registrations/${person.registrationId}/corrections`;
  const fileOf = async () => {
    const [row] = await fixtures.sql<{ contact_sealed: Buffer; residence_division: string; mobile_hash: Buffer }>(
      'select contact_sealed, residence_division, mobile_hash from person where id = $1',
      [person.personId],
    );
    return {
      ...row,
      ...fixtures.context.crypto.open<{ mobile: string; residenceDetail: string }>(
        row?.contact_sealed ?? Buffer.alloc(0),
      ),
    };
  };

  it('A21-5a: a telephone applies at once, old and new are kept sealed, and the former number is told', async () => {
    const done = await correct({ mobile: '139 0000 5678', email: 'wang@example.cn' });
    expect(done).toMatchObject({ status: 200, body: { message: '已经更正。' } });
    expect(done.body.corrections[0]).toMatchObject({
      state: 'applied',
      changes: [
        { label: '手机号码', before: person.mobile, after: '13900005678' },
        { label: '电子邮箱', before: '', after: 'wang@example.cn' },
      ],
    });
    const file = await fileOf();
    expect(file).toMatchObject({ mobile: '13900005678', residenceDetail: '人民路2号院' });
    expect(file.mobile_hash).toEqual(fixtures.context.crypto.lookupHash('mobile', '13900005678'));
    const raw = JSON.stringify(
      await fixtures.sql('select * from correction where registration_id = $1', [person.registrationId]),
    );
    const rest = JSON.stringify([
      await fixtures.sql('select detail from registration_action where registration_id = $1', [person.registrationId]),
      await fixtures.sql('select detail, reason from audit_event where person_id = $1', [person.personId]),
      await fixtures.sql('select response from idempotency'),
    ]);
    for (const secret of ['13900005678', 'wang@', person.mobile]) {
      expect(raw).not.toContain(secret);
      expect(rest).not.toContain(secret);
    }
    const [told] = await fixtures.sql<{ to_sealed: Buffer; body: string }>(
      "select to_sealed, body from message where person_id = $1 and template = 'registration.corrected'",
      [person.personId],
    );
    expect(fixtures.context.crypto.open(told?.to_sealed ?? Buffer.alloc(0))).toBe(person.mobile);
    expect(told?.body).toContain('手机号码、电子邮箱');
  });

  it('A21-6a: facts for the monthly report are entered by either; the file says since when', async () => {
    const facts = async () =>
      (
        await fixtures.sql<{ hukou: string; veteran: boolean; updated_at: Date }>(
          'select hukou, veteran, updated_at from person where id = $1',
          [person.personId],
        )
      )[0];
    const before = await facts();
    const done = await ask(clerk, 'POST', staffUrl(), { hukou: '20', veteran: 'yes', reason: '本人来窗口说明' });
    expect(done.status).toBe(200);
    expect(done.body.corrections[0].changes).toEqual([
      { field: 'hukou', label: '户口性质', before: '', after: '农业' },
      { field: 'veteran', label: '退役军人', before: '', after: '是' },
    ]);
    const after = await facts();
    expect(after).toMatchObject({ hukou: '20', veteran: true });
    // A verification of a sealed report asks since when something is known (A21-6b).
    expect(after?.updated_at.getTime()).toBeGreaterThan(before?.updated_at.getTime() ?? 0);
    expect((await ask(clerk, 'POST', staffUrl(), { hukou: '50', reason: '本人来窗口说明' })).status).toBe(400);
    const mineToo = await correct({ veteran: 'no' });
    expect(mineToo.status).toBe(200);
    expect(await facts()).toMatchObject({ hukou: '20', veteran: false });
  });

  it('A21-6a: whether somebody lives in a town is entered, is unknown again after a move, and moves with an address that waits', async () => {
    const urban = async () =>
      (
        await fixtures.sql<{ u: boolean | null }>('select residence_urban as u from person where id = $1', [
          person.personId,
        ])
      )[0]?.u;
    expect((await correct({ residenceUrban: 'yes' })).status).toBe(200);
    expect(await urban()).toBe(true);
    await correct({ residence: { division: '410802', detail: '和平路5号' } });
    expect(await urban()).toBe(null);
    await ask(clerk, 'POST', staffUrl(), {
      residence: { division: '410802', detail: '和平路6号' },
      residenceUrban: 'yes',
      reason: '本人来窗口说明',
    });
    expect(await urban()).toBe(true);
    const waiting = await correct({ residence: { division: '410811', detail: '寨卜昌村9号' }, residenceUrban: 'no' });
    expect(await urban()).toBe(true);
    const question = waiting.body.corrections.find((one: { state: string }) => one.state === 'question');
    expect(question.changes.at(-1)).toEqual({
      field: 'residenceUrban',
      label: '常住地城乡',
      before: '城镇',
      after: '乡村',
    });
    const note = '电话核实过，确已搬家';
    await ask(clerk, 'POST', `/api/corrections/${question.id}/settle`, { accept: true, note });
    expect(await urban()).toBe(false);
    await correct({ residence: { division: '410802', detail: '人民路2号院' } });
    const back = await ask(clerk, 'GET', staffUrl());
    const again = back.body.corrections.find((one: { state: string }) => one.state === 'question');
    await ask(clerk, 'POST', `/api/corrections/${again.id}/settle`, { accept: true, note });
  });

  it('an address in another county waits for a clerk, who takes it over; the registration stays where it is', async () => {
    const done = await correct({ mobile: '13900005678', residence: { division: '410811', detail: '塔南路9号' } });
    expect(done.body.corrections.map((one: { state: string }) => one.state).sort()).toEqual(['applied', 'question']);
    expect(await fileOf()).toMatchObject({ mobile: '13900005678', residence_division: '410802' });
    const seen = await ask(clerk, 'GET', staffUrl());
    const asked = seen.body.corrections.find((one: { state: string }) => one.state === 'question');
    expect(asked.changes[0]).toMatchObject({
      before: expect.stringContaining('解放区'),
      after: expect.stringContaining('山阳区'),
    });
    expect(JSON.stringify(seen.body)).not.toContain('塔南路');
    expect(JSON.stringify(seen.body)).not.toContain('13900005678');
    const reveal = await ask(clerk, 'POST', `/api/corrections/${asked.id}/reveal`, { reason: '核实地址' });
    expect(reveal.body.changes[0]).toMatchObject({ after: expect.stringContaining('塔南路9号') });
    const looks = await fixtures.sql("select reason from audit_event where person_id = $1 and action = 'reveal'", [
      person.personId,
    ]);
    expect(looks).toEqual([{ reason: '核实地址' }]);
    const settle = (accept: boolean) =>
      ask(clerk, 'POST', `/api/corrections/${asked.id}/settle`, { accept, note: '电话核实过，确已搬家' });
    expect(await settle(true)).toMatchObject({
      status: 200,
      body: { message: expect.stringContaining('“转移登记”') },
    });
    expect(await fileOf()).toMatchObject({ residence_division: '410811', residenceDetail: '塔南路9号' });
    expect((await settle(false)).body.code).toBe('correction.notAllowed');
    expect(await fixtures.sql('select division from registration where id = $1', [person.registrationId])).toEqual([
      { division: '410802' },
    ]);
  });

  it('M79-2: what a clerk writes about an address that was left passes the forbidden grounds', async () => {
    await correct({ residence: { division: '410811', detail: '塔南路9号' } });
    const { body } = await ask(clerk, 'GET', staffUrl());
    const id = body.corrections[0].id;
    const left = (note: string) => ask(clerk, 'POST', `/api/corrections/${id}/settle`, { accept: false, note });
    expect((await left('请先提供离职证明再来更正')).body.code).toBe('decision.forbiddenGround');
    expect(await fixtures.sql('select kind from supervision_event where subject_id = $1', [id])).toEqual([
      { kind: 'forbiddenGround' },
    ]);
    expect((await left('电话核实，还没有搬')).status).toBe(200);
    expect(await fileOf()).toMatchObject({ residence_division: '410802' });
  });

  it('a clerk corrects with a reason; a field worker and a supervisor do not, another county finds nothing', async () => {
    const body = { mobile: '13700002222', reason: '本人来电更正' };
    expect((await ask(await fixtures.staff('fieldWorker', '410802'), 'POST', staffUrl(), body)).status).toBe(403);
    expect((await ask(supervisor, 'POST', staffUrl(), body)).status).toBe(403);
    expect((await ask(await fixtures.staff('clerk', '410803'), 'POST', staffUrl(), body)).status).toBe(404);
    const done = await ask(clerk, 'POST', staffUrl(), body);
    expect(done.body.corrections[0]).toMatchObject({
      who: '张经办',
      source: 'staff',
      reason: '本人来电更正',
      changes: [{ before: '138****1234', after: '137****2222' }],
    });
    const [own] = (await mine('GET', '/api/my/contact-data')).body.corrections;
    expect(own.changes[0]).toMatchObject({ before: person.mobile, after: '13700002222' });
  });

  it('what cannot be right is refused, and nothing is corrected after the exit', async () => {
    expect((await correct({ mobile: '12' })).body.code).toBe('correction.faulty');
    expect((await correct({ mobile: person.mobile })).body.message).toBe('没有要更正的内容。');
    await fixtures.sql("update registration set status = 'exited' where id = $1", [person.registrationId]);
    expect((await correct({ mobile: '13900005678' })).body.code).toBe('registration.changed');
  });
});

describe('objection', () => {
  const object = (subjectId: string, text = '我一直在找工作，没有上班') =>
    mine('POST', '/api/my/objections', { kind: 'exit', subjectId, text });
  const ended = async () => {
    await fixtures.sql("update registration set status = 'exited' where id = $1", [person.registrationId]);
    return fixtures.exit(person, { status: 'confirmed' });
  };

  it('a worker writes about an exit, a supervisor answers, the worker is told and reads it (M79-14)', async () => {
    const exit = await ended();
    expect((await mine('GET', '/api/my/objections')).body.subjects).toMatchObject([{ kind: 'exit', open: false }]);
    const sent = await object(exit);
    expect(sent).toMatchObject({ status: 201, body: { objection: { state: 'open' } } });
    expect(sent.body.message).toContain('我们会答复');
    expect((await object(exit, '再说一次')).body.code).toBe('objection.notAllowed');
    const { body } = await ask(supervisor, 'GET', '/api/objections');
    const listed = body.objections.find((one: { id: string }) => one.id === sent.body.objection.id);
    expect(listed).toMatchObject({
      name: person.name,
      officeName: '解放区公共就业服务中心',
      text: '我一直在找工作，没有上班',
    });
    const answer = (text: string, who = supervisor) =>
      ask(who, 'POST', `/api/objections/${listed.id}/answer`, { text });
    expect((await answer('请提供离职证明')).body.code).toBe('decision.forbiddenGround');
    expect((await answer('不行，这样不对', await fixtures.staff('auditor', '410800'))).status).toBe(403);
    expect((await answer('核实后认为您说得对，登记已恢复。')).status).toBe(200);
    expect((await answer('再答一次看看')).body.code).toBe('objection.notAllowed');
    expect((await mine('GET', '/api/my/objections')).body.objections[0]).toMatchObject({
      state: 'answered',
      answer: { who: '王督导', text: '核实后认为您说得对，登记已恢复。' },
    });
    const told = await fixtures.sql(
      "select 1 as one from message where person_id = $1 and template = 'objection.answered'",
      [person.personId],
    );
    expect(told).toEqual([{ one: 1 }]);
    expect((await ask(supervisor, 'GET', '/api/objections?state=answered')).body.objections).toHaveLength(1);
  });

  it('nobody objects for somebody else, nor to what was not decided', async () => {
    const stranger = await fixtures.registration({ registrationStatus: 'exited', idNumber: drawIdentityNumber() });
    const theirs = await fixtures.exit(stranger, { status: 'confirmed' });
    expect((await object(theirs)).status).toBe(404);
    expect((await object(await fixtures.exit(person, { status: 'proposed' }))).status).toBe(404);
  });

  it('another city sees none of it', async () => {
    const sent = await object(await ended());
    const away = await fixtures.staff('supervisor', '410102');
    expect((await ask(away, 'GET', '/api/objections')).body.objections).toEqual([]);
    const url = `/api/objections/${sent.body.objection.id}/answer`;
    expect((await ask(away, 'POST', url, { text: '核实后认为您说得对。' })).status).toBe(404);
  });
});
