import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { creditHandlers } from './index.ts';

type Told = Answer<'proposeCredit'>;

let desk: Desk;
let clerk: string;
let supervisor: string;
let person: RegistrationMade;

beforeAll(async () => {
  desk = await openDesk(creditHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  // Anshan's notice is what puts false information on record (A21-5c).
  await desk.fixtures.sql(
    `insert into office (code, kind, name, address, telephone, business, responsible_person)
     values ('210302', 'county', '铁东区公共就业服务中心', '人民路1号', '0412-3569000', '失业登记', '王主任') on conflict do nothing`,
  );
  await desk.fixtures.context.reference.refresh(desk.fixtures.context.db);
  clerk = await desk.staff('clerk', '210302', '张经办');
  supervisor = await desk.staff('supervisor', '210302', '赵科长');
  person = await desk.registered({ office: '210302' });
});

const fraud = {
  cause: 'fraud',
  yuan: 3000,
  months: 2,
  refuses: false,
  evidence: '比对显示十月已在单位参保，仍领取待遇',
};
const propose = (body: object = fraud, who = clerk) =>
  desk.post<Told>(who, `/api/registrations/${person.registrationId}/credit`, body);
const decide = (id: string, body: object, who = supervisor) =>
  desk.post<Told>(who, `/api/credit-records/${id}/decide`, body);
const say = (id: string, text: string, of = person) =>
  desk.post<{ message: string }>(desk.fixtures.worker(of), `/api/my/credit/${id}`, { text });
const mine = async () =>
  (await desk.get<Answer<'getMyCredit'>>(desk.fixtures.worker(person), '/api/my/credit')).body.records;

describe('a credit record', () => {
  it('A21-5c, A21-8a: what may be proposed is what the law of the place puts on record: in Henan nothing', async () => {
    const asked = async (of: { registrationId: string }, who: string) =>
      (await desk.get<Answer<'getCredit'>>(who, `/api/registrations/${of.registrationId}/credit`)).body.mayPropose;
    expect(await asked(person, clerk)).toEqual(['falseForm', 'fraud', 'overclaim']);
    expect(await asked(person, supervisor)).toEqual([]);
    const elsewhere = await desk.registered({ office: '410802' });
    expect(await asked(elsewhere, await desk.staff('clerk', '410802'))).toEqual([]);
  });

  it('A21-8a, M79-2: a false form is an internal note at once, told to the person; the registration stays', async () => {
    const { body } = await propose({
      cause: 'falseForm',
      yuan: 0,
      months: 0,
      refuses: false,
      evidence: '失业时间与参保记录不一致',
    });
    expect(body.credit.records[0]).toMatchObject({ level: 'note', state: 'inForce', expiresOn: '2027-11-21' });
    expect(await desk.messagesTo(person)).toContain('credit.settled');
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'active' });
    expect(await mine()).toMatchObject([{ level: 'note', evidence: '失业时间与参保记录不一致', may: ['object'] }]);
  });
  it('A21-5c: notice, hearing, decision by a second person, objection, repair', async () => {
    const proposed = (await propose()).body.credit.records[0]!;
    expect(proposed).toMatchObject({ level: 'record', state: 'noticed', answerDue: '2026-11-27' });
    expect(await desk.messagesTo(person)).toContain('credit.noticed');
    const { id } = proposed;
    const list = await desk.get<Answer<'getCreditWorklist'>>(supervisor, '/api/worklists/credit');
    expect(list.body.items.filter((one) => one.id === id)).toMatchObject([{ answered: false }]);
    const early = await decide(id, { version: 1, holds: true, text: '证据清楚，应当记录' });
    expect(early.status).toBe(409);
    expect((await say(id, '我已经把钱退回去了')).status).toBe(200);
    const held = await decide(id, { version: 2, holds: true, text: '核实后事实清楚' });
    expect(held.body.credit.records[0]).toMatchObject({
      state: 'inForce',
      decidedBy: '赵科长',
      expiresOn: '2029-11-21',
    });
    expect((await say(id, '钱是单位误报造成的')).status).toBe(200);
    // Who has decided does not answer the objection.
    expect((await decide(id, { version: 4, holds: true, text: '维持原来的决定' })).status).toBe(409);
    const other = await desk.staff('supervisor', '210302', '钱主任');
    const kept = await decide(id, { version: 4, holds: true, text: '单位说明属实，但待遇应退' }, other);
    expect(kept.body.credit.records[0]).toMatchObject({
      state: 'inForce',
      objectionAnswer: '单位说明属实，但待遇应退',
    });
    const repaired = await desk.post<Told>(supervisor, `/api/credit-records/${id}/repair`, {
      version: 5,
      text: '款项已全部退回',
    });
    expect(repaired.body.credit.records[0]).toMatchObject({ state: 'repaired', may: [] });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'active' });
  });
  it('A21-5c: an objection has a day, stands on the list until it is answered, and names nobody who decided', async () => {
    await propose({ cause: 'falseForm', yuan: 0, months: 0, refuses: false, evidence: '失业时间与参保记录不一致' });
    const { id } = (await mine())[0]!;
    const listed = async (who = supervisor) =>
      (await desk.get<Answer<'getCreditWorklist'>>(who, '/api/worklists/credit')).body.items.filter(
        (one) => one.id === id,
      );
    expect(await listed()).toEqual([]);
    expect((await say(id, '那个月我还没有工作')).status).toBe(200);
    // Sunday 22 November: ten working days are Friday 4 December.
    expect(await mine()).toMatchObject([{ objectionDue: '2026-12-04', may: [] }]);
    expect(await listed()).toMatchObject([{ objected: true, dueOn: '2026-12-04', levelText: '提示' }]);
    const answered = await decide(id, { version: 2, holds: false, text: '核实后本人说法属实' });
    expect(answered.body.credit.records[0]).toMatchObject({ state: 'revoked' });
    expect(await listed()).toEqual([]);
  });
  it('A21-5c: holds to its last day and no longer, without anything being written', async () => {
    await propose({ cause: 'falseForm', yuan: 0, months: 0, refuses: false, evidence: '失业时间与参保记录不一致' });
    const rows = () => desk.fixtures.sql('select * from credit_record where person_id = $1', [person.personId]);
    const before = await rows();
    desk.fixtures.now = new Date('2027-11-21T02:00:00Z');
    expect(await mine()).toMatchObject([{ expired: false, may: ['object'] }]);
    desk.fixtures.now = new Date('2027-11-22T02:00:00Z');
    expect(await mine()).toMatchObject([{ expired: true, expiresOn: '2027-11-21', may: [] }]);
    const { id } = (await mine())[0]!;
    const late = await say(id, '那个月我还没有工作');
    expect(late).toMatchObject({ status: 409, body: { message: '这条记录已于2027-11-21到期，不再有效。' } });
    supervisor = await desk.staff('supervisor', '210302', '赵科长');
    const repair = await desk.post<Told>(supervisor, `/api/credit-records/${id}/repair`, {
      version: 1,
      text: '已经改正',
    });
    expect(repair.status).toBe(409);
    expect(await rows()).toEqual(before);
  });
  it('A21-5c: keeps the terms of the day it was proposed on when the law changes before the decision', async () => {
    const { id } = (await propose()).body.credit.records[0]!;
    const terms = { seriousYuan: 1, seriousMonths: 1, answerWorkingDays: 1, noteMonths: 1, recordMonths: 1 };
    await desk.fixtures.sql(
      `insert into provision (id, parameter, value, division, level, document, document_title, clause, clause_id, valid_from, added_at)
       select 'test:creditLimits', parameter, $1::jsonb, division, level, document, document_title, clause, clause_id, date '2026-11-23', added_at
       from provision where parameter = 'creditLimits' limit 1`,
      [JSON.stringify(terms)],
    );
    await desk.fixtures.context.reference.refresh(desk.fixtures.context.db);
    await say(id, '我已经把钱退回去了');
    desk.fixtures.now = new Date('2026-11-24T02:00:00Z');
    supervisor = await desk.staff('supervisor', '210302', '赵科长');
    const { body } = await decide(id, { version: 2, holds: true, text: '核实后事实清楚' });
    expect(body.credit.records[0]).toMatchObject({ level: 'record', expiresOn: '2029-11-23' });
  });
  it('is decided without an answer once its time is over, and may be dropped', async () => {
    const { id } = (await propose()).body.credit.records[0]!;
    desk.fixtures.now = new Date('2026-11-28T02:00:00Z');
    supervisor = await desk.staff('supervisor', '210302', '赵科长');
    const { body } = await decide(id, { version: 1, holds: false, text: '款项数额有误' });
    expect(body.credit.records[0]).toMatchObject({ state: 'dropped' });
    expect((await say(id, '我没有异议了')).status).toBe(409);
  });
  it('a clerk never decides; nobody of another county or without the role sees it; another worker neither', async () => {
    const { id } = (await propose()).body.credit.records[0]!;
    expect((await decide(id, { version: 1, holds: true, text: '事实清楚' }, clerk)).status).toBe(403);
    const field = await desk.staff('fieldWorker', '210302', '孙专员');
    expect((await desk.get(field, `/api/registrations/${person.registrationId}/credit`)).status).toBe(403);
    const stranger = await desk.staff('supervisor', '410803', '刘科长');
    expect((await decide(id, { version: 1, holds: true, text: '事实清楚' }, stranger)).status).toBe(404);
    const other = await desk.registered({ office: '210302' });
    expect((await say(id, '这不是我的记录', other)).status).toBe(404);
  });
  it('Henan’s law puts nothing on record: there the law is silent', async () => {
    const here = await desk.registered();
    const local = await desk.staff('clerk', '410802', '李经办');
    const { status, body } = await desk.post<Told>(local, `/api/registrations/${here.registrationId}/credit`, fraud);
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'law.silent' });
  });
});
