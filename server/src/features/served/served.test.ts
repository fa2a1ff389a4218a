import { randomUUID } from 'node:crypto';
import { idAt, recordBytes } from '@yingdeng/rules/statistics/standing.ts';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { drawIdentityNumber, Fixtures, NOW } from '../../../test/fixtures.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { besidesAt } from '../statistics/ledger.sql.ts';
import { linkServed, servedHandlers } from './index.ts';

let database: TestDatabase;
let fixtures: Fixtures;
let app: FastifyInstance;
let clerk: string;

beforeAll(async () => {
  database = await testDatabase();
  fixtures = await Fixtures.open(database);
  app = await testApp(fixtures.context, servedHandlers(fixtures.context));
});
afterAll(async () => {
  await app.close();
  await fixtures.close();
  await database.drop();
});
beforeEach(async () => {
  fixtures.now = NOW;
  clerk = await fixtures.staff('clerk', '410802', '张经办');
});

const header = '姓名,身份证件号码,手机,所属机构代码,享受期限起,享受期限止,备注';
const row = (idNumber: string, more: { place?: string; to?: string; mobile?: string } = {}) =>
  `林晓雨,${idNumber},${more.mobile ?? '13800000000'},${more.place ?? '410802'},2026-07-01,${more.to ?? '2026-12-31'},软件技术`;
const csv = (...rows: string[]) => Buffer.from([header, ...rows, ''].join('\r\n'));
const send = async (bytes: Buffer, more: { check?: string; group?: string; cookie?: string; name?: string } = {}) => {
  const query = new URLSearchParams({
    name: more.name ?? '名单.csv',
    group: more.group ?? 'graduates',
    source: '教育部门移交',
    check: more.check ?? 'no',
  });
  const answer = await app.inject({
    method: 'POST',
    url: `/api/served/imports?${query}`,
    headers: { cookie: more.cookie ?? clerk, 'content-type': 'application/octet-stream' },
    payload: bytes,
  });
  return {
    status: answer.statusCode,
    body: answer.json() as Answer<'importServed'> & { code?: string; message: string },
  };
};
const get = async <Body>(path: string, cookie = clerk) =>
  (await app.inject({ url: path, headers: { cookie } })).json() as Body;
const post = async (path: string, body: object, cookie = clerk) => {
  const headers = { cookie, 'idempotency-key': randomUUID() };
  const answer = await app.inject({ method: 'POST', url: path, headers, payload: body });
  return { status: answer.statusCode, body: answer.json() as { code?: string; message: string } };
};
const listed = async (idNumber: string, stage = 'first') =>
  (await get<Answer<'getServed'>>(`/api/worklists/served?stage=${stage}&limit=100`)).items.find(
    ({ idMasked }) => idMasked.slice(-4) === idNumber.slice(-4),
  );
const figures = () => get<Answer<'getServedFigures'>>('/api/served/figures');

