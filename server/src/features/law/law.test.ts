import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures } from '../../../test/fixtures.ts';
import { publicHandlers, seedLists } from '../public/index.ts';
import { lawHandlers } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: Awaited<ReturnType<typeof testApp>>;
let city: string;
let keys = 0;

async function send(method: 'GET' | 'POST', url: string, cookie: string, payload?: object, key?: string) {
  keys += 1;
  const headers = { cookie, 'idempotency-key': key ?? `law-test-${keys}` };
  const reply = await app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: reply.statusCode, body: reply.json() as Record<string, unknown> };
}

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  await seedLists(fixtures.context.db, fixtures.now);
  app = await testApp(fixtures.context, lawHandlers(fixtures.context), publicHandlers(fixtures.context));
  city = await fixtures.staff('administrator', '410800', '管理员甲');
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

describe('M79-16: provisions', () => {
  const two = {
    parameter: 'decisionWorkingDays',
    value: 2,
    division: '410802',
    document: '解人社〔2026〕9号',
    documentTitle: '关于加快失业登记审核的通知',
    clause: '二',
    from: '2026-12-01',
  };
  const add = (body: object, cookie = city, key?: string) => send('POST', '/api/admin/provisions', cookie, body, key);
  const days = (on: string, division = '410802') =>
    fixtures.context.reference.policy(division, on).decisionWorkingDays?.value;

  it('a county that promises two working days changes only its own cases from that day', async () => {
    const { status, body } = await add(two, city, 'two-working-days');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      provision: { division: '410802', level: 'county', shipped: false, addedBy: '管理员甲' },
      effects: [
        {
          division: '410802',
          on: '2026-12-01',
          standing: 'changes',
          before: { text: '3个工作日' },
          after: { text: '2个工作日', cite: '解人社〔2026〕9号 二' },
        },
      ],
    });
    expect([days('2026-11-30'), days('2026-12-01'), days('2026-12-01', '410803')]).toEqual([3, 2, 3]);
    const policy = await app.inject({ url: '/api/policy?division=410802&on=2026-12-01' });
    expect(policy.json().parameters).toContainEqual({
      parameter: 'decisionWorkingDays',
      value: 2,
      citation: { document: '解人社〔2026〕9号', clause: '二', clauseId: '解人社〔2026〕9号 二' },
    });
    const again = await add(two, city, 'two-working-days');
    expect(again).toMatchObject({ status: 201, body: { effects: body.effects } });
    const rows = await fixtures.sql('select id from provision where document = $1', [two.document]);
    expect(rows).toHaveLength(1);
  });

  it('a looser later local one is kept but ignored, and it is said why', async () => {
    const { status, body } = await add({ ...two, value: 10, division: '410800', document: '焦人社〔2026〕8号' });
    expect(status).toBe(201);
    const [own] = body.effects as { standing: string; reasons: string[] }[];
    expect(own?.standing).toBe('ignored');
    expect(own?.reasons[0]).toContain('焦人社〔2026〕8号 二「10个工作日」');
    expect([days('2026-12-01', '410803'), days('2026-12-01')]).toEqual([3, 2]);
  });

  it('never in the past, of the right shape, in the own range, by administrators only', async () => {
    expect(await add({ ...two, from: '2026-11-21' })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'from' }] },
    });
    expect(await add({ ...two, value: 'two' })).toMatchObject({ status: 422, body: { fields: [{ field: 'value' }] } });
    expect(await add({ ...two, value: 1 })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'from', message: expect.stringContaining('解人社〔2026〕9号 二已经规定了这一事项') }] },
    });
    expect(await add({ ...two, parameter: 'toString' })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'parameter' }] },
    });
    expect(await add({ ...two, to: '2026-11-30' })).toMatchObject({ status: 422, body: { fields: [{ field: 'to' }] } });
    expect(await add({ ...two, division: '410899' })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'division' }] },
    });
    for (const division of ['410102', '410000', '000000'])
      expect(await add({ ...two, division })).toMatchObject({ status: 403 });
    const county = await fixtures.staff('administrator', '410802');
    expect(await add({ ...two, division: '410800' }, county)).toMatchObject({ status: 403 });
    expect(await add(two, await fixtures.staff('supervisor', '410802'))).toMatchObject({ status: 403 });
  });

  it('nobody edits or removes one, not even by the database', async () => {
    for (const text of ['update provision set value = $1', 'delete from provision where value = $1']) {
      const attempt = fixtures.context.db.transaction({ ...systemLike }, (tx) =>
        tx.run({ name: `test.${text.slice(0, 6)}`, text } as never, ...(['4'] as never)),
      );
      await expect(attempt).rejects.toThrow('permission denied');
    }
  });

  it('what was shipped anew is listed once, in the wording that counts', async () => {
    const { reference, db } = fixtures.context;
    await fixtures.sql(
      `update provision set value = '9', added_at = now() where parameter = 'decisionWorkingDays' and division = ''`,
    );
    await reference.seed(db, new Date(Date.now() + 86_400_000));
    const written = await fixtures.sql<{ id: string }>(
      `select id from provision where parameter = 'decisionWorkingDays' and division = ''`,
    );
    expect(written).toHaveLength(2);
    const { body } = await send('GET', '/api/admin/provisions?division=410800', city);
    const listed = (
      body.provisions as { parameter: string; division: string; value: unknown; shipped: boolean }[]
    ).filter(({ parameter, division }) => parameter === 'decisionWorkingDays' && division === '');
    expect(listed.map(({ shipped }) => shipped)).toEqual([true]);
    expect(listed[0]?.value).not.toBe(9);
  });

  it('the list holds those of the place, above it and below it', async () => {
    const { body } = await send('GET', '/api/admin/provisions?division=410800', city);
    const places = new Set((body.provisions as { division: string }[]).map(({ division }) => division));
    expect([...places].sort()).toEqual(['', '41', '4108', '410802']);
    const beside = await send('GET', '/api/admin/provisions?division=410803', city);
    expect((beside.body.provisions as { division: string }[]).some(({ division }) => division === '410802')).toBe(
      false,
    );
  });
});

