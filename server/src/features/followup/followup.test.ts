import { randomUUID } from 'node:crypto';
import { lastDayOf, nextMonth } from '@yingdeng/rules/contact.ts';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures, NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { contactHandlers } from '../contact/index.ts';
import { servedHandlers } from '../served/index.ts';
import { countFollowUps, coverage, followUpPage, missingPage } from './followup.sql.ts';
import { followUpHandlers } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
let clerk: string;
let field: string;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(
    fixtures.context,
    followUpHandlers(fixtures.context),
    contactHandlers(fixtures.context),
    servedHandlers(fixtures.context),
  );
  clerk = await fixtures.staff('clerk', '410802', '张经办');
  field = await fixtures.staff('fieldWorker', '410802', '赵网格');
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});

const get = async (cookie: string, url: string) => (await app.inject({ url, headers: { cookie } })).json();
/** Seen in a month, as a contact would have left it. */
const covered = (of: RegistrationMade, month: string) =>
  fixtures.sql('update registration set last_contact_month = $2, next_contact_on = $3 where id = $1', [
    of.registrationId,
    month,
    lastDayOf(nextMonth(month)),
  ]);
const registered = (submittedOn: string, more: object = {}) =>
  fixtures.registration({ submittedOn, idNumber: drawIdentityNumber(), ...more });

describe('follow-up of the month', () => {
  it('A21-5b, M79-4a, H122-2g: earliest due first, page after page, without what is owed next month', async () => {
    const never = await registered('2026-10-01');
    const september = await registered('2026-08-03');
    const october = await registered('2026-08-03');
    const seen = await registered('2026-08-03');
    await registered('2026-11-05');
    await registered('2026-10-01', { registrationStatus: 'exited' });
    await covered(september, '2026-09');
    await covered(october, '2026-10');
    await covered(seen, '2026-11');
    const ids: string[] = [];
    let after = '';
    for (let page = 0; page < 5; page += 1) {
      const body = await get(clerk, `/api/worklists/follow-ups?limit=1${after && `&after=${after}`}`);
      expect(body).toMatchObject({ month: '2026-11', clause: { clauseId: 'H122-2g' } });
      ids.push(...body.items.map((one: { registrationId: string }) => one.registrationId));
      after = body.next ?? '';
      if (!after) break;
    }
    expect(ids[0]).toBe(september.registrationId);
    expect(ids.slice(1).sort()).toEqual([never.registrationId, october.registrationId].sort());
    const whole = await get(clerk, '/api/worklists/follow-ups');
    expect(whole.counts).toEqual({ open: 3, near: 0, late: 1 });
    expect(whole.items[0]).toMatchObject({ dueOn: '2026-10-31', state: 'late', dueBy: 'month', note: '还没有联系过' });
    expect((await get(clerk, '/api/worklists/follow-ups?state=late')).items).toHaveLength(whole.counts.late);
    expect((await get(clerk, '/api/worklists/follow-ups?state=near')).items).toHaveLength(whole.counts.near);
    expect((await get(await fixtures.staff('clerk', '410803'), '/api/worklists/follow-ups')).items).toEqual([]);
  });

  it('R063: coverage counts persons registered the whole month; a figure opens exactly those who are missing', async () => {
    expect((await get(clerk, '/api/follow-ups/coverage')).offices).toEqual([
      { office: '410802', officeName: '解放区公共就业服务中心', registered: 4, seen: 1 },
    ]);
    const gone = await registered('2026-09-01', { registrationStatus: 'exited' });
    const unseen = await registered('2026-09-01', { registrationStatus: 'exited' });
    for (const one of [gone, unseen])
      await fixtures.sql("update registration set exited_on = '2026-11-03' where id = $1", [one.registrationId]);
    await fixtures.contact(gone, { outcome: 'contact', at: new Date('2026-10-12T02:00:00Z') });
    await covered(gone, '2026-10');
    const october = await get(clerk, '/api/follow-ups/coverage?month=2026-10');
    // Three of August and the two who left in November; seen: the one whose latest month it is, and one who left.
    expect(october).toMatchObject({ month: '2026-10', finished: true, offices: [{ registered: 5, seen: 2 }] });
    expect((await get(clerk, '/api/follow-ups/coverage')).offices[0]).toMatchObject({ registered: 4, seen: 1 });
    for (const month of ['2026-10', '2026-11']) {
      const { offices } = await get(clerk, `/api/follow-ups/coverage?month=${month}`);
      const ids: string[] = [];
      let after = '';
      do {
        const page = await get(clerk, `/api/follow-ups/missing?limit=1&month=${month}${after && `&after=${after}`}`);
        ids.push(...page.items.map((one: { registrationId: string }) => one.registrationId));
        after = page.next ?? '';
      } while (after);
      expect(new Set(ids).size).toBe(offices[0].registered - offices[0].seen);
      expect(ids.length).toBe(new Set(ids).size);
      expect(ids.includes(unseen.registrationId)).toBe(month === '2026-10');
      expect(ids).not.toContain(gone.registrationId);
    }
  });

  it('as the application role list, counts and coverage read registration_next_contact', async () => {
    await fixtures.sql(`insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind,
        channel, reason, registered_at, registered_on, first_contact_due, basis, last_contact_month, next_contact_on)
      select tenant, gen_random_uuid(), number || n, check_code, application_id, person_id, '410811', '410811', status, place_kind, channel,
        reason, registered_at, date '2026-01-01' + n % 300, first_contact_due, basis, '2026-10', date '2026-10-01' + n % 90
      from registration, generate_series(1, 1500) n where status = 'active' and office = '410802' and registered_on = '2026-11-05'`);
    await fixtures.sql('vacuum analyze registration');
    const client = new pg.Client({ connectionString: database.appUrl });
    await client.connect();
    try {
      await client.query(
        "begin; set local yingdeng.role='clerk'; set local yingdeng.lo='410811'; set local yingdeng.hi='410812'",
      );
      await client.query('set local enable_bitmapscan = off');
      const range = [['410811'], '410811', '410812'];
      const page = ['-infinity', '00000000-0000-0000-0000-000000000000', 51];
      const month = ['2026-11', '2026-11-01', '2026-11-30'];
      for (const [statement, params, index] of [
        [followUpPage, [...range, ...page, '-infinity', '2026-11-30'], 'Index Scan using registration_next_contact'],
        [
          countFollowUps,
          [...range, '2026-11-22', '2026-11-23', '2026-11-30'],
          'Index Only Scan using registration_next_contact',
        ],
        [coverage, [...range, ...month], 'Index Only Scan using registration_next_contact'],
        [missingPage, [...range, ...month, ...page], 'Index Scan using registration_next_contact'],
      ] as const) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, [...params]);
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan, statement.name).toContain(index);
        expect(plan, statement.name).not.toContain('Seq Scan on registration');
      }
    } finally {
      await client.end();
    }
    await fixtures.sql("delete from registration where office = '410811'");
  });
});

