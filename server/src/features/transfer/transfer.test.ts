import { randomUUID } from 'node:crypto';
import { roles } from '@yingdeng/rules/access.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { casefileHandlers } from '../casefile/index.ts';
import { contactHandlers } from '../contact/index.ts';
import { exitHandlers } from '../exit/index.ts';
import { serviceHandlers } from '../service/index.ts';
import { transferHandlers } from './index.ts';

type Told = Answer<'transferRegistration'>;
type Case = Answer<'getApplicationCase'>;

const FROM = '410802';
const TO = '410803';
const [moved, wish] = [{ office: TO, place: 'residence', reason: '本人搬到中站区居住' }, '本人要求'];

let desk: Desk;
let here: string;
let there: string;
let person: RegistrationMade;

beforeAll(async () => {
  desk = await openDesk(transferHandlers, casefileHandlers, contactHandlers, serviceHandlers, exitHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  here = await desk.staff('clerk', FROM, '张经办');
  there = await desk.staff('clerk', TO, '王经办');
  person = await desk.registered({ office: FROM });
});

const version = async () => Number((await desk.registrationRow(person)).version);
const transfer = async (part: object = {}, who = here, key = randomUUID()) =>
  desk.post<Told>(
    who,
    `/api/registrations/${person.registrationId}/transfer`,
    { version: await version(), ...moved, ...part },
    key,
  );
const caseOf = (who: string) => desk.get<Case>(who, `/api/applications/${person.applicationId}`);
const contact = (who: string) =>
  desk.post(who, `/api/registrations/${person.registrationId}/contacts`, {
    purpose: 'followUp',
    means: 'telephone',
    answered: true,
    at: desk.fixtures.now.toISOString(),
    result: '',
    note: '本人仍在找工作',
  });
const rows = (text: string) => desk.fixtures.sql(text, [person.registrationId]);

describe('a registration goes to another office of the city', () => {
  it('M79-1a: with its number, days and clocks; the new office sees all that was done, the former none of what follows', async () => {
    await contact(here);
    const before = await desk.registrationRow(person);
    const { body } = await transfer();
    expect(body.officeName).toContain('中站区');
    expect(await desk.registrationRow(person)).toMatchObject({
      number: before.number,
      registered_on: before.registered_on,
      first_contact_due: before.first_contact_due,
      status: 'active',
      division: TO,
      office: TO,
      place_kind: 'residence',
      assigned_to: null,
    });
    expect((await caseOf(here)).status).toBe(404);
    const file = (await caseOf(there)).body;
    expect(file.application.office).toBe(TO);
    expect(file.registration?.contacts).toHaveLength(1);
    const [step] = file.history.filter(({ action }) => action === 'transfer');
    expect(step?.text).toMatch(/^转移登记机构：.*解放区.* → .*中站区.*（常住地），本人搬到中站区居住$/);
    expect(file.history.map(({ action }) => action)).toContain('register');
    expect(file.messages.map(({ body: text }) => text).join()).toContain('已转到本机构');
    expect((await contact(there)).status).toBe(200);
    expect((await contact(here)).status).toBe(404);
    const audited = await desk.fixtures.sql(
      "select office, reason, detail from audit_event where action = 'registration.transfer' and subject_id = $1",
      [person.registrationId],
    );
    expect(audited).toMatchObject([{ office: TO, reason: moved.reason, detail: { from: FROM, to: TO } }]);
  });

  it('M79-1a: what is open goes along, what was closed stays where it was done', async () => {
    await desk.fixtures.sql(
      `insert into difficulty (tenant, id, person_id, registration_id, division, office, state, category, applied_at, valid_from, valid_to)
       select tenant, gen_random_uuid(), person_id, id, division, office, s, '大龄', $2, '2026-01-01', '2027-01-01'
       from registration, unnest(array['recognised', 'withdrawn']) s where id = $1`,
      [person.registrationId, NOW],
    );
    await desk.fixtures.sql(
      `insert into plan (tenant, id, registration_id, person_id, office, division, kind, goal, officer_id, officer_name, status, made_at, made_by_name, changed_at, changed_by_name)
       select tenant, gen_random_uuid(), id, person_id, office, division, 'ordinary', '找到包装工作', gen_random_uuid(), '张经办', s, $2, '张经办', $2, '张经办'
       from registration, unnest(array['agreed', 'closed']) s where id = $1`,
      [person.registrationId, NOW],
    );
    await desk.fixtures.sql(
      `insert into plan_step (tenant, id, plan_id, registration_id, person_id, office, division, n, whose, service, what, due_on, status)
       select p.tenant, gen_random_uuid(), p.id, p.registration_id, p.person_id, p.office, p.division, n, 'office', 'guidance', '面谈一次', '2026-12-01',
         case n when 1 then 'done' else 'open' end
       from plan p, generate_series(1, 2) n where p.registration_id = $1 and p.status = 'agreed'`,
      [person.registrationId],
    );
    await desk.fixtures.sql(
      `insert into credit_record (tenant, id, registration_id, application_id, person_id, division, office, cause, level, state, facts, evidence, basis,
         proposed_at, proposed_by, proposed_by_name, answer_due, decided_by, expires_on)
       select tenant, gen_random_uuid(), id, application_id, person_id, division, office, 'fraud', 'record', s, '{}', '比对显示已参保', '{}', $2,
         gen_random_uuid(), '张经办', '2026-11-27', gen_random_uuid(), '2029-11-21'
       from registration, unnest(array['noticed', 'inForce', 'dropped']) s where id = $1`,
      [person.registrationId, NOW],
    );
    await transfer();
    const places = async (table: string, state: string) =>
      Object.fromEntries(
        (await rows(`select ${state} as state, office from ${table} where registration_id = $1`)).map(
          ({ state: is, office }) => [is, office],
        ),
      );
    expect(await places('difficulty', 'state')).toEqual({ recognised: TO, withdrawn: FROM });
    expect(await places('plan', 'status')).toEqual({ agreed: TO, closed: FROM });
    expect(await places('plan_step', 'status')).toEqual({ open: TO, done: FROM });
    expect(await places('credit_record', 'state')).toEqual({ noticed: TO, inForce: TO, dropped: FROM });
    // The finished step, done elsewhere, is part of the plan the new office goes on with.
    const service = await desk.get<Answer<'getService'>>(there, `/api/registrations/${person.registrationId}/service`);
    expect(service.body.plan?.steps.map(({ status }) => status)).toEqual(['done', 'open']);
  });

  it('M79-7a, A21-5c: what the platform gave back is mended where the case is; credit stays with those who may see it', async () => {
    await desk.fixtures.sql(
      "insert into decision_upload (tenant, application_id, office, outcome, decided_at, state) values ('4108', $1, $2, 'registered', $3, 'returned')",
      [person.applicationId, FROM, NOW],
    );
    await desk.fixtures.sql(
      `insert into credit_record (tenant, id, registration_id, application_id, person_id, division, office, cause, level, state, facts, evidence, basis,
         proposed_at, proposed_by, proposed_by_name)
       select tenant, gen_random_uuid(), id, application_id, person_id, division, office, 'falseForm', 'note', 'repaired', '{}', '登记表', '[]', $2, id, '张经办'
       from registration where id = $1`,
      [person.registrationId, NOW],
    );
    await transfer();
    const uploads = await desk.fixtures.sql('select office from decision_upload where application_id = $1', [
      person.applicationId,
    ]);
    expect(uploads).toEqual([{ office: TO }]);
    const seenBy = (role: 'clerk' | 'supervisor' | 'fieldWorker' | 'statistician') =>
      desk.fixtures.context.db.read(
        { kind: 'staff', role, id: randomUUID(), name: '', office: TO, lo: TO, hi: `${TO}:`, person: '' },
        (tx) =>
          tx.rows(
            { name: 'test.credit', text: 'select office from credit_record where registration_id = $1' } as never,
            person.registrationId as never,
          ),
      );
    for (const role of ['clerk', 'supervisor'] as const) expect(await seenBy(role), role).toEqual([{ office: FROM }]);
    for (const role of ['fieldWorker', 'statistician'] as const) expect(await seenBy(role), role).toEqual([]);
  });

  it('M79-1a: back again, and on again: each office reads the whole only while it holds the registration', async () => {
    await transfer();
    await contact(there);
    await transfer({ office: '410802001', place: 'household', reason: wish }, there);
    expect((await caseOf(there)).status).toBe(404);
    const contacts = (who: string) =>
      desk.fixtures.context.db.read(
        { kind: 'staff', role: 'clerk', id: randomUUID(), name: '', office: who, lo: who, hi: `${who}:`, person: '' },
        (tx) =>
          tx.rows(
            { name: 'test.contacts', text: 'select office from contact where registration_id = $1' } as never,
            person.registrationId as never,
          ),
      );
    // The office that made the contact keeps its own record of it.
    expect(await contacts(TO)).toEqual([{ office: TO }]);
    await contact(here);
    expect(await contacts(TO)).toEqual([{ office: TO }]);
    expect(await contacts(FROM)).toHaveLength(2);
    expect(
      await rows('select from_office, office from registration_transfer where registration_id = $1 order by at'),
    ).toEqual([
      { from_office: FROM, office: TO },
      { from_office: TO, office: '410802001' },
    ]);
  });

  it('M79-1a: repeated it is done once; on an old page, outside the range, by another role it is refused', async () => {
    const key = randomUUID();
    const at = await version();
    const [first, second] = [await transfer({ version: at }, here, key), await transfer({ version: at }, here, key)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await rows('select 1 from registration_transfer where registration_id = $1')).toHaveLength(1);
    expect((await transfer({ version: at, office: FROM }, there)).body.code).toBe('registration.changed');
    expect((await transfer({ office: FROM }, here)).status).toBe(404);
    for (const role of roles) {
      if (role === 'clerk' || role === 'worker' || role === 'system') continue;
      expect((await transfer({ office: FROM }, await desk.staff(role, TO))).status, role).toBe(403);
    }
    expect((await transfer({ office: FROM }, await desk.staff('clerk', '410800'))).status).toBe(200);
  });

  it.each([
    ['the same office', { office: FROM }, '已经在这个机构'],
    ['an office that is not', { office: '410899' }, '没有这个机构'],
    ['no reason', { reason: '  ' }, '原因'],
  ])('M79-1a: %s is refused with the reason', async (_, part, why) => {
    const { status, body } = await transfer(part);
    expect(status).toBe(409);
    expect(body.message).toContain(why);
    expect((await desk.registrationRow(person)).office).toBe(FROM);
  });

  it('A21-7a: a forbidden ground is not a reason, and supervision hears of it', async () => {
    const { body } = await transfer({ reason: '户籍不在本地，请到户籍地办理' });
    expect(body.code).toBe('decision.forbiddenGround');
    expect(
      await desk.fixtures.sql("select kind from supervision_event where kind = 'forbiddenGround' and subject_id = $1", [
        person.registrationId,
      ]),
    ).toHaveLength(1);
  });

  it('M79-4c: not while an exit is under discussion, nor after it', async () => {
    const proposed = await desk.fixtures.sql('update registration set status = $2 where id = $1 returning id', [
      person.registrationId,
      'exitProposed',
    ]);
    expect(proposed).toHaveLength(1);
    expect((await transfer()).body.code).toBe('registration.changed');
    const { allowed } = (await caseOf(here)).body;
    expect(allowed.find(({ action }) => action === 'transferRegistration')).toMatchObject({
      allowed: false,
      why: '有一份退出正在核实，办结后再转移。',
    });
    await desk.fixtures.sql("update registration set status = 'exited' where id = $1", [person.registrationId]);
    expect((await transfer()).body.message).toContain('已退出');
  });
});
