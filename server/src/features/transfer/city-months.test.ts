import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, hired, openDesk } from '../../../test/desk.ts';
import type { RegistrationMade } from '../../../test/fixtures.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { exitHandlers } from '../exit/index.ts';
import { statisticsHandlers, verifyReport } from '../statistics/index.ts';
import { flowsUntil } from '../statistics/past-flows.ts';
import { transferHandlers } from './index.ts';

type Sheet = Answer<'getReport'>;
type Acted = { sheet: Sheet; message: string };

const [A, B] = ['410802', '410102'] as const;

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(transferHandlers, statisticsHandlers, exitHandlers);
});
afterAll(() => desk.close());

const there = async (of: RegistrationMade, office: string) => {
  const [row] = await desk.fixtures.sql<{ id: string; version: number }>(
    'select id, version from registration where number = $1 and tenant = $2',
    [of.registrationNumber, office.slice(0, 4)],
  );
  if (!row) throw new Error(`not in ${office}`);
  return row;
};

/** Asked and taken, as offices do it, at an instant. */
async function goes(of: RegistrationMade, from: string, to: string, at: string): Promise<void> {
  desk.fixtures.now = new Date(at);
  const [giver, taker] = [await desk.staff('clerk', from), await desk.staff('clerk', to)];
  const { id, version } = await there(of, from);
  const body = { version, office: to, place: 'residence', reason: '本人搬家' };
  expect((await desk.post(giver, `/api/registrations/${id}/transfer`, body)).status).toBe(200);
  const { requests } = (await desk.get<Answer<'getTransfers'>>(taker, '/api/transfers')).body;
  const request = requests.find(({ number }) => number === of.registrationNumber);
  const settled = await desk.post(taker, `/api/transfers/${request?.id}/settle`, {
    version: request?.version,
    action: 'accept',
  });
  expect(settled.status).toBe(200);
}

async function exits(of: RegistrationMade, office: string, at: string): Promise<void> {
  desk.fixtures.now = new Date(at);
  const clerk = await desk.staff('clerk', office);
  const { id } = await there(of, office);
  const exit = { ...hired, exitOn: at.slice(0, 10), evidence: [{ ...hired.evidence[0], date: at.slice(0, 10) }] };
  expect((await desk.post(clerk, `/api/registrations/${id}/exits`, exit)).status).toBe(201);
  const { id: exitId, version } = await desk.exitOf({ registrationId: id });
  expect((await desk.post(clerk, `/api/exits/${exitId}/confirm`, { version })).status).toBe(200);
}

async function sealed(month: string, division: string): Promise<Sheet> {
  const [who, chief] = [await desk.staff('statistician', division), await desk.staff('supervisor', division)];
  const step = async (cookie: string, path: string, body: object) => {
    const { status, body: acted } = await desk.post<Acted>(cookie, `/api/reports/${path}`, body);
    expect(status, `${path}: ${acted.message}`).toBe(200);
    return acted.sheet;
  };
  let sheet = await step(who, `${division}/${month}/prepare`, {});
  sheet = await step(who, `${sheet.head.id}/act`, { action: 'check', version: sheet.version });
  sheet = await step(chief, `${sheet.head.id}/approve`, { action: 'approve', version: sheet.version });
  return step(who, `${sheet.head.id}/act`, { action: 'seal', version: sheet.version });
}

const rows = ['opening', 'new', 'transferIn', 'transferOut', 'exits', 'corrected', 'withdrawn', 'closing'];
const figures = (sheet: Sheet) => rows.map((row) => sheet.figures[row]?.all?.[0] ?? 0);
/** A report as the registers of a later day say it: prepared and not sealed, since the month has one. */
const trend = async (place: string) =>
  (
    await desk.get<Answer<'getTrend'>>(
      await desk.staff('statistician', place),
      `/api/statistics/trend?place=${place}&months=3`,
    )
  ).body.months.map((one) => [one.month, one.closing, one.new, one.exits]);

