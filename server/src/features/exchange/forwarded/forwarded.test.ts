import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { drawIdentityNumber } from '../../../../test/fixtures.ts';
import { systemActor } from '../../../platform/actor.ts';
import { registerApplication } from '../../application/decide.ts';
import { submitApplication } from '../../application/index.ts';
import { fetchForwarded, sendDecisions } from '../index.ts';
import { formOfPlatform } from './form.ts';

let bed: ExchangeBed;

beforeAll(async () => {
  bed = await exchangeBed();
});
afterAll(() => bed.close());
beforeEach(() => bed.faults({}));

interface Submitted {
  applicationNumber: string;
  submittedAt: string;
  revision: number;
}
/** Submits at the platform as a worker would. */
const submit = async (input: { form?: object; applicationNumber?: string; submittedAt?: string } = {}) => {
  const answer = await bed.ask<Submitted | { application: Submitted }>('/control/applications', {
    ...input,
    form: { AAB301: '410802', AAC067: '13900001234', ...input.form },
  });
  return 'application' in answer ? answer.application : answer;
};
const person = () => {
  const number = drawIdentityNumber();
  return { AAC002: number, AAC044: number, AAC004: Number(number[16]) % 2 === 1 ? '1' : '2', AAC003: '沈禾苗' };
};
const cases = (number: string) =>
  bed.fixtures.sql<{ id: string; channel: string; due_on: string; submitted_on: string; status: string }>(
    `select id, channel, due_on::text, submitted_on::text, status from application where platform_number = $1`,
    [number],
  );
const deliveries = (number: string) =>
  bed.fixtures.sql<{ revision: number; state: string; application_id: string | null; faults: unknown[] }>(
    'select revision, state, application_id, faults from forwarded_application where platform_number = $1 order by revision',
    [number],
  );
const answerAt = async (number: string) =>
  bed
    .ask<{ outcome: string; reason?: string; registrationNumber?: string }>(`/v1/decisions/${number}`)
    .catch(() => undefined);

describe('download', () => {
  it('R022, H122-2c: the clock starts with the submission there: Friday 2020-09-25, due on the 29th (Sunday the 27th was worked)', async () => {
    const { applicationNumber } = await submit({
      form: { ...person(), unemployedMonth: '2020-09' },
      submittedAt: '2020-09-25T16:40:00+08:00',
    });
    expect(await fetchForwarded(bed.context)).toMatchObject({ taken: 1 });
    expect(await cases(applicationNumber)).toMatchObject([
      { channel: 'platform', submitted_on: '2020-09-25', due_on: '2020-09-29', status: 'submitted' },
    ]);
    expect(await deliveries(applicationNumber)).toMatchObject([{ revision: 1, state: 'applied' }]);
  });

  it('M79-7a: delivered twice, and again after the cursor was lost, it makes one case', async () => {
    await bed.faults({ repeatRate: 1 });
    const { applicationNumber } = await submit({ form: person() });
    await fetchForwarded(bed.context);
    await bed.fixtures.sql('delete from exchange_cursor');
    expect(await fetchForwarded(bed.context)).toEqual({ taken: 0, faulty: 0 });
    expect(await cases(applicationNumber)).toHaveLength(1);
    expect(await deliveries(applicationNumber)).toHaveLength(1);
  });

  it('killed after the case was stored and before the delivery was: one case', async () => {
    const { applicationNumber } = await submit({ form: person() });
    await fetchForwarded(bed.context);
    await bed.fixtures.sql('delete from forwarded_application where platform_number = $1', [applicationNumber]);
    await bed.fixtures.sql('delete from exchange_cursor');
    await fetchForwarded(bed.context);
    expect(await cases(applicationNumber)).toHaveLength(1);
    expect(await deliveries(applicationNumber)).toMatchObject([{ state: 'applied' }]);
  });

  it('a lost answer leaves the cursor where it was', async () => {
    const { applicationNumber } = await submit({ form: person() });
    await bed.faults({ loseAnswerRate: 1 });
    await expect(fetchForwarded(bed.context)).rejects.toThrow('no answer');
    await bed.faults({});
    await fetchForwarded(bed.context);
    expect(await cases(applicationNumber)).toHaveLength(1);
  });

  it('a changed application joins its open case', async () => {
    const form = person();
    const { applicationNumber } = await submit({ form });
    await fetchForwarded(bed.context);
    await submit({ applicationNumber, form: { ...form, notes: '电话改在晚上打' } });
    await fetchForwarded(bed.context);
    const [own] = await cases(applicationNumber);
    expect(await deliveries(applicationNumber)).toMatchObject([
      { revision: 1, state: 'applied' },
      { revision: 2, state: 'joined', application_id: own?.id },
    ]);
  });

  it('H122-2c: a form with faults is a case all the same, its faults stand in the history to be mended with the worker', async () => {
    const { applicationNumber } = await submit({ form: { ...person(), AAC067: '12345' } });
    await fetchForwarded(bed.context);
    const [own] = await cases(applicationNumber);
    expect(own).toMatchObject({ status: 'submitted' });
    expect(await deliveries(applicationNumber)).toMatchObject([{ state: 'applied', faults: [{ field: 'mobile' }] }]);
    const history = await bed.fixtures.sql<{ detail: object }>(
      "select detail from application_action where application_id = $1 and action = 'mendForm'",
      [own?.id],
    );
    expect(history).toMatchObject([{ detail: { faults: [{ field: 'mobile' }] } }]);
  });

  it('a form without an office of ours is kept and answered, supervision hears of it; corrected, it is taken in', async () => {
    const form = person();
    const { applicationNumber } = await submit({ form: { ...form, AAB301: '410800' } });
    await fetchForwarded(bed.context);
    expect(await cases(applicationNumber)).toEqual([]);
    expect(await deliveries(applicationNumber)).toMatchObject([
      { state: 'faulty', faults: [{ field: 'placeDivision' }] },
    ]);
    await sendDecisions(bed.context);
    expect(await answerAt(applicationNumber)).toMatchObject({ outcome: 'handedOver' });
    const events = await bed.fixtures.sql("select detail from supervision_event where kind = 'forwardedFaulty'");
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain(form.AAC002);

    await submit({ applicationNumber, form });
    await fetchForwarded(bed.context);
    expect(await cases(applicationNumber)).toMatchObject([{ status: 'submitted' }]);
  });
});

