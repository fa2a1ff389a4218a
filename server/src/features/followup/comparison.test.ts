import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { drawIdentityNumber, NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { listRange } from '../worklist/index.ts';
import { followUpHandlers, recordComparison } from './index.ts';

let desk: Desk;
let clerk: string;
let people: RegistrationMade[];

beforeAll(async () => {
  desk = await openDesk(followUpHandlers);
  clerk = await desk.staff('clerk', '410802', '张经办');
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  await desk.fixtures.sql("update registration set status = 'exited' where status <> 'exited'");
  people = await Promise.all([1, 2, 3].map(() => desk.registered({ idNumber: drawIdentityNumber() })));
});

const compare = (body: object = {}, who = clerk) =>
  desk.post<Answer<'recordComparison'>>(who, '/api/follow-ups/comparisons', {
    source: 'socialInsurance',
    asOf: '2026-11-20',
    except: [],
    ...body,
  });
const contacts = () =>
  desk.fixtures.sql<{ registration_id: string }>(
    'select registration_id, means, outcome, result, month, note, officer_name from contact where registration_id = any($1) order by id',
    [people.map(({ registrationId }) => registrationId)],
  );
const next = async (of: RegistrationMade | undefined) => {
  const row = await desk.registrationRow(of as RegistrationMade);
  return { month: row.last_contact_month, on: row.next_contact_on, first: row.first_contact_at };
};

describe('a comparison as the month’s follow-up', () => {
  it('A21-5b: covers everybody it found unchanged, once however often it is repeated, and no first contact', async () => {
    const [changed, ...same] = people;
    const given = { except: [changed?.registrationNumber] };
    expect((await compare(given)).body).toMatchObject({ month: '2026-11', covered: 2, left: false });
    expect((await compare(given)).body).toMatchObject({ covered: 0 });
    expect(await contacts()).toHaveLength(2);
    expect((await contacts())[0]).toMatchObject({
      means: 'comparison',
      outcome: 'contact',
      result: 'compared',
      month: '2026-11',
      officer_name: '张经办',
      note: '与社会保险参保登记（2026-11-20）比对，没有变化',
    });
    for (const one of same) expect(await next(one)).toEqual({ month: '2026-11', on: '2026-12-31', first: null });
    expect(await next(changed)).toMatchObject({ month: null, on: '2026-11-30' });
    const audited = await desk.fixtures.sql(
      "select detail from audit_event where action = 'contact.record' and subject_kind = 'division'",
    );
    expect(audited).toEqual([{ detail: { comparison: 'socialInsurance', asOf: '2026-11-20', covered: 2 } }]);
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
  });

  it('A21-5d: the dead and the other county are left out; a number that nobody here has stops it all', async () => {
    const [dead] = people;
    await desk.fixtures.sql("update person set deceased_on = '2026-11-02' where id = $1", [dead?.personId]);
    const wrong = await compare({ except: ['2020999999999999'] });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'contact.incomplete' } });
    expect(await contacts()).toEqual([]);
    expect((await compare({}, await desk.staff('clerk', '410803'))).body).toMatchObject({ covered: 0 });
    expect((await compare({ office: '410803' })).status).toBe(403);
    expect((await compare({ asOf: '2026-09-30' })).body).toMatchObject({ clause: 'A21-5b' });
    expect((await compare({}, await desk.staff('supervisor'))).status).toBe(403);
    const range = listRange(systemActor('comparison'), '410802', 'contact.record');
    const given = { source: 'socialInsurance', asOf: '2026-11-20', except: [] } as const;
    expect(await recordComparison(desk.fixtures.context, systemActor('comparison'), range, given)).toMatchObject({
      covered: 2,
    });
    expect((await contacts()).map((row) => row.registration_id)).not.toContain(dead?.registrationId);
  });
});
