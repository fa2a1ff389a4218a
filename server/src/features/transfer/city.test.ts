import { randomUUID } from 'node:crypto';
import { addDays } from '@yingdeng/rules/calendar.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, hired, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { casefileHandlers } from '../casefile/index.ts';
import { contactHandlers } from '../contact/index.ts';
import { exitHandlers } from '../exit/index.ts';
import { publicHandlers } from '../public/index.ts';
import { serviceHandlers } from '../service/index.ts';
import { workerHandlers } from '../worker/index.ts';
import { transferHandlers } from './index.ts';

type Case = Answer<'getApplicationCase'>;
type Told = { message: string };

const HERE = '410802';
const NEXT = '410102';
const FAR = '210302';

let desk: Desk;
let here: string;
let person: RegistrationMade;
let name: string;

beforeAll(async () => {
  desk = await openDesk(
    transferHandlers,
    casefileHandlers,
    contactHandlers,
    serviceHandlers,
    exitHandlers,
    publicHandlers,
    workerHandlers,
  );
  await desk.fixtures.sql(
    `insert into office (code, kind, name, telephone) values ('210302', 'county', '铁东区公共就业服务中心', '0412-5550100'),
       ('210303', 'county', '铁西区公共就业服务中心', '0412-5550200') on conflict do nothing`,
  );
  await desk.fixtures.context.reference.refresh(desk.fixtures.context.db);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  here = await desk.staff('clerk', HERE, '张经办');
  person = await desk.registered({ office: HERE });
  name = String((await desk.fixtures.sql('select name from person where id = $1', [person.personId]))[0]?.name);
});

const clerk = (office: string, who = '王经办') => desk.staff('clerk', office, who);
const rowsOf = () =>
  desk.fixtures.sql<Record<string, unknown> & { id: string; tenant: string; application_id: string; status: string }>(
    'select * from registration where number = $1 order by tenant',
    [person.registrationNumber],
  );
const inCity = async (office: string) => {
  const row = (await rowsOf()).find(({ tenant }) => tenant === office.slice(0, 4));
  if (!row) throw new Error(`nothing in ${office}`);
  return row;
};
const version = async (office = HERE) => Number((await inCity(office)).version);
const ask = async (office: string, who = here, from = HERE, key = randomUUID()) =>
  desk.post<Told>(
    who,
    `/api/registrations/${(await inCity(from)).id}/transfer`,
    { version: await version(from), office, place: 'residence', reason: '本人搬到那里居住' },
    key,
  );
const wish = (office: string, who: string, part: object = {}) =>
  desk.post<Told>(who, '/api/transfers', {
    name,
    idNumber: person.idNumber,
    office,
    place: 'residence',
    reason: '本人已搬来居住',
    ...part,
  });
const list = async (who: string, view = 'open') =>
  (await desk.get<Answer<'getTransfers'>>(who, `/api/transfers?view=${view}`)).body.requests.filter(
    ({ number }) => number === person.registrationNumber,
  );
const settle = async (who: string, body: object, key = randomUUID()) => {
  const [request] = await list(who);
  return desk.post<Told>(who, `/api/transfers/${request?.id}/settle`, { version: request?.version, ...body }, key);
};
const contact = async (who: string, office: string) =>
  desk.post(who, `/api/registrations/${(await inCity(office)).id}/contacts`, {
    purpose: 'followUp',
    means: 'telephone',
    answered: true,
    at: desk.fixtures.now.toISOString(),
    result: '',
    note: '本人仍在找工作',
  });
const caseIn = async (who: string, office: string) =>
  (await desk.get<Case>(who, `/api/applications/${(await inCity(office)).application_id}`)).body;
/** There in one go. */
async function goes(to: string, from = HERE, who = here): Promise<string> {
  const there = await clerk(to);
  expect((await ask(to, who, from)).status).toBe(200);
  expect((await settle(there, { action: 'accept' })).status).toBe(200);
  return there;
}

