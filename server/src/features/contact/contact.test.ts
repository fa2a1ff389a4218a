import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { contactHandlers } from './index.ts';

let desk: Desk;
let clerk: string;
let person: RegistrationMade;

beforeAll(async () => {
  desk = await openDesk(contactHandlers);
  const versions = [
    ['policies', '410800', 1, '2020-08-01'],
    ['policies', '410800', 2, '2026-11-20'],
    ['services', '410800', 1, '2020-08-01'],
    ['institutions', '410802', 3, '2026-01-01'],
    ['institutions', '000000', 9, '2020-08-01'],
  ];
  for (const [list, division, version, from] of versions) {
    await desk.fixtures.sql(
      `insert into list_version (list, division, version, items, valid_from, approved_by, created_at)
       values ($1, $2, $3, '[]', $4, '王主任', now())
       on conflict (list, division, version) do nothing`,
      [list, division, version, from],
    );
  }
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  clerk = await desk.staff('clerk', '410802', '张经办');
  person = await desk.registered({ submittedOn: '2026-11-17' });
});

const lists = [
  { list: 'policies', division: '410800', version: 2, how: 'paper' },
  { list: 'services', division: '410800', version: 1, how: 'paper' },
  { list: 'institutions', division: '410802', version: 3, how: 'paper' },
];
const interview = {
  reason: '企业裁员',
  skills: '焊工，五年',
  wishes: '就近找一份长白班工作',
  exitConditionsTold: true,
  profile: { skill: 'some', years: 3, wish: 'employed', search: 'withHelp', hindrances: [] },
};
const first = {
  purpose: 'first',
  means: 'telephone',
  answered: true,
  at: '2026-11-20T10:30:00+08:00',
  result: 'reached',
  note: '',
  interview,
  lists,
};
const unanswered = { purpose: 'first', means: 'telephone', answered: false, at: '2026-11-19T10:30:00+08:00' };
const record = (body: object, who = clerk, of = person, key?: string) =>
  desk.post<Answer<'recordContact'>>(who, `/api/registrations/${of.registrationId}/contacts`, body, key);
const rowsOf = (table: 'contact' | 'list_handover') =>
  desk.fixtures.sql(`select * from ${table} where registration_id = $1`, [person.registrationId]);