describe('taken along', () => {
  it('the least a round needs, and who took it stands in the audit', async () => {
    const due = await registered('2026-11-19');
    const day = await get(field, '/api/field/day');
    expect(
      day.people.find((one: { registrationId: string }) => one.registrationId === due.registrationId),
    ).toMatchObject({
      purpose: 'first',
      mobileMasked: '138****1234',
      street: '人民路',
    });
    const text = JSON.stringify(day);
    for (const secret of [due.idNumber, due.mobile, '2号院']) expect(text).not.toContain(secret);
    expect(new Set(day.people.map((one: { registrationId: string }) => one.registrationId)).size).toBe(
      day.people.length,
    );
    const [row] = await fixtures.sql<{ detail: { registrations: string[] } }>(
      "select detail from audit_event where action = 'contact.takeAlong'",
    );
    expect(row?.detail.registrations).toContain(due.registrationId);
  });
});

describe('people of the three groups on the round', () => {
  it('M79-1b: go along with group, street and date until they have been contacted; a note from the field holds from when it happened', async () => {
    const id = '01980000-0000-8000-900c-000000000001';
    const seal = (value: object) => fixtures.context.crypto.seal(value);
    await fixtures.sql(
      `insert into served_person (tenant, id, division, office, person_id, id_hash, group_name, source, name, identity_sealed, contact_sealed,
         arrived_on, first_contact_due, imported_at, imported_by_name)
       values ('4108', $1, '410802', '410802001', gen_random_uuid(), $2, 'graduates', '教育部门移交', '周毕业', $3, $4,
         '2026-11-16', '2026-11-23', now(), '')`,
      [id, Buffer.alloc(32, 7), seal({ idNumber: drawIdentityNumber() }), seal({ mobile: '15410001234' })],
    );
    const mine = async () => {
      const { served } = (await get(field, '/api/field/day')) as { served: { servedId: string }[] };
      return served.find((one) => one.servedId === id);
    };
    expect(await mine()).toMatchObject({
      name: '周毕业',
      groupText: '离校未就业高校毕业生',
      purpose: 'first',
      dueOn: '2026-11-23',
      mobileMasked: '154****1234',
    });
    const send = (body: object) =>
      app.inject({
        method: 'POST',
        url: `/api/served/${id}/contacts`,
        headers: { cookie: field, 'idempotency-key': randomUUID() },
        payload: { means: 'visit', result: 'reached', note: '在备考', ...body },
      });
    const tomorrow = await send({ at: new Date(fixtures.now.getTime() + 86_400_000).toISOString() });
    expect(tomorrow.json().message).toContain('联系日期不能晚于今天');
    const at = new Date(fixtures.now.getTime() - 2 * 3_600_000).toISOString();
    expect((await send({ at })).statusCode).toBe(200);
    expect(await mine()).toBeUndefined();
    // An earlier note that was sent later: it was the first.
    const before = new Date(fixtures.now.getTime() - 26 * 3_600_000).toISOString();
    expect((await send({ at: before })).statusCode).toBe(200);
    const [row] = await fixtures.sql<{ first_contact_at: Date; last_contact_month: string }>(
      'select first_contact_at, last_contact_month from served_person where id = $1',
      [id],
    );
    expect([row?.first_contact_at.toISOString(), row?.last_contact_month]).toEqual([before, '2026-11']);
  });
});

