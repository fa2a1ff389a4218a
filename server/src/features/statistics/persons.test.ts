import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import type { Answer } from '../../platform/http.ts';
import { statisticsHandlers } from './index.ts';

type Persons = Answer<'getReportPersons'>;

const [CITY, MONTH] = ['410800', '2026-11'];
const PEOPLE = { '410802': 45, '410803': 21 };
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk(statisticsHandlers);
  desk.fixtures.now = new Date('2026-11-21T01:00:00Z');
});
afterAll(() => desk.close());

it('H122-3e: pages of a whole go on where a part ends: everybody once, as many as the figure says', async () => {
  const who = await desk.staff('statistician', CITY);
  const made = new Set<string>();
  for (const [office, count] of Object.entries(PEOPLE))
    for (let n = 0; n < count; n += 1)
      made.add((await desk.registered({ submittedOn: '2026-11-03', office })).registrationId);
  for (const division of [...Object.keys(PEOPLE), CITY])
    expect((await desk.post(who, `/api/reports/${division}/${MONTH}/prepare`, {})).status).toBe(200);
  const { head } = (await desk.get<Answer<'getReport'>>(who, `/api/reports/${CITY}/${MONTH}`)).body;
  const of = `/api/reports/${head.id}/persons?row=closing&cut=all`;
  const first = (await desk.get<Persons>(who, of)).body;
  const second = (await desk.get<Persons>(who, `${of}&after=${first.next}`)).body;
  expect([first.total, first.items.length]).toEqual([66, 50]);
  expect([second.total, second.items.length, second.next]).toEqual([66, 16, undefined]);
  const found = [...first.items, ...second.items].map(({ id }) => id);
  expect(found).toHaveLength(66);
  expect(new Set(found)).toEqual(made);
  // Of the residence nobody said anything: the persons of whom it is not known are the same.
  const unknown = `/api/reports/${head.id}/persons?row=closing&cut=townResident`;
  expect((await desk.get<Persons>(who, `${unknown}&unknown=yes&after=60`)).body).toMatchObject({ total: 66 });
  expect((await desk.get<Persons>(who, unknown)).body).toEqual({ total: 0, items: [] });
  expect((await desk.get(who, `${of}&office=410802001`)).status).toBe(404);
});
