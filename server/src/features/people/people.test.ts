import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { Fixtures, type RegistrationMade } from '../../../test/fixtures.ts';
import { peopleHandlers } from './index.ts';
import { byIdentity, byInitials, byName, byPinyin, byTail } from './people.sql.ts';
import { afterPrefix, understand } from './question.ts';

describe('what was typed', () => {
  it.each([
    ['王小', { by: 'name', prefix: '王小' }],
    ['阿依古丽•买买提', { by: 'name', prefix: '阿依古丽·买买提' }],
    ['𠮷', { by: 'name', prefix: '𠮷' }],
    ['Wang Xiao', { by: 'letters', prefix: 'wangxiao' }],
    ['123x', { by: 'tail', value: '123X' }],
    ['１２３４', { by: 'tail', value: '1234' }],
    ['410802 19850412 123x', { by: 'identity', value: '41080219850412123X' }],
    ['410802850412123', { by: 'identity', value: '410802850412123' }],
    ['H12345678', { by: 'identity', value: 'H12345678' }],
    ['138 0000 1234', { by: 'mobile', value: '13800001234' }],
  ])('%s', (typed, question) => {
    expect(understand(typed)).toEqual(question);
  });

  it('%, _ and the like find nothing', () => {
    for (const typed of ['%', '王%', '12', '*', "'; drop"]) expect(understand(typed)).toBeUndefined();
  });

  it('the end of a prefix comes after everything with it, by code point', () => {
    expect(afterPrefix('王')).toBe('玌');
    expect(afterPrefix('a\u{10ffff}')).toBe('b');
    expect(afterPrefix('\ud7ff')).toBe('\ue000');
    expect(Buffer.compare(Buffer.from('王𠮷'), Buffer.from(afterPrefix('王')))).toBe(-1);
  });
});

describe('finding and revealing people', () => {
  let database: TestDatabase;
  let fixtures: Fixtures;
  let app: FastifyInstance;
  let clerk: string;
  let wang: RegistrationMade;
  const search = async (q: string, cookie = clerk) => {
    const answer = await app.inject({ method: 'GET', url: '/api/people', query: { q }, headers: { cookie } });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json().people as {
      id: string;
      name: string;
      idMasked: string;
      applicationId?: string;
      statusText: string;
    }[];
  };
  const reveal = (id: string, cookie: string, reason = '电话核实') =>
    app.inject({ method: 'POST', url: `/api/people/${id}/reveal`, headers: { cookie }, payload: { reason } });

  beforeAll(async () => {
    database = await testDatabase();
    fixtures = await Fixtures.open(database);
    app = await testApp(fixtures.context, peopleHandlers(fixtures.context));
    clerk = await fixtures.staff('clerk', '410802', '李经办');
    wang = await fixtures.registration({ name: '王小明', idNumber: '410802198504121237', mobile: '13900005678' });
    await fixtures.application({ name: '王晓梅' });
    await fixtures.person({ name: '单田' });
    await fixtures.application({ name: '王小明', office: '410803' });
    await fixtures.application({ name: '王小明', office: '410102' });
  });
  afterAll(async () => {
    await app.close();
    await fixtures.close();
    await database.drop();
  });

  it('finds by name, pinyin, initials, tail, number, telephone, case number: always only in the own range', async () => {
    expect((await search('王')).map((person) => person.name).sort()).toEqual(['王小明', '王晓梅']);
    for (const q of ['王小明', '1237', '410802198504121237', '13900005678', wang.number, wang.registrationNumber]) {
      const found = await search(q);
      expect(
        found.map((person) => person.id),
        q,
      ).toEqual([wang.personId]);
      expect(found[0]).toMatchObject({ applicationId: wang.applicationId, statusText: '登记有效' });
    }
    for (const q of ['wangxiao', 'wx', 'wang'])
      expect((await search(q)).map((person) => person.name).sort(), q).toEqual(['王小明', '王晓梅']);
    expect((await search('shantian')).map((person) => person.statusText)).toEqual(['没有失业登记']);
    expect(await search('张')).toEqual([]);
    const city = await fixtures.staff('clerk', '410800');
    expect(await search('王小明', city)).toHaveLength(2);
    const province = await fixtures.staff('supervisor', '410000');
    expect(await search('王小明', province)).toHaveLength(3);
  });

  it('shows masked numbers only and records that somebody searched, without what was typed', async () => {
    const answer = await app.inject({
      method: 'GET',
      url: '/api/people',
      query: { q: wang.idNumber },
      headers: { cookie: clerk },
    });
    expect(answer.body).not.toContain(wang.idNumber);
    const rows = await fixtures.sql<{ detail: object; text: string }>(
      "select detail, audit_event::text as text from audit_event where action = 'person.search' order by at desc",
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map((row) => row.text).join()).not.toContain(wang.idNumber);
    expect(rows.map((row) => row.detail)).toContainEqual({ by: 'identity', found: 1 });
  });

  it('reveals for a reason, and the look is recorded with the person', async () => {
    const answer = await reveal(wang.personId, clerk);
    expect(answer.json()).toEqual({
      idNumber: wang.idNumber,
      documentNumber: wang.idNumber,
      mobile: '13900005678',
      landline: '',
      email: '',
      householdText: '河南省焦作市解放区人民路2号院',
      residenceText: '河南省焦作市解放区人民路2号院',
    });
    expect(await fixtures.sql("select actor_name, reason, person_id from audit_event where action = 'reveal'")).toEqual(
      [{ actor_name: '李经办', reason: '电话核实', person_id: wang.personId }],
    );
  });

  it('reveals nothing to another county, to a role without the right, or without a reason', async () => {
    expect((await reveal(wang.personId, await fixtures.staff('clerk', '410803'))).statusCode).toBe(404);
    expect((await reveal(wang.personId, await fixtures.staff('clerk', '410102'))).statusCode).toBe(404);
    expect((await reveal(wang.personId, await fixtures.staff('fieldWorker', '410802'))).statusCode).toBe(403);
    expect((await reveal(wang.personId, await fixtures.staff('auditor', '410800'))).statusCode).toBe(403);
    expect((await reveal(wang.personId, clerk, '')).statusCode).toBe(400);
    expect(await fixtures.sql("select 1 from audit_event where action = 'reveal'")).toHaveLength(1);
  });

  it('as the application role every search descends an index', async () => {
    await fixtures.sql('analyze');
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    try {
      await client.query(
        "begin; set local yingdeng.role='clerk'; set local yingdeng.lo='410802'; set local yingdeng.hi='410803'; set local enable_seqscan=off",
      );
      for (const [statement, index, key] of [
        [byName, 'person_name', ['王', '玌']],
        [byPinyin, 'person_pinyin', ['wang', 'wanh']],
        [byInitials, 'person_initials', ['wx', 'wy']],
        [byTail, 'person_tail', ['1237']],
        [byIdentity, 'person_id_hash', [Buffer.alloc(32)]],
      ] as const) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, [
          ['4108'],
          20,
          ...key,
        ]);
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).toContain(index);
        expect(plan).not.toContain('Seq Scan on person');
        // Both the city and the key are bounds of the descent, not a filter after it.
        expect(plan).toMatch(/Index Cond: \(\(tenant = ANY .* AND \(/);
      }
    } finally {
      await client.end();
    }
  });
});
