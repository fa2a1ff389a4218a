import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import type { RegistrationMade } from '../../../test/fixtures.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import { statisticsHandlers, verifyReport } from './index.ts';

type Sheet = Answer<'getReport'>;
type Acted = { sheet: Sheet; message: string };

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(statisticsHandlers);
});
afterAll(() => desk.close());

const registered = (on: string, office: string) => desk.registered({ submittedOn: on, office });
const count = (sheet: Sheet, row: string, cut = 'all') => sheet.figures[row]?.[cut]?.[0] ?? 0;

async function exit(of: RegistrationMade, at: string, office: string): Promise<void> {
  await desk.fixtures.sql(
    `insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, evidence, exit_on,
       proposed_at, proposed_by_name, confirmed_at, handled_on, basis)
     values ($1, $2, $3, $4, $5, $6, $7, 'confirmed', 'clerk', '11', '[]', $8, $9, '张经办', $9, $8, '{}')`,
    [
      office.slice(0, 4),
      newTenantId(office.slice(0, 4), new Date(at)),
      of.registrationNumber,
      of.registrationId,
      of.personId,
      office.slice(0, 6),
      office,
      at.slice(0, 10),
      at,
    ],
  );
  await desk.fixtures.sql("update registration set status = 'exited' where id = $1", [of.registrationId]);
}

async function sealed(month: string, division: string, [who, chief]: [string, string]): Promise<Sheet> {
  const step = async (cookie: string, path: string, body: object) =>
    (await desk.post<Acted>(cookie, `/api/reports/${path}`, body)).body.sheet;
  let sheet = await step(who, `${division}/${month}/prepare`, {});
  sheet = await step(who, `${sheet.head.id}/act`, { action: 'check', version: sheet.version });
  sheet = await step(chief, `${sheet.head.id}/approve`, { action: 'approve', version: sheet.version });
  return step(who, `${sheet.head.id}/act`, { action: 'seal', version: sheet.version });
}

/** A transfer as it was made at an instant; where the registration stands now is said by the last one. */
async function transfer(of: RegistrationMade, from: string, to: string, at: string): Promise<void> {
  await desk.fixtures.sql(
    `insert into registration_transfer (tenant, id, registration_id, application_id, person_id, from_division, from_office, from_place, division,
       office, place_kind, at, actor_name, reason)
     select tenant, $2, id, application_id, person_id, $3, $4, place_kind, $5, $6, 'residence', $7, '张经办', '本人搬家' from registration where id = $1`,
    [of.registrationId, newTenantId('4108', new Date(at)), from.slice(0, 6), from, to.slice(0, 6), to, at],
  );
  await desk.fixtures.sql(
    "update registration set division = $2, office = $3, place_kind = 'residence' where id = $1",
    [of.registrationId, to.slice(0, 6), to],
  );
  await desk.fixtures.sql('update person set office = $2 where id = $1', [of.personId, to]);
}

it('M79-9, A21-6b: out here and in there, as of the instant, and every sheet balances', async () => {
  const [a, b] = ['410802', '410803'];
  const offices: Record<string, [string, string]> = {};
  for (const office of [a, b])
    offices[office] = [await desk.staff('statistician', office), await desk.staff('supervisor', office)];
  const month = async (name: string, now: string) => {
    desk.fixtures.now = new Date(now);
    return Promise.all([a, b].map((office) => sealed(name, office, offices[office] as [string, string])));
  };
  const figures = (sheet: Sheet) =>
    ['opening', 'new', 'transferIn', 'transferOut', 'exits', 'closing'].map((row) => count(sheet, row));
  const goes = await registered('2026-09-01', a);
  const wanders = await registered('2026-09-02', a);
  const inside = await registered('2026-09-03', a);
  const arrives = await registered('2026-10-08', a);
  const leaves = await registered('2026-09-05', a);
  await transfer(goes, a, b, '2026-10-10T02:00:00Z');
  await transfer(wanders, a, b, '2026-10-11T02:00:00Z');
  await transfer(wanders, b, a, '2026-10-12T02:00:00Z');
  await transfer(inside, a, `${a}001`, '2026-10-12T02:00:00Z');
  await transfer(arrives, a, b, '2026-10-09T02:00:00Z');
  await transfer(leaves, a, b, '2026-10-13T02:00:00Z');
  await exit(leaves, '2026-10-14T02:00:00Z', b);
  // After the period: the report of October still finds the person where the person was.
  const later = await registered('2026-09-06', a);
  await transfer(later, a, b, '2026-10-21T00:30:00Z');

  const [octoberA, octoberB] = await month('2026-10', '2026-10-21T01:00:00Z');
  expect(figures(octoberA as Sheet)).toEqual([5, 1, 2, 5, 0, 3]);
  expect(figures(octoberB as Sheet)).toEqual([0, 0, 4, 1, 1, 2]);
  const street = (
    await desk.get<Sheet>((offices[a] as [string, string])[0], `/api/reports/${a}/2026-10?office=${a}001`)
  ).body;
  expect([count(street, 'transferIn'), count(street, 'closing')]).toEqual([1, 1]);
  // The person behind a figure of the former office is still named there.
  const path = `/api/reports/${octoberA?.head.id}/persons?row=transferOut&cut=all`;
  const behind = (await desk.get<Answer<'getReportPersons'>>((offices[a] as [string, string])[0], path)).body;
  expect([behind.total, behind.items.length]).toEqual([5, 5]);
  expect(behind.items.map(({ what }) => what)).toContain('2026-10-10 转出');

  const [novemberA, novemberB] = await month('2026-11', '2026-11-21T01:00:00Z');
  expect(figures(novemberA as Sheet)).toEqual([3, 0, 0, 1, 0, 2]);
  expect(figures(novemberB as Sheet)).toEqual([2, 0, 1, 0, 0, 3]);
  for (const sheet of [octoberA, octoberB, novemberA, novemberB])
    expect(sheet?.checks.filter(({ holds }) => !holds)).toEqual([]);
  for (const [division, name] of [
    [a, '2026-10'],
    [b, '2026-10'],
    [a, '2026-11'],
  ] as const)
    expect(
      (await verifyReport(desk.fixtures.context, { division, month: name })).flatMap(({ faults }) => faults),
    ).toEqual([]);
});
