import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import type { RegistrationMade } from '../../../test/fixtures.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import { statisticsHandlers } from './index.ts';
import { flowsSince, stockNow } from './trend.sql.ts';

const COUNTY = '410802';
const STREET = '410802001';

let desk: Desk;
let city: string;

beforeAll(async () => {
  desk = await openDesk(statisticsHandlers);
  desk.fixtures.now = new Date('2026-11-24T01:00:00Z');
  city = await desk.staff('statistician', '410800', '赵统计');
  const stays = await desk.registered({ submittedOn: '2026-08-10', office: COUNTY });
  const goes = await desk.registered({ submittedOn: '2026-08-25', office: COUNTY });
  const back = await desk.registered({ submittedOn: '2026-09-01', office: STREET });
  const within = await desk.registered({ submittedOn: '2026-09-02', office: STREET });
  await desk.registered({ submittedOn: '2026-11-03', office: STREET });
  await desk.registered({ submittedOn: '2026-11-23', office: COUNTY });
  await exit(goes, '2026-10-05T02:00:00Z');
  // Left in one period and came back in the next; left and came back within one: no movement of it.
  await exit(back, '2026-10-15T02:00:00Z', '2026-10-30T02:00:00Z');
  await exit(within, '2026-10-02T02:00:00Z', '2026-10-03T02:00:00Z');
  expect(stays.registrationId).toBeTruthy();
});
afterAll(() => desk.close());

async function exit(of: RegistrationMade, confirmedAt: string, restoredAt: string | null = null): Promise<void> {
  const office = (
    await desk.fixtures.sql<{ office: string }>('select office from registration where id = $1', [of.registrationId])
  )[0]?.office;
  const at = new Date(confirmedAt);
  await desk.fixtures.sql(
    `insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, evidence, exit_on,
       proposed_at, proposed_by_name, confirmed_at, handled_on, basis, restored_at)
     values ('4108', $1, $2, $3, $4, $5, $6, $7, 'clerk', '12', '[]', $8, $9, '张经办', $9, $8, '{}', $10)`,
    [
      newTenantId('4108', at),
      of.registrationId.slice(-18),
      of.registrationId,
      of.personId,
      COUNTY,
      office,
      restoredAt ? 'restored' : 'confirmed',
      confirmedAt.slice(0, 10),
      at,
      restoredAt,
    ],
  );
  if (!restoredAt)
    await desk.fixtures.sql("update registration set status = 'exited', exited_on = $2 where id = $1", [
      of.registrationId,
      confirmedAt.slice(0, 10),
    ]);
}

const trend = async (place: string, who = city) =>
  (await desk.get<Answer<'getTrend'>>(who, `/api/statistics/trend?place=${place}&months=4`)).body;
const situation = async (place = '', who = city) =>
  (await desk.get<Answer<'getSituation'>>(who, `/api/statistics/situation${place && `?place=${place}`}`)).body;
const shown = (months: Answer<'getTrend'>['months']) =>
  months.map((one) => [one.month, one.closing, one.new, one.exits]);

describe('M79-9: the trend', () => {
  it('counts months without a report from the registers, as the report counts them, to the person', async () => {
    const { months, path, below } = await trend(COUNTY);
    expect(months.every(({ from }) => from === 'registers')).toBe(true);
    expect(shown(months)).toEqual([
      ['2026-08', 1, 1, 0],
      ['2026-09', 4, 3, 0],
      ['2026-10', 2, 0, 2],
      ['2026-11', 4, 1, 0],
    ]);
    expect(months[2]?.exitsBy).toEqual({ 12: 2 });
    expect(path.map(({ name }) => name)).toEqual(['焦作市', '解放区']);
    expect(below.map(({ code }) => code)).toContain(STREET);
    for (const { month } of months) {
      const sheet = (await desk.post<Answer<'prepareReport'>>(city, `/api/reports/${COUNTY}/${month}/prepare`, {})).body
        .sheet;
      const of = (row: string) => sheet.figures[row]?.all?.[0] ?? 0;
      expect([month, of('closing'), of('new'), of('exits')]).toEqual(shown(months).find(([one]) => one === month));
    }
    const after = await trend(COUNTY);
    expect(after.months.map(({ from, stateText }) => [from, stateText])).toEqual(Array(4).fill(['report', '已计算']));
    expect(shown(after.months)).toEqual(shown(months));
    expect(after.months[2]?.exitsBy).toEqual({ 12: 2 });
  });

  it('A21-7a: who was transferred was new where he or she registered, and stands where the months say', async () => {
    const to = '410803';
    const one = await desk.registered({ submittedOn: '2026-09-03', office: COUNTY });
    await desk.fixtures.sql(
      `insert into registration_transfer (tenant, id, registration_id, application_id, person_id, from_division, from_office, from_place,
         division, office, place_kind, at, actor_name, reason)
       select tenant, gen_random_uuid(), id, application_id, person_id, division, office, place_kind, '${to}', '${to}', place_kind,
         '2026-10-25T02:00:00Z', '张经办', '迁居' from registration where id = $1`,
      [one.registrationId],
    );
    await desk.fixtures.sql(`update registration set division = '${to}', office = '${to}' where id = $1`, [
      one.registrationId,
    ]);
    // Streets have no reports of their own, so these months are counted back; what is remembered is forgotten after ten minutes.
    desk.fixtures.now = new Date('2026-11-24T02:00:00Z');
    const below = (await situation(COUNTY)).below.find(({ code }) => code === COUNTY);
    expect(below?.figures.trend.slice(-5)).toEqual([1, 3, 2, 1, 2]);
    const other = await trend(to);
    expect(shown(other.months)).toEqual([
      ['2026-08', 0, 0, 0],
      ['2026-09', 0, 0, 0],
      ['2026-10', 0, 0, 0],
      ['2026-11', 1, 0, 0],
    ]);
    await desk.fixtures.sql('delete from registration_transfer');
    await desk.fixtures.sql("update registration set status = 'exited' where id = $1", [one.registrationId]);
    await desk.fixtures.sql('delete from registration where id = $1', [one.registrationId]);
    desk.fixtures.now = new Date('2026-11-24T03:00:00Z');
  });

  it('goes down to a street, up to the city, and nowhere else', async () => {
    expect(shown((await trend(STREET)).months)).toEqual([
      ['2026-08', 0, 0, 0],
      ['2026-09', 2, 2, 0],
      ['2026-10', 1, 0, 1],
      ['2026-11', 3, 1, 0],
    ]);
    expect(shown((await trend('410800')).months).at(-1)).toEqual(['2026-11', 4, 1, 0]);
    const own = await desk.staff('auditor', COUNTY);
    expect((await desk.get(own, '/api/statistics/trend?place=410803')).status).toBe(403);
    expect((await desk.get(await desk.staff('clerk', COUNTY), '/api/statistics/trend')).status).toBe(403);
  });
});