describe('the first contact', () => {
  it('M79-3a, A21-4b, A21-4c: a complete interview with the lists of the day fulfils it and covers its month', async () => {
    const { status, body } = await record(first);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      fulfilsFirstContact: true,
      contact: {
        outcome: 'contact',
        officer: '张经办',
        interview: { skills: '焊工，五年' },
        lists: expect.arrayContaining(lists),
      },
    });
    const row = await desk.registrationRow(person);
    // Classed B in the interview of 20 November: monthly, so the end of December is owed next.
    expect(row).toMatchObject({
      last_contact_month: '2026-11',
      class: 'B',
      status: 'active',
      next_contact_on: '2026-12-31',
    });
    expect(row.first_contact_at).toEqual(new Date('2026-11-20T02:30:00Z'));
    expect(await rowsOf('list_handover')).toHaveLength(3);
    expect(body.case.history.map((one) => one.action)).toContain('contact');
    const audited = await desk.fixtures.sql(
      "select 1 from audit_event where person_id = $1 and action = 'contact.record'",
      [person.personId],
    );
    expect(audited).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['an unanswered call', unanswered, 'noAnswer'],
    ['a message without reply', { ...unanswered, means: 'message' }, 'sent'],
    ['nobody at home', { ...unanswered, means: 'visit' }, 'notHome'],
  ])('M79-3a, R059: %s is an attempt: kept, and it fulfils nothing', async (_, body, result) => {
    const reply = await record(body);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ fulfilsFirstContact: false, contact: { outcome: 'attempt', result } });
    expect(await desk.registrationRow(person)).toMatchObject({
      first_contact_at: null,
      last_contact_month: null,
      next_contact_on: '2026-12-31',
    });
    expect(await rowsOf('contact')).toHaveLength(1);
  });

  it.each<[string, object, string]>([
    ['without an interview', { interview: undefined, note: '谈了话' }, 'A21-4b'],
    ['without the reason', { interview: { ...interview, reason: '' }, note: '谈了话' }, 'A21-4b'],
    ['without skills', { interview: { ...interview, skills: ' ' } }, 'A21-4b'],
    ['without wishes', { interview: { ...interview, wishes: '' } }, 'A21-4b'],
    ['without the exit conditions', { interview: { ...interview, exitConditionsTold: false } }, 'A21-4b'],
    ['without the institution list', { lists: lists.slice(0, 2) }, 'A21-4c'],
    ['with an older version of a list', { lists: [{ ...lists[0], version: 1 }, ...lists.slice(1)] }, 'A21-4c'],
    ['with a version that does not exist', { lists: [{ ...lists[0], version: 7 }, ...lists.slice(1)] }, 'A21-4c'],
    [
      'with another place’s list',
      { lists: [...lists.slice(0, 2), { ...lists[2], division: '000000', version: 9 }] },
      'A21-4c',
    ],
    ['with a date to come', { at: '2026-11-22T14:30:00+08:00' }, 'A21-5a'],
    ['before the registration', { at: '2026-11-16T10:00:00+08:00' }, 'A21-5a'],
    ['answered with a result that says it was not', { result: 'noAnswer' }, 'A21-5a'],
  ])('A21-4b, A21-4c, A21-5a: %s it is not recorded', async (_, change, clause) => {
    const { status, body } = await record({ ...first, ...change });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'contact.incomplete', clause });
    expect(await rowsOf('contact')).toHaveLength(0);
    expect(await desk.registrationRow(person)).toMatchObject({ first_contact_at: null, version: 1 });
  });

  it('A21-4c: a contact of an earlier day hands over the version of that day', async () => {
    const earlier = {
      ...first,
      at: '2026-11-19T10:00:00+08:00',
      lists: [{ ...lists[0], version: 1 }, ...lists.slice(1)],
    };
    expect((await record(earlier)).status).toBe(200);
  });

  it('a visit note sent later does not move the first contact forward, an earlier one moves it back', async () => {
    await record(first);
    await record({ ...first, at: '2026-11-21T10:00:00+08:00' });
    expect((await desk.registrationRow(person)).first_contact_at).toEqual(new Date('2026-11-20T02:30:00Z'));
    await record({ ...first, at: '2026-11-20T09:00:00+08:00' });
    expect((await desk.registrationRow(person)).first_contact_at).toEqual(new Date('2026-11-20T01:00:00Z'));
  });
});

describe('follow-up', () => {
  it('A21-5b, M79-4a: a conversation covers its month but is no first contact without the interview', async () => {
    const body = {
      purpose: 'followUp',
      means: 'visit',
      answered: true,
      at: '2026-11-21T10:00:00+08:00',
      note: '仍在求职',
    };
    const reply = await record(body);
    expect(reply.body).toMatchObject({
      fulfilsFirstContact: false,
      contact: { outcome: 'contact', result: 'reached' },
    });
    expect(await desk.registrationRow(person)).toMatchObject({ first_contact_at: null, last_contact_month: '2026-11' });
  });

  it('A21-5a: a conversation without content is not recorded; other words for a result stay in the note', async () => {
    const body = { purpose: 'followUp', means: 'telephone', answered: true, at: '2026-11-21T10:00:00+08:00' };
    expect((await record(body)).status).toBe(422);
    const reply = await record({ ...body, result: '仍失业', note: '下周面试' });
    expect(reply.body.contact).toMatchObject({ result: 'reached', note: '仍失业。下周面试' });
  });

  it('nobody is contacted after death, and not after the exit', async () => {
    await desk.fixtures.sql("update person set deceased_on = '2026-11-18' where id = $1", [person.personId]);
    expect(await record(first)).toMatchObject({ status: 422, body: { code: 'contact.incomplete' } });
    const gone = await desk.registered({ registrationStatus: 'exited' });
    const { status, body } = await record(first, clerk, gone);
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'registration.changed' });
    expect(body.message).toContain('李经办');
  });
});

