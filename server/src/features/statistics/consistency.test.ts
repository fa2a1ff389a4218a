import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import type { RegistrationMade } from '../../../test/fixtures.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import { compareAsked, statisticsHandlers } from './index.ts';

type Sheet = Answer<'getReport'>;
type Compared = Answer<'getReportConsistency'>;
type Differences = Answer<'getReportDifferences'>;

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
/** Asks for a comparison and has it worked off; how the county then stands. */
async function compare(of = COUNTY, by = who): Promise<Compared> {
  const asked = await desk.post<Compared>(by, `/api/reports/${of}/${MONTH}/consistency`, {});
  expect(asked.status).toBe(200);
  while ((await compareAsked(desk.fixtures.context)) > 0);
  return (await desk.get<Compared>(by, `/api/reports/${of}/${MONTH}/consistency`)).body;
}
/** Everybody who differs on a side. */
async function differing(side: Compared['sides'][number]['side']): Promise<Differences['items']> {
  const items: Differences['items'] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const path: string = `/api/reports/${COUNTY}/${MONTH}/differences?side=${side}&after=${after}`;
    const page: Differences = (await desk.get<Differences>(who, path)).body;
    items.push(...page.items);
    after = page.next;
  }
  return items;
}
const decided = (of: RegistrationMade, state: string) =>
  desk.fixtures.sql(
    `insert into decision_upload (tenant, application_id, office, outcome, decided_at, state) values ('4108', $1, '410802', 'registered', now(), $2)`,
    [of.applicationId, state],
  );

/** Registered elsewhere in time and loaded back: in a batch that was received, or come back from it. */
async function loadedBack(of: RegistrationMade, state: 'batched' | 'returned'): Promise<void> {
  await desk.fixtures.sql(
    `insert into exchange_batch (tenant, id, kind, division, business_date, count, digest, content_sealed, state, built_at, receipt_at)
     values ('4108', '410802R20261103001', 'registrations', '410802', '2026-11-03', 2, '', '', 'received', '2026-11-03T10:00Z', '2026-11-03T11:00Z')
     on conflict do nothing`,
  );
  await desk.fixtures.sql(
    `insert into registration_upload (tenant, registration_id, office, division, serial, benefit, state, digest, batch_id, built_at)
     values ('4108', $1::uuid, '410802', '410802', left(replace($1::text, '-', ''), 20), false, $2, '', '410802R20261103001', '2026-11-03T10:00Z')`,
    [of.registrationId, state],
  );
}

it('H122-3e, H122-3c, A21-6b, M79-7a, M79-8a: each person in whom report, registers and platform differ is named, and nobody else', async () => {
  const person = async (on = '2026-09-25') => desk.registered({ submittedOn: on, office: COUNTY });
  const [accepted, returned, unsent, undone, fresh, waiting, loaded, back] = [
    await person(),
    await person(),
    await person(),
    await person(),
    await person('2026-11-02'),
    await person('2026-11-02'),
    await person('2026-11-02'),
    await person('2026-11-02'),
  ];
  await exit(accepted, 'accepted');
  await exit(returned, 'returned');
  await exit(unsent, undefined);
  await exit(undone, 'accepted', '2026-11-05T02:00:00Z');
  await decided(fresh, 'accepted');
  await decided(waiting, 'waiting');
  await loadedBack(loaded, 'batched');
  await loadedBack(back, 'returned');
  await desk.post<{ sheet: Sheet }>(who, `/api/reports/${COUNTY}/${MONTH}/prepare`, {});
  const found = await compare();
  expect(found).toMatchObject({ of: 1, done: 1, waiting: 0, parts: [] });
  const figures = Object.fromEntries(
    found.sides.map(({ side, counted, there, differing: differ }) => [side, [counted, there, differ]]),
  );
  expect(figures).toEqual({ registers: [5, 5, 0], exits: [3, 2, 3], registrations: [4, 2, 2] });
  expect(await differing('registers')).toEqual([]);
  const exits = await differing('exits');
  const texts = new Map(exits.map(({ registrationId, text }) => [registrationId, text]));
  expect(texts.size).toBe(3);
  expect(texts.get(returned.registrationId)).toBe('报表已计，平台未接收：平台退回，等待更正');
  expect(texts.get(unsent.registrationId)).toBe('报表已计，平台未接收：没有上传记录');
  expect(texts.get(undone.registrationId)).toContain('期内已恢复登记');
  expect(exits[0]?.idMasked).toMatch(/\*{4,}/);
  const registrations = (await differing('registrations')).map(({ registrationId, text }) => [registrationId, text]);
  expect(Object.fromEntries(registrations)).toEqual({
    [waiting.registrationId]: '报表已计，平台未接收：等待上传',
    [back.registrationId]: '报表已计，平台未接收：平台退回，等待更正',
  });

  // The registers change after the lists were frozen: somebody comes, a fact changes with its reason.
  const late = await desk.registered({ submittedOn: '2026-11-04', office: COUNTY });
  await desk.fixtures.sql(
    "update person set sex = case sex when '1' then '2' else '1' end, updated_at = '2026-11-25' where id = $1",
    [waiting.personId],
  );
  expect((await compare()).sides[0]).toMatchObject({ side: 'registers', counted: 5, there: 6 });
  const registers = await differing('registers');
  const explained = (of: RegistrationMade) =>
    registers.filter(({ registrationId }) => registrationId === of.registrationId).map((one) => one.explained);
  expect(explained(late)).toEqual([false, false]);
  expect(explained(waiting).length).toBeGreaterThan(0);
  expect(explained(waiting).every(Boolean)).toBe(true);
  const looks = await desk.fixtures.sql("select 1 from audit_event where detail ? 'consistency'", []);
  expect(looks).toHaveLength(4);
});

