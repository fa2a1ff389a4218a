import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type ExchangeBed, exchangeBed } from '../../../test/exchange-bed.ts';
import { drawIdentityNumber } from '../../../test/fixtures.ts';
import { applicationHandlers } from '../application/index.ts';
import { casefileHandlers } from '../casefile/index.ts';
import { todayHandlers } from '../today/index.ts';
import { worklistHandlers } from '../worklist/index.ts';
import { fetchForwarded, inboundHandlers, sendDecisions } from './index.ts';

let bed: ExchangeBed;
let app: FastifyInstance;
let clerk: string;
let officer: string;

beforeAll(async () => {
  bed = await exchangeBed();
  app = await testApp(bed.context, {
    ...inboundHandlers(bed.context),
    ...applicationHandlers(bed.context),
    ...casefileHandlers(bed.context),
    ...worklistHandlers(bed.context),
    ...todayHandlers(bed.context),
  });
  clerk = await bed.fixtures.staff('clerk', '410802', '李经办');
  officer = await bed.fixtures.staff('exchangeOfficer', '410800', '周交换');
});
afterAll(async () => {
  await app.close();
  await bed.close();
});
beforeEach(() => bed.faults({}));

const person = () => {
  const number = drawIdentityNumber();
  return { AAC002: number, AAC044: number, AAC004: Number(number[16]) % 2 === 1 ? '1' : '2', AAC003: '祁望舒' };
};
const submit = async (form: object, more: object = {}) =>
  (
    await bed.ask<{ applicationNumber: string }>('/control/applications', {
      submittedAt: '2026-11-20T10:00:00+08:00',
      ...more,
      form: { AAB301: '410802', AAC067: '13900001234', ...form },
    })
  ).applicationNumber;
const get = async (url: string, cookie = clerk) => (await app.inject({ url, headers: { cookie } })).json();
/** A minute goes by. */
const later = () => {
  bed.fixtures.now = new Date(bed.fixtures.now.getTime() + 60_000);
};
let keys = 0;
const post = async (url: string, payload: object, cookie = clerk) => {
  keys += 1;
  const answer = await app.inject({
    method: 'POST',
    url,
    payload,
    headers: { cookie, 'idempotency-key': `inbound-key-${keys}` },
  });
  return { status: answer.statusCode, body: answer.json() };
};
const caseOf = async (number: string) => {
  const [row] = await bed.fixtures.sql<{ id: string; version: number }>(
    'select id, version from application where platform_number = $1',
    [number],
  );
  return row!;
};
const register = async (id: string) => post(`/api/applications/${id}/register`, { version: 1 });

describe('download by hand', () => {
  it('M79-7a: the exchange officer fetches the own cities; a clerk may not; a silent platform is said plainly', async () => {
    await submit(person());
    expect((await post('/api/exchange/forwarded/fetch', {}, clerk)).status).toBe(403);
    expect(await post('/api/exchange/forwarded/fetch', {}, officer)).toMatchObject({
      status: 200,
      body: { taken: 1, message: '收到1件。' },
    });
    await bed.faults({ failRate: 1 });
    expect(await post('/api/exchange/forwarded/fetch', {}, officer)).toMatchObject({
      status: 502,
      body: { code: 'exchange.silent' },
    });
  });
});

describe('平台转办', () => {
  it('H122-2c: what came from the platform, by the day it is due there, with what has to be settled with the worker', async () => {
    const form = person();
    const number = await submit({ ...form, AAC067: '12345' }, { submittedAt: '2026-11-18T23:50:00+08:00' });
    await fetchForwarded(bed.context);
    const { id } = await caseOf(number);
    const line = async () =>
      (await get('/api/worklists/forwarded')).items.find((item: { id: string }) => item.id === id);
    expect(await line()).toMatchObject({ dueOn: '2026-11-23', state: 'near', note: '1处要与本人核对：手机' });
    await submit({ ...form, wishes: ['电工'] }, { applicationNumber: number });
    await fetchForwarded(bed.context);
    expect(await line()).toMatchObject({ note: '本人在平台有更改；1处要与本人核对：手机' });
    const { items } = await get('/api/worklists/forwarded?limit=100');
    const { counts } = await get('/api/today');
    expect(counts.find(({ kind }: { kind: string }) => kind === 'forwarded')).toMatchObject({ open: items.length });
  });

  it('a case that was entered here and joined later is in the list as well', async () => {
    const form = person();
    const open = await bed.fixtures.application({ idNumber: form.AAC002, name: form.AAC003 });
    await submit(form);
    await fetchForwarded(bed.context);
    const { items } = await get('/api/worklists/forwarded?limit=100');
    expect(items.map(({ id }: { id: string }) => id)).toContain(open.applicationId);
  });
});