describe('decisions', () => {
  const clerk = async () => {
    const id = await bed.fixtures.account('clerk', '410802', '李经办');
    return {
      kind: 'staff',
      role: 'clerk',
      id,
      name: '李经办',
      office: '410802',
      lo: '410802',
      hi: '410803',
      person: '',
    } as const;
  };
  const register = async (id: string) =>
    registerApplication(bed.context, await clerk(), { id, version: 1, key: `key-${id}`, now: bed.fixtures.now }, '');

  it('M79-7a, A21-3c: a decision goes up at once under the platform’s number, and once', async () => {
    const { applicationNumber } = await submit({ form: person() });
    await fetchForwarded(bed.context);
    const [own] = await cases(applicationNumber);
    await register(own!.id);
    await bed.faults({ loseAnswerRate: 1 });
    await expect(sendDecisions(bed.context)).rejects.toThrow('no answer');
    await bed.faults({});
    expect(await sendDecisions(bed.context)).toBe(1);
    expect(await answerAt(applicationNumber)).toMatchObject({
      outcome: 'registered',
      registrationNumber: expect.stringMatching(/^\d{16}$/),
    });
    expect(await sendDecisions(bed.context)).toBe(0);
  });

  it('a local case goes up under division and number', async () => {
    const { form } = { form: formOfPlatform((await submitted(person())).form) };
    const local = await submitApplication(
      bed.context,
      systemActor('test'),
      { channel: 'platform', requestId: `local-${form.idNumber}`, form, submittedAt: bed.fixtures.now },
      bed.fixtures.now,
    );
    await register(local.id);
    await sendDecisions(bed.context);
    expect(await answerAt(`410802-${local.number}`)).toMatchObject({ outcome: 'registered' });
  });

  it('A21-2d: a person already registered: joined, and answered as a duplicate', async () => {
    const form = person();
    await bed.fixtures.registration({ idNumber: form.AAC002, name: form.AAC003 });
    const { applicationNumber } = await submit({ form });
    await fetchForwarded(bed.context);
    expect(await cases(applicationNumber)).toEqual([]);
    expect(await deliveries(applicationNumber)).toMatchObject([{ state: 'joined', application_id: null }]);
    await sendDecisions(bed.context);
    expect(await answerAt(applicationNumber)).toMatchObject({ outcome: 'duplicate' });
  });

  it('A21-2d: an application open here already: joined, and answered with the decision of that case', async () => {
    const form = person();
    const open = await bed.fixtures.application({ idNumber: form.AAC002, name: form.AAC003 });
    const { applicationNumber } = await submit({ form });
    await fetchForwarded(bed.context);
    expect(await deliveries(applicationNumber)).toMatchObject([
      { state: 'joined', application_id: open.applicationId },
    ]);
    await sendDecisions(bed.context);
    expect(await answerAt(applicationNumber)).toBeUndefined();
    await register(open.applicationId);
    await sendDecisions(bed.context);
    expect(await answerAt(applicationNumber)).toMatchObject({ outcome: 'registered' });
  });

  /** The form the platform completes, without leaving it there for our download. */
  async function submitted(form: object): Promise<{ form: Record<string, unknown> }> {
    const { applicationNumber } = await submit({ form: { ...form, AAB301: '410302' } });
    const page = await bed.ask<{ items: { applicationNumber: string; form: Record<string, unknown> }[] }>(
      '/v1/applications?division=4103&after=0&limit=200',
    );
    const item = page.items.find((one) => one.applicationNumber === applicationNumber)!;
    const place = { division: '410802', detail: '人民路1号' };
    return { form: { ...item.form, AAB301: '410802', household: place, residence: place } };
  }
});

describe('the form', () => {
  it('maps a code without a box of its own to “其他” with its words', () => {
    expect(formOfPlatform({ AJC093: '20', ACC412: '3', wantsBenefit: '1' })).toMatchObject({
      reason: '13',
      reasonText: '从企业、机关、事业单位等各类用人单位失业',
      registrationPlace: 'employment',
      wantsBenefit: true,
    });
    expect(formOfPlatform({ AJC093: '21' })).toMatchObject({
      reason: '2',
      name: '',
      household: { division: '', detail: '' },
    });
  });
});