const systemLike = {
  kind: 'system',
  role: 'administrator',
  id: 'test',
  name: '',
  office: '000000',
  lo: '0',
  hi: ':',
  person: '',
} as const;

describe('calendar', () => {
  const weekdaysOff = ['2027-01-01', '2027-02-08', '2027-02-09', '2027-02-10', '2027-10-01'];
  const year = {
    year: 2027,
    source: '国办发明电〔2026〕99号',
    holidays: weekdaysOff.map((date) => ({ date, name: '放假' })),
    makeUp: [{ date: '2027-02-06', name: '春节' }],
  };
  const addYear = (body: object, cookie = city) => send('POST', '/api/admin/calendar/years', cookie, body);
  const changeDay = (body: object) =>
    send('POST', '/api/admin/calendar/days', city, { working: false, name: '临时放假', reason: '国务院通知', ...body });
  const due = async (from: string) =>
    (await app.inject({ url: `/api/working-days?from=${from}&workingDays=3` })).json() as {
      due?: string;
      code?: string;
    };

  it('says how long it is maintained, and nothing is guessed beyond', async () => {
    const { body } = await send('GET', '/api/admin/calendar', city);
    expect(body).toMatchObject({ from: '2019-01-01', to: '2026-12-31', today: '2026-11-22', daysLeft: 39 });
    expect(await due('2026-12-31')).toMatchObject({ code: 'calendar.notMaintained' });
  });

  it('the next year is added whole and due dates run through it', async () => {
    expect(await addYear({ ...year, year: 2028 })).toMatchObject({ status: 422 });
    expect(
      await addYear({ ...year, holidays: [...year.holidays, { date: '2027-01-02', name: '元旦' }] }),
    ).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'holidays', message: '放假：2027-01-02是星期六，本来就休息，不用填。' }] },
    });
    expect(await addYear(year, await fixtures.staff('supervisor', '410800'))).toMatchObject({ status: 403 });
    expect(await addYear(year)).toMatchObject({ status: 201, body: { to: '2027-12-31', daysLeft: 404 } });
    // Friday 1 January is off, then a weekend.
    expect(await due('2026-12-31')).toMatchObject({ due: '2027-01-06' });
    // Saturday 6 February is worked, Monday to Wednesday are off.
    expect(await due('2027-02-05')).toMatchObject({ due: '2027-02-12' });
    expect(await addYear(year)).toMatchObject({ status: 422 });
  });

  it('a day is changed from today on, with a reason, and the change counts at once', async () => {
    expect(await changeDay({ date: '2027-03-01' })).toMatchObject({ status: 200 });
    expect(await due('2027-02-26')).toMatchObject({ due: '2027-03-04' });
    expect(await changeDay({ date: '2027-03-01', working: true })).toMatchObject({ status: 200 });
    expect(await due('2027-02-26')).toMatchObject({ due: '2027-03-03' });
    expect(await changeDay({ date: '2026-11-20' })).toMatchObject({ status: 422 });
    expect(await changeDay({ date: '2028-01-03' })).toMatchObject({ status: 409 });
    expect(await changeDay({ date: '2027-03-02', name: '' })).toMatchObject({ status: 422 });
    expect(await changeDay({ date: '2027-03-02', reason: '' })).toMatchObject({ status: 400 });
    const rows = await fixtures.sql<{ reason: string }>(
      `select reason from audit_event where action = 'calendar.changeDay' order by at, id`,
    );
    expect(rows.map(({ reason }) => reason)).toEqual(['国务院通知', '国务院通知']);
  });
});

