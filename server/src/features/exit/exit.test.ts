import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, hired, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { exitHandlers } from './index.ts';

let desk: Desk;
let clerk: string;
let person: RegistrationMade;

beforeAll(async () => {
  desk = await openDesk(exitHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  clerk = await desk.staff('clerk');
  person = await desk.registered();
});

const propose = (body: object, who = clerk, of = person, key?: string) =>
  desk.post(who, `/api/registrations/${of.registrationId}/exits`, body, key);
const act = async (action: string, who = clerk, more: object = {}, of = person, key?: string) => {
  const { id, version } = await desk.exitOf(of);
  return desk.post(who, `/api/exits/${id}/${action}`, { version, ...more }, key);
};

describe('proposing', () => {
  it('A21-5e, M79-4b: a clerk proposes with evidence; the registration stays valid and nobody is told yet', async () => {
    const { status, body } = await propose(hired);
    expect(status).toBe(201);
    expect(body.case.registration).toMatchObject({
      status: 'exitProposed',
      exits: [{ status: 'proposed', reason: '11' }],
    });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'exitProposed', exited_on: null });
    expect(await desk.claimed(person)).toBe(true);
    expect(await desk.messagesTo(person)).toEqual([]);
    const exit = await desk.exitOf(person);
    expect(exit.serial).toMatch(/^\d{16}$/);
    expect(exit.basis).toMatchObject({ exitReasons: { citation: { document: '人社厅发〔2020〕79号' } } });
  });

  it.each<[string, object, number, string]>([
    ['code 22, which does not exist', { ...hired, reason: '22' }, 422, 'exit.incomplete'],
    ['24 without its kind', { ...hired, reason: '24' }, 422, 'exit.incomplete'],
    ['a date to come', { ...hired, exitOn: '2026-11-23' }, 422, 'exit.incomplete'],
    ['a date before registration', { ...hired, exitOn: '2026-09-30' }, 422, 'exit.incomplete'],
    ['no evidence', { ...hired, evidence: [] }, 422, 'exit.incomplete'],
    ['13 without the income', { ...hired, reason: '13' }, 422, 'exit.incomplete'],
    [
      '13 below the standard',
      { ...hired, reason: '13', remark: '月收入500元，当地最低生活保障标准630元。' },
      422,
      'exit.incomplete',
    ],
  ])('M79X-3, M79X-4: %s is refused', async (_, body, status, code) => {
    expect(await propose(body)).toMatchObject({ status, body: { code } });
    expect(await desk.exitOf(person)).toBeUndefined();
  });

  it('A21-5e: 13 with an income not below the local standard may be proposed', async () => {
    const remark = '月收入2600元，当地最低生活保障标准630元。';
    expect((await propose({ ...hired, reason: '13', remark })).status).toBe(201);
  });

  it('M79-10a, M79-2: an age as the reason is blocked and reported to supervision, although the proposal is rolled back', async () => {
    const remark = '已达到法定退休年龄';
    const { status, body } = await propose({ ...hired, reason: '90', remark });
    expect(status).toBe(422);
    expect(body.code).toBe('decision.forbiddenGround');
    expect(body.clause).toBe('M79-10a');
    expect(await desk.exitOf(person)).toBeUndefined();
    const events = await desk.fixtures.sql('select kind, office, detail from supervision_event where subject_id = $1', [
      person.registrationId,
    ]);
    expect(events).toMatchObject([{ kind: 'forbiddenGround', office: '410802', detail: { clauses: ['M79-10a'] } }]);
  });

  it('domain §5.11, H122-2d: a comparison asks the worker first and cannot be confirmed meanwhile', async () => {
    const found = [{ kind: 'employmentFinding', date: '2026-11-19', text: '劳动用工备案比对' }];
    const { status, body } = await propose({ ...hired, evidence: found, source: 'comparison' });
    expect(status).toBe(201);
    expect(body.case.registration?.exits[0]?.status).toBe('asked');
    expect(await desk.exitOf(person)).toMatchObject({ answer_due: '2026-11-27' });
    expect(await desk.messagesTo(person)).toEqual(['exit.asked']);
    expect(await act('confirm')).toMatchObject({ status: 409, body: { code: 'exit.notAllowed', clause: 'H122-2d' } });
    desk.fixtures.now = new Date('2026-11-30T02:00:00Z');
    const later = await desk.staff('clerk');
    expect(await act('confirm', later)).toMatchObject({ status: 409, body: { clause: 'A21-3b' } });
    expect((await desk.registrationRow(person)).status).toBe('exitProposed');
  });

  it('no second exit beside an open one: who, when, what', async () => {
    await propose(hired, await desk.staff('clerk', '410802', '刘经办'));
    const { status, body } = await propose({ ...hired, reason: '21' });
    expect(status).toBe(409);
    expect(body.code).toBe('registration.changed');
    expect(body.message).toContain('刘经办');
    expect(body.message).toContain('11月22日14:05');
  });
});

