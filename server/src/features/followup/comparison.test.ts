import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { drawIdentityNumber, NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { casefileHandlers } from '../casefile/index.ts';
import { contactHandlers } from '../contact/index.ts';
import { workerHandlers } from '../worker/index.ts';
import { listRange } from '../worklist/index.ts';
import { coverAndUndo, followUpHandlers, recordComparison } from './index.ts';

let desk: Desk;
let clerk: string;
let people: RegistrationMade[];

beforeAll(async () => {
  desk = await openDesk(followUpHandlers, contactHandlers, casefileHandlers, workerHandlers);
  clerk = await desk.staff('clerk', '410802', '张经办');
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  await desk.fixtures.sql("update registration set status = 'exited' where status <> 'exited'");
  await desk.fixtures.sql('delete from comparison');
  people = await Promise.all([1, 2, 3].map(() => desk.registered({ idNumber: drawIdentityNumber() })));
});

const compare = (body: object = {}, who = clerk) =>
  desk.post<Answer<'recordComparison'>>(who, '/api/follow-ups/comparisons', {
    source: 'socialInsurance',
    asOf: '2026-11-20',
    except: [],
    ...body,
  });
const rows = () =>
  desk.fixtures.sql<{ registration_id: string }>(
    'select registration_id, means, outcome, result, month, note, officer_name from contact where registration_id = any($1) order by id',
    [people.map(({ registrationId }) => registrationId)],
  );
/** What the record of a registration holds, as its readers see it. */
const records = (of: RegistrationMade | undefined) =>
  desk.fixtures.sql<{ means: string; outcome: string; month: string; note: string }>(
    'select means, outcome, month, note, officer_name from contact_record where registration_id = $1 order by at',
    [of?.registrationId],
  );
const runs = async (who = clerk) =>
  (await desk.get<Answer<'getComparisons'>>(who, '/api/follow-ups/comparisons')).body.items;
const withdraw = (id: string, reason = '数据文件拿错了', who = clerk) =>
  desk.post<Answer<'withdrawComparison'>>(who, `/api/follow-ups/comparisons/${id}/withdrawal`, { reason });
const next = async (of: RegistrationMade | undefined) => {
  const row = await desk.registrationRow(of as RegistrationMade);
  return { month: row.last_contact_month, on: row.next_contact_on, first: row.first_contact_at };
};
const coverage = async (month: string) =>
  (await desk.get<Answer<'getCoverage'>>(clerk, `/api/follow-ups/coverage?month=${month}`)).body.offices[0];
const missing = async (month: string) =>
  (await desk.get<Answer<'getMissing'>>(clerk, `/api/follow-ups/missing?month=${month}`)).body.items.map(
    (item) => item.registrationId,
  );

describe('a comparison as the month’s follow-up', () => {
  it('A21-5b: one row covers everybody it found unchanged, once however often it is repeated, and is no first contact', async () => {
    const [changed, ...same] = people;
    const given = { except: [changed?.registrationNumber] };
    expect((await compare(given)).body).toMatchObject({ month: '2026-11', covered: 2, left: false });
    expect((await compare(given)).body).toMatchObject({ covered: 0 });
    expect(await desk.fixtures.sql('select covered, cardinality(found) as found from comparison')).toEqual([
      { covered: 2, found: 1 },
    ]);
    // Only whom the data shows changed has a row, and it fulfils nothing.
    expect(await rows()).toEqual([
      {
        registration_id: changed?.registrationId,
        means: 'comparison',
        outcome: 'attempt',
        result: 'changed',
        month: '2026-11',
        officer_name: '张经办',
        note: '与社会保险参保登记（2026-11-20）比对，有变化，请联系本人核实',
      },
    ]);
    for (const one of same) {
      expect(await next(one)).toEqual({ month: '2026-11', on: '2026-12-31', first: null });
      expect(await records(one)).toEqual([
        {
          means: 'comparison',
          outcome: 'contact',
          month: '2026-11',
          note: '与社会保险参保登记（2026-11-20）比对，没有变化',
          officer_name: '张经办',
        },
      ]);
    }
    expect(await next(changed)).toMatchObject({ month: null, on: '2026-11-30' });
    const audited = await desk.fixtures.sql(
      "select detail from audit_event where action = 'contact.record' and subject_kind = 'comparison' order by detail ? 'covered'",
    );
    expect(audited).toEqual([
      { detail: { comparison: 'socialInsurance', asOf: '2026-11-20', found: 1 } },
      { detail: { comparison: 'socialInsurance', asOf: '2026-11-20', covered: 2 } },
    ]);
  });

  it('A21-5b: the weaker class is compared again within the month; who was registered after the data is not covered by it', async () => {
    const [weak] = people;
    await desk.fixtures.sql("update registration set class = 'C' where id = $1", [weak?.registrationId]);
    const later = await desk.registered({ submittedOn: '2026-11-19', idNumber: drawIdentityNumber() });
    await compare({ asOf: '2026-11-10' });
    expect(await next(weak)).toMatchObject({ month: '2026-11', on: '2026-11-25' });
    expect((await desk.registrationRow(later)).last_contact_month).toBeNull();
    expect((await compare({ asOf: '2026-11-21' })).body).toMatchObject({ covered: 1 });
    expect(await next(weak)).toMatchObject({ on: '2026-12-06' });
    expect(await records(weak)).toHaveLength(2);
  });

  it('M79-4a: who was met after the day of the data keeps the day that follows from that', async () => {
    const [weak] = people;
    await desk.fixtures.sql("update registration set class = 'C' where id = $1", [weak?.registrationId]);
    await desk.post(clerk, `/api/registrations/${weak?.registrationId}/contacts`, {
      purpose: 'followUp',
      means: 'telephone',
      answered: true,
      at: '2026-11-14T02:00:00Z',
      note: '仍在求职',
      lists: [],
    });
    expect(await next(weak)).toMatchObject({ on: '2026-11-29' });
    await compare({ asOf: '2026-11-10' });
    expect(await records(weak)).toHaveLength(2);
    expect(await next(weak)).toMatchObject({ on: '2026-11-29' });
  });

  it('A21-5d: the dead and the other county are left out; a number that nobody here has stops it all', async () => {
    const [dead] = people;
    await desk.fixtures.sql("update person set deceased_on = '2026-11-02' where id = $1", [dead?.personId]);
    const wrong = await compare({ except: ['2020999999999999'] });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'contact.incomplete' } });
    expect(await desk.fixtures.sql('select 1 from comparison')).toEqual([]);
    expect((await compare({}, await desk.staff('clerk', '410803'))).body).toMatchObject({ covered: 0 });
    expect((await compare({ office: '410803' })).status).toBe(403);
    expect((await compare({ asOf: '2026-09-30' })).body).toMatchObject({ clause: 'A21-5b' });
    expect((await compare({}, await desk.staff('supervisor'))).status).toBe(403);
    const range = listRange(systemActor('comparison'), '410802', 'contact.record');
    const given = { source: 'socialInsurance', asOf: '2026-11-20', except: [] } as const;
    expect(await recordComparison(desk.fixtures.context, systemActor('comparison'), range, given)).toMatchObject({
      covered: 2,
    });
    expect(await records(dead)).toEqual([]);
  });

  it('a province is a run a city; what a call left is done by the job', async () => {
    const given = { source: 'pension', asOf: '2026-11-20', except: [] } as const;
    const range = listRange(systemActor('comparison'), '410000', 'contact.record');
    const { context } = desk.fixtures;
    expect(await recordComparison(context, systemActor('comparison'), range, given, 0)).toMatchObject({ left: true });
    const cities = (await desk.fixtures.sql<{ n: number }>('select count(*)::int as n from comparison'))[0]?.n;
    expect(cities).toBe(1);
    await recordComparison(context, systemActor('comparison'), range, given);
    expect(
      await desk.fixtures.sql(
        'select office, office_end, covered from comparison where covered > 0 or finished_at is null',
      ),
    ).toEqual([{ office: '410800', office_end: '410900', covered: 3 }]);
    await desk.fixtures.sql(
      "update registration set last_contact_month = null, next_contact_on = '2026-11-30', compared = '{}'",
    );
    await desk.fixtures.sql("update comparison set finished_at = null where office = '410800'");
    while ((await coverAndUndo(context, new AbortController().signal)) > 0);
    for (const one of people) expect(await next(one)).toMatchObject({ month: '2026-11' });
  });
});