describe('A21-4c: lists', () => {
  const row = { 服务项目: '职业介绍', 服务对象: '登记失业人员', 服务内容: '推荐岗位' };
  const version = { list: 'services', division: '410800', after: 0, validFrom: '2026-11-22', items: [row] };
  const write = (body: object, cookie = city) => send('POST', '/api/admin/lists', cookie, body);
  const settle = (draft: unknown, what: 'approve' | 'return', cookie: string, body: object = {}) =>
    send('POST', `/api/admin/list-drafts/${draft}/${what}`, cookie, body);
  const work = async (cookie = city) =>
    (await send('GET', '/api/admin/list-work', cookie)).body as {
      drafts: { id: string; own: boolean; state: string; note: string; version: number }[];
      changes: { id: string; dueOn: string; state: string }[];
    };
  const inForce = async () =>
    (
      (await app.inject({ url: '/api/lists?division=410802' })).json().lists as {
        list: string;
        division: string;
        version: number;
      }[]
    ).find(({ list }) => list === 'services');
  let head: string;
  beforeAll(async () => {
    head = await fixtures.staff('supervisor', '410800', '王主任');
  });
  const publish = async (body: object) => {
    const { draft } = (await write(body)).body;
    return settle(draft, 'approve', head);
  };

  it('a version is what people are handed once a second person has approved it, from its day; earlier ones stay', async () => {
    expect(await inForce()).toMatchObject({ division: '000000', version: 1 });
    const written = await write(version);
    expect(written).toMatchObject({ status: 201 });
    expect(await inForce()).toMatchObject({ division: '000000', version: 1 });
    expect(await write(version)).toMatchObject({ status: 409, body: { code: 'admin.notAllowed' } });
    expect((await settle(written.body.draft, 'approve', city)).body.message).toContain('第二人');
    expect((await work()).drafts).toMatchObject([{ own: true, state: 'waiting', version: 1 }]);
    expect((await settle(written.body.draft, 'approve', await fixtures.staff('supervisor', '410802'))).status).toBe(
      404,
    );
    expect(await settle(written.body.draft, 'approve', head)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await settle(written.body.draft, 'approve', head)).toMatchObject({ status: 409 });
    expect(await inForce()).toMatchObject({ division: '410800', version: 1 });
    expect(await publish({ ...version, after: 1, validFrom: '2026-12-01' })).toMatchObject({ status: 200 });
    expect(await inForce()).toMatchObject({ division: '410800', version: 1 });
    const { body } = await send('GET', '/api/admin/lists?division=410800', city);
    expect(body.versions).toMatchObject([
      { version: 2, approvedBy: '王主任', writtenBy: '管理员甲', columns: Object.keys(row) },
      { version: 1, approvedBy: '王主任', writtenBy: '管理员甲' },
    ]);
  });

  it('a returned version says why, and makes room for the next', async () => {
    const { draft } = (await write({ ...version, after: 2, validFrom: '2026-12-02' })).body;
    expect(await settle(draft, 'return', head, { reason: '服务对象写窄了' })).toMatchObject({ status: 200 });
    expect((await work()).drafts).toMatchObject([{ state: 'returned', note: '服务对象写窄了' }]);
    expect(await publish({ ...version, after: 2, validFrom: '2026-12-02' })).toMatchObject({ status: 200 });
  });

  it('a change is due in twenty working days, late ones stand first, and the version written after it settles it', async () => {
    const register = (body: object, cookie = city) => send('POST', '/api/admin/list-changes', cookie, body);
    const change = { list: 'services', division: '410800', reason: '焦人社〔2026〕20号，增加夜间服务' };
    expect(await register({ ...change, changedOn: '2026-11-20' })).toMatchObject({
      status: 201,
      body: { dueOn: '2026-12-18' },
    });
    expect((await register({ ...change, changedOn: '2026-10-12' })).body).toMatchObject({ dueOn: '2026-11-09' });
    expect(await register({ ...change, changedOn: '2026-11-23' })).toMatchObject({
      status: 409,
      body: { clause: 'A21-4c' },
    });
    expect(await register({ ...change, changedOn: '2026-11-20', division: '410100' })).toMatchObject({ status: 403 });
    expect(await register({ ...change, changedOn: '2026-11-20' }, head)).toMatchObject({ status: 403 });
    expect((await work()).changes).toMatchObject([
      { dueOn: '2026-11-09', state: 'late' },
      { dueOn: '2026-12-18', state: 'open' },
    ]);
    const start = fixtures.now;
    fixtures.now = new Date(start.getTime() + 60_000);
    expect(await publish({ ...version, after: 3, validFrom: '2026-12-03' })).toMatchObject({ status: 200 });
    expect((await work()).changes).toEqual([]);
    expect(await fixtures.sql('select distinct published_version from list_change')).toEqual([
      { published_version: 4 },
    ]);
    fixtures.now = start;
  });

  it('keeps the mandated columns, the order of versions and the range', async () => {
    expect(await write({ ...version, after: 1 })).toMatchObject({ status: 409 });
    expect(await write({ ...version, after: 4, validFrom: '2026-11-25' })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'validFrom' }] },
    });
    const { 服务内容: _, ...poor } = row;
    expect(await write({ ...version, after: 4, validFrom: '2026-12-04', items: [poor] })).toMatchObject({
      status: 422,
      body: { fields: [{ message: '第1行：服务内容没有填。' }] },
    });
    expect(await write({ ...version, division: '410100' })).toMatchObject({ status: 403 });
    expect(await write(version, await fixtures.staff('clerk', '410800'))).toMatchObject({ status: 403 });
  });
});