describe('M79-9, M79-3a, M79-4a: the situation as of now', () => {
  it('a whole is the sum of what lies below it; administrators see counts too', async () => {
    const { total, below, period, months } = await situation();
    expect(period).toMatchObject({ month: '2026-12', from: '2026-11-21' });
    expect(total).toMatchObject({ stock: 5, new: 1, exits: 0 });
    expect(months).toHaveLength(13);
    expect(total.trend.slice(-5)).toEqual([1, 4, 2, 4, 5]);
    for (const name of ['stock', 'new', 'exits'] as const)
      expect(below.reduce((sum, { figures }) => sum + figures[name], 0)).toBe(total[name]);
    const county = await situation(COUNTY, await desk.staff('administrator', COUNTY));
    expect(county.below.find(({ code }) => code === STREET)).toMatchObject({ figures: { stock: 3 } });
    expect(county.below.find(({ code }) => code === COUNTY)).toMatchObject({
      name: '解放区（本级）',
      opens: false,
      figures: { stock: 2, new: 1 },
    });
  });

  it('the rate needs the urban employed of the place', async () => {
    expect((await situation()).total.rate).toBeUndefined();
    await desk.post(city, '/api/reports/410800/2026-11/urban-employed', {
      kind: 'reported',
      value: 95,
      asOf: '2026-11-20',
      source: '劳动工资统计',
      method: '上报数',
      uncertainty: 0,
    });
    const { total, denominator } = await situation();
    expect(total.rate?.rate).toBe(5);
    expect(denominator).toMatchObject({ value: 95, month: '2026-11' });
  });

  it('reads indexes alone, as the role that asks', async () => {
    await desk.fixtures.sql(`insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status,
        place_kind, channel, reason, registered_at, registered_on, first_contact_due, basis, last_contact_month, next_contact_on)
      select tenant, gen_random_uuid(), number || n, check_code, application_id, person_id, '410811', '410811', status, place_kind, channel,
        reason, timestamptz '2026-01-01' + n * interval '3 hours', date '2026-01-01', first_contact_due, basis, '2026-10', '2026-11-30'
      from registration, generate_series(1, 2500) n where office = '${STREET}' and registered_on = '2026-11-03'`);
    await desk.fixtures.sql('vacuum analyze registration');
    await desk.fixtures.sql('vacuum analyze exit');
    const client = new pg.Client({ connectionString: desk.appUrl });
    await client.connect();
    try {
      await client.query(
        "begin; set local yingdeng.role='statistician'; set local yingdeng.lo='410811'; set local yingdeng.hi='410812'",
      );
      await client.query('set local enable_bitmapscan = off; set local enable_seqscan = off');
      const range = [['410811'], '410811', '410812', 6];
      for (const [statement, params, indexes] of [
        [stockNow, [...range, '2026-11-01', '2026-11'], ['registration_next_contact']],
        [
          flowsSince,
          [...range, [new Date('2026-10-20T16:00:00Z'), new Date('2026-11-20T16:00:00Z')], true, 'infinity', ['4108']],
          ['registration_registered', 'exit_confirmed'],
        ],
      ] as const) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement.text}`, [...params]);
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        for (const index of indexes) expect(plan, statement.name).toContain(`Index Only Scan using ${index}`);
      }
    } finally {
      await client.end();
    }
  });
});
