import { type ServiceRowName, serviceRowNames } from '@yingdeng/rules/statistics/service-sheet.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import type { RegistrationMade } from '../../../test/fixtures.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import { statisticsHandlers, verifyReport } from './index.ts';

type Sheet = Answer<'getReport'>;
type Persons = Answer<'getReportPersons'>;

const [COUNTY, STREET, MONTH] = ['410802', '410802001', '2026-11'];
let desk: Desk;
let [who, chief]: string[] = [];

beforeAll(async () => {
  desk = await openDesk(statisticsHandlers);
  desk.fixtures.now = new Date('2026-11-21T01:00:00Z');
  [who, chief] = [await desk.staff('statistician', '410800'), await desk.staff('supervisor', '410800')];
});
afterAll(() => desk.close());

const served = (of: RegistrationMade, kind: string, on: string, office = COUNTY, at = `${on}T03:00:00Z`) =>
  desk.fixtures.sql(
    `insert into service_record (tenant, id, registration_id, person_id, office, kind, content, result, served_on, at, officer_name)
     values ('4108', $1, $2, $3, $4, $5, '讲解政策', 'done', $6, $7, '张经办')`,
    [newTenantId('4108', new Date(at)), of.registrationId, of.personId, office, kind, on, at],
  );
const step = async (path: string, body: object, by = who) =>
  (await desk.post<{ sheet: Sheet }>(by as string, `/api/reports/${path}`, body)).body.sheet;
const persons = async (sheet: Sheet, row: string, part = '') =>
  (await desk.get<Persons>(who as string, `/api/reports/${sheet.head.id}/persons?row=${row}&cut=all${part}`)).body;

it('A21-4a, M79-3a, H122-3e: every number of the service sheet opens those it counts, in the county, its street and the city above', async () => {
  const [early, street, new1] = [
    await desk.registered({ submittedOn: '2026-09-21', office: COUNTY }),
    await desk.registered({ submittedOn: '2026-09-22', office: STREET }),
    await desk.registered({ submittedOn: '2026-11-02', office: COUNTY }),
  ];
  await desk.fixtures.sql("update registration set last_contact_month = '2026-10' where id = $1", [
    early.registrationId,
  ]);
  await served(early, 'introduction', '2026-11-03');
  await served(early, 'introduction', '2026-11-03');
  await served(early, 'training', '2026-11-05', STREET);
  await served(street, 'training', '2026-11-05', STREET);
  // The day before the period, and the day after it.
  await served(street, 'training', '2026-10-20', STREET);
  await served(new1, 'training', '2026-11-21');
  const county = await step(`${COUNTY}/${MONTH}/prepare`, {});
  expect(county.services).toMatchObject({
    monthRegistered: 2,
    monthSeen: 1,
    served: 2,
    services: 4,
    'service-introduction': 2,
    'service-training': 2,
  });
  expect(county.services?.contactsDue).toBeGreaterThan(0);
  const city = await step(`410800/${MONTH}/prepare`, {});
  expect(city.services).toEqual(county.services);
  for (const sheet of [county, city])
    for (const row of serviceRowNames) {
      const { total, items } = await persons(sheet, row);
      expect({ row, total }).toEqual({ row, total: sheet.services?.[row as ServiceRowName] ?? 0 });
      expect(items).toHaveLength(total);
      for (const one of items) expect(one.idMasked).toMatch(/\*/);
    }
  const below = await persons(county, 'services', `&office=${STREET}`);
  expect(below.items.map(({ what }) => what).sort()).toEqual(['2026-11-05 职业培训', '2026-11-05 职业培训']);
  // Who was served in both offices counts once, where the number of the office is the lower.
  expect((await persons(county, 'served', `&office=${STREET}`)).items.map(({ id }) => id)).toEqual([
    street.registrationId,
  ]);
  expect((await persons(county, 'monthSeen')).items[0]).toMatchObject({ id: early.registrationId, what: '当月跟踪到' });
  expect((await persons(county, 'decisionsKept')).items.every(({ what }) => what.endsWith('到期，按时办结'))).toBe(
    true,
  );
  const looks = await desk.fixtures.sql("select 1 from audit_event where detail ->> 'row' = 'served'", []);
  expect(looks).toHaveLength(3);
  expect((await desk.get(who as string, `/api/reports/${county.head.id}/persons?row=served&cut=women`)).status).toBe(
    404,
  );
});

it('A21-6b: it is under the seal: what is written down later is explained, what vanishes is named, and a changed list or figure is found', async () => {
  for (const division of [COUNTY, '410803', '410800']) {
    let sheet = await step(`${division}/${MONTH}/prepare`, {});
    sheet = await step(`${sheet.head.id}/act`, { action: 'check', version: sheet.version });
    sheet = await step(`${sheet.head.id}/approve`, { action: 'approve', version: sheet.version }, chief);
    await step(`${sheet.head.id}/act`, { action: 'seal', version: sheet.version });
  }
  const verify = async (sealOnly = false) =>
    (await verifyReport(desk.fixtures.context, { division: '410800', month: MONTH }, { sealOnly })).flatMap(
      ({ faults }) => faults,
    );
  expect(await verify()).toEqual([]);
  const { seal } = (await desk.get<Sheet>(who as string, `/api/reports/${COUNTY}/${MONTH}`)).body;
  expect(seal?.page).toMatch(/^list 410802 services \d+ [0-9a-f]{64}$/m);

  const [one] = await desk.fixtures.sql<{ registration_id: string; person_id: string }>(
    "select registration_id, person_id from service_record where office = $1 and served_on = '2026-11-05' limit 1",
    [STREET],
  );
  await desk.fixtures.sql("delete from service_record where registration_id = $1 and served_on = '2026-11-05'", [
    one?.registration_id,
  ]);
  expect(await verify()).toMatchObject([
    { kind: 'ledger', registration: one?.registration_id, explained: false, text: expect.stringContaining('服务情况') },
  ]);
  expect(await verify(true)).toEqual([]);
  await served(
    { registrationId: one?.registration_id, personId: one?.person_id } as RegistrationMade,
    'guidance',
    '2026-11-19',
    STREET,
    '2026-11-25T03:00:00Z',
  );
  expect((await verify()).map(({ explained }) => explained)).toEqual([true]);

  await desk.fixtures.sql(
    `update report set services = jsonb_set(services, '{${COUNTY},services}', '9') where division = $1`,
    [COUNTY],
  );
  const faults = (await verify(true)).map(({ division, text }) => [division, text.slice(0, 9)]);
  expect(faults).toEqual([
    [COUNTY, '服务情况、年龄结构'],
    ['410800', '服务情况、年龄结构'],
  ]);
  await desk.fixtures.sql(
    "update report_list set content = overlay(content placing '\\x00'::bytea from 36) where kind = 'services' and office = $1",
    [COUNTY],
  );
  expect((await verify(true)).map(({ kind }) => kind)).toContain('list');
}, 60_000);
