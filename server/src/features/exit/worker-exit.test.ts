import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, hired, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { workerActor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import { answerExit, exitHandlers, reportExit } from './index.ts';

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

const self = (who = person) => workerActor(who.personId, who.name);
let keys = 0;
const key = () => {
  keys += 1;
  return `worker-key-${keys}`;
};
const report = (change: object = {}, who = self(), requestKey = key()) =>
  reportExit(desk.fixtures.context, who, {
    registrationId: person.registrationId,
    reason: '11',
    exitOn: '2026-11-20',
    text: '到万方厂上班了',
    key: requestKey,
    now: NOW,
    ...change,
  });
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
const confirm = async (more: object = {}) => {
  const { id, version } = await desk.exitOf(person);
  return desk.post(clerk, `/api/exits/${id}/confirm`, { version, ...more });
};

describe('the worker reports', () => {
  it('A21-5a: an own report is a proposal with the own statement; a clerk confirms it', async () => {
    await report();
    expect(await desk.exitOf(person)).toMatchObject({
      status: 'proposed',
      source: 'worker',
      proposed_by: null,
      remark: '',
      evidence: [{ kind: 'workerStatement', text: '到万方厂上班了' }],
    });
    expect((await confirm()).status).toBe(200);
    expect(await desk.messagesTo(person)).toEqual(['exit.confirmed']);
  });

  it('A21-5e: what the clerk found out since is added at confirmation: a report of own income needs the standard beside it', async () => {
    await report({ reason: '13', text: '帮人装修，有活就干' });
    expect((await confirm()).body.code).toBe('exit.incomplete');
    const found = { kind: 'investigation', date: '2026-11-22', text: '月收入3200元，当地最低生活保障标准680元' };
    expect((await confirm({ evidence: [found] })).status).toBe(200);
    expect((await desk.exitOf(person)).evidence).toContainEqual(found);
  });

  it('M79-2a: nothing but the own word is asked for, whatever the office must hold at confirmation', async () => {
    await report({ reason: '23' });
    expect(await desk.exitOf(person)).toMatchObject({ status: 'proposed', reason: '23' });
    expect(await confirm()).toMatchObject({ status: 422, body: { code: 'exit.incomplete' } });
  });

  it.each(['25', '26', '31', '32'])('M79-4c: %s is not the worker’s to report', async (reason) => {
    expect(await codeOf(report({ reason }))).toBe('exit.notAllowed');
  });

  it('M79-10a: an age under 90 is no reason either; the worker is not reported to supervision for the words', async () => {
    expect(await codeOf(report({ reason: '90', text: '已达到法定退休年龄' }))).toBe('exit.notAllowed');
    const events = await desk.fixtures.sql('select 1 from supervision_event where subject_id = $1', [
      person.registrationId,
    ]);
    expect(events).toEqual([]);
  });

  it('a date to come, a missing kind, a missing text are refused', async () => {
    expect(await codeOf(report({ exitOn: '2026-11-23' }))).toBe('exit.incomplete');
    expect(await codeOf(report({ reason: '24' }))).toBe('exit.incomplete');
    expect(await codeOf(report({ reason: '90', text: '' }))).toBe('exit.incomplete');
  });

  it('the same key twice makes one report; a second one beside it is told what stands', async () => {
    await report({}, self(), 'same-key-1');
    await report({}, self(), 'same-key-1');
    expect(await desk.fixtures.sql('select 1 as one from exit where person_id = $1', [person.personId])).toHaveLength(
      1,
    );
    expect(await codeOf(report())).toBe('registration.changed');
    const kept = JSON.stringify(await desk.fixtures.sql("select response from idempotency where key = 'same-key-1'"));
    for (const secret of [person.name, person.idNumber, '万方']) expect(kept).not.toContain(secret);
  });

  it('nobody reports or answers for somebody else', async () => {
    const other = await desk.registered();
    expect(await codeOf(report({}, self(other)))).toBe('request.notFound');
    await report();
    const { id } = await desk.exitOf(person);
    const answer = { exitId: id, agrees: true, text: '', key: key(), now: NOW };
    expect(await codeOf(answerExit(desk.fixtures.context, self(other), answer))).toBe('request.notFound');
  });
});

describe('the worker is asked', () => {
  const ask = () =>
    desk.post(clerk, `/api/registrations/${person.registrationId}/exits`, {
      ...hired,
      evidence: [{ kind: 'socialInsuranceFinding', date: '2026-11-19', text: '新单位参保' }],
      source: 'comparison',
    });
  const answer = async (agrees: boolean, text: string) => {
    const { id } = await desk.exitOf(person);
    return answerExit(desk.fixtures.context, self(), { exitId: id, agrees, text, key: key(), now: NOW });
  };

  it('domain §5.11: who agrees lets it go on, with the own words as evidence; a clerk confirms', async () => {
    await ask();
    await answer(true, '');
    expect(await desk.exitOf(person)).toMatchObject({ status: 'proposed', answer: { agrees: true } });
    expect((await confirm()).status).toBe(200);
    expect(await desk.messagesTo(person)).toEqual(['exit.asked', 'exit.confirmed']);
  });

  it('domain §5.11: who disagrees keeps the registration, and the answer is kept', async () => {
    await ask();
    const { message } = await answer(false, '只签了意向，没有上班');
    expect(message).toContain('继续有效');
    expect(await desk.exitOf(person)).toMatchObject({
      status: 'rejected',
      answer: { agrees: false, text: '只签了意向，没有上班' },
    });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'active' });
    expect(await desk.claimed(person)).toBe(true);
    expect(await codeOf(answer(true, ''))).toBe('exit.changed');
  });
});
