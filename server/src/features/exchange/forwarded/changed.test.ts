import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { drawIdentityNumber } from '../../../../test/fixtures.ts';
import { systemActor } from '../../../platform/actor.ts';
import { handOverApplication } from '../../application/hand-over.ts';
import { fetchForwarded, sendDecisions } from '../index.ts';

let bed: ExchangeBed;
beforeAll(async () => {
  bed = await exchangeBed();
});
afterAll(() => bed.close());

const person = () => {
  const number = drawIdentityNumber();
  return { AAC002: number, AAC044: number, AAC004: Number(number[16]) % 2 === 1 ? '1' : '2', AAC003: '柏青禾' };
};
const submit = async (form: object, more: { applicationNumber?: string; submittedAt?: string } = {}) => {
  const { applicationNumber } = await bed.ask<{ applicationNumber: string }>('/control/applications', {
    submittedAt: '2026-11-20T10:00:00+08:00',
    ...more,
    form: { AAB301: '410802', AAC067: '13900001234', ...form },
  });
  return applicationNumber;
};
const cases = (number: string) =>
  bed.fixtures.sql<{ id: string; tenant: string; office: string; status: string; due_on: string; form: object }>(
    'select id, tenant, office, status, due_on::text, form from application where platform_number = $1 order by tenant desc',
    [number],
  );
const tasks = (number: string) =>
  bed.fixtures.sql<{
    kind: string;
    state: string;
    outcome: string | null;
    tenant: string;
    application_id: string | null;
  }>(
    'select kind, state, outcome, tenant, application_id from forwarded_task where platform_number = $1 order by revision',
    [number],
  );

describe('an application changed on the platform while its case is open', () => {
  it('M79-7a: what differs waits beside the form; a later change replaces it; the same content again is nothing', async () => {
    const form = person();
    const number = await submit(form);
    await fetchForwarded(bed.context);
    await submit({ ...form, AAC067: '13900005678' }, { applicationNumber: number });
    await fetchForwarded(bed.context);
    expect(await tasks(number)).toMatchObject([{ kind: 'correction', state: 'open' }]);
    await submit({ ...form, AAC067: '13900009999' }, { applicationNumber: number });
    await fetchForwarded(bed.context);
    expect(await tasks(number)).toMatchObject([{ outcome: 'replaced' }, { kind: 'correction', state: 'open' }]);
    expect(await cases(number)).toHaveLength(1);
  });

  it('A21-7a, M79-1a: another county of the city: the case follows at once, its clock runs on', async () => {
    const form = person();
    const number = await submit(form);
    await fetchForwarded(bed.context);
    const [before] = await cases(number);
    await submit({ ...form, AAB301: '410803', ACC412: '3' }, { applicationNumber: number });
    await fetchForwarded(bed.context);
    expect(await cases(number)).toMatchObject([
      {
        id: before!.id,
        office: '410803',
        due_on: before!.due_on,
        form: { placeDivision: '410803', registrationPlace: 'employment' },
      },
    ]);
  });

  it('another city: one open case, there; the one here is closed as handed over, and nothing is decided twice', async () => {
    const form = person();
    const number = await submit(form);
    await fetchForwarded(bed.context);
    await submit({ ...form, AAB301: '410102', ACC412: '4' }, { applicationNumber: number });
    await fetchForwarded(bed.context);
    const found = await cases(number);
    expect(found).toMatchObject([
      { tenant: '4108', status: 'handedOver' },
      { tenant: '4101', office: '410102', status: 'submitted', due_on: found[0]!.due_on },
    ]);
    // Back again: the case comes home under another id, still one that is open.
    await submit({ ...form, AAC067: '13900005678', AAB301: '410102' }, { applicationNumber: number });
    await fetchForwarded(bed.context);
    expect((await cases(number)).filter(({ status }) => status === 'submitted')).toHaveLength(1);
    const waiting = (await tasks(number)).filter(({ state }) => state === 'open');
    expect(waiting).toMatchObject([{ kind: 'correction', tenant: '4101', application_id: found[1]!.id }]);
  });

  it('handed over by a clerk and changed afterwards: the change goes where the case is', async () => {
    const form = person();
    const home = { household: { division: '410102', detail: '中原路1号' } };
    const number = await submit({ ...form, ...home });
    await fetchForwarded(bed.context);
    const [own] = await cases(number);
    const clerk = {
      ...systemActor('test'),
      kind: 'staff',
      role: 'clerk',
      id: await bed.fixtures.account('clerk', '410802'),
      office: '410802',
      lo: '410802',
      hi: '410803',
    } as const;
    const on = { id: own!.id, version: 1, key: 'hand-over-1', now: bed.fixtures.now };
    await handOverApplication(bed.context, clerk, on, { office: '410102', reason: '本人户籍地在中原区' });
    await submit({ ...form, ...home, AAC067: '13900005678' }, { applicationNumber: number });
    await fetchForwarded(bed.context);
    expect((await cases(number)).map(({ tenant, status }) => [tenant, status])).toEqual([
      ['4108', 'handedOver'],
      ['4101', 'submitted'],
    ]);
    expect(await tasks(number)).toMatchObject([{ kind: 'correction', tenant: '4101', state: 'open' }]);
  });
});

describe('the clock', () => {
  it('R022: joined to a case entered later here, the office has the days of the earlier submission there', async () => {
    const form = person();
    const open = await bed.fixtures.application({
      idNumber: form.AAC002,
      name: form.AAC003,
      submittedOn: '2026-11-20',
    });
    await submit(form, { submittedAt: '2026-11-18T20:00:00+08:00' });
    await fetchForwarded(bed.context);
    const [row] = await bed.fixtures.sql<{ due_on: string; submitted_on: string; platform_joined: boolean }>(
      'select due_on::text, submitted_on::text, platform_joined from application where id = $1',
      [open.applicationId],
    );
    expect(row).toEqual({ due_on: '2026-11-23', submitted_on: '2026-11-18', platform_joined: true });
    const history = await bed.fixtures.sql<{ action: string }>(
      "select action from application_action where application_id = $1 and action = 'startEarlier'",
      [open.applicationId],
    );
    expect(history).toHaveLength(1);
  });
});

describe('a faulty one', () => {
  it('corrected there it becomes a case, its task ends by itself; answered once a revision', async () => {
    const form = person();
    const number = await submit({ ...form, AAB301: '410800' });
    await fetchForwarded(bed.context);
    expect(await tasks(number)).toMatchObject([{ kind: 'faulty', state: 'open' }]);
    await submit({ ...form, AAB301: '410102' }, { applicationNumber: number });
    await fetchForwarded(bed.context);
    expect(await tasks(number)).toMatchObject([{ kind: 'faulty', state: 'settled', outcome: 'takenIn' }]);
    expect(await cases(number)).toMatchObject([{ tenant: '4101', status: 'submitted' }]);
    await sendDecisions(bed.context);
    expect(await sendDecisions(bed.context)).toBe(0);
  });
});
