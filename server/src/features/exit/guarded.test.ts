import { shanghaiDate } from '@yingdeng/rules/calendar.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk, refusedOffers } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { workerActor } from '../../platform/actor.ts';
import { answerExit, exitHandlers } from './index.ts';

/** Five working days after Sunday 22 November are over on Friday 27. */
const AFTER_THE_NOTICE = new Date('2026-11-30T02:00:00Z');

let desk: Desk;
let person: RegistrationMade;

beforeAll(async () => {
  desk = await openDesk(exitHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  person = await desk.registered({ submittedOn: '2026-02-02' });
});

const propose = async (body: object, of = person, office = '410802') =>
  desk.post(await desk.staff('clerk', office), `/api/registrations/${of.registrationId}/exits`, body);
const act = async (action: string, who: string, more: object = {}, of = person) => {
  const { id, version } = await desk.exitOf(of);
  return desk.post(who, `/api/exits/${id}/${action}`, { version, ...more });
};
const agree = { agrees: true, note: '三次提供均有记录，同意' };

describe('31 and 32 under 79号', () => {
  it.each<[string, object]>([
    ['no offers', { evidence: [] }],
    ['two offers', { evidence: refusedOffers.evidence.slice(1) }],
    ['three offers on two days', { evidence: [0, 0, 1].map((n) => refusedOffers.evidence[n]) }],
    ['an unsuitable offer', { evidence: refusedOffers.evidence.map((one, n) => ({ ...one, suitable: n > 0 })) }],
  ])('M79-4c: 31 with %s is refused', async (_, change) => {
    const { status, body } = await propose({ ...refusedOffers, ...change });
    expect(status).toBe(422);
    expect(body.code).toBe('exit.incomplete');
    expect(body.clause).toBe(
      change && 'evidence' in change && (change.evidence as []).length === 0 ? 'M79-4b' : 'M79-4c',
    );
    expect(await desk.exitOf(person)).toBeUndefined();
  });

  it('M79-4c: last-chance notice, its days, a second person who neither proposed nor confirmed; only then the end', async () => {
    expect((await propose(refusedOffers)).status).toBe(201);
    expect(await desk.messagesTo(person)).toEqual(['exit.lastChance']);
    expect(await desk.exitOf(person)).toMatchObject({
      answer_due: '2026-11-27',
      basis: { guardedExit: { value: {} } },
    });
    expect(
      await desk.fixtures.sql('select purpose, outcome from contact where registration_id = $1', [
        person.registrationId,
      ]),
    ).toEqual([{ purpose: 'lastChance', outcome: 'attempt' }]);
    // Too early.
    expect(await act('confirm', await desk.staff('clerk'))).toMatchObject({ status: 422, body: { clause: 'M79-4c' } });
    desk.fixtures.now = AFTER_THE_NOTICE;
    const { body } = await act('confirm', await desk.staff('clerk'));
    expect(body.message).toContain('第二人复核');
    expect(await desk.exitOf(person)).toMatchObject({ status: 'awaitingReview', handled_on: null });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'exitProposed' });
    expect(await desk.claimed(person)).toBe(true);
    expect((await act('review', await desk.staff('supervisor', '410802', '王督导'), agree)).status).toBe(200);
    expect(await desk.exitOf(person)).toMatchObject({
      status: 'confirmed',
      confirmed_by_name: '张经办',
      reviewed_by_name: '王督导',
      handled_on: '2026-11-30',
    });
    expect(await desk.messagesTo(person)).toEqual(['exit.lastChance', 'exit.confirmed']);
  });

  it('M79-4c: nobody reviews an own proposal, in either sense; the attempt is reported to supervision', async () => {
    await propose(refusedOffers);
    desk.fixtures.now = AFTER_THE_NOTICE;
    await act('confirm', await desk.staff('clerk'));
    const { id } = await desk.exitOf(person);
    const supervisor = await desk.staff('supervisor', '410802', '赵督导');
    await desk.fixtures.sql(
      "update exit set proposed_by = (select id from account where display_name = '赵督导') where id = $1",
      [id],
    );
    expect(await act('review', supervisor, agree)).toMatchObject({
      status: 409,
      body: { code: 'exit.notAllowed', clause: 'M79-4c' },
    });
    expect(await act('review', supervisor, { agrees: false, note: '不同意' })).toMatchObject({
      status: 409,
      body: { code: 'exit.notAllowed', clause: 'M79-4c' },
    });
    const events = await desk.fixtures.sql('select kind from supervision_event where subject_id = $1', [id]);
    expect(events).toEqual([{ kind: 'selfReview' }, { kind: 'selfReview' }]);
    expect(await desk.exitOf(person)).toMatchObject({ status: 'awaitingReview' });
  });

  it('M79-4c: the second person disagrees: the registration stays', async () => {
    await propose(refusedOffers);
    desk.fixtures.now = AFTER_THE_NOTICE;
    await act('confirm', await desk.staff('clerk'));
    const { status } = await act('review', await desk.staff('supervisor'), {
      agrees: false,
      note: '第二次的岗位不合适',
    });
    expect(status).toBe(200);
    expect(await desk.exitOf(person)).toMatchObject({ status: 'rejected', reviewed_by_name: '张经办' });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'active' });
  });

  it('M79-4c: whoever answers the last-chance notice keeps the registration, whatever the answer', async () => {
    for (const agrees of [true, false]) {
      const one = await desk.registered({ submittedOn: '2026-02-02' });
      await propose(refusedOffers, one);
      const { id } = await desk.exitOf(one);
      const worker = workerActor(one.personId, one.name);
      const answer = { exitId: id, agrees, text: '我还在找工作', key: `answer-${id}`, now: NOW };
      await answerExit(desk.fixtures.context, worker, answer);
      expect(await desk.exitOf(one)).toMatchObject({ status: 'rejected', answer: { agrees, text: '我还在找工作' } });
      expect(await desk.registrationRow(one)).toMatchObject({ status: 'active' });
    }
  });

  it('M79-4c: somebody reached after the notice cannot be ended by it', async () => {
    await propose(refusedOffers);
    desk.fixtures.now = AFTER_THE_NOTICE;
    await desk.fixtures.contact(person, { outcome: 'contact', at: new Date('2026-11-25T02:00:00Z') });
    const { status, body } = await act('confirm', await desk.staff('clerk'));
    expect(status).toBe(422);
    expect(body.message).toContain('已回应');
  });

  const attempts = ['06', '07', '08', '09', '10', '11'].map((month, n) => ({
    kind: 'contactAttempts',
    date: `2026-${month}-10`,
    text: '未能联系上',
    means: n === 0 ? 'visit' : 'telephone',
  }));

  it('M79-4c, A21-5d: 32 needs six months by two means and none reached; in the end nobody is told', async () => {
    const silent = { reason: '32', evidence: attempts, exitOn: '2026-11-20' };
    expect((await propose({ ...silent, evidence: attempts.slice(1) })).status).toBe(422);
    expect(
      (await propose({ ...silent, evidence: attempts.map((one) => ({ ...one, means: 'telephone' })) })).status,
    ).toBe(422);
    const met = await desk.registered({ submittedOn: '2026-02-02' });
    await desk.fixtures.contact(met, { outcome: 'contact', at: new Date('2026-08-20T02:00:00Z') });
    expect((await propose(silent, met)).status).toBe(422);
    expect((await propose(silent)).status).toBe(201);
    desk.fixtures.now = AFTER_THE_NOTICE;
    await act('confirm', await desk.staff('clerk'));
    expect((await act('review', await desk.staff('supervisor'), agree)).status).toBe(200);
    expect(await desk.messagesTo(person)).toEqual(['exit.lastChance']);
    expect(await desk.exitOf(person)).toMatchObject({ notice: { notify: false } });
  });
});

