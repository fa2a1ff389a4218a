import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { supportHandlers } from './index.ts';

type Told = Answer<'acceptSupport'>;

let desk: Desk;
let clerk: string;
let person: RegistrationMade;
const tax = '重点群体创业税收优惠';

beforeAll(async () => {
  desk = await openDesk(supportHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  clerk = await desk.staff('clerk', '410802', '张经办');
  person = await desk.registered({ submittedOn: '2026-04-01' });
});

const path = () => `/api/registrations/${person.registrationId}/support`;
const accept = (body: object = {}, who = clerk) =>
  desk.post<Told>(who, path(), { policy: tax, answers: [true], ...body });
const settle = (id: string, body: object, who = clerk) => desk.post<Told>(who, `/api/support-applications/${id}`, body);
const list = async (stage: string) =>
  (await desk.get<Answer<'getSupportWorklist'>>(clerk, `/api/worklists/support?stage=${stage}`)).body.items.filter(
    ({ applicationId }) => applicationId === person.applicationId,
  );

describe('a policy application', () => {
  it('A21-4g: is found from the facts and accepted in the same visit, as a service given', async () => {
    const { body: file } = await desk.get<Answer<'getSupport'>>(clerk, path());
    expect(file.policies.filter(({ possible }) => possible).map(({ name }) => name)).toEqual([
      '职业培训补贴',
      '创业担保贷款',
      tax,
    ]);
    const { status, body } = await accept();
    expect(status).toBe(200);
    expect(body.support.applications).toMatchObject([
      { policy: tax, state: 'accepted', conditions: [{ stands: 'yes' }, { stands: 'yes' }] },
    ]);
    expect(
      await desk.fixtures.sql('select kind, result from service_record where person_id = $1', [person.personId]),
    ).toEqual([{ kind: 'policyApplication', result: 'going' }]);
    expect(await list('accepted')).toHaveLength(1);
  });
  it('is forwarded, answered and told to the person, with its history; the registration stays (M79-2e)', async () => {
    const { id } = (await accept()).body.support.applications[0]!;
    await settle(id, { version: 1, action: 'forward', text: '解放区税务局' });
    expect(await list('accepted')).toEqual([]);
    expect(await list('forwarded')).toMatchObject([{ forwardedTo: '解放区税务局' }]);
    const { body } = await settle(id, { version: 2, action: 'refuse', text: '尚未办理营业执照' });
    expect(body.support.applications[0]).toMatchObject({
      state: 'refused',
      result: '尚未办理营业执照',
      steps: [{ stateText: '已受理' }, { stateText: '已转交' }, { stateText: '未获批准' }],
    });
    expect(await desk.messagesTo(person)).toContain('support.refused');
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'active' });
    expect(await list('forwarded')).toEqual([]);
    expect((await accept()).status).toBe(200);
  });
  it('A21-4e: a guaranteed loan is pre-checked by its conditions and caps, forwarded to the bank and followed; nothing is decided here', async () => {
    const loan = (yuan: number) =>
      accept({ policy: '创业担保贷款', answers: [true, true], loan: { yuan, years: 3, purpose: '开早餐店购设备' } });
    expect((await accept({ policy: '创业担保贷款', answers: [true, true] })).body.message).toContain('拟贷金额');
    expect((await loan(300_001)).body.message).toContain('1000至300000');
    const { id, loan: asked } = (await loan(100_000)).body.support.applications[0]!;
    expect(asked).toEqual({ yuan: 100_000, years: 3, purpose: '开早餐店购设备' });
    expect(await desk.fixtures.sql('select kind from service_record where person_id = $1', [person.personId])).toEqual([
      { kind: 'guaranteedLoan' },
    ]);
    await settle(id, { version: 1, action: 'forward', text: '市创业担保中心' });
    const { body } = await settle(id, { version: 2, action: 'grant', text: '放款8万元，两年' });
    expect(body.support.applications[0]).toMatchObject({ state: 'granted', result: '放款8万元，两年' });
    expect(await desk.messagesTo(person)).toContain('support.granted');
  });
  it('the same policy twice at once makes one', async () => {
    const both = await Promise.all([accept(), accept()]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
  it('a stale page, a text that asks for papers, a field worker who would settle: each is refused', async () => {
    const { id } = (await accept()).body.support.applications[0]!;
    expect((await settle(id, { version: 2, action: 'grant', text: '已享受' })).status).toBe(409);
    const blocked = await settle(id, { version: 1, action: 'refuse', text: '没有提供毕业证书' });
    expect(blocked.body.code).toBe('decision.forbiddenGround');
    const field = await desk.staff('fieldWorker', '410802', '赵专员');
    expect((await settle(id, { version: 1, action: 'forward', text: '税务局' }, field)).status).toBe(403);
  });
  it('nobody of another county sees or settles it; the worker sees the own', async () => {
    const { id } = (await accept()).body.support.applications[0]!;
    const stranger = await desk.staff('clerk', '410803', '刘经办');
    expect((await settle(id, { version: 1, action: 'forward', text: '税务局' }, stranger)).status).toBe(404);
    const mine = await desk.get<Answer<'getMySupport'>>(desk.fixtures.worker(person), '/api/my/support');
    expect(mine.body.applications).toMatchObject([{ policy: tax, state: 'accepted' }]);
    expect(mine.body.policies.every(({ possible }) => possible)).toBe(true);
    const other = desk.fixtures.worker(await desk.registered({}));
    expect((await desk.get<Answer<'getMySupport'>>(other, '/api/my/support')).body.applications).toEqual([]);
  });
});