describe('a correction beside the form', () => {
  it('is adopted field by field; what is not adopted stays, both are kept, the clock runs on', async () => {
    const form = person();
    const number = await submit({ ...form, wishes: ['文员'] });
    await fetchForwarded(bed.context);
    const { id } = await caseOf(number);
    await submit({ ...form, AAC067: '13900005678', wishes: ['电工'] }, { applicationNumber: number });
    await fetchForwarded(bed.context);
    const side = await get(`/api/applications/${id}/platform`);
    expect(side.deliveries).toHaveLength(2);
    const [correction] = side.corrections;
    expect(correction).toMatchObject({ open: true, revision: 2 });
    const difference = (of: typeof correction, name: string) =>
      of.differences.find(({ field }: { field: string }) => field === name);
    expect(difference(correction, 'mobile')).toMatchObject({
      now: '139****1234',
      later: '139****5678',
      adoptable: true,
    });
    expect(difference(correction, 'wishes')).toMatchObject({ now: '文员', later: '电工' });
    later();
    const { version } = await caseOf(number);
    const body = { version, correction: correction.id, adopt: ['mobile'], note: '电话核实' };
    expect((await post(`/api/applications/${id}/amend`, body, officer)).status).toBe(403);
    const amended = await post(`/api/applications/${id}/amend`, body);
    expect(amended).toMatchObject({ status: 200, body: { case: { person: { mobileMasked: '139****5678' } } } });
    expect(amended.body.case.application.form.wishes).toEqual(['文员']);
    expect(amended.body.case.application.due.on).toBe('2026-11-25');
    expect(amended.body.case.history[0]).toMatchObject({ text: '更正登记表：手机。电话核实' });
    const [settled] = (await get(`/api/applications/${id}/platform`)).corrections;
    expect(settled).toMatchObject({ open: false, settledText: expect.stringContaining('采用了手机：电话核实') });
    expect(difference(settled, 'mobile')).toMatchObject({ now: '139****1234', later: '139****5678' });
    expect((await post(`/api/applications/${id}/amend`, { ...body, version: version + 1 })).body.code).toBe(
      'exchange.notAllowed',
    );
    expect((await post(`/api/applications/${id}/amend`, body)).body.code).toBe('application.changed');
  });

  it('H122-2c: faults of the form are mended with the worker; what is mended must be right', async () => {
    const number = await submit({ ...person(), AAC067: '12345', AAE159: 'nobody' });
    await fetchForwarded(bed.context);
    const { id, version } = await caseOf(number);
    expect((await get(`/api/applications/${id}/platform`)).faults).toMatchObject([
      { field: 'mobile', label: '手机' },
      { field: 'email' },
    ]);
    const wrong = await post(`/api/applications/${id}/amend`, { version, form: { mobile: '1' }, note: '电话核实' });
    expect(wrong).toMatchObject({ status: 422, body: { code: 'form.faulty', fields: [{ field: 'mobile' }] } });
    const right = await post(`/api/applications/${id}/amend`, {
      version,
      form: { mobile: '13900007777' },
      note: '电话核实',
    });
    expect(right).toMatchObject({ status: 200 });
    expect((await get(`/api/applications/${id}/platform`)).faults).toMatchObject([{ field: 'email' }]);
    const nothing = { version: version + 1, form: { mobile: '13900007777' }, note: '电话核实' };
    expect((await post(`/api/applications/${id}/amend`, nothing)).body.code).toBe('exchange.notAllowed');
  });
});

describe('one that names no office', () => {
  const faulty = async (form: object) => {
    const number = await submit({ ...form, AAB301: '410800' });
    await fetchForwarded(bed.context);
    await sendDecisions(bed.context);
    const { items } = await get('/api/exchange/forwarded/faulty', officer);
    return { number, item: items.find((one: { platformNumber: string }) => one.platformNumber === number) };
  };

  it('stands in the list of its city with what the platform said, masked; tried, answered, closed', async () => {
    const { number, item } = await faulty(person());
    expect(item).toMatchObject({
      name: '祁望舒',
      idMasked: expect.stringContaining('***'),
      dueOn: '2026-11-25',
      entries: [],
    });
    expect(item.faults[0].message).toContain('没有到县');
    const settle = (body: object) => post(`/api/exchange/forwarded/${item.id}/settle`, body, officer);
    later();
    expect((await settle({ do: 'contacted', note: '电话没人接' })).status).toBe(200);
    const bad = await settle({ do: 'answered', note: '请提供解除劳动合同证明' });
    expect(bad.body.code).toBe('decision.forbiddenGround');
    expect((await settle({ do: 'answered', note: '请在平台上重新选择登记失业地到县（市、区）。' })).status).toBe(200);
    expect((await settle({ do: 'closed', note: '重复的' })).body.code).toBe('exchange.notAllowed');
    await sendDecisions(bed.context);
    expect(await bed.ask(`/v1/decisions/${number}`)).toMatchObject({
      outcome: 'handedOver',
      reason: '请在平台上重新选择登记失业地到县（市、区）。',
    });
  });

  it('belongs to a case entered at the counter: answered with the decision of that case', async () => {
    const form = person();
    const { number, item } = await faulty(form);
    const open = await bed.fixtures.application({ idNumber: form.AAC002, name: form.AAC003 });
    const settle = (body: object) => post(`/api/exchange/forwarded/${item.id}/settle`, body, officer);
    expect((await settle({ do: 'joined', note: '窗口已办', number: '1' })).body.code).toBe('exchange.notAllowed');
    expect((await settle({ do: 'joined', note: '窗口已办', number: open.number })).status).toBe(200);
    later();
    expect((await register(open.applicationId)).status).toBe(200);
    await sendDecisions(bed.context);
    expect(await bed.ask(`/v1/decisions/${number}`)).toMatchObject({ outcome: 'registered' });
  });
});

