import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, hired, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { exitHandlers } from './index.ts';

let desk: Desk;
let supervisor: string;
let person: RegistrationMade;
const wrong = { reason: '把同名的人退出了，现恢复' };

beforeAll(async () => {
  desk = await openDesk(exitHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  supervisor = await desk.staff('supervisor', '410802', '王督导');
  person = await desk.registered();
});

const act = async (action: string, who: string, more: object = {}) => {
  const { id, version } = await desk.exitOf(person);
  return desk.post(who, `/api/exits/${id}/${action}`, { version, ...more });
};
const end = async (change: object = {}) => {
  const clerk = await desk.staff('clerk');
  await desk.post(clerk, `/api/registrations/${person.registrationId}/exits`, { ...hired, ...change });
  expect((await act('confirm', clerk)).status).toBe(200);
};
const restored = () =>
  desk.fixtures.sql<{ detail: { platform?: { note: string } } }>(
    "select detail from registration_action where registration_id = $1 and action = 'restore'",
    [person.registrationId],
  );

describe('restoring', () => {
  it('domain §9.7: the registration is valid again under its claim, the person is told, no record leaves tonight', async () => {
    await end();
    const { status, body } = await act('restore', supervisor, wrong);
    expect(status).toBe(200);
    expect(body.case.registration).toMatchObject({
      status: 'active',
      exits: [{ status: 'restored', restoredReason: wrong.reason }],
    });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'active', exited_on: null });
    expect(await desk.claimed(person)).toBe(true);
    expect(await desk.messagesTo(person)).toEqual(['exit.confirmed', 'exit.restored']);
    const tonight = await desk.fixtures.sql(
      "select 1 from exit where handled_on = '2026-11-22' and status = 'confirmed'",
    );
    expect(tonight).toEqual([]);
    expect((await restored())[0]?.detail.platform).toBeUndefined();
  });

  it('domain §9.7: an uploaded exit leaves a note, for the platform has no message that takes it back', async () => {
    await end();
    const { id, serial } = await desk.exitOf(person);
    await desk.fixtures.sql(
      `insert into exit_upload (tenant, exit_id, office, division, serial, business_date, state, record_sealed, digest, built_at)
       values ('4108', $1, '410802', '410802', $2, '2026-11-22', 'accepted', '', '', now())`,
      [id, serial],
    );
    const { body } = await act('restore', supervisor, wrong);
    expect(body.message).toContain('没有撤回接口');
    expect((await restored())[0]?.detail.platform).toMatchObject({
      note: expect.stringContaining('王督导'),
      state: 'accepted',
    });
  });

  it('A21-2d: who has registered elsewhere meanwhile is not registered twice', async () => {
    await end();
    const elsewhere = await desk.registered({ office: '410102', idNumber: person.idNumber });
    const { status, body } = await act('restore', supervisor, wrong);
    expect(status).toBe(409);
    expect(body.code).toBe('registration.claimed');
    expect(body.message).toContain('郑州市');
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'exited' });
    expect(await desk.claimed(elsewhere)).toBe(true);
  });

  it('A21-5d: somebody taken for dead is alive again, and may be written to again', async () => {
    await end({ reason: '26', evidence: [{ kind: 'deathFinding', text: '民政殡葬信息' }] });
    await act('restore', supervisor, wrong);
    expect(await desk.fixtures.sql('select deceased_on from person where id = $1', [person.personId])).toEqual([
      { deceased_on: null },
    ]);
    expect(await desk.messagesTo(person)).toEqual(['exit.restored']);
  });

  it('a restored exit is not restored again, and a later exit of the same registration is possible', async () => {
    await end();
    await act('restore', supervisor, wrong);
    expect(await act('restore', supervisor, wrong)).toMatchObject({ status: 409, body: { code: 'exit.changed' } });
    await end();
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'exited' });
  });

  it('two supervisors at once: one restores', async () => {
    await end();
    const other = await desk.staff('supervisor', '410800');
    const replies = await Promise.all([supervisor, other].map((who) => act('restore', who, wrong)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await restored()).length).toBe(1);
  });
});
