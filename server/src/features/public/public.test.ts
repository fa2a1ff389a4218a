import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures, type RegistrationMade } from '../../../test/fixtures.ts';
import { maskName } from './certificate.ts';
import { publicHandlers, seedLists } from './index.ts';

describe('what anybody may ask', () => {
  let database: TestDatabase;
  let fixtures: Fixtures;
  let app: FastifyInstance;
  let registered: RegistrationMade;
  const get = async (url: string) => app.inject({ method: 'GET', url });
  const post = (url: string, payload: object, remoteAddress = '10.0.0.1') =>
    app.inject({ method: 'POST', url, payload, remoteAddress });
  const progress = (number: string, idNumber: string, from?: string) =>
    post('/api/progress', { number, idNumber }, from);

  beforeAll(async () => {
    database = await testDatabase();
    fixtures = await Fixtures.open(database);
    await seedLists(fixtures.context.db, fixtures.now);
    app = await testApp(fixtures.context, publicHandlers(fixtures.context));
    registered = await fixtures.registration({ submittedOn: '2026-11-20', name: '王小明' });
  });
  afterAll(async () => {
    await app.close();
    await fixtures.close();
    await database.drop();
  });

  it('M79-6a: progress by number and identity number, with the one text of the state and its day', async () => {
    const made = await fixtures.application({ submittedOn: '2026-11-20' });
    const answer = await progress(made.number.replace(/(.{4})/g, '$1 ').trim(), made.idNumber);
    expect(answer.json()).toEqual({
      number: made.number,
      submittedOn: '2026-11-20',
      dueOn: '2026-11-25',
      officeName: '解放区公共就业服务中心',
      officeTelephone: '0391-3569000',
      status: expect.objectContaining({ scenario: 'submitted', byWhen: '2026-11-25' }),
    });
    expect((await progress(registered.number, registered.idNumber)).json().status.scenario).toBe('awaitingContact');
    expect((await progress(registered.registrationNumber, registered.idNumber.toLowerCase())).json().number).toBe(
      registered.number,
    );
  });

  it('a wrong pair is told exactly what a number of nobody is told', async () => {
    const made = await fixtures.application();
    const wrong = [
      await progress(made.number, registered.idNumber),
      await progress('2611220000000007', drawIdentityNumber()),
      await progress(made.number, drawIdentityNumber('19900230')),
    ];
    expect(new Set(wrong.map((answer) => `${answer.statusCode} ${answer.body}`)).size).toBe(1);
    expect(wrong[0]?.statusCode).toBe(404);
  });

  it('the row that stays behind after a hand-over to another city is not an answer', async () => {
    const made = await fixtures.application({ status: 'handedOver' });
    expect((await progress(made.number, made.idNumber)).statusCode).toBe(404);
  });

  it('guessing is limited by person and by source', async () => {
    const victim = drawIdentityNumber();
    const codes: number[] = [];
    for (let i = 0; i < 11; i += 1) codes.push((await progress('2611220000000007', victim, `10.1.0.${i}`)).statusCode);
    expect(codes).toEqual([...Array(10).fill(404), 429]);
    const source: number[] = [];
    for (let i = 0; i < 61; i += 1)
      source.push((await progress('2611220000000007', drawIdentityNumber(), '10.2.0.1')).statusCode);
    expect(source.filter((code) => code === 429)).toHaveLength(1);
  });

  it('the law of a place and day, each parameter with its clause', async () => {
    const { parameters, divisionName } = (await get('/api/policy?division=410802')).json();
    expect(divisionName).toBe('河南省焦作市解放区');
    expect(parameters.find((one: { parameter: string }) => one.parameter === 'decisionWorkingDays')).toEqual({
      parameter: 'decisionWorkingDays',
      value: 3,
      citation: { document: '人社厅发〔2020〕79号', clause: expect.any(String), clauseId: 'M79-3a' },
    });
    const before = (await get('/api/policy?division=210302&on=2020-10-15')).json();
    expect(before.on).toBe('2020-10-15');
  });

  it('working days are explained day by day over National Day; an unknown year is refused', async () => {
    const { due, days } = (await get('/api/working-days?from=2020-09-28&workingDays=3')).json();
    expect(due).toBe('2020-10-09');
    expect(days[0]).toEqual({ date: '2020-09-28', counted: false, why: '起算日，当天不算' });
    expect(days.filter((day: { counted: boolean }) => day.counted)).toHaveLength(3);
    expect((await get('/api/working-days?from=2026-12-30&workingDays=5')).json().code).toBe('calendar.notMaintained');
  });

  it('A21-7b: institutions of a place and below, open ones only', async () => {
    const codes = async (division: string) =>
      (await get(`/api/institutions?division=${division}`))
        .json()
        .institutions.map((one: { code: string }) => one.code);
    expect(await codes('410802')).toEqual(['410802', '410802001']);
    expect(await codes('410800')).toEqual(['410800', '410802', '410802001', '410803']);
    expect(await codes('4108')).toHaveLength(4);
    expect(await codes('410000')).toHaveLength(6);
    const { institutions } = (await get('/api/institutions?division=410802001')).json();
    expect(institutions).toEqual([
      {
        code: '410802001',
        name: '民生街道人社所',
        address: '人民路1号',
        telephone: '0391-3569000',
        business: '失业登记、职业介绍',
        responsiblePerson: '王主任',
      },
    ]);
  });

  it('A21-4c: three lists with the mandated columns, nearest version in force first', async () => {
    const lists = async (division: string) => (await get(`/api/lists?division=${division}`)).json().lists;
    const general = await lists('410802');
    expect(general.map((list: { list: string; division: string }) => [list.list, list.division])).toEqual([
      ['policies', '000000'],
      ['services', '000000'],
      ['institutions', '000000'],
    ]);
    for (const list of general) {
      expect(list.items.length).toBeGreaterThan(0);
      for (const item of list.items) expect(Object.keys(item)).toEqual(list.columns);
    }
    expect(general[2].columns).toEqual(['机构名称', '办公地址', '联系电话', '经办项目']);
    expect(general[2].items.map((item: Record<string, string>) => item.机构名称)).toEqual([
      '解放区公共就业服务中心',
      '民生街道人社所',
      '焦作市公共就业服务中心',
    ]);
    const put = (division: string, version: number, from: string) =>
      fixtures.sql("insert into list_version values ('policies', $1, $2, '[]', $3, '测试', now())", [
        division,
        version,
        from,
      ]);
    await put('410800', 1, '2026-01-01');
    await put('410800', 2, '2026-11-22');
    await put('410800', 3, '2026-11-23');
    expect((await lists('410802'))[0]).toMatchObject({ division: '410800', version: 2, validFrom: '2026-11-22' });
    expect((await lists('410102'))[0]).toMatchObject({ division: '000000', version: 1 });
    await seedLists(fixtures.context.db, fixtures.now);
    expect(await fixtures.sql("select 1 from list_version where division = '000000'")).toHaveLength(3);
  });

  it('A21-2b: the notification and the commitment in force', async () => {
    const text = (await get('/api/commitment')).json();
    expect(text.version).toBe('2020-79-1');
    expect(text.commitment).toContain('真实、准确、有效');
    expect(text.notification.split('\n').length).toBeGreaterThan(3);
  });

  it('a certificate is genuine with its code only, and says whether it is still valid', async () => {
    const verify = async (number: string, checkCode: string) =>
      (await post('/api/certificates/verify', { number, checkCode }, '10.3.0.1')).json();
    expect(await verify(registered.registrationNumber, ' 482913 ')).toEqual({
      genuine: true,
      valid: true,
      name: '王*明',
      registeredOn: '2026-11-20',
      officeName: '解放区公共就业服务中心',
    });
    expect(await verify(registered.registrationNumber, '482914')).toEqual({ genuine: false, valid: false });
    expect(await verify('2611220000000007', '482913')).toEqual({ genuine: false, valid: false });
    const left = await fixtures.registration({ registrationStatus: 'exited' });
    expect(await verify(left.registrationNumber, left.checkCode)).toMatchObject({ genuine: true, valid: false });
    for (let i = 0; i < 10; i += 1) await verify('2611220000000015', String(i));
    expect((await post('/api/certificates/verify', { number: '2611220000000015', checkCode: '1' })).statusCode).toBe(
      429,
    );
  });

  it('names are masked for strangers', () => {
    expect(['王小明', '王明', '欧阳小红', '阿依古丽·买买提', '王'].map(maskName)).toEqual([
      '王*明',
      '王*',
      '欧**红',
      '阿******提',
      '*',
    ]);
  });
});
