import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures, type RegistrationMade } from '../../../test/fixtures.ts';
import { vacancyHandlers } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
let clerk: string;
let person: RegistrationMade;
let vacancyId: string;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(fixtures.context, vacancyHandlers(fixtures.context));
  clerk = await fixtures.staff('clerk', '410802', '张经办');
  vacancyId = (await post('/api/vacancies', vacancy)).body.vacancy.id;
  await post('/api/vacancies', { ...vacancy, title: '会计', occupation: '206', workDivision: '410803', education: 4 });
});
beforeEach(async () => {
  person = await fixtures.registration({ submittedOn: '2026-10-08', idNumber: drawIdentityNumber() });
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

const vacancy = {
  employerName: '焦作市东方机械厂',
  employerCode: '',
  employerRef: '',
  title: '普工',
  occupation: '631',
  workDivision: '410802',
  workPlace: '工业路1号',
  wageFrom: 4000,
  wageTo: 6000,
  education: 0,
  skill: 0,
  posts: 3,
  kind: 'fullTime',
  telephone: '0391-3569000',
  description: '',
  validFrom: '2026-11-20',
  validTo: '2026-12-20',
};
const post = async (url: string, payload: object, cookie = clerk, key: string = randomUUID()) => {
  fixtures.now = new Date(fixtures.now.getTime() + 1000);
  const reply = await app.inject({ method: 'POST', url, payload, headers: { cookie, 'idempotency-key': key } });
  return { status: reply.statusCode, body: reply.json() };
};
const get = async (url: string, cookie = clerk) => (await app.inject({ url, headers: { cookie } })).json();
const wish = { wishes: ['631'], trained: ['618'], wage: 4000, skill: 1 };
const refer = (of = person, more: object = {}) =>
  post(`/api/registrations/${of.registrationId}/referrals`, { vacancyId, means: 'counter', consent: true, ...more });
const settle = (referral: { id: string; version: number }, outcome: object) =>
  post(`/api/referrals/${referral.id}/result`, { means: 'telephone', version: referral.version, ...outcome });
const list = async (query = '', cookie = clerk) => get(`/api/worklists/referrals${query}`, cookie);

describe('what a person looks for', () => {
  it('M79-3b, A21-4b: is read from form and interview until somebody says it in occupations', async () => {
    await fixtures.sql(
      `update application set form = form || '{"wishes":["叉车司机","随便"],"qualifications":["电工 四级"]}' where id = $1`,
      [person.applicationId],
    );
    await fixtures.contact(person, {
      outcome: 'contact',
      interview: { reason: '', skills: '普工，会一般设备操作', wishes: '月薪三千五以上的工厂岗位' },
    });
    const read = await get(`/api/registrations/${person.registrationId}/matches`);
    expect(read.wish).toMatchObject({
      source: 'read',
      wishes: ['630'],
      trained: ['631'],
      wage: 3500,
      skill: 2,
      unread: ['随便', '月薪三千五以上的工厂岗位'],
    });
    const said = await post(`/api/registrations/${person.registrationId}/job-wish`, wish);
    expect(said.body.matching.wish).toMatchObject({ source: 'said', wishes: ['631'], trained: ['618'], wage: 4000 });
    const wrong = await post(`/api/registrations/${person.registrationId}/job-wish`, { ...wish, wishes: ['999'] });
    expect(wrong.body.code).toBe('referral.faulty');
  });

  it('A21-4d: the best come first, each with its reasons and what is not met', async () => {
    await post(`/api/registrations/${person.registrationId}/job-wish`, wish);
    const { matches, looked, valid } = await get(`/api/registrations/${person.registrationId}/matches`);
    expect({ looked, valid }).toEqual({ looked: 1, valid: 2 });
    expect(matches[0]).toMatchObject({ score: 100, cautions: [], vacancy: { title: '普工' } });
    expect(matches[0].points.map(({ why }: { why: string }) => why)).toContain('正是您想找的工作');
  });

  it('sex, age and household registration change nothing', async () => {
    await post(`/api/registrations/${person.registrationId}/job-wish`, wish);
    const before = await get(`/api/registrations/${person.registrationId}/matches`);
    await fixtures.sql(
      "update person set sex = '2', birth_date = '1966-01-01', household_division = '210302' where id = $1",
      [person.personId],
    );
    expect((await get(`/api/registrations/${person.registrationId}/matches`)).matches).toEqual(before.matches);
  });
});

describe('a referral', () => {
  it('A21-4d: needs consent, is one while open, and comes back as a due item', async () => {
    expect((await refer(person, { consent: false })).body.message).toContain('征得本人同意');
    const { status, body } = await refer();
    expect(status).toBe(200);
    expect(body.matching.referrals[0]).toMatchObject({ state: 'open', title: '普工', askDue: '2026-12-04' });
    expect(body.matching.referrals[0].clause.clauseId).toBe('M79-3b');
    expect((await refer()).body).toMatchObject({ code: 'referral.notAllowed' });
    const { items, counts } = await list();
    expect(items.some((one: { registrationId: string }) => one.registrationId === person.registrationId)).toBe(true);
    expect(counts.open).toBe(items.length);
    expect((await list('', await fixtures.staff('clerk', '410803'))).items).toEqual([]);
  });

  it('A21-4a, A21-5a: the referral and the question afterwards stand in the service record', async () => {
    const made = await refer();
    await settle(made.body.matching.referrals[0], { result: 'notHired', reason: '单位说招满了' });
    const kept = await fixtures.sql(
      'select kind, content, result, outcome from service_record where registration_id = $1 order by at, kind desc',
      [person.registrationId],
    );
    expect(kept).toMatchObject([
      { kind: 'matching', result: 'going', content: expect.stringContaining('推荐岗位：') },
      { kind: 'askedAfterwards', result: 'done', outcome: '未录用。' },
    ]);
  });

  it('counts agree with the lists, state by state', async () => {
    await refer();
    await fixtures.sql("update referral set ask_due = '2026-11-01' where registration_id = $1", [
      person.registrationId,
    ]);
    const { counts } = await list();
    for (const state of ['near', 'late', 'told'] as const)
      expect((await list(`?state=${state}&limit=100`)).items.length, state).toBe(counts[state]);
    expect(counts.late).toBeGreaterThan(0);
  });

  it('ended vacancies and ended registrations are not referred to', async () => {
    const gone = (await post('/api/vacancies', { ...vacancy, title: '保安', occupation: '407' })).body.vacancy;
    await post(`/api/vacancies/${gone.id}/state`, { state: 'closed', reason: '招满', version: 1 });
    expect((await refer(person, { vacancyId: gone.id })).body.message).toContain('已经结束');
    const left = await fixtures.registration({ registrationStatus: 'exited', idNumber: drawIdentityNumber() });
    expect((await refer(left)).body.code).toBe('referral.notAllowed');
  });

  it('M79-4c: a refusal is kept with a person’s judgement and changes nothing else', async () => {
    const [referral] = (await refer()).body.matching.referrals;
    const wrong = await settle(referral, { result: 'declined', reason: '太远', withoutGoodReason: true });
    expect(wrong.body).toMatchObject({ code: 'referral.faulty', clause: 'M79-4c' });
    const kept = await settle(referral, {
      result: 'declined',
      reason: '说家里有事，问过没有具体困难',
      suitable: true,
      withoutGoodReason: true,
    });
    expect(kept.body.referral).toMatchObject({ state: 'declined', suitable: true, withoutGoodReason: true });
    expect(await fixtures.sql('select status from registration where id = $1', [person.registrationId])).toEqual([
      { status: 'active' },
    ]);
    expect(await fixtures.sql('select 1 from exit where registration_id = $1', [person.registrationId])).toEqual([]);
    expect((await settle(referral, { result: 'notHired', reason: '满员' })).body.code).toBe('referral.changed');
  });

  it('M79-4b: somebody taken on stays registered; the exit asks the person first, and only when asked for', async () => {
    const [referral] = (await refer()).body.matching.referrals;
    const key = randomUUID();
    const body = {
      means: 'telephone',
      version: referral.version,
      result: 'hired',
      startedOn: '2026-11-22',
      proposeExit: true,
    };
    const once = await post(`/api/referrals/${referral.id}/result`, body, clerk, key);
    const twice = await post(`/api/referrals/${referral.id}/result`, body, clerk, key);
    expect(once.body.message).toContain('已先询问本人');
    expect(twice.status).toBe(200);
    const exits = await fixtures.sql('select id, status, reason from exit where registration_id = $1', [
      person.registrationId,
    ]);
    expect(exits).toMatchObject([{ status: 'asked', reason: '11' }]);
    expect(twice.body.referral.exitId).toBe(exits[0]?.id);
  });

  it('the result stands also when an exit is under way already', async () => {
    await fixtures.exit(person);
    await fixtures.sql("update registration set status = 'exitProposed' where id = $1", [person.registrationId]);
    const [referral] = (await refer()).body.matching.referrals;
    const { status, body } = await settle(referral, { result: 'hired', startedOn: '2026-11-22', proposeExit: true });
    expect(status).toBe(200);
    expect(body.message).toContain('没有提出退出');
    expect(body.referral.state).toBe('hired');
  });
});

describe('the worker', () => {
  it('A21-4d: sees what fits, tries one, says how it went; the office keeps the result', async () => {
    const cookie = fixtures.worker(person);
    const own = `/api/my/registrations/${person.registrationId}`;
    expect((await post(`${own}/job-wish`, wish, cookie)).body.matching.matches[0].vacancy.title).toBe('普工');
    const tried = await post(`${own}/referrals`, { vacancyId }, cookie);
    expect(tried.body.matching.referrals[0]).toMatchObject({ meansText: '本人自荐', state: 'open' });
    expect((await get('/api/my/jobs', cookie)).matching.matches[0].referred).toBe(true);
    const [{ id }] = tried.body.matching.referrals;
    const told = await post(`/api/my/referrals/${id}/told`, { result: 'hired' }, cookie);
    expect(told.body.referral).toMatchObject({ state: 'open', told: { result: 'hired' } });
    expect((await list('?state=told')).items.map((one: { referral: { id: string } }) => one.referral.id)).toContain(id);
    expect(await fixtures.sql('select 1 from exit where registration_id = $1', [person.registrationId])).toEqual([]);
  });

  it('reaches nobody else’s, by the interface and by the database', async () => {
    const [referral] = (await refer()).body.matching.referrals;
    const other = await fixtures.registration({ idNumber: drawIdentityNumber() });
    const cookie = fixtures.worker(other);
    expect((await post(`/api/my/referrals/${referral.id}/told`, { result: 'hired' }, cookie)).status).toBe(404);
    const foreign = `/api/my/registrations/${person.registrationId}/referrals`;
    expect((await post(foreign, { vacancyId }, cookie)).status).toBe(404);
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    const as = (id: string) =>
      client.query(`begin; set local yingdeng.role='worker'; set local yingdeng.lo='~'; set local yingdeng.hi='';
        set local yingdeng.person='${id}'`);
    await as(other.personId);
    expect((await client.query('select 1 from referral where id = $1', [referral.id])).rowCount).toBe(0);
    await client.query('rollback');
    await as(person.personId);
    // The own referral may be told about, never settled.
    await expect(
      client.query("update referral set state = 'hired', settled_at = now() where id = $1", [referral.id]),
    ).rejects.toThrow(/row-level security/);
    await client.query('rollback');
    await client.end();
  });

  it('without a valid registration there is nothing', async () => {
    const cookie = fixtures.worker({ name: '王小明', idNumber: drawIdentityNumber() });
    expect(await get('/api/my/jobs', cookie)).toEqual({});
  });
});