describe('a list', () => {
  it('M79-1b: is looked at first, then kept; the same list again changes nothing, a changed row is renewed', async () => {
    const idNumber = drawIdentityNumber();
    const looked = await send(csv(row(idNumber)), { check: 'yes' });
    expect(looked.body).toMatchObject({ rows: 1, fresh: 1, faulty: 0 });
    expect(await listed(idNumber)).toBeUndefined();
    expect((await send(csv(row(idNumber)))).body).toMatchObject({ fresh: 1 });
    // Sunday 22 November: five working days are Friday 27, the clock of registrants (M79-3a).
    expect(await listed(idNumber)).toMatchObject({
      dueOn: '2026-11-27',
      groupText: '离校未就业高校毕业生',
      state: 'open',
    });
    expect((await send(csv(row(idNumber)))).body).toMatchObject({ fresh: 0, changed: 0, same: 1 });
    expect((await send(csv(row(idNumber, { to: '2027-06-30' })))).body).toMatchObject({ changed: 1 });
    expect((await listed(idNumber))?.programme.to).toBe('2027-06-30');
  });
  it('faulty rows go back with what is wrong, and nothing of them is kept', async () => {
    const [good, twin] = [drawIdentityNumber(), drawIdentityNumber()];
    const { body } = await send(
      csv(
        row(good),
        row('410802199003074529', { mobile: '15512345678' }),
        row(twin),
        row(twin),
        row(drawIdentityNumber(), { place: '410803' }),
      ),
    );
    expect(body).toMatchObject({ rows: 5, fresh: 2, faulty: 3 });
    expect(body.faults.map(({ line }) => line)).toEqual([3, 5, 6]);
    expect(body.faults[1]!.text).toContain('与第4行重复');
    const sheet = Buffer.from(body.sheet!.content, 'base64').toString();
    expect(sheet).toContain('410802199003074529');
    expect(sheet).toContain('不在您的辖区');
    const [kept] = await fixtures.sql<{ all: string }>(
      "select (select string_agg(t::text, '') from served_person t) || (select string_agg(t::text, '') from served_import t) || coalesce((select string_agg(t::text, '') from audit_event t), '') as all",
    );
    expect(kept!.all).not.toContain('15512345678');
    expect(kept!.all).not.toContain('410802199003074529');
    expect(body.message).toContain('3行有错误');
  });
  it('what is no list is refused in words', async () => {
    expect((await send(Buffer.from(''))).body.message).toContain('空');
    expect((await send(Buffer.from('姓名,电话\r\n甲,1\r\n'))).body.message).toContain('身份证件号码、所属机构代码');
    expect((await send(Buffer.from([0xd0, 0xcf, 1]), { name: '名单.xls' })).body.message).toContain('XLSX');
  });
  it('a person on the list of another office stays with that office', async () => {
    const idNumber = drawIdentityNumber();
    const far = await fixtures.staff('clerk', '410803', '李远');
    await send(csv(row(idNumber, { place: '410803' })), { cookie: far });
    const { body } = await send(csv(row(idNumber)));
    expect(body).toMatchObject({ fresh: 0, faulty: 1 });
    expect(body.faults[0]!.text).toContain('其他机构的名单');
  });
  it('only who may import does', async () => {
    for (const role of ['fieldWorker', 'supervisor', 'auditor'] as const) {
      const cookie = await fixtures.staff(role, '410802');
      expect((await send(csv(row(drawIdentityNumber())), { cookie })).status).toBe(403);
    }
  });
});

describe('service on the same clocks', () => {
  it('M79-3a: a message alone fulfils nothing; a contact does, and covers its month (M79-4a)', async () => {
    const idNumber = drawIdentityNumber();
    await send(csv(row(idNumber)));
    const { id } = (await listed(idNumber))!;
    const contact = (body: object) => post(`/api/served/${id}/contacts`, body);
    expect((await contact({ means: 'message', result: 'sent' })).body.message).toContain('还要再联系');
    expect(await listed(idNumber)).toBeDefined();
    expect((await contact({ means: 'visit', result: 'noAnswer' })).status).toBe(422);
    expect((await contact({ means: 'telephone', result: 'reached' })).body.code).toBe('contact.incomplete');
    const said = { means: 'telephone', result: 'reached', note: '在找前端开发的工作' };
    expect((await contact(said)).status).toBe(200);
    expect(await listed(idNumber)).toBeUndefined();
    expect(await listed(idNumber, 'month')).toBeUndefined();
    fixtures.now = new Date('2026-12-02T02:00:00Z');
    clerk = await fixtures.staff('clerk', '410802', '张经办');
    expect(await listed(idNumber, 'month')).toMatchObject({
      lastMonth: '2026-11',
      contacts: [{ note: '在找前端开发的工作' }, {}],
    });
  });
  it('leaves the list with a reason; a new list brings the person back', async () => {
    const idNumber = drawIdentityNumber();
    await send(csv(row(idNumber)));
    const one = (await listed(idNumber))!;
    expect((await post(`/api/served/${one.id}/end`, { version: one.version, reason: 'employed' })).status).toBe(200);
    expect(await listed(idNumber)).toBeUndefined();
    const again = await post(`/api/served/${one.id}/contacts`, { means: 'telephone', result: 'noAnswer' });
    expect(again.body.message).toContain('已于2026-11-22结束');
    await send(csv(row(idNumber)));
    expect(await listed(idNumber)).toBeDefined();
  });
});