describe('what a comparison covered is read as a contact is', () => {
  it('R063: in the coverage of its month and of a month that has passed, and who is missing from them', async () => {
    const [seen, changed, later] = people as [RegistrationMade, RegistrationMade, RegistrationMade];
    await compare({ except: [changed.registrationNumber] });
    expect(await coverage('2026-11')).toMatchObject({ registered: 3, seen: 2 });
    expect(await missing('2026-11')).toEqual([changed.registrationId]);
    desk.fixtures.now = new Date('2026-12-08T02:00:00Z');
    clerk = await desk.staff('clerk', '410802', '张经办');
    await compare({ asOf: '2026-12-08' });
    expect((await desk.registrationRow(seen)).last_contact_month).toBe('2026-12');
    // November lies behind the latest month of everybody now: it is told from the runs the registrations name.
    expect(await coverage('2026-11')).toMatchObject({ registered: 3, seen: 2 });
    expect(await missing('2026-11')).toEqual([changed.registrationId]);
    await desk.fixtures.sql("update registration set status = 'exited', exited_on = '2026-12-09' where id = $1", [
      later.registrationId,
    ]);
    expect(await coverage('2026-11')).toMatchObject({ registered: 3, seen: 2 });
  });

  it('on the page of the case, in the list with what is to be done, and by the person', async () => {
    const [same, changed] = people as [RegistrationMade, RegistrationMade];
    await compare({ except: [changed.registrationNumber] });
    const seen = await desk.get<Answer<'getApplicationCase'>>(clerk, `/api/applications/${same.applicationId}`);
    expect(seen.body.registration?.contacts).toMatchObject([
      { means: 'comparison', result: 'compared', outcome: 'contact', officer: '张经办' },
    ]);
    const { items } = (await desk.get<Answer<'getFollowUps'>>(clerk, '/api/worklists/follow-ups')).body;
    expect(items).toMatchObject([{ registrationId: changed.registrationId }]);
    expect(items[0]?.note).toContain('信息比对有变化，请核实');
    const session = await desk.fixtures.worker(same);
    const mine = await desk.get<Answer<'getMyCases'>>(session, '/api/my/cases');
    expect(JSON.stringify(mine.body)).toContain('信息比对：没有变化');
  });

  it('R063: a worker reads only the runs that cover the own registration; a clerk of another city none', async () => {
    const [same, changed] = people as [RegistrationMade, RegistrationMade];
    await compare({ except: [changed.registrationNumber] });
    const client = new pg.Client({ connectionString: desk.appUrl });
    await client.connect();
    const count = async (setting: string) => {
      await client.query(`begin; ${setting}`);
      const { rows: found } = await client.query('select 1 from comparison');
      await client.query('rollback');
      return found.length;
    };
    const own = (id: string) =>
      `set local yingdeng.role='worker'; set local yingdeng.lo=''; set local yingdeng.hi=''; set local yingdeng.person='${id}'`;
    try {
      expect(await count(own(same.personId))).toBe(1);
      expect(await count(own(changed.personId))).toBe(0);
      const clerkOf = (lo: string, hi: string) =>
        `set local yingdeng.role='clerk'; set local yingdeng.lo='${lo}'; set local yingdeng.hi='${hi}'`;
      expect(await count(clerkOf('410702', '410703'))).toBe(0);
      expect(await count(clerkOf('410811', '410812'))).toBe(1);
      await client.query(`begin; ${clerkOf('410811', '410812')}`);
      expect((await client.query('update comparison set covered = 0')).rowCount).toBe(0);
      await client.query('rollback');
    } finally {
      await client.end();
    }
  });
});