describe('steps of a plan on the round', () => {
  it('A21-4f: what the office owes a person by the next working day goes along, also where no contact is due', async () => {
    const person = await registered('2026-11-03', { firstContactAt: new Date('2026-11-05T02:00:00Z') });
    const plan = randomUUID();
    await fixtures.sql(
      `insert into plan (tenant, id, registration_id, person_id, office, division, kind, goal, officer_id, officer_name, status, made_at,
         made_by_name, changed_at, changed_by_name)
       values ('4108', $1, $2, $3, '410802', '410802', 'ordinary', '找到工作', gen_random_uuid(), '李专员', 'agreed', now(), '', now(), '')`,
      [plan, person.registrationId, person.personId],
    );
    for (const [n, whose, what, due] of [
      [1, 'office', '送岗位单上门', '2026-11-20'],
      [2, 'worker', '去面试', '2026-11-20'],
      [3, 'office', '回访', '2026-12-20'],
    ])
      await fixtures.sql(
        `insert into plan_step (tenant, id, plan_id, registration_id, person_id, office, division, n, whose, service, what, due_on, status)
         values ('4108', gen_random_uuid(), $1, $2, $3, '410802', '410802', $4, $5, 'matching', $6, $7, 'open')`,
        [plan, person.registrationId, person.personId, n, whose, what, due],
      );
    const { people } = await get(field, '/api/field/day');
    const found = people.filter((one: { registrationId: string }) => one.registrationId === person.registrationId);
    expect(found).toMatchObject([
      { purpose: 'step', dueOn: '2026-11-20', state: 'late', steps: [{ what: '送岗位单上门', dueOn: '2026-11-20' }] },
    ]);
    expect(found[0].steps).toHaveLength(1);
  });
});

describe('a note written offline', () => {
  const note = { purpose: 'followUp', means: 'visit', answered: true, at: NOW.toISOString(), note: '仍在求职' };
  const send = async (of: RegistrationMade, body: object, cookie = field, key: string = randomUUID()) => {
    fixtures.now = new Date(fixtures.now.getTime() + 1000);
    const reply = await app.inject({
      method: 'POST',
      url: `/api/registrations/${of.registrationId}/contacts`,
      headers: { cookie, 'idempotency-key': key },
      payload: body,
    });
    return { status: reply.statusCode, body: reply.json() };
  };

  it('goes through when nobody else was there, twice with the same key once, own notes never in each other’s way', async () => {
    const person = await registered('2026-10-01');
    const seen = fixtures.now.toISOString();
    expect((await send(person, { ...note, seen }, field, 'note-key-1')).status).toBe(200);
    expect((await send(person, { ...note, seen }, field, 'note-key-1')).status).toBe(200);
    expect((await send(person, { ...note, seen, note: '又去了一次' })).status).toBe(200);
    const rows = await fixtures.sql('select note from contact where registration_id = $1 order by id', [
      person.registrationId,
    ]);
    expect(rows).toEqual([{ note: '仍在求职' }, { note: '又去了一次' }]);
  });

  it('is held up when somebody else recorded meanwhile, with what was recorded; nothing is overwritten', async () => {
    const person = await registered('2026-10-01');
    const seen = fixtures.now.toISOString();
    await send(person, { ...note, means: 'telephone', note: '电话里说在面试' }, clerk);
    const held = await send(person, { ...note, seen });
    expect(held).toMatchObject({
      status: 409,
      body: { code: 'contact.conflict', detail: { latest: { who: '张经办' }, ended: false } },
    });
    expect(held.body.detail.latest.what).toContain('电话');
    const count = () => fixtures.sql('select 1 from contact where registration_id = $1', [person.registrationId]);
    expect(await count()).toHaveLength(1);
    // Who has compared sends it in addition, having seen what is there.
    expect((await send(person, { ...note, seen: fixtures.now.toISOString() })).status).toBe(200);
    expect(await count()).toHaveLength(2);
  });

  it('is held up for good when the registration has ended', async () => {
    const person = await registered('2026-10-01', { registrationStatus: 'exited' });
    expect(await send(person, { ...note, seen: NOW.toISOString() })).toMatchObject({
      status: 409,
      body: { code: 'registration.changed', detail: { ended: true } },
    });
  });
});