describe('a registration goes to another city', () => {
  it('M79-1a, M79-3a: the office there is asked and has the days of a decision; until it takes the registration nothing changes', async () => {
    const there = await clerk(FAR);
    const { body } = await ask(FAR);
    expect(body.message).toContain('对方接收前仍由本机构服务');
    const [waiting] = await list(here);
    expect(waiting).toMatchObject({ side: 'from', may: { accept: false, decline: false, withdraw: true } });
    const [asked] = await list(there);
    expect(asked).toMatchObject({
      name,
      registeredOn: '2026-10-01',
      may: { accept: true, decline: true, withdraw: false },
      due: { workingDays: 3, citation: { clauseId: 'M79-3a' }, state: 'open' },
    });
    expect(asked?.applicationId).toBeUndefined();
    expect((await rowsOf()).map(({ tenant, status }) => [tenant, status])).toEqual([['4108', 'active']]);
    expect((await contact(here, HERE)).status).toBe(200);
    const { allowed } = await caseIn(here, HERE);
    expect(allowed.find(({ action }) => action === 'transferRegistration')?.why).toContain('在等答复');
    expect((await ask(FAR)).body.message).toContain('已有一份转移请求');
    expect(await list(await clerk('410803'))).toEqual([]);
  });

  it('M79-1a, M79-4b: it goes on there with number, day, clocks and class; here it is a record, and no exit is anywhere', async () => {
    await contact(here, HERE);
    await desk.fixtures.sql("update registration set class = 'C' where id = $1", [person.registrationId]);
    const before = await inCity(HERE);
    const there = await goes(FAR);
    expect(await inCity(FAR)).toMatchObject({
      number: before.number,
      registered_on: before.registered_on,
      registered_at: before.registered_at,
      first_contact_due: before.first_contact_due,
      first_contact_at: before.first_contact_at,
      last_contact_month: before.last_contact_month,
      next_contact_on: before.next_contact_on,
      class: 'C',
      status: 'active',
      office: FAR,
      place_kind: 'residence',
      assigned_to: null,
      moved_to: null,
      made_here: false,
    });
    expect(await inCity(HERE)).toMatchObject({ status: 'exited', exited_on: null, moved_to: (await inCity(FAR)).id });
    expect(await desk.fixtures.sql('select 1 from exit where person_id = $1', [person.personId])).toEqual([]);
    expect(
      await desk.fixtures.sql('select c.tenant from registration_claim c where c.registration_id = any($1)', [
        (await rowsOf()).map(({ id }) => id),
      ]),
    ).toEqual([{ tenant: '2103' }]);
    expect((await contact(here, HERE)).status).toBe(409);
    expect((await contact(there, FAR)).status).toBe(200);
    const left = await caseIn(here, HERE);
    expect(left.registration).toMatchObject({ statusText: '已转到外市', movedTo: expect.stringContaining('铁东区') });
    expect(left.allowed.filter(({ allowed }) => allowed)).toEqual([]);
    const file = await caseIn(there, FAR);
    expect(file.person.name).toBe(name);
    expect(file.registration).toMatchObject({ cameFromCity: true, statusText: '登记有效' });
    expect(await desk.messagesTo(person)).toContain('registration.transferred');
    const audited = await desk.fixtures.sql(
      "select tenant from audit_event where action = 'registration.transfer' and person_id = $1 order by tenant",
      [person.personId],
    );
    expect(audited.map(({ tenant }) => tenant)).toEqual(['2103', '4108']);
    expect(await list(there, 'settled')).toMatchObject([{ state: 'accepted' }]);
  });

  it('M79-6a: what the former city recorded is read by the office that holds it, each look is kept, and by nobody else', async () => {
    await contact(here, HERE);
    const there = await goes(FAR);
    const path = `/api/applications/${(await inCity(FAR)).application_id}/former`;
    const { stays } = (await desk.get<Answer<'getFormerCase'>>(there, path)).body;
    expect(stays).toMatchObject([
      { officeName: expect.stringContaining('解放区'), until: '2026-11-22', contacts: [{ note: '本人仍在找工作' }] },
    ]);
    expect(stays[0]?.history.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['transfer', 'register', 'submit']),
    );
    const looks = await desk.fixtures.sql(
      "select tenant, reason from audit_event where action = 'look' and person_id = $1 and reason = '办理转入的登记'",
      [person.personId],
    );
    expect(looks).toMatchObject([{ tenant: '4108' }]);
    expect((await desk.get(await clerk('210303'), path)).status).toBe(404);
    expect((await desk.get(await desk.staff('hotline', FAR), path)).status).toBe(403);
    // The former office reads no more than it had.
    const own = `/api/applications/${(await inCity(HERE)).application_id}`;
    expect((await desk.get(here, `${own}/former`)).status).toBe(403);
    expect((await desk.get<Case>(here, own)).body.registration?.contacts).toHaveLength(1);
  });

  it('M79-6a: the person sees one registration with its whole history; its certificate and its number lead to where it is', async () => {
    await contact(here, HERE);
    const there = await goes(FAR);
    await contact(there, FAR);
    const worker = desk.fixtures.worker({ idNumber: person.idNumber, name });
    const { cases } = (await desk.get<Answer<'getMyCases'>>(worker, '/api/my/cases')).body;
    expect(cases).toMatchObject([
      { registrationNumber: person.registrationNumber, officeName: expect.stringContaining('铁东区') },
    ]);
    expect(cases[0]?.contacts).toHaveLength(2);
    expect(cases[0]?.history.map(({ text }) => text)).toEqual(expect.arrayContaining(['提交申请', '转移登记机构']));
    const checked = await desk.post<Answer<'verifyCertificate'>>('', '/api/certificates/verify', {
      number: person.registrationNumber,
      checkCode: person.checkCode,
    });
    expect(checked.body).toMatchObject({ genuine: true, valid: true, officeName: expect.stringContaining('铁东区') });
    const progress = await desk.post<Answer<'enquireProgress'>>('', '/api/progress', {
      number: person.number,
      idNumber: person.idNumber,
    });
    expect(progress.body).toMatchObject({ officeName: expect.stringContaining('铁东区') });
  });

  it('M79-8a: an exit is the new city’s: its division, its office; the claim is free again', async () => {
    const there = await goes(FAR);
    const { id } = await inCity(FAR);
    expect((await desk.post(there, `/api/registrations/${id}/exits`, hired)).status).toBe(201);
    const [exit] = await desk.fixtures.sql<{ id: string; version: number; division: string }>(
      'select id, version, division from exit where registration_id = $1',
      [id],
    );
    expect(exit?.division).toBe(FAR);
    expect((await desk.post(there, `/api/exits/${exit?.id}/confirm`, { version: exit?.version })).status).toBe(200);
    expect((await inCity(FAR)).status).toBe('exited');
    expect(await desk.claimed({ registrationId: id })).toBe(false);
  });

  it('M79-1a: back again it goes on in the rows it left, and on to a third city; the way is read to its beginning', async () => {
    const there = await goes(FAR);
    await contact(there, FAR);
    await goes(HERE, FAR, there);
    expect(await rowsOf()).toMatchObject([
      { tenant: '2103', status: 'exited' },
      { tenant: '4108', id: person.registrationId, status: 'active', moved_to: null, made_here: true },
    ]);
    expect((await caseIn(here, HERE)).application).toMatchObject({ status: 'registered', number: person.number });
    const path = `/api/applications/${person.applicationId}/former`;
    const { stays } = (await desk.get<Answer<'getFormerCase'>>(here, path)).body;
    expect(stays.map(({ officeName, contacts }) => [officeName.slice(-3) !== '', contacts.length])).toEqual([
      [true, 1],
    ]);
    const third = await goes(NEXT);
    const far = (
      await desk.get<Answer<'getFormerCase'>>(third, `/api/applications/${(await inCity(NEXT)).application_id}/former`)
    ).body;
    expect(far.stays).toHaveLength(2);
    expect((await rowsOf()).filter(({ status }) => status === 'active').map(({ tenant }) => tenant)).toEqual(['4101']);
  });

  it('M79-5a, A21-4f: recognition goes along inside the province and ends outside it; the benefit goes along either way', async () => {
    const recognise = (office: string) =>
      desk.fixtures.sql(
        `insert into difficulty (tenant, id, person_id, registration_id, division, office, state, category, applied_at, valid_from, valid_to)
         select tenant, gen_random_uuid(), person_id, id, division, office, 'recognised', '大龄', $2, '2026-01-01', '2027-01-01'
         from registration where number = $1 and office = $3`,
        [person.registrationNumber, NOW, office],
      );
    await recognise(HERE);
    await desk.fixtures.sql(
      `insert into sub_matter (tenant, id, application_id, person_id, division, office, kind, state, asked_at, asked_by_name, external_number, months,
         monthly_fen, holds_from)
       select tenant, gen_random_uuid(), id, person_id, division, office, 'benefit', 'accepted', $2, '本人', '410802SY0001', 12, 160000, '2026-10-01'
       from application where id = $1`,
      [person.applicationId, NOW],
    );
    const states = async (table: string) =>
      (
        await desk.fixtures.sql(`select tenant, state from ${table} where person_id = $1 order by tenant, state`, [
          person.personId,
        ])
      ).map(({ tenant, state }) => `${tenant} ${state}`);
    const there = await goes(NEXT);
    expect(await states('difficulty')).toEqual(['4101 recognised', '4108 withdrawn']);
    expect(await states('sub_matter')).toEqual(['4101 accepted', '4108 withdrawn']);
    await goes(FAR, NEXT, there);
    expect(await states('difficulty')).toEqual(['4101 withdrawn', '4108 withdrawn']);
    expect(await states('sub_matter')).toEqual(['2103 accepted', '4101 withdrawn', '4108 withdrawn']);
  });
});

