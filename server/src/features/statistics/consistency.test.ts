import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import type { RegistrationMade } from '../../../test/fixtures.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import { statisticsHandlers } from './index.ts';

type Sheet = Answer<'getReport'>;
type Compared = Answer<'getReportConsistency'>;

const [COUNTY, MONTH] = ['410802', '2026-11'];
let desk: Desk;
let who: string;

beforeAll(async () => {
  desk = await openDesk(statisticsHandlers);
  desk.fixtures.now = new Date('2026-11-21T01:00:00Z');
  who = await desk.staff('statistician', COUNTY);
});
afterAll(() => desk.close());

/** An exit of November with the state of its upload; none: no upload. */
async function exit(of: RegistrationMade, upload: string | undefined, restoredAt: string | null = null): Promise<void> {
  const at = new Date('2026-11-03T02:00:00Z');
  const id = newTenantId('4108', at);
  await desk.fixtures.sql(
    `insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, evidence, exit_on,
       proposed_at, proposed_by_name, confirmed_at, handled_on, basis, restored_at)
     values ('4108', $1, $2, $3, $4, '410802', '410802', $5, 'clerk', '11', '[]', '2026-11-03', $6, '张经办', $6, '2026-11-03', '{}', $7)`,
    [id, of.registrationNumber, of.registrationId, of.personId, restoredAt ? 'restored' : 'confirmed', at, restoredAt],
  );
  if (!restoredAt)
    await desk.fixtures.sql("update registration set status = 'exited' where id = $1", [of.registrationId]);
  if (upload)
    await desk.fixtures.sql(
      `insert into exit_upload (tenant, exit_id, office, division, serial, business_date, state, digest, built_at)
       values ('4108', $1, '410802', '410802', $2, '2026-11-03', $3, '\\x00', $4)`,
      [id, of.registrationNumber, upload, at],
    );
}
const decided = (of: RegistrationMade, state: string) =>
  desk.fixtures.sql(
    `insert into decision_upload (tenant, application_id, office, outcome, decided_at, state) values ('4108', $1, '410802', 'registered', now(), $2)`,
    [of.applicationId, state],
  );

it('H122-3e, A21-6b, M79-7a, M79-8a: each person in whom report, registers and platform differ is named, and nobody else', async () => {
  const person = async (on = '2026-09-25') => desk.registered({ submittedOn: on, office: COUNTY });
  const [accepted, returned, unsent, undone, fresh, waiting] = [
    await person(),
    await person(),
    await person(),
    await person(),
    await person('2026-11-02'),
    await person('2026-11-02'),
  ];
  await exit(accepted, 'accepted');
  await exit(returned, 'returned');
  await exit(unsent, undefined);
  await exit(undone, 'accepted', '2026-11-05T02:00:00Z');
  await decided(fresh, 'accepted');
  await decided(waiting, 'waiting');
  const { sheet } = (await desk.post<{ sheet: Sheet }>(who, `/api/reports/${COUNTY}/${MONTH}/prepare`, {})).body;
  const compare = async () => (await desk.get<Compared>(who, `/api/reports/${sheet.head.id}/consistency`)).body;
  const found = await compare();
  const figures = Object.fromEntries(
    found.sides.map(({ side, counted, there, differing }) => [side, [counted, there, differing]]),
  );
  expect(figures).toEqual({ registers: [3, 3, 0], exits: [3, 2, 3], registrations: [2, 1, 1] });
  const texts = new Map(found.items.map(({ registrationId, text }) => [registrationId, text]));
  expect(texts.get(returned.registrationId)).toBe('报表已计，平台未接收：平台退回，等待更正');
  expect(texts.get(unsent.registrationId)).toBe('报表已计，平台未接收：没有上传记录');
  expect(texts.get(undone.registrationId)).toContain('期内已恢复登记');
  expect(texts.get(waiting.registrationId)).toBe('报表已计，平台未接收：等待上传');
  expect(texts.has(accepted.registrationId) || texts.has(fresh.registrationId)).toBe(false);
  expect(found.items[0]?.idMasked).toMatch(/\*{4,}/);

  // The registers change after the lists were frozen: somebody comes, a fact changes with its reason.
  const late = await desk.registered({ submittedOn: '2026-11-04', office: COUNTY });
  await desk.fixtures.sql(
    "update person set sex = case sex when '1' then '2' else '1' end, updated_at = '2026-11-25' where id = $1",
    [waiting.personId],
  );
  const again = await compare();
  expect(again.sides[0]).toMatchObject({ side: 'registers', counted: 3, there: 4 });
  const registers = again.items.filter(({ side }) => side === 'registers');
  expect(
    registers.filter(({ registrationId }) => registrationId === late.registrationId).map(({ explained }) => explained),
  ).toEqual([false, false]);
  expect(
    registers
      .filter(({ registrationId }) => registrationId === waiting.registrationId)
      .every(({ explained }) => explained),
  ).toBe(true);
  const audited = await desk.fixtures.sql("select 1 from audit_event where detail ? 'consistency'", []);
  expect(audited).toHaveLength(2);
});

it('H122-3e: a report that is not counted, or of another range, is not compared', async () => {
  expect((await desk.get(who, `/api/reports/${newTenantId('4108', new Date())}/consistency`)).status).toBe(404);
  const other = await desk.staff('statistician', '410803');
  const { head } = (await desk.get<Sheet>(who, `/api/reports/${COUNTY}/${MONTH}`)).body;
  expect((await desk.get(other, `/api/reports/${head.id}/consistency`)).status).toBe(404);
});
