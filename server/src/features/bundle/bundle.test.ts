import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { drawIdentityNumber, NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { submissionOf } from '../../../test/submission.ts';
import type { Answer } from '../../platform/http.ts';
import { applicationHandlers } from '../application/index.ts';
import { difficultyHandlers } from '../difficulty/index.ts';
import { serviceHandlers } from '../service/index.ts';
import { bundleHandlers, workOnMatters } from './index.ts';

type File = Answer<'getMatters'>;
type Told = Answer<'askMatter'> & { code?: string; message: string };

let desk: Desk;
let clerk: string;
const noneWorks = '城镇零就业家庭成员';

beforeAll(async () => {
  desk = await openDesk(bundleHandlers, applicationHandlers, difficultyHandlers, serviceHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  clerk = await desk.staff('clerk', '410802', '张经办');
});

const work = () => workOnMatters(desk.fixtures.context, new AbortController().signal);
const fileOf = async (application: string, who = clerk) =>
  (await desk.get<File>(who, `/api/applications/${application}/matters`)).body;
const post = (path: string, body: object, who = clerk) => desk.post<Told>(who, path, body);
const part = (file: File, kind: string) => file.matters.find((one) => one.kind === kind)!;

/** A worker who applies for everything at once; the form stays annex 1. */
async function applied(also: object | null = { introduction: true, difficulty: noneWorks }, benefit = true) {
  const person = { name: '周小满', idNumber: drawIdentityNumber() };
  const worker = desk.fixtures.worker(person);
  const body = { ...submissionOf(person, desk.fixtures.now, { wantsBenefit: benefit }), ...(also ? { also } : {}) };
  const answer = await desk.post<Answer<'submitApplication'>>(worker, '/api/applications', body);
  expect(answer.status).toBe(201);
  return { worker, person, id: answer.body.id };
}
const register = async (id: string) => {
  const answer = await post(`/api/applications/${id}/register`, { version: 1, note: '' });
  expect(answer.status).toBe(200);
};

describe('one application', () => {
  it('A21-6a: takes down beside the form what only the monthly report asks for; what is not said stays not known', async () => {
    const factsOf = async (id: string) =>
      (
        await desk.fixtures.sql(
          'select p.hukou, p.veteran, p.residence_urban as urban from person p join application a on a.person_id = p.id where a.id = $1',
          [id],
        )
      )[0];
    const all = { hukou: '20', veteran: 'no', residenceUrban: 'no' };
    expect(await factsOf((await applied(all)).id)).toEqual({ hukou: '20', veteran: false, urban: false });
    expect(await factsOf((await applied({ veteran: 'yes' })).id)).toEqual({ hukou: null, veteran: true, urban: null });
    expect(await factsOf((await applied(null)).id)).toEqual({ hukou: null, veteran: null, urban: null });
  });

  it('M79-5a, H122-2e: asks for registration, introduction, benefit and recognition; each goes its own way once registered', async () => {
    const { id } = await applied();
    const before = await fileOf(id);
    expect(before.registering).toBe('open');
    expect(before.matters.map(({ kind, state }) => [kind, state])).toEqual(
      expect.arrayContaining([
        ['introduction', 'asked'],
        ['benefit', 'asked'],
        ['difficulty', 'asked'],
      ]),
    );
    await work();
    expect((await fileOf(id)).matters.every(({ state }) => state === 'asked')).toBe(true);
    await register(id);
    await work();
    const after = await fileOf(id);
    // Sunday 22 November: five working days are Friday 27.
    expect(part(after, 'introduction')).toMatchObject({ state: 'asked', todo: 'introduce', dueOn: '2026-11-27' });
    expect(part(after, 'benefit')).toMatchObject({ state: 'asked', todo: 'carry' });
    expect(part(after, 'difficulty')).toMatchObject({ state: 'forwarded', stateText: '待认定' });
    const [registration] = await desk.fixtures.sql<{ id: string }>(
      'select id from registration where application_id = $1',
      [id],
    );
    const { body } = await desk.get<Answer<'getDifficulty'>>(
      clerk,
      `/api/registrations/${registration!.id}/difficulty`,
    );
    expect(body.current).toMatchObject({ state: 'applied', category: noneWorks });
  });
  it('the recognition has one truth: what is decided there is what the part shows', async () => {
    const { id } = await applied({ introduction: false, difficulty: noneWorks }, false);
    await register(id);
    await work();
    const [row] = await desk.fixtures.sql<{ subject_id: string }>(
      "select subject_id from sub_matter where application_id = $1 and kind = 'difficulty'",
      [id],
    );
    await post(`/api/difficulties/${row!.subject_id}/decide`, {
      recognise: false,
      version: 1,
      reason: '家中已有两人就业',
    });
    expect(part(await fileOf(id), 'difficulty')).toMatchObject({ state: 'refused', reason: '家中已有两人就业' });
  });
  it('nothing beside the form: only the field of annex 1 opens the benefit (A21-4h), and none opens nothing', async () => {
    expect((await fileOf((await applied(null)).id)).matters.map(({ kind }) => kind)).toEqual(['benefit']);
    expect((await fileOf((await applied(null, false)).id)).matters).toEqual([]);
  });
  it('a category nobody knows is refused with the reason, the registration stands', async () => {
    const { id } = await applied({ difficulty: '没有这一类' }, false);
    await register(id);
    await work();
    expect(part(await fileOf(id), 'difficulty')).toMatchObject({
      state: 'refused',
      reason: expect.stringContaining('选一类'),
    });
    expect((await fileOf(id)).registering).toBe('registered');
  });
  it('withdrawn by the worker: what depends on it says so', async () => {
    const { id, worker } = await applied();
    await desk.fixtures.sql("update application set status = 'withdrawn' where id = $1", [id]);
    await desk.fixtures.sql('update sub_matter set next_try_at = $2 where application_id = $1', [
      id,
      desk.fixtures.now,
    ]);
    await work();
    const file = await fileOf(id);
    expect(file.matters.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    const mine = await desk.get<Answer<'getMyMatters'>>(worker, '/api/my/matters');
    expect(mine.body.matters[0]!.plain).toContain('已由本人撤回');
  });
  it('refusing the registration wakes the parts, which end with the reason', async () => {
    const { id } = await applied();
    const check = { source: 'pension', established: 'drawingPension', note: '本人说明已领取养老金' };
    await post(`/api/applications/${id}/checks`, check);
    const evidence = [{ kind: 'workerStatement', date: '2026-11-22', text: '本人来电说明' }];
    const body = { version: 1, ground: 'drawingPension', evidence, text: '' };
    expect((await post(`/api/applications/${id}/refuse`, body)).status).toBe(200);
    await work();
    expect(part(await fileOf(id), 'benefit')).toMatchObject({
      state: 'withdrawn',
      reason: expect.stringContaining('没有办成'),
    });
  });
});

describe('the introduction', () => {
  it('M79-3a: asked for after the first contact, is owed from today and not since long ago', async () => {
    const person = await desk.registered();
    await desk.fixtures.sql("update registration set first_contact_at = '2026-10-08T09:00+08' where id = $1", [
      person.registrationId,
    ]);
    await post(`/api/applications/${person.applicationId}/matters`, { kind: 'introduction', wish: '' });
    await work();
    // Sunday 22 November: five working days are Friday 27.
    expect(part(await fileOf(person.applicationId), 'introduction')).toMatchObject({
      todo: 'introduce',
      dueOn: '2026-11-27',
    });
  });
  it('A21-4c: stands in the worklist until it is made; it is a service with its result', async () => {
    const { id } = await applied({ introduction: true }, false);
    await register(id);
    await work();
    const list = async () =>
      (await desk.get<Answer<'getMatterWorklist'>>(clerk, '/api/worklists/matters?stage=introduce')).body.items;
    expect((await list()).filter(({ applicationId }) => applicationId === id)).toHaveLength(1);
    const one = part(await fileOf(id), 'introduction');
    const settle = { version: one.version, outcome: 'accepted', text: '介绍了城东物流园仓管岗位' };
    const { body } = await post(`/api/matters/${one.id}/settle`, settle);
    expect(part(body.file, 'introduction')).toMatchObject({ state: 'accepted', outcome: settle.text });
    expect((await list()).filter(({ applicationId }) => applicationId === id)).toEqual([]);
    expect(
      await desk.fixtures.sql(
        "select 1 from service_record s join registration r on r.id = s.registration_id where r.application_id = $1 and s.kind = 'introduction'",
        [id],
      ),
    ).toHaveLength(1);
  });
  it('M79-2c: our own words are checked', async () => {
    const { id } = await applied({ introduction: true }, false);
    await register(id);
    await work();
    const one = part(await fileOf(id), 'introduction');
    const bad = { version: one.version, outcome: 'refused', text: '没有提供毕业证书' };
    expect((await post(`/api/matters/${one.id}/settle`, bad)).body.code).toBe('decision.forbiddenGround');
  });
});

describe('without a line to the benefit system', () => {
  const carried = async () => {
    const { id, worker } = await applied(null);
    await register(id);
    await work();
    const one = part(await fileOf(id), 'benefit');
    await post(`/api/matters/${one.id}/carry`, { version: one.version, number: '4108SB0001' });
    return { id, worker, one: part(await fileOf(id), 'benefit') };
  };
  it('a clerk carries it, and its answer is recorded; the worker reads it in plain words', async () => {
    const { one, worker } = await carried();
    expect(one).toMatchObject({ state: 'forwarded', externalNumber: '4108SB0001', todo: 'answer' });
    const given = { version: one.version, outcome: 'refused', text: '缴费不满一年' };
    const { body } = await post(`/api/matters/${one.id}/settle`, given);
    expect(part(body.file, 'benefit')).toMatchObject({ state: 'refused', reason: '缴费不满一年' });
    expect(body.file.registering).toBe('registered');
    const mine = await desk.get<Answer<'getMyMatters'>>(worker, '/api/my/matters');
    expect(mine.body.matters[0]!.plain).toContain('您的失业登记和服务不受影响');
  });
  it('a page that is old, and an outcome that is faulty, are refused in words', async () => {
    const { one } = await carried();
    const old = await post(`/api/matters/${one.id}/settle`, { version: 1, outcome: 'refused', text: '缴费不满一年' });
    expect(old).toMatchObject({ status: 409, body: { code: 'matter.notAllowed' } });
    const faulty = await post(`/api/matters/${one.id}/settle`, {
      version: one.version,
      outcome: 'accepted',
      months: 30,
    });
    expect(faulty).toMatchObject({ status: 422, body: { code: 'matter.faulty' } });
    expect(faulty.body.message).toContain('1至24个月');
  });
});

describe('M79-2e: no outcome of a part touches anything else', () => {
  /** Registration, class, contacts, exits, claim of a person, as they lie in the database. */
  const everything = async ({ registrationId, personId }: RegistrationMade) =>
    JSON.stringify(
      await Promise.all([
        desk.fixtures.sql('select * from registration where id = $1', [registrationId]),
        desk.fixtures.sql('select * from registration_claim where registration_id = $1', [registrationId]),
        desk.fixtures.sql('select * from service_class where registration_id = $1 order by id', [registrationId]),
        desk.fixtures.sql('select * from contact where registration_id = $1 order by id', [registrationId]),
        desk.fixtures.sql('select * from exit where registration_id = $1 order by id', [registrationId]),
        desk.fixtures.sql('select * from application where person_id = $1 order by id', [personId]),
      ]),
    );
  const kinds = ['benefit', 'livingAllowance'] as const;
  const outcomes = [
    { outcome: 'accepted', months: 12, monthlyFen: 152000, from: '2026-11-20', text: '' },
    { outcome: 'refused', text: '缴费不满一年' },
  ] as const;
  it('whatever is asked for, carried, granted, refused or taken back (R035, R036)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            kind: fc.constantFrom(...kinds),
            outcome: fc.constantFrom(...outcomes),
            way: fc.constantFrom('settle', 'carry', 'withdraw'),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        async (acts) => {
          const person = await desk.registered({
            submittedOn: '2026-10-01',
            firstContactAt: new Date('2026-10-10T02:00:00Z'),
          });
          await desk.fixtures.contact(person, { outcome: 'contact' });
          await desk.fixtures.exit(person, { status: 'rejected' });
          const before = await everything(person);
          for (const { kind, outcome, way } of acts) {
            const consent = kind === 'livingAllowance' ? { consent: { on: '2026-11-20', how: 'counter' } } : {};
            await post(`/api/applications/${person.applicationId}/matters`, {
              kind,
              wish: '每月收入约八百元',
              ...consent,
            });
            await work();
            const one = (await fileOf(person.applicationId)).matters.findLast((row) => row.kind === kind);
            if (!one) continue;
            const { version } = one;
            if (way === 'withdraw') await post(`/api/matters/${one.id}/withdraw`, { version, reason: '本人说先不办' });
            else if (way === 'carry') await post(`/api/matters/${one.id}/carry`, { version });
            else await post(`/api/matters/${one.id}/settle`, { version, ...outcome });
          }
          expect(await everything(person)).toBe(before);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('who may', () => {
  it('asks later on: the worker for oneself only, staff of the range only; twice makes one', async () => {
    const { id, worker } = await applied(null, false);
    const ask = (who: string) => post(`/api/my/applications/${id}/matters`, { kind: 'benefit' }, who);
    const other = desk.fixtures.worker({ name: '别人', idNumber: drawIdentityNumber() });
    expect((await ask(other)).status).toBe(404);
    expect((await ask(worker)).status).toBe(200);
    expect((await ask(worker)).body.message).toContain('不用重复提出');
    const far = await desk.staff('clerk', '410803', '李远');
    expect((await desk.get(far, `/api/applications/${id}/matters`)).status).toBe(404);
    const { body } = await desk.get<Answer<'getMyMatters'>>(worker, '/api/my/matters');
    const [mine] = body.matters;
    const back = await post(`/api/my/matters/${mine!.id}/withdraw`, { version: mine!.version }, worker);
    expect(back.body.message).toContain('登记不受影响');
  });
  it('M79-5b: a referral to civil affairs only with consent; it stays in sight until it is answered', async () => {
    const person = await desk.registered();
    const ask = (body: object) =>
      post(`/api/applications/${person.applicationId}/matters`, { kind: 'livingAllowance', ...body });
    expect((await ask({ wish: '每月收入约八百元' })).body.message).toContain('同意');
    const { body } = await ask({ wish: '每月收入约八百元', consent: { on: '2026-11-20', how: 'visit' } });
    expect(part(body.file, 'livingAllowance')).toMatchObject({ state: 'asked', consent: { how: 'visit' } });
    await work();
    const one = part(await fileOf(person.applicationId), 'livingAllowance');
    await post(`/api/matters/${one.id}/carry`, { version: one.version });
    const list = await desk.get<Answer<'getMatterWorklist'>>(clerk, '/api/worklists/matters?stage=answer');
    expect(list.body.items.map(({ applicationId }) => applicationId)).toContain(person.applicationId);
  });
});