describe('the office the person came to asks', () => {
  it('A21-7a: nobody is sent back: the former office lets it go, and the registration is there', async () => {
    const there = await clerk(FAR);
    expect((await wish(FAR, there)).body.message).toContain('解放区');
    const [asked] = await list(here);
    expect(asked).toMatchObject({ side: 'to', may: { accept: true, decline: true, withdraw: false } });
    expect(asked?.applicationId).toBe(person.applicationId);
    expect((await settle(here, { action: 'accept' })).body.message).toContain('铁东区');
    expect((await inCity(FAR)).status).toBe('active');
  });

  it('M79-3a: an office that does not answer in its days does not hold the person up', async () => {
    const there = await clerk(FAR);
    await wish(FAR, there);
    expect((await settle(there, { action: 'accept' })).body.message).toContain('请等原机构答复');
    const [asked] = await list(there);
    desk.fixtures.now = new Date(`${addDays(asked?.due.on ?? '', 1)}T02:00:00Z`);
    const later = await clerk(FAR);
    expect((await settle(later, { action: 'accept' })).status).toBe(200);
    expect((await inCity(FAR)).status).toBe('active');
  });

  it('product §10: a name that is not that of the number, and nobody at all, are told apart by nothing', async () => {
    const there = await clerk(FAR);
    const wrong = await wish(FAR, there, { name: '李四四' });
    const nobody = await wish(FAR, there, { idNumber: '110101199003070011' });
    expect([wrong.status, nobody.status]).toEqual([409, 409]);
    expect(wrong.body.message).toBe(nobody.body.message);
    expect((await wish(HERE, here)).body.message).toContain('就在本辖区');
    expect((await wish(HERE, there)).status).toBe(403);
    expect((await wish(FAR, await desk.staff('supervisor', FAR))).status).toBe(403);
  });

  it('M79-1a: also inside the city, where the registration keeps its rows', async () => {
    const there = await clerk('410803');
    await wish('410803', there);
    expect((await settle(here, { action: 'accept' })).status).toBe(200);
    expect(await rowsOf()).toMatchObject([{ id: person.registrationId, office: '410803', status: 'active' }]);
  });
});