describe('never counted twice (H122-3a, R091)', () => {
  it('who registers leaves the worklists at once, is linked both ways, and counts as a registrant only', async () => {
    const idNumber = drawIdentityNumber();
    await send(csv(row(idNumber)));
    const one = (await listed(idNumber))!;
    const before = await figures();
    const person = await fixtures.registration({ idNumber, name: '林晓雨' });
    expect(await listed(idNumber)).toBeUndefined();
    const after = await figures();
    expect(after.registrants).toBe(before.registrants + 1);
    expect(after.withGroups).toBe(before.withGroups);
    expect(
      (await post(`/api/served/${one.id}/contacts`, { means: 'telephone', result: 'noAnswer' })).body.message,
    ).toContain('已办理失业登记');
    expect(await linkServed(fixtures.context)).toBeGreaterThan(0);
    const [row_] = await fixtures.sql<{ registration_id: string }>(
      'select registration_id from served_person where id = $1',
      [one.id],
    );
    expect(row_!.registration_id).toBe(person.registrationId);
    const tag = await get<Answer<'getServedOf'>>(`/api/registrations/${person.registrationId}/served`);
    expect(tag.groups).toMatchObject([{ groupText: '离校未就业高校毕业生', source: '教育部门移交' }]);
  });
  it('who is registered when the list comes is linked, not served', async () => {
    const person = await fixtures.registration();
    const { body } = await send(csv(row(person.idNumber)));
    expect(body).toMatchObject({ fresh: 1, registered: 1 });
    expect(await listed(person.idNumber)).toBeUndefined();
  });
  it('who stands on two lists is one person; a group that is not counted adds none', async () => {
    const idNumber = drawIdentityNumber();
    const before = await figures();
    await send(csv(row(idNumber)), { group: 'graduates' });
    await send(csv(row(idNumber)), { group: 'unemploymentSubsidy' });
    await send(csv(row(drawIdentityNumber())), { group: 'temporaryAllowance' });
    const after = await figures();
    expect(after.withGroups).toBe(before.withGroups + 1);
    const counted = after.groups.reduce((sum, one) => sum + one.counted, 0);
    expect(after.withGroups - after.registrants).toBe(counted);
    expect(after.groups.find(({ group }) => group === 'temporaryAllowance')).toMatchObject({
      isServed: true,
      isCounted: false,
      counted: 0,
    });
    expect(after.citation?.clauseId).toBe('H122-3a');
  });
});

describe('who was registered and is no more', () => {
  it('M79-1b: the same list changes nothing; one that says something new brings the person back, on new clocks', async () => {
    const idNumber = drawIdentityNumber();
    await send(csv(row(idNumber)));
    const person = await fixtures.registration({ idNumber, name: '林晓雨' });
    await fixtures.sql('delete from served_link');
    await linkServed(fixtures.context);
    await fixtures.sql("update registration set status = 'exited', exited_on = '2026-11-22' where id = $1", [
      person.registrationId,
    ]);
    await fixtures.sql('delete from registration_claim where registration_id = $1', [person.registrationId]);
    expect((await send(csv(row(idNumber)))).body).toMatchObject({ same: 1 });
    expect(await listed(idNumber)).toBeUndefined();
    fixtures.now = new Date('2026-12-07T02:00:00Z');
    clerk = await fixtures.staff('clerk', '410802', '张经办');
    expect((await send(csv(row(idNumber, { to: '2027-06-30' })))).body).toMatchObject({ changed: 1, registered: 0 });
    expect(await listed(idNumber)).toMatchObject({ dueOn: '2026-12-14' });
  });
});