describe('a date put back', () => {
  it('M79-4c: does not lift the guard of 31; in Anshan before 79号 it was a ground of its own (A21-5f)', async () => {
    const offers = ['2020-04-01', '2020-04-15', '2020-05-06'].map((date, n) => ({
      ...refusedOffers.evidence[n],
      date,
    }));
    const body = { reason: '31', evidence: offers, exitOn: '2020-05-20' };
    await desk.fixtures.sql(
      "insert into office (code, kind, name) values ('210302', 'county', '铁东区公共就业服务中心') on conflict do nothing",
    );
    const one = await desk.registered({ office: '210302', submittedOn: '2020-03-02' });
    const now = await propose(body, one, '210302');
    expect(now.body.message).toContain('最后一次告知');
    const other = await desk.registered({ office: '210302', submittedOn: '2020-03-02' });
    desk.fixtures.now = new Date('2020-05-20T02:00:00Z');
    expect(shanghaiDate(desk.fixtures.now)).toBe('2020-05-20');
    expect((await propose(body, other, '210302')).status).toBe(201);
    expect((await act('confirm', await desk.staff('clerk', '210302'), {}, other)).status).toBe(200);
    expect(await desk.exitOf(other)).toMatchObject({
      status: 'confirmed',
      basis: { exit31: { citation: { clauseId: 'A21-5f' } } },
    });
  });
});