describe('a question is answered with no', () => {
  it('A21-7a: only on a ground of the list, in words that are allowed; the person hears that all stays', async () => {
    const there = await clerk(FAR);
    await ask(FAR);
    expect((await settle(there, { action: 'decline', ground: 'hukou' })).status).toBe(409);
    const forbidden = await settle(there, { action: 'decline', ground: 'notThere', text: '户籍不在本地' });
    expect(forbidden.body.code).toBe('decision.forbiddenGround');
    expect(
      await desk.fixtures.sql(
        "select office from supervision_event where kind = 'forbiddenGround' and tenant = '2103'",
      ),
    ).toEqual([{ office: FAR }]);
    expect((await settle(there, { action: 'decline', ground: 'notWished', text: '本人来电说不搬了' })).status).toBe(
      200,
    );
    expect(await desk.messagesTo(person)).toContain('registration.transferDeclined');
    const { history } = await caseIn(here, HERE);
    expect(history.find(({ action }) => action === 'transferDeclined')?.text).toContain('本人来电说不搬了');
    expect(await list(here, 'settled')).toMatchObject([{ state: 'declined', settled: { who: '王经办' } }]);
    expect((await ask(FAR)).status).toBe(200);
    expect((await settle(here, { action: 'withdraw', text: '本人改了主意' })).status).toBe(200);
    expect(await list(here)).toEqual([]);
  });

  it('M79-4c: while an exit is under discussion nothing moves, in either direction', async () => {
    const there = await clerk(FAR);
    await ask(FAR);
    expect((await desk.post(here, `/api/registrations/${person.registrationId}/exits`, hired)).status).toBe(201);
    expect((await settle(there, { action: 'accept' })).body.message).toContain('退出');
    expect((await inCity(HERE)).status).toBe('exitProposed');
  });

  it('repeated it is done once; two who answer at once do it once', async () => {
    const there = await clerk(FAR);
    await ask(FAR);
    const [request] = await list(there);
    const key = randomUUID();
    const send = (one = key) =>
      desk.post(there, `/api/transfers/${request?.id}/settle`, { version: request?.version, action: 'accept' }, one);
    const answers = await Promise.all([send(), send(), send(randomUUID())]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409]);
    expect(await rowsOf()).toHaveLength(2);
    expect(
      await desk.fixtures.sql('select tenant from registration_transfer where person_id = $1 order by tenant', [
        person.personId,
      ]),
    ).toEqual([{ tenant: '2103' }, { tenant: '4108' }]);
  });
});
