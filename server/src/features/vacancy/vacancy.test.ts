import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures } from '../../../test/fixtures.ts';
import { vacancyHandlers } from './index.ts';
import { vacanciesByName } from './vacancy.sql.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
let clerk: string;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(fixtures.context, vacancyHandlers(fixtures.context));
  clerk = await fixtures.staff('clerk', '410802', '张经办');
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

const good = {
  employerName: '焦作市东方机械厂',
  employerCode: '',
  employerRef: '',
  title: '数控车工',
  occupation: '618',
  workDivision: '410802',
  workPlace: '工业路1号',
  wageFrom: 4000,
  wageTo: 6000,
  education: 2,
  skill: 2,
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
const enter = async (change: Partial<typeof good> = {}) =>
  (await post('/api/vacancies', { ...good, ...change })).body.vacancy;

describe('vacancies at a counter', () => {
  it('A21-4d: is entered once, however often the request arrives, with a number and an audit row', async () => {
    const key = randomUUID();
    const first = await post('/api/vacancies', good, clerk, key);
    const again = await post('/api/vacancies', good, clerk, key);
    expect(first.status).toBe(201);
    expect(first.body.vacancy).toMatchObject({ number: '410800000001', valid: true, mayChange: true, version: 1 });
    expect(again.body.vacancy.id).toBe(first.body.vacancy.id);
    expect(await fixtures.sql('select count(*)::int as n from vacancy')).toEqual([{ n: 1 }]);
    expect(await fixtures.sql("select 1 from audit_event where action = 'vacancy.manage'")).toHaveLength(1);
  });

  it('faults come back field by field, a discriminatory condition among them', async () => {
    const { status, body } = await post('/api/vacancies', { ...good, title: '', description: '限男性' });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'vacancy.faulty', message: '岗位信息有2处需要修改。' });
    expect(body.fields.map(({ field }: { field: string }) => field)).toEqual(['title', 'description']);
  });

  it('what is doubtful is kept with its warning and found by it', async () => {
    const { id, warnings } = await enter({ title: '夜班分拣', description: '18至45岁' });
    expect(warnings).toMatchObject([{ kind: 'age' }]);
    const { items } = await get('/api/vacancies?doubted=yes');
    expect(items.map((one: { id: string }) => one.id)).toEqual([id]);
  });

  it('an employer’s own number leads to the vacancy that has it', async () => {
    const known = await enter({ employerRef: 'GW-7' });
    const { status, body } = await post('/api/vacancies', { ...good, employerRef: 'GW-7' });
    expect(status).toBe(409);
    expect(body.detail).toEqual({ id: known.id });
  });

  it('keeps who changed what; a stale page changes nothing', async () => {
    const { id } = await enter();
    const colleague = await fixtures.staff('clerk', '410802', '李经办');
    const fields = { ...good, wageTo: 6500 };
    const changed = await post(`/api/vacancies/${id}/changes`, { fields, version: 1 }, colleague);
    expect(changed.body.vacancy).toMatchObject({ wageTo: 6500, version: 2 });
    expect(changed.body.vacancy.changes[0]).toMatchObject({
      who: '李经办',
      text: '修改',
      fields: [{ label: '月工资上限', before: '6000', after: '6500' }],
    });
    const stale = await post(`/api/vacancies/${id}/changes`, { fields, version: 1 });
    expect(stale.body).toMatchObject({ code: 'vacancy.changed' });
    expect(stale.body.message).toContain('李经办');
  });

  it('is closed with a reason and opened again; ended by date without any job', async () => {
    const { id } = await enter({ title: '临时工', validTo: '2026-11-27' });
    expect((await post(`/api/vacancies/${id}/state`, { state: 'closed', version: 1 })).body.message).toContain('原因');
    const closed = await post(`/api/vacancies/${id}/state`, { state: 'closed', reason: '已招满', version: 1 });
    expect(closed.body.vacancy).toMatchObject({ valid: false, stateText: '已关闭', closedReason: '已招满' });
    const open = await post(`/api/vacancies/${id}/state`, { state: 'open', version: 2 });
    expect(open.body.vacancy).toMatchObject({ valid: true });
    const before = fixtures.now;
    fixtures.now = new Date('2026-11-28T02:00:00Z');
    const later = await fixtures.staff('clerk', '410802');
    expect(await get(`/api/vacancies/${id}`, later)).toMatchObject({ valid: false, stateText: '已过有效期' });
    const reopened = await post(`/api/vacancies/${id}/state`, { state: 'closed', reason: '过期', version: 3 }, later);
    const refused = await post(
      `/api/vacancies/${id}/state`,
      { state: 'open', version: reopened.body.vacancy.version },
      later,
    );
    expect(refused.body.message).toContain('有效期已过');
    fixtures.now = before;
  });

  it('is found by the beginning of employer or title, in characters, pinyin and initials, and by number', async () => {
    const { id, number } = await enter({ employerName: '焦作市云台餐饮公司', title: '面点师', occupation: '403' });
    for (const q of ['焦作市云台', '面点', 'jiaozuoshiyuntai', 'jzsyt', 'miandian', 'mds', number]) {
      const { items } = await get(`/api/vacancies?q=${encodeURIComponent(q)}`);
      expect(
        items.map((one: { id: string }) => one.id),
        q,
      ).toContain(id);
    }
    expect((await get('/api/vacancies?q=%25')).items).toEqual([]);
  });

  it('pages, newest first, without repeating', async () => {
    const seen: string[] = [];
    let after = '';
    for (let i = 0; i < 20; i += 1) {
      const body = await get(`/api/vacancies?state=all&limit=2${after && `&after=${after}`}`);
      seen.push(...body.items.map((one: { number: string }) => one.number));
      after = body.next ?? '';
      if (!after) break;
    }
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(5);
  });
});