it('H122-3e: a city sums its counties, county by county, and says of which nothing is kept', async () => {
  const chief = await desk.staff('statistician', '410800');
  const path = `/api/reports/410800/${MONTH}/consistency`;
  const parts = async () =>
    Object.fromEntries(
      (await desk.get<Compared>(chief, path)).body.parts.map((one) => [
        one.division,
        [one.of, one.done, one.differing],
      ]),
    );
  // What the county asked for itself stands for the city too.
  expect(await parts()).toMatchObject({ '410802': [1, 1, 9], '410803': [0, 0, 0] });
  await desk.registered({ submittedOn: '2026-11-02', office: '410803' });
  await desk.post(chief, `/api/reports/410803/${MONTH}/prepare`, {});
  expect(await parts()).toMatchObject({ '410802': [1, 1, 9], '410803': [1, 0, 0] });
  const asked = (await desk.post<Compared>(chief, path, {})).body;
  expect(asked).toMatchObject({ of: 2, done: 0, waiting: 2 });
  expect(await compareAsked(desk.fixtures.context)).toBe(1);
  expect((await desk.get<Compared>(chief, path)).body).toMatchObject({ of: 2, done: 1, waiting: 1 });
  expect(await compareAsked(desk.fixtures.context)).toBe(1);
  expect(await compareAsked(desk.fixtures.context)).toBe(0);
  const { sides } = (await desk.get<Compared>(chief, path)).body;
  expect(sides.map(({ counted, there, differing: differ }) => [counted, there, differ])).toEqual([
    [6, 7, 4],
    [3, 2, 3],
    [5, 2, 3],
  ]);
  // Persons are looked at in their county.
  expect((await desk.get(chief, `/api/reports/410800/${MONTH}/differences?side=exits`)).status).toBe(404);
});

it('A21-6b: the seal of a sealed report is recomputed with it; a city stands on the seals below it, also after one is restated', async () => {
  const chief = await desk.staff('statistician', '410800');
  const boss = await desk.staff('supervisor', '410800', '钱督导');
  const sheetOf = async (of: string) => (await desk.get<Sheet>(chief, `/api/reports/${of}/${MONTH}`)).body;
  const act = async (of: string, action: string, by = chief, how = 'act', reason?: string) => {
    const { head, version } = await sheetOf(of);
    const answer = await desk.post<{ sheet: Sheet }>(by, `/api/reports/${head.id}/${how}`, { action, version, reason });
    expect([of, action, answer.status]).toEqual([of, action, 200]);
  };
  const seal = async (of: string) => {
    if (of === '410800') await desk.post(chief, `/api/reports/${of}/${MONTH}/prepare`, {});
    await act(of, 'check');
    await act(of, 'approve', boss, 'approve');
    await act(of, 'seal');
  };
  expect((await compare('410803', chief)).seal).toBeUndefined();
  for (const of of [COUNTY, '410803', '410800']) await seal(of);
  expect((await compare('410800', chief)).seal).toEqual({ reports: 3, faults: [] });
  await desk.fixtures.sql(
    `update report set figures = jsonb_set(figures, '{closing,all}', '[9, 0]') where division = '410803' and month = $1`,
    [MONTH],
  );
  const { seal: changed } = await compare('410803', chief);
  expect(changed?.reports).toBe(1);
  expect(changed?.faults.join()).toContain('closing／all：封存的数字与名册重新计数不一致');
  await act(COUNTY, 'restate', chief, 'act', '更正登记日期录入错误');
  await desk.post(chief, `/api/reports/${COUNTY}/${MONTH}/prepare`, {});
  const { seal: whole } = (await desk.get<Compared>(chief, `/api/reports/410800/${MONTH}/consistency`)).body;
  expect(whole?.faults.join()).toContain('重报');
});

it('A21-6b: lists that were changed are said to be; frozen anew, what was compared before is none of them', async () => {
  await desk.fixtures.sql("update report_list set digest = '\\x00' where office = '410803'");
  const found = await compare('410803', await desk.staff('statistician', '410803'));
  expect(found).toMatchObject({ of: 1, done: 0, waiting: 0 });
  expect(found.why).toContain('与封存时的摘要不一致');
  expect(await compare()).toMatchObject({ of: 1, done: 1 });
  await desk.post(who, `/api/reports/${COUNTY}/${MONTH}/prepare`, {});
  const { body } = await desk.get<Compared>(who, `/api/reports/${COUNTY}/${MONTH}/consistency`);
  expect(body).toMatchObject({ of: 1, done: 0, waiting: 0 });
  expect((await desk.get(who, `/api/reports/${COUNTY}/${MONTH}/differences?side=exits`)).status).toBe(404);
});

it('H122-3e: a report that is not counted, or of another range, is not compared', async () => {
  const none = await desk.post(who, `/api/reports/${COUNTY}/2026-10/consistency`, {});
  expect([none.status, none.body.message]).toEqual([409, expect.stringContaining('还没有算出数字')]);
  const other = await desk.staff('statistician', '410803');
  expect((await desk.post(other, `/api/reports/${COUNTY}/${MONTH}/consistency`, {})).status).toBe(403);
  expect((await desk.get(other, `/api/reports/${COUNTY}/${MONTH}/consistency`)).status).toBe(403);
  expect((await desk.get(other, `/api/reports/${COUNTY}/${MONTH}/differences?side=exits`)).status).toBe(403);
});