describe('results of review', () => {
  it('M79-7a: one returned stops nothing, reaches the list of its office with check and words, and is sent again', async () => {
    const [bad, good] = [await submit(person()), await submit(person())];
    await fetchForwarded(bed.context);
    for (const number of [bad, good]) await register((await caseOf(number)).id);
    // The platform has lost one of its numbers.
    await bed.fixtures.sql("update decision_upload set platform_number = 'PT-unknown' where platform_number = $1", [
      bad,
    ]);
    await sendDecisions(bed.context);
    const { items } = await get('/api/exchange/decisions');
    expect(items).toMatchObject([
      { platformNumber: 'PT-unknown', outcomeText: '已登记', attempts: 1, faults: [{ check: 'decision-unknown' }] },
    ]);
    expect((await get('/api/today')).counts.find(({ kind }: { kind: string }) => kind === 'forwarded').returned).toBe(
      1,
    );
    const stranger = await bed.fixtures.staff('clerk', '410803');
    expect((await get('/api/exchange/decisions', stranger)).items).toEqual([]);
    expect((await post(`/api/exchange/decisions/${items[0].id}/resend`, { local: true }, stranger)).status).toBe(404);
    expect((await post(`/api/exchange/decisions/${items[0].id}/resend`, { local: true })).status).toBe(200);
    expect(await sendDecisions(bed.context)).toBe(1);
    expect((await get('/api/exchange/decisions')).items).toEqual([]);
    const [evidence] = (await get(`/api/applications/${(await caseOf(bad)).id}/platform`)).decisions;
    expect(evidence).toMatchObject({
      state: 'accepted',
      attempts: 2,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      receipt: expect.stringMatching(/^JG/),
    });
    const tries = await bed.fixtures.sql<{ outcome: string }>(
      'select outcome from exchange_attempt where batch_id = $1 order by at, outcome',
      [`decision:${items[0].id}`],
    );
    expect(tries.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'returned']);
  });

  it('a lost answer is one attempt more, not one decision more', async () => {
    const number = await submit(person());
    await fetchForwarded(bed.context);
    const { id } = await caseOf(number);
    await register(id);
    await bed.faults({ loseAnswerRate: 1 });
    await expect(sendDecisions(bed.context)).rejects.toThrow('no answer');
    await bed.faults({});
    later();
    await sendDecisions(bed.context);
    const tries = await bed.fixtures.sql<{ outcome: string }>(
      'select outcome from exchange_attempt where batch_id = $1 order by at',
      [`decision:${id}`],
    );
    expect(tries.map(({ outcome }) => outcome)).toEqual(['silent', 'accepted']);
  });

  it('of two results on one application the later stands, whichever arrives first', async () => {
    const number = await submit({ ...person(), AAB301: '410800' });
    await fetchForwarded(bed.context);
    const put = (at: string, outcome: string) =>
      bed.fixtures.sql(
        `insert into decision_upload (tenant, application_id, office, platform_number, outcome, decided_at, state)
         values ('4108', gen_random_uuid(), '410802', $1, $2, $3, 'waiting')`,
        [number, outcome, at],
      );
    await bed.fixtures.sql('delete from decision_upload where platform_number = $1', [number]);
    await put('2026-11-22T05:00:00Z', 'duplicate');
    await sendDecisions(bed.context);
    await put('2026-11-22T04:00:00Z', 'handedOver');
    await sendDecisions(bed.context);
    expect(await bed.ask(`/v1/decisions/${number}`)).toMatchObject({ outcome: 'duplicate' });
    const states = await bed.fixtures.sql<{ outcome: string; state: string }>(
      'select outcome, state from decision_upload where platform_number = $1 order by decided_at',
      [number],
    );
    expect(states).toEqual([
      { outcome: 'handedOver', state: 'superseded' },
      { outcome: 'duplicate', state: 'accepted' },
    ]);
  });
});