describe('who may', () => {
  it('another county reads a vacancy and may not change it; the database says so again', async () => {
    const { id } = await enter();
    const other = await fixtures.staff('clerk', '410803');
    expect(await get(`/api/vacancies/${id}`, other)).toMatchObject({ mayChange: false });
    const refused = await post(`/api/vacancies/${id}/state`, { state: 'closed', reason: '试试', version: 1 }, other);
    expect(refused.body).toMatchObject({ code: 'vacancy.notAllowed' });
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    await client.query(
      "begin; set local yingdeng.role='clerk'; set local yingdeng.lo='410803'; set local yingdeng.hi='410804'",
    );
    const { rowCount } = await client.query("update vacancy set title = '别人的' where id = $1", [id]);
    expect(rowCount).toBe(0);
    await client.end();
  });

  it('a field worker reads and does not enter', async () => {
    const field = await fixtures.staff('fieldWorker', '410802');
    expect((await post('/api/vacancies', good, field)).status).toBe(403);
    expect((await get('/api/vacancies', field)).items.length).toBeGreaterThan(0);
  });

  it('as the application role a search descends its indexes', async () => {
    await fixtures.sql(
      `insert into vacancy select (jsonb_populate_record(v, jsonb_build_object('id', gen_random_uuid(), 'number', '4108' || 90000000 + n,
         'source_key', null, 'employer_name', '单位' || n, 'title', '岗位' || n))).* from (select v from vacancy v limit 1) one, generate_series(1, 3000) n`,
    );
    await fixtures.sql('analyze vacancy');
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    await client.query(
      "begin; set local yingdeng.role='clerk'; set local yingdeng.lo='410802'; set local yingdeng.hi='410803'; set local enable_seqscan=off",
    );
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${vacanciesByName.text}`, [
      ['4108'],
      20,
      '焦',
      '焧',
      true,
      '2026-11-26',
      '0',
      ':',
    ]);
    await client.end();
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('vacancy_employer');
    expect(plan).toContain('vacancy_title');
    expect(plan).not.toContain('Seq Scan on vacancy');
  });
});
