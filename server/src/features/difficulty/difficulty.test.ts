import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { serviceHandlers } from '../service/index.ts';
import { difficultyHandlers } from './index.ts';

type Body = Answer<'decideDifficulty'> & { code?: string; clause?: string; message: string };

let desk: Desk;
let clerk: string;
let person: RegistrationMade;
const halfYear = '连续失业半年以上的人员';
const noneWorks = '城镇零就业家庭成员';
const profile = { skill: 'certified', years: 6, wish: 'employed', search: 'alone', hindrances: [] };

beforeAll(async () => {
  desk = await openDesk(difficultyHandlers, serviceHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  clerk = await desk.staff('clerk', '410802', '张经办');
  // Registered long enough on 22 November.
  person = await desk.registered({ submittedOn: '2026-04-01' });
});

const post = (path: string, body: object, who = clerk) => desk.post<Body>(who, path, body);
const apply = (category = halfYear, of = person, who = clerk) =>
  post(`/api/registrations/${of.registrationId}/difficulty`, { category }, who);
const current = async () =>
  (await desk.get<Answer<'getDifficulty'>>(clerk, `/api/registrations/${person.registrationId}/difficulty`)).body
    .current!;
const decide = (body: object, id: string) => post(`/api/difficulties/${id}/decide`, body);

describe('an application for recognition', () => {
  it('HN09-44: is due in seven working days and stands in the worklist until it is decided', async () => {
    const { body } = await apply();
    // Sunday 22 November: seven working days are Tuesday 1 December.
    expect(body.difficulty.current).toMatchObject({ state: 'applied', category: halfYear, dueOn: '2026-12-01' });
    const list = () => desk.get<Answer<'getDifficultyWorklist'>>(clerk, '/api/worklists/difficulties');
    const mine = async () =>
      (await list()).body.items.filter(({ applicationId }) => applicationId === person.applicationId);
    expect(await mine()).toMatchObject([{ dueOn: '2026-12-01', state: 'open' }]);
    const { id } = await current();
    await decide({ recognise: false, version: 1, reason: '家中已有两人就业' }, id);
    expect(await mine()).toEqual([]);
  });
  it('M79-5a: twice makes one; a category that data contradict, or nobody knows, is refused with the reason', async () => {
    await apply();
    expect(await apply(noneWorks)).toMatchObject({ status: 409, body: { code: 'service.notAllowed' } });
    const short = await desk.registered({ submittedOn: '2026-09-01' });
    const tooEarly = await apply(halfYear, short);
    expect(tooEarly.status).toBe(422);
    expect(tooEarly.body.message).toMatch(/到2027-0\d-\d\d满6个月/);
    expect((await apply('大龄失业人员', short)).body.message).toContain('从本省');
  });
  it('the worker applies without any paper', async () => {
    const worker = desk.fixtures.worker(person);
    const seen = await desk.get<Answer<'getMyDifficulty'>>(worker, '/api/my/difficulty');
    expect(seen.body.mayApply).toBe(true);
    const { status, body } = await post(
      `/api/my/registrations/${person.registrationId}/difficulty`,
      { category: noneWorks },
      worker,
    );
    expect(status).toBe(200);
    expect(body.message).toBe('已收到，最晚2026年12月1日前办结，不用交材料。');
    const other = desk.fixtures.worker(await desk.registered({ submittedOn: '2026-04-01' }));
    expect(
      (await post(`/api/my/registrations/${person.registrationId}/difficulty`, { category: noneWorks }, other)).status,
    ).toBe(404);
  });
});

describe('a decision', () => {
  it('A21-4f: recognition holds a year, makes class C, tells the person, and the plan becomes due', async () => {
    await post(`/api/registrations/${person.registrationId}/class`, { profile, class: 'A' });
    await apply(noneWorks);
    const { id } = await current();
    expect((await decide({ recognise: true, version: 1, category: noneWorks }, id)).body.message).toContain('怎样核实');
    const { body } = await decide(
      { recognise: true, version: 1, category: noneWorks, verified: '入户了解，全家无人就业' },
      id,
    );
    expect(body.difficulty.current).toMatchObject({
      state: 'recognised',
      validFrom: '2026-11-22',
      validTo: '2027-11-21',
      decidedBy: '张经办',
    });
    expect(await desk.registrationRow(person)).toMatchObject({ class: 'C', status: 'active' });
    expect(await desk.messagesTo(person)).toContain('difficulty.recognised');
    const service = await desk.get<Answer<'getService'>>(clerk, `/api/registrations/${person.registrationId}/service`);
    expect(service.body.difficulty).toMatchObject({ planMissing: true, planDueOn: '2026-11-27' });
  });
  it('M79-2e, M79-5a: not to recognise leaves the registration as it is', async () => {
    await apply();
    const { id } = await current();
    const { body } = await decide({ recognise: false, version: 1, reason: '家中已有两人就业' }, id);
    expect(body.difficulty).toMatchObject({ earlier: [{ state: 'refused', text: '家中已有两人就业' }] });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'active' });
    expect(await desk.claimed(person)).toBe(true);
    expect(await desk.messagesTo(person)).toContain('difficulty.refused');
  });
  it('M79-2c: a reason that asks for papers is blocked', async () => {
    await apply();
    const { id } = await current();
    const { status, body } = await decide({ recognise: false, version: 1, reason: '没有提供毕业证书' }, id);
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'decision.forbiddenGround' });
    expect((await current()).state).toBe('applied');
  });
  it('two clerks at once: one decides, the other is told who', async () => {
    await apply();
    const { id } = await current();
    const body = { recognise: false, version: 1, reason: '家中已有两人就业' };
    const both = await Promise.all([decide(body, id), decide(body, id)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.body.message).toContain('张经办');
  });
});

describe('the yearly check', () => {
  const recognised = async () => {
    await apply();
    const { id } = await current();
    await decide({ recognise: true, version: 1, category: halfYear }, id);
    return id;
  };
  it('is owed when the time ends, and lets it hold for another year', async () => {
    const id = await recognised();
    desk.fixtures.now = new Date('2027-11-01T02:00:00Z');
    const later = await desk.staff('clerk', '410802', '李经办');
    const list = await desk.get<Answer<'getDifficultyWorklist'>>(later, '/api/worklists/difficulties?stage=recheck');
    expect(list.body.items.filter((one) => one.id === id)).toMatchObject([{ dueOn: '2027-11-21' }]);
    const { body } = await post(
      `/api/difficulties/${id}/recheck`,
      { version: 2, holds: true, text: '信息比对仍无就业' },
      later,
    );
    expect(body.difficulty.current).toMatchObject({ state: 'recognised', validTo: '2028-10-31' });
  });
  it('or ends it with the reason: told to the person, classed anew, open to a new application', async () => {
    await post(`/api/registrations/${person.registrationId}/class`, { profile, class: 'A' });
    const id = await recognised();
    await post(`/api/difficulties/${id}/recheck`, { version: 2, holds: false, text: '配偶已稳定就业' });
    expect(await desk.registrationRow(person)).toMatchObject({ class: 'A' });
    expect(await desk.messagesTo(person)).toContain('difficulty.withdrawn');
    expect((await apply(noneWorks)).status).toBe(200);
  });
  it('a recognition does not outlive its registration', async () => {
    await recognised();
    await desk.fixtures.sql("update registration set status = 'exited', exited_on = '2026-11-22' where id = $1", [
      person.registrationId,
    ]);
    const service = await desk.get<Answer<'getService'>>(clerk, `/api/registrations/${person.registrationId}/service`);
    expect(service.body.difficulty).toBeUndefined();
  });
});