describe('a comparison that was wrong', () => {
  it('A21-5b: withdrawn, it counts for nobody; a contact of the month stands; nothing is deleted; the same data may be recorded again', async () => {
    const [met] = people as [RegistrationMade];
    await desk.fixtures.sql("update registration set class = 'C' where id = $1", [met.registrationId]);
    await desk.post(clerk, `/api/registrations/${met.registrationId}/contacts`, {
      purpose: 'followUp',
      means: 'telephone',
      answered: true,
      at: '2026-11-06T02:00:00Z',
      note: '仍在求职',
      lists: [],
    });
    await compare();
    expect(await next(met)).toMatchObject({ month: '2026-11', on: '2026-12-05' });
    const [run] = await runs();
    expect(run).toMatchObject({ covered: 3, found: 0, running: false, mayWithdraw: true, who: '张经办' });
    expect((await withdraw(run!.id, '  ')).body).toMatchObject({ code: 'contact.incomplete' });
    expect((await withdraw(run!.id, '拿错了', await desk.staff('clerk', '410803'))).status).toBe(403);
    expect((await withdraw(run!.id)).body.message).toContain('已恢复');
    expect((await withdraw(run!.id)).status).toBe(200);
    expect(await next(met)).toMatchObject({ month: '2026-11', on: '2026-11-21' });
    expect(await next(people[1])).toMatchObject({ month: null, on: '2026-11-30' });
    expect(await records(people[1])).toEqual([]);
    expect(await coverage('2026-11')).toMatchObject({ seen: 1 });
    expect((await runs())[0]).toMatchObject({
      mayWithdraw: false,
      withdrawn: { who: '张经办', reason: '数据文件拿错了' },
    });
    expect(
      await desk.fixtures.sql("select detail->>'reason' as reason from audit_event where action = 'contact.withdraw'"),
    ).toEqual([{ reason: '数据文件拿错了' }]);
    expect((await compare()).body).toMatchObject({ covered: 3 });
    expect(await runs()).toHaveLength(2);
  });

  it('A21-5b: who is found to have changed only later is covered no longer', async () => {
    const [changed] = people as [RegistrationMade];
    await compare();
    expect((await compare({ except: [changed.registrationNumber] })).body).toMatchObject({ covered: 0 });
    expect(await next(changed)).toMatchObject({ month: null, on: '2026-11-30' });
    expect(await records(changed)).toMatchObject([{ outcome: 'attempt' }]);
    expect((await runs())[0]).toMatchObject({ covered: 2, found: 1 });
  });

  it('a run of the whole city is withdrawn by the city', async () => {
    await compare({}, await desk.staff('clerk', '410800', '市经办'));
    const [run] = await runs();
    expect(run).toMatchObject({ mayWithdraw: false, who: '市经办' });
    expect((await withdraw(run!.id)).status).toBe(403);
  });
});