it('M79-9, A21-6b: out of one city and into the other, no gap and nobody twice, month by month and long afterwards', async () => {
  const register = (on: string, office: string) => desk.registered({ submittedOn: on, office });
  const stays = await register('2026-09-01', A);
  const moves = await register('2026-09-02', A);
  const wanders = await register('2026-09-03', A);
  const leaves = await register('2026-09-04', A);
  const fresh = await register('2026-10-08', A);
  const later = await register('2026-09-05', A);
  expect(stays.personId).not.toBe(moves.personId);
  await goes(moves, A, B, '2026-10-10T02:00:00Z');
  await goes(wanders, A, B, '2026-10-11T02:00:00Z');
  await goes(wanders, B, A, '2026-10-12T02:00:00Z');
  await goes(leaves, A, B, '2026-10-13T02:00:00Z');
  await exits(leaves, B, '2026-10-15T02:00:00Z');
  await goes(fresh, A, B, '2026-10-16T02:00:00Z');
  // After the period: the report of October still finds the person where the person was.
  await goes(later, A, B, '2026-10-21T00:30:00Z');
  await goes(moves, B, A, '2026-10-22T02:00:00Z');
  desk.fixtures.now = new Date('2026-10-25T01:00:00Z');
  const october = [await sealed('2026-10', A), await sealed('2026-10', B)];
  //                          opening new in out exits + - closing
  expect(figures(october[0] as Sheet)).toEqual([5, 1, 1, 4, 0, 0, 0, 3]);
  expect(figures(october[1] as Sheet)).toEqual([0, 0, 4, 1, 1, 0, 0, 2]);
  await exits(later, B, '2026-11-02T02:00:00Z');
  // Wanders goes once more, for good.
  await goes(wanders, A, B, '2026-11-03T02:00:00Z');
  desk.fixtures.now = new Date('2026-11-21T01:00:00Z');
  const november = [await sealed('2026-11', A), await sealed('2026-11', B)];
  expect(figures(november[0] as Sheet)).toEqual([3, 0, 1, 2, 0, 0, 0, 2]);
  expect(figures(november[1] as Sheet)).toEqual([2, 0, 2, 1, 1, 0, 0, 2]);
  for (const sheet of [...october, ...november]) expect(sheet.checks.filter(({ holds }) => !holds)).toEqual([]);
  // The lists taken anew from the registers of today are the sealed ones.
  for (const division of [A, B])
    for (const month of ['2026-10', '2026-11'])
      expect(
        (await verifyReport(desk.fixtures.context, { division, month })).flatMap(({ faults }) => faults),
        `${division} ${month}`,
      ).toEqual([]);
  // The person behind a figure of the former city is still named there.
  const path = `/api/reports/${october[0]?.head.id}/persons?row=transferOut&cut=all`;
  const behind = (await desk.get<Answer<'getReportPersons'>>(await desk.staff('statistician', A), path)).body;
  expect([behind.total, behind.items.length]).toEqual([4, 4]);
  expect(behind.items.map(({ what }) => what)).toContain('2026-10-10 转出');
}, 90_000);

it('M79-9: months without a report are counted back the same way, and a whole holds both cities once', async () => {
  desk.fixtures.now = new Date('2026-11-22T01:00:00Z');
  const one = await desk.registered({ submittedOn: '2026-09-25', office: '410803' });
  await goes(one, '410803', B, '2026-11-10T02:00:00Z');
  desk.fixtures.now = new Date('2026-11-24T02:00:00Z');
  expect(await trend('410803')).toEqual([
    ['2026-09', 0, 0, 0],
    ['2026-10', 1, 1, 0],
    ['2026-11', 0, 0, 0],
  ]);
  const range = { lo: '41', hi: '42', divisions: ['410803', B] };
  const since = [new Date('2026-09-20T16:00:00Z'), new Date('2026-10-20T16:00:00Z')];
  const rowsOf = await desk.fixtures.context.db.read(systemActor('test'), (tx) =>
    flowsUntil(tx, range, { digits: 2, bounds: since, byReason: false }, 'infinity'),
  );
  const inAll = (what: string) => rowsOf.filter((row) => row.what === what).reduce((sum, { count }) => sum + count, 0);
  const moved = await desk.fixtures.sql<{ n: number }>(
    "select count(*)::int as n from registration_transfer where left(from_office, 4) = tenant and at >= '2026-09-20T16:00:00Z'",
  );
  // Everybody who registered since, each once, and as many out as in.
  expect([inAll('new'), inAll('in'), inAll('out')]).toEqual([2, moved[0]?.n, moved[0]?.n]);
});