describe('who may', () => {
  it('supervisors, statisticians and auditors record nothing; field workers do', async () => {
    for (const role of ['supervisor', 'statistician', 'auditor'] as const) {
      expect((await record(first, await desk.staff(role))).status).toBe(403);
    }
    expect((await record(first, await desk.staff('fieldWorker'))).status).toBe(200);
  });

  it('another county does not see the registration: 404', async () => {
    expect((await record(first, await desk.staff('clerk', '410803'))).status).toBe(404);
    expect(await rowsOf('contact')).toHaveLength(0);
  });

  it('the same note sent twice, even at once, is recorded once; nothing personal is kept with the key', async () => {
    const key = randomUUID();
    const replies = await Promise.all([record(first, clerk, person, key), record(first, clerk, person, key)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(replies[0].body.contact.id).toBe(replies[1].body.contact.id);
    expect(await rowsOf('contact')).toHaveLength(1);
    expect(await rowsOf('list_handover')).toHaveLength(3);
    const kept = JSON.stringify(await desk.fixtures.sql('select response from idempotency'));
    for (const secret of [person.name, person.idNumber, '焊工']) expect(kept).not.toContain(secret);
  });
});

describe('what a contact found out', () => {
  const hired = { kind: 'hired', since: '2026-11-18', proposeExit: true };
  const talk = {
    purpose: 'followUp',
    means: 'telephone',
    answered: true,
    at: '2026-11-20T10:30:00+08:00',
    note: '说找到工作了',
  };

  it('A21-5d, M79-4b: a circumstance of exit leads to a proposal that asks the person first; the registration stays valid', async () => {
    const key = randomUUID();
    const { status, body } = await record({ ...talk, finding: hired }, clerk, person, key);
    expect(status).toBe(200);
    expect(body.message).toContain('已先询问本人');
    expect(body.contact).toMatchObject({ outcome: 'contact', findingText: '已到单位上班，从2026-11-18起' });
    expect(await desk.exitOf(person)).toMatchObject({
      status: 'asked',
      reason: '11',
      exit_on: '2026-11-18',
      source: 'clerk',
    });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'exitProposed', exited_on: null });
    expect(await desk.messagesTo(person)).toEqual(['exit.asked']);
    await record({ ...talk, finding: hired }, clerk, person, key);
    const exits = await desk.fixtures.sql('select 1 from exit where registration_id = $1', [person.registrationId]);
    expect(exits).toHaveLength(1);
  });

  it('A21-5a: without the wish to propose, or with an exit in hand already, the contact stands and nothing else follows', async () => {
    await record({ ...talk, finding: { ...hired, proposeExit: false } });
    expect(await desk.exitOf(person)).toBeUndefined();
    await desk.fixtures.exit(person);
    await desk.fixtures.sql("update registration set status = 'exitProposed' where id = $1", [person.registrationId]);
    const { status, body } = await record({ ...talk, finding: hired });
    expect(status).toBe(200);
    expect(body.message).toContain('没有提出退出');
    expect(await rowsOf('contact')).toHaveLength(2);
  });

  it.each([
    ['of somebody who was not reached', { ...talk, answered: false, finding: { kind: 'seeking' } }],
    ['without the day', { ...talk, finding: { kind: 'hired' } }],
    ['from a day before the registration', { ...talk, finding: hired }],
  ])('A21-5a: %s is refused and writes nothing', async (what, body) => {
    const late = what.includes('before') ? await desk.registered({ submittedOn: '2026-11-19' }) : person;
    expect(await record(body, clerk, late)).toMatchObject({
      status: 422,
      body: { code: 'contact.incomplete', clause: 'A21-5a' },
    });
    expect(await rowsOf('contact')).toHaveLength(0);
  });
});
