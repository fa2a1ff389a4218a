import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures } from '../../../test/fixtures.ts';
import { staffActor } from '../../platform/session.ts';
import { type CaseFile, casefileHandlers, readCaseOfRegistration } from './index.ts';

describe('the case page', () => {
  let database: TestDatabase;
  let fixtures: Fixtures;
  let app: FastifyInstance;
  let clerk: string;
  const read = async (id: string, cookie = clerk) =>
    app.inject({ method: 'GET', url: `/api/applications/${id}`, headers: { cookie } });
  const file = async (id: string, cookie = clerk): Promise<CaseFile> => {
    const answer = await read(id, cookie);
    expect(answer.statusCode).toBe(200);
    return answer.json();
  };
  const allowed = (list: CaseFile['allowed'], action: string) => list.find((one) => one.action === action);

  beforeAll(async () => {
    database = await testDatabase();
    fixtures = await Fixtures.open(database);
    app = await testApp(fixtures.context, casefileHandlers(fixtures.context));
    clerk = await fixtures.staff('clerk', '410802', '李经办');
  });
  afterAll(async () => {
    await app.close();
    await fixtures.close();
    await database.drop();
  });

  it('shows the person and the form masked, without detailed addresses', async () => {
    const made = await fixtures.application({ mobile: '13812345678' });
    const answer = await read(made.applicationId);
    expect(answer.body).not.toContain(made.idNumber);
    expect(answer.body).not.toContain('13812345678');
    expect(answer.body).not.toContain('人民路2号院');
    const { person, application } = answer.json() as CaseFile;
    expect(person).toMatchObject({
      name: '王小明',
      mobileMasked: '138****5678',
      householdText: '河南省焦作市解放区',
      age: 41,
    });
    expect(person.idMasked).toMatch(/^410\*+.{4}$/);
    expect(application.form).toMatchObject({ mobile: '138****5678', email: 's***@example.cn', reason: '2' });
    expect(application.signaturePath).toBe('M 10 10 L 20 20');
  });

  it('M79-3a: the decision is due three working days after the submission, with the clause stored then', async () => {
    // Thursday 19 November 2026: Friday, Monday, Tuesday.
    const made = await fixtures.application({ submittedOn: '2026-11-19' });
    const { application } = await file(made.applicationId);
    expect(application.due).toMatchObject({ on: '2026-11-24', from: '2026-11-19', workingDays: 3, state: 'open' });
    expect(application.due.citation.clauseId).toBe('M79-3a');
  });

  it.each([
    ['2026-11-20', 'late'],
    ['2026-11-22', 'near'],
    ['2026-11-23', 'near'],
    ['2026-11-24', 'open'],
  ])('a decision due on %s is %s on Sunday the 22nd', async (dueOn, state) => {
    const made = await fixtures.application({ dueOn });
    expect((await file(made.applicationId)).application.due.state).toBe(state);
  });

  it('a decision made after its day stays late, one in time is met', async () => {
    const inTime = await fixtures.application({ status: 'refused', submittedOn: '2026-11-18' });
    expect((await file(inTime.applicationId)).application).toMatchObject({
      due: { state: 'met' },
      statusText: '不予登记',
      groundText: '已依法享受基本养老保险待遇',
      decidedBy: '李经办',
    });
    const late = await fixtures.application({ status: 'refused', submittedOn: '2026-11-18', dueOn: '2026-11-17' });
    expect((await file(late.applicationId)).application.due.state).toBe('late');
  });

  it('H122-2d: a finding is open until a later check settles it, and means nothing by itself', async () => {
    const made = await fixtures.application();
    const finding = await fixtures.check(made, {
      source: 'marketEntity',
      result: 'finding',
      finding: { says: 'inBusiness' },
    });
    await fixtures.check(made, { source: 'pension', result: 'silent', finding: { says: 'silent' } });
    const before = await file(made.applicationId);
    expect(before.openFindings).toBe(1);
    expect(before.checks.find((check) => check.id === finding)).toMatchObject({
      open: true,
      sourceText: '市场主体登记',
      mayMean: '从事个体经营、创办企业或民办非企业',
    });
    expect(allowed(before.allowed, 'registerApplication')?.allowed).toBe(true);
    expect(allowed(before.allowed, 'refuseApplication')).toMatchObject({ allowed: false, clause: 'M79-2f' });
    await fixtures.check(made, {
      source: 'statement',
      result: 'settled',
      byHand: true,
      settles: finding,
      finding: { established: 'nothing' },
    });
    expect((await file(made.applicationId)).openFindings).toBe(0);
  });

  it('an established ground stops registering and says which clause', async () => {
    const made = await fixtures.application();
    await fixtures.check(made, {
      source: 'investigation',
      result: 'settled',
      byHand: true,
      finding: { established: 'employed' },
    });
    const { allowed: list } = await file(made.applicationId);
    expect(allowed(list, 'registerApplication')).toMatchObject({ allowed: false, clause: 'A21-5e' });
    expect(allowed(list, 'refuseApplication')?.allowed).toBe(true);
  });

  it('A21-2d: a valid registration of the person is shown, and only then a duplicate may be closed', async () => {
    const first = await fixtures.registration({ submittedOn: '2026-10-12' });
    const again = await fixtures.application({ idNumber: first.idNumber });
    const repeated = await file(again.applicationId);
    expect(repeated.duplicates).toEqual([
      {
        applicationId: first.applicationId,
        registrationId: first.registrationId,
        number: first.registrationNumber,
        text: '在解放区公共就业服务中心有有效的失业登记',
      },
    ]);
    expect(allowed(repeated.allowed, 'closeDuplicate')?.allowed).toBe(true);
    expect(allowed(repeated.allowed, 'registerApplication')).toMatchObject({ allowed: false, clause: 'A21-2d' });
    const alone = await file((await fixtures.application()).applicationId);
    expect(alone.duplicates).toEqual([]);
    expect(allowed(alone.allowed, 'closeDuplicate')?.allowed).toBe(false);
  });

  it('the registration comes with contacts, lists, exits and what may be done about each', async () => {
    const made = await fixtures.registration({ submittedOn: '2026-11-16', registrationStatus: 'exitProposed' });
    const proposer = await fixtures.account('clerk', '410802', '李经办');
    await fixtures.contact(made, {
      outcome: 'contact',
      interview: { reason: '合同到期', skills: '电工', wishes: '本地工作', exitConditionsTold: true, class: 'A' },
    });
    await fixtures.exit(made, { status: 'awaitingReview', reason: '32', proposedBy: proposer });
    const { registration, history, allowed: list } = await file(made.applicationId);
    expect(registration).toMatchObject({
      number: made.registrationNumber,
      firstContact: { from: '2026-11-16', workingDays: 5, citation: { clauseId: 'H122-2f' } },
      contacts: [{ outcome: 'contact', interview: { wishes: '本地工作' }, lists: [] }],
      exits: [
        { status: 'awaitingReview', reasonText: '连续6个月无法取得联系', evidence: [{ kind: 'workerStatement' }] },
      ],
    });
    const [exit] = registration?.exits ?? [];
    expect(exit && allowed(exit.allowed, 'reviewExit')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('经办人员没有'),
    });
    expect(allowed(list, 'proposeExit')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('已有一份退出'),
    });
    expect(history.map((row) => row.text)).toEqual(['办好失业登记', '提交申请（网上服务大厅）']);
    const supervisor = await fixtures.staff('supervisor', '410800');
    const seen = await file(made.applicationId, supervisor);
    expect(seen.registration?.exits[0] && allowed(seen.registration.exits[0].allowed, 'reviewExit')?.allowed).toBe(
      true,
    );
    expect(allowed(seen.allowed, 'registerApplication')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('督导人员没有'),
    });
  });

  it('M79-4c: whoever proposed an exit may not review it', async () => {
    const made = await fixtures.registration({ registrationStatus: 'exitProposed' });
    const account = await fixtures.account('supervisor', '410802');
    await fixtures.exit(made, { status: 'awaitingReview', reason: '31', proposedBy: account });
    const actor = staffActor({ id: account, display_name: '周督导', role: 'supervisor', office: '410802' });
    const found = await fixtures.context.db.read(actor, (tx) =>
      readCaseOfRegistration(fixtures.context, tx, made.registrationId),
    );
    expect(allowed(found.registration?.exits[0]?.allowed ?? [], 'reviewExit')).toMatchObject({
      allowed: false,
      clause: 'M79-4c',
    });
  });

  it('H122-2d: a question is waited for until its day, then a person looks into it', async () => {
    const made = await fixtures.registration({ registrationStatus: 'exitProposed' });
    await fixtures.exit(made, { status: 'asked', answerDue: '2026-11-22' });
    const exits = async () => (await file(made.applicationId)).registration?.exits[0]?.allowed ?? [];
    expect(allowed(await exits(), 'confirmExit')).toMatchObject({ allowed: false, clause: 'H122-2d' });
    expect(allowed(await exits(), 'rejectExit')?.allowed).toBe(true);
    await fixtures.sql("update exit set answer_due = '2026-11-21' where registration_id = $1", [made.registrationId]);
    expect(allowed(await exits(), 'confirmExit')?.allowed).toBe(true);
  });

  it('a decided case says who decided it', async () => {
    const made = await fixtures.application({ status: 'withdrawn' });
    const { allowed: list } = await file(made.applicationId);
    expect(allowed(list, 'registerApplication')).toMatchObject({
      allowed: false,
      why: expect.stringContaining('由李经办'),
    });
    expect(list.every((one) => one.allowed || one.why)).toBe(true);
  });

  it('opening the page is recorded, with the person, for the person to see', async () => {
    const made = await fixtures.application();
    await file(made.applicationId);
    const rows = await fixtures.sql<{ action: string; person_id: string; actor_name: string }>(
      'select action, person_id, actor_name from audit_event where subject_id = $1',
      [made.applicationId],
    );
    expect(rows).toEqual([{ action: 'look', person_id: made.personId, actor_name: '李经办' }]);
  });

  it('a clerk of another county finds nothing, and nothing is recorded', async () => {
    const made = await fixtures.application();
    const stranger = await fixtures.staff('clerk', '410803');
    expect((await read(made.applicationId, stranger)).statusCode).toBe(404);
    expect(await fixtures.sql('select 1 from audit_event where subject_id = $1', [made.applicationId])).toEqual([]);
    expect((await read(made.applicationId, fixtures.worker(made))).statusCode).toBe(403);
    expect((await read(made.applicationId, '')).statusCode).toBe(401);
  });

  it('the case stays readable for its office when the person has moved to another county', async () => {
    const made = await fixtures.application({ status: 'refused', submittedOn: '2026-11-02' });
    await fixtures.sql("update person set office = '410803' where id = $1", [made.personId]);
    const { person } = await file(made.applicationId);
    expect(person).toMatchObject({ name: '王小明', householdText: '河南省焦作市解放区', mobileMasked: '138****1234' });
  });
});