describe('linking (H122-3a)', () => {
  const linkedOf = async (id: string) =>
    (
      await fixtures.sql<{ registration_id: string | null; linked_at: Date | null }>(
        'select registration_id, linked_at from served_person where id = $1',
        [id],
      )
    )[0]!;
  const onList = async (idNumber = drawIdentityNumber()) => {
    await send(csv(row(idNumber)));
    return { idNumber, id: (await listed(idNumber))!.id };
  };
  const registeredAt = (registrationId: string, at: Date) =>
    fixtures.sql('update registration set registered_at = $2 where id = $1', [registrationId, at]);
  /** Who counts besides the registrants of the month that closed at an instant. */
  const besides = async (closes: Date, day: string) =>
    (
      await fixtures.context.db.read(systemActor('test'), (tx) =>
        tx.fields(besidesAt, '4108', ['410802'], closes, day, ['graduates'], [1]),
      )
    ).flatMap(([, records = Buffer.alloc(0)]) =>
      Array.from({ length: records.length / recordBytes }, (_, n) => idAt(records, n * recordBytes)),
    );

  it('looks at what was registered since it last looked; twice in a row it finds nothing', async () => {
    await linkServed(fixtures.context);
    const one = await onList();
    fixtures.now = new Date(NOW.getTime() + 60_000);
    const person = await fixtures.registration({ idNumber: one.idNumber, name: '林晓雨' });
    await registeredAt(person.registrationId, fixtures.now);
    expect(await linkServed(fixtures.context)).toBe(1);
    expect(await linkServed(fixtures.context)).toBe(0);
    // Since when the person is registered, not when the job saw it.
    expect(await linkedOf(one.id)).toEqual({ registration_id: person.registrationId, linked_at: fixtures.now });
  });

  it('a registration whose transaction ended after the last look is found by its overlap', async () => {
    const one = await onList();
    fixtures.now = new Date(NOW.getTime() + 10 * 60_000);
    await linkServed(fixtures.context);
    const person = await fixtures.registration({ idNumber: one.idNumber, name: '林晓雨' });
    await registeredAt(person.registrationId, new Date(fixtures.now.getTime() - 5 * 60_000));
    expect(await linkServed(fixtures.context)).toBe(1);
  });

  it('a registration with an old instant, as a load brings it, is found on the next day', async () => {
    const one = await onList();
    await linkServed(fixtures.context);
    const person = await fixtures.registration({ idNumber: one.idNumber, name: '林晓雨' });
    await registeredAt(person.registrationId, new Date('2025-03-01T02:00:00Z'));
    expect(await linkServed(fixtures.context)).toBe(0);
    // It left the worklists all the same.
    expect(await listed(one.idNumber)).toBeUndefined();
    fixtures.now = new Date(NOW.getTime() + 86_400_000);
    expect(await linkServed(fixtures.context)).toBe(1);
    expect((await linkedOf(one.id)).registration_id).toBe(person.registrationId);
  });

  it('has no upper limit: 1,200 who registered since the last look are linked in one turn', async () => {
    await linkServed(fixtures.context);
    const before = await figures();
    await fixtures.sql(`
      with n as (select generate_series(1, 1200) n)
      insert into served_person (tenant, id, division, office, person_id, id_hash, group_name, source, name, identity_sealed, contact_sealed,
        arrived_on, imported_at, imported_by_name)
      select '4108', md5('s' || n)::uuid, '410802', '410802', md5('p' || n)::uuid, decode(md5('h' || n), 'hex'), 'graduates', '教育部门移交', '林晓雨', '', '',
        '2026-11-01', '2026-11-01', '张经办' from n`);
    const [model] = await fixtures.sql<{ id: string }>('select id from registration limit 1');
    // Persons and applications of their own are nothing to the join.
    await fixtures.sql('set session_replication_role = replica');
    await fixtures.sql(
      `insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind, channel, reason,
         registered_at, registered_on, basis, next_contact_on)
       select tenant, md5('r' || n)::uuid, 'N' || n, '0000', application_id, md5('p' || n)::uuid, '410802', '410802', 'active', place_kind, channel, reason,
         $2, registered_on, basis, registered_on from registration, generate_series(1, 1200) n where id = $1`,
      [model!.id, fixtures.now],
    );
    await fixtures.sql(
      `insert into registration_claim (id_hash, tenant, registration_id)
       select decode(md5('h' || n), 'hex'), '4108', md5('r' || n)::uuid from generate_series(1, 1200) n`,
    );
    await fixtures.sql('set session_replication_role = default');
    const between = await figures();
    expect(await linkServed(fixtures.context)).toBe(1200);
    const after = await figures();
    // Before the link and after it: registrants, and nobody besides (R091).
    for (const one of [between, after]) {
      expect(one.registrants - before.registrants).toBe(1200);
      expect(one.withGroups - one.registrants).toBe(before.withGroups - before.registrants);
    }
  });

  it('who registers minutes before the month closes is no one besides, whenever the job comes by', async () => {
    const closes = new Date('2026-11-20T16:00:00Z');
    fixtures.now = new Date('2026-11-18T02:00:00Z');
    clerk = await fixtures.staff('clerk', '410802', '张经办');
    const [early, late, still] = [await onList(), await onList(), await onList()];
    const register = async (one: { idNumber: string }, at: string) =>
      registeredAt(
        (await fixtures.registration({ idNumber: one.idNumber, name: '林晓雨' })).registrationId,
        new Date(at),
      );
    await register(early, '2026-11-20T15:58:00Z');
    await register(late, '2026-11-20T16:02:00Z');
    fixtures.now = new Date('2026-11-20T16:10:00Z');
    await fixtures.sql('delete from served_link');
    const counted = async () => {
      const people = await besides(closes, '2026-11-20');
      return [early, late, still].map(({ id }) => people.includes(id));
    };
    // Not linked yet, then linked after the close: the same answer.
    expect(await counted()).toEqual([false, true, true]);
    expect(await linkServed(fixtures.context)).toBeGreaterThan(0);
    expect(await counted()).toEqual([false, true, true]);
  });
});