describe('at once', () => {
  it('two clerks propose at once: one exit, the other is told who was there', async () => {
    const other = await desk.staff('clerk', '410802', '刘经办');
    const replies = await Promise.all([propose(hired), propose({ ...hired, reason: '21' }, other)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('registration.changed');
    const exits = await desk.fixtures.sql('select id from exit where registration_id = $1', [person.registrationId]);
    expect(exits).toHaveLength(1);
  });
});

describe('confirming', () => {
  it('M79-4b, M79-8a: the registration ends, the claim is free, the person is told, the exit is in the day it was handled', async () => {
    await propose(hired);
    const { status, body } = await act('confirm');
    expect(status).toBe(200);
    expect(body.message).toContain('已告知本人');
    expect(await desk.exitOf(person)).toMatchObject({
      status: 'confirmed',
      handled_on: '2026-11-22',
      confirmed_by_name: '张经办',
      notice: { notify: true },
      basis: { noticeExemptions: { citation: { clauseId: 'M79-4b' } } },
    });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'exited', exited_on: '2026-11-20' });
    expect(await desk.claimed(person)).toBe(false);
    expect(await desk.messagesTo(person)).toEqual(['exit.confirmed']);
    expect(body.case.history.map((row) => row.action)).toContain('exit');
    const audited = await desk.fixtures.sql<{ action: string }>(
      'select action from audit_event where person_id = $1 order by at, id',
      [person.personId],
    );
    expect(audited.map((row) => row.action)).toEqual(['exit.propose', 'exit.confirm']);
  });

  it.each<[string, object]>([
    ['24 emigrated', { reason: '24', subReason: 'emigration' }],
    ['25 imprisoned', { reason: '25', evidence: [{ kind: 'investigation', text: '判决书信息核实' }] }],
    ['26 dead', { reason: '26', evidence: [{ kind: 'deathFinding', text: '民政殡葬信息' }] }],
  ])('A21-5d: %s: nobody is told, the reason is kept', async (_, change) => {
    await propose({ ...hired, ...change });
    expect((await act('confirm')).status).toBe(200);
    expect(await desk.messagesTo(person)).toEqual([]);
    expect(await desk.exitOf(person)).toMatchObject({ status: 'confirmed', notice: { notify: false } });
  });

  it.each<[string, object]>([
    ['24 to school', { reason: '24', subReason: 'study' }],
    ['24 military service', { reason: '24', subReason: 'service' }],
    ['12 a business of one’s own', { reason: '12', subReason: 'individual' }],
    ['21 drawing a pension', { reason: '21' }],
  ])('A21-5d, M79-4b: %s: the person is told once', async (_, change) => {
    await propose({ ...hired, ...change });
    await act('confirm');
    expect(await desk.messagesTo(person)).toEqual(['exit.confirmed']);
  });

  it('A21-5d: of a dead person the day is kept, and no message is ever written', async () => {
    await propose({ ...hired, reason: '26', evidence: [{ kind: 'deathFinding', text: '民政殡葬信息' }] });
    await act('confirm');
    expect(await desk.fixtures.sql('select deceased_on from person where id = $1', [person.personId])).toEqual([
      { deceased_on: '2026-11-20' },
    ]);
  });

  it('a stale page is told who did what, when', async () => {
    await propose(hired);
    const { id, version } = await desk.exitOf(person);
    await desk.post(await desk.staff('clerk', '410802', '刘经办'), `/api/exits/${id}/reject`, {
      version,
      reason: '本人未上班',
    });
    const { status, body } = await desk.post(clerk, `/api/exits/${id}/confirm`, { version });
    expect(status).toBe(409);
    expect(body.code).toBe('exit.changed');
    expect(body.message).toMatch(/刘经办于11月22日14:05处理（不予退出）/);
  });

  it('two clerks at once: one confirms, the other is told so; one exit, one message', async () => {
    await propose(hired);
    const { id, version } = await desk.exitOf(person);
    const other = await desk.staff('clerk', '410802', '刘经办');
    const replies = await Promise.all(
      [clerk, other].map((who) => desk.post(who, `/api/exits/${id}/confirm`, { version })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(replies.find(({ status }) => status === 409)?.body.code).toBe('exit.changed');
    expect(await desk.messagesTo(person)).toEqual(['exit.confirmed']);
    expect(await desk.exitOf(person)).toMatchObject({ version: 2 });
  });

  it('the same key twice has one effect and the same answer; nothing personal is kept with the key', async () => {
    const key = randomUUID();
    const first = await propose(hired, clerk, person, key);
    const again = await propose(hired, clerk, person, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.message).toBe(first.body.message);
    const exits = await desk.fixtures.sql('select id from exit where registration_id = $1', [person.registrationId]);
    expect(exits).toHaveLength(1);
    const other = await propose({ ...hired, remark: '另一份' }, clerk, person, key);
    expect(other).toMatchObject({ status: 409, body: { code: 'request.keyReused' } });
    const confirmKey = randomUUID();
    const { id, version } = await desk.exitOf(person);
    for (const _ of [1, 2]) {
      expect((await desk.post(clerk, `/api/exits/${id}/confirm`, { version }, confirmKey)).status).toBe(200);
    }
    expect(await desk.messagesTo(person)).toEqual(['exit.confirmed']);
    const kept = JSON.stringify(await desk.fixtures.sql('select response from idempotency'));
    for (const secret of [person.name, person.idNumber, person.mobile]) expect(kept).not.toContain(secret);
  });
});

describe('who may', () => {
  it.each(['statistician', 'hotline', 'auditor', 'exchangeOfficer'] as const)(
    '%s may not touch exits',
    async (role) => {
      await propose(hired);
      const who = await desk.staff(role);
      expect((await propose(hired, who)).status).toBe(403);
      for (const action of ['confirm', 'reject', 'review', 'restore']) {
        const more = {
          confirm: {},
          reject: { reason: '不同意' },
          review: { agrees: true, note: '同意' },
          restore: { reason: '办理有误需恢复' },
        };
        expect((await act(action, who, more[action as keyof typeof more])).status).toBe(403);
      }
    },
  );

  it('R069: clerks confirm and do not review or restore; supervisors review and restore and do not confirm', async () => {
    await propose(hired);
    const supervisor = await desk.staff('supervisor');
    expect((await act('review', clerk, { agrees: true, note: '同意' })).status).toBe(403);
    expect((await act('restore', clerk, { reason: '办理有误需恢复' })).status).toBe(403);
    expect((await act('confirm', supervisor)).status).toBe(403);
    expect((await propose(hired, supervisor)).status).toBe(403);
  });

  it('another county does not see the registration or its exit: 404, nothing changed', async () => {
    await propose(hired);
    const stranger = await desk.staff('clerk', '410803');
    const other = await desk.registered();
    expect((await propose(hired, stranger, other)).status).toBe(404);
    expect((await act('confirm', stranger)).status).toBe(404);
    expect((await act('reject', stranger, { reason: '不同意' })).status).toBe(404);
    expect((await act('restore', await desk.staff('supervisor', '410803'), { reason: '办理有误需恢复' })).status).toBe(
      404,
    );
    expect(await desk.exitOf(person)).toMatchObject({ status: 'proposed', version: 1 });
  });

  it('the city sees its counties; a field worker proposes and does not confirm', async () => {
    expect((await propose(hired, await desk.staff('fieldWorker'))).status).toBe(201);
    expect((await act('confirm', await desk.staff('fieldWorker'))).status).toBe(403);
    expect((await act('confirm', await desk.staff('clerk', '410800'))).status).toBe(200);
  });
});

describe('rejecting', () => {
  it('M79-4b: the registration is valid as before, and a new exit may be proposed', async () => {
    await propose(hired);
    const { status, body } = await act('reject', await desk.staff('supervisor'), { reason: '本人尚未上班' });
    expect(status).toBe(200);
    expect(body.case.registration).toMatchObject({ status: 'active', exits: [{ status: 'rejected' }] });
    expect(await desk.claimed(person)).toBe(true);
    expect(await desk.messagesTo(person)).toEqual([]);
    expect((await propose(hired)).status).toBe(201);
  });
});
