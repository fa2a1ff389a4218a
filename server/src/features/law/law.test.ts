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
  const version = {
    list: 'services',
    division: '410800',
    after: 0,
    validFrom: '2026-11-22',
    approvedBy: '王主任',
    items: [row],
  };
  const publish = (body: object, cookie = city) => send('POST', '/api/admin/lists', cookie, body);
  const inForce = async () =>
    (
      (await app.inject({ url: '/api/lists?division=410802' })).json().lists as {
        list: string;
        division: string;
        version: number;
      }[]
    ).find(({ list }) => list === 'services');

  it('a new version is what people are handed from its day; the earlier ones stay', async () => {
    expect(await inForce()).toMatchObject({ division: '000000', version: 1 });
    expect(await publish(version)).toMatchObject({
      status: 201,
      body: { version: { version: 1, columns: Object.keys(row) } },
    });
    expect(await inForce()).toMatchObject({ division: '410800', version: 1 });
    expect(await publish({ ...version, after: 1, validFrom: '2026-12-01' })).toMatchObject({ status: 201 });
    expect(await inForce()).toMatchObject({ division: '410800', version: 1 });
    const { body } = await send('GET', '/api/admin/lists?division=410800', city);
    expect(
      (body.versions as { version: number; approvedBy: string }[]).map((one) => [one.version, one.approvedBy]),
    ).toEqual([
      [2, '王主任'],
      [1, '王主任'],
    ]);
  });

  it('keeps the mandated columns, the order of versions and the range', async () => {
    expect(await publish({ ...version, after: 1 })).toMatchObject({ status: 409 });
    expect(await publish({ ...version, after: 2, validFrom: '2026-11-25' })).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'validFrom' }] },
    });
    const { 服务内容: _, ...poor } = row;
    expect(await publish({ ...version, after: 2, validFrom: '2026-12-02', items: [poor] })).toMatchObject({
      status: 422,
      body: { fields: [{ message: '第1行：服务内容没有填。' }] },
    });
    expect(await publish({ ...version, division: '410100' })).toMatchObject({ status: 403 });
    expect(await publish(version, await fixtures.staff('clerk', '410800'))).toMatchObject({ status: 403 });
  });
});
