import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../../../test/app.ts';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { drawIdentityNumber } from '../../../../test/fixtures.ts';
import { applicationHandlers } from '../../application/index.ts';
import { exchangeHandlers, fetchForwarded, sendDecisions } from '../index.ts';

let bed: ExchangeBed;
let app: FastifyInstance;
let officer: string;
let neighbour: string;
let number: string;
let idNumber: string;
let application: string;

beforeAll(async () => {
  bed = await exchangeBed();
  app = await testApp(bed.context, { ...exchangeHandlers(bed.context), ...applicationHandlers(bed.context) });
  officer = await bed.fixtures.staff('exchangeOfficer', '410802');
  neighbour = await bed.fixtures.staff('exchangeOfficer', '410803');
  const clerk = await bed.fixtures.staff('clerk', '410802', '李经办');
  idNumber = drawIdentityNumber();
  const sex = Number(idNumber[16]) % 2 === 1 ? '1' : '2';
  const form = { AAC002: idNumber, AAC044: idNumber, AAC003: '祁望舒', AAC004: sex };
  const submitted = await bed.ask<{ applicationNumber: string }>('/control/applications', {
    submittedAt: '2026-11-20T10:00:00+08:00',
    form: { AAB301: '410802', AAC067: '13900001234', ...form },
  });
  number = submitted.applicationNumber;
  await fetchForwarded(bed.context);
  const [row] = await bed.fixtures.sql<{ id: string; version: number }>(
    'select id, version from application where platform_number = $1',
    [number],
  );
  application = row!.id;
  const registered = await app.inject({
    method: 'POST',
    url: `/api/applications/${application}/register`,
    payload: { version: row!.version },
    headers: { cookie: clerk, 'idempotency-key': 'evidence-of-cases-1' },
  });
  expect(registered.statusCode).toBe(200);
  await bed.faults({ loseAnswerRate: 1 });
  await sendDecisions(bed.context).catch(() => {});
  await bed.faults({});
  await sendDecisions(bed.context);
});
afterAll(async () => {
  await app.close();
  await bed.close();
});

const get = (url: string, cookie = officer) => app.inject({ url, headers: { cookie } });
const check = async (of: string, cookie = officer) =>
  (await app.inject({ method: 'POST', url: `/api/exchange/${of}/check`, headers: { cookie }, payload: {} })).json();

describe('evidence of a result of review', () => {
  it('M79-7a: content as sent, digest, receipt, and the attempt whose answer was lost', async () => {
    const shown = (await get(`/api/exchange/decisions/${application}`)).json();
    expect(shown.upload).toMatchObject({
      state: 'accepted',
      platformNumber: number,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      receipt: expect.any(String),
    });
    const value = (field: string) => shown.fields.find((one: { field: string }) => one.field === field)?.value;
    expect(value('applicationNumber')).toBe(number);
    expect(value('outcome')).toMatch(/^registered /);
    // The clock of the test stands still: two attempts of one instant have no order.
    expect(shown.attempts.map(({ text }: { text: string }) => text).sort()).toEqual([
      expect.stringMatching(/^平台已接收，回执/),
      '没有应答',
    ]);
  });

  it('is checked against what is kept, and is nobody’s outside the range', async () => {
    expect(await check(`decisions/${application}`)).toMatchObject({ same: true });
    expect((await get(`/api/exchange/decisions/${application}`, neighbour)).json().code).toBe('exchange.notFound');
    expect((await check(`decisions/${application}`, neighbour)).code).toBe('exchange.notFound');
    const [kept] = await bed.fixtures.sql<{ content_sealed: Buffer }>(
      'select content_sealed from decision_upload where application_id = $1',
      [application],
    );
    const put = (content: Buffer | undefined) =>
      bed.fixtures.sql('update decision_upload set content_sealed = $2 where application_id = $1', [
        application,
        content,
      ]);
    await put(bed.context.crypto.seal('{"outcome":"refused"}'));
    expect(await check(`decisions/${application}`)).toMatchObject({
      same: false,
      message: expect.stringContaining('已被改动'),
    });
    await put(kept?.content_sealed.subarray(0, 20));
    expect(await check(`decisions/${application}`)).toMatchObject({ same: false, recomputed: '' });
    expect((await get(`/api/exchange/decisions/${application}`)).json().fields).toEqual([]);
    await put(kept?.content_sealed);
  });
});

describe('evidence of a forwarded application', () => {
  it('M79-7a: every delivery as received with numbers masked, its digest and times, and what was answered', async () => {
    const answer = await get(`/api/exchange/received/${number}`);
    expect(answer.json()).toMatchObject({
      deliveries: [{ revision: 1, state: 'applied', applicationId: application, faults: [] }],
      decisions: [{ id: application, state: 'accepted' }],
    });
    const value = (field: string) =>
      answer.json().deliveries[0].fields.find((one: { field: string }) => one.field === field);
    expect(value('name')).toMatchObject({ value: '祁望舒', masked: false });
    expect(value('idNumber')).toMatchObject({ masked: true, value: expect.stringContaining('*') });
    expect(answer.body).not.toContain(idNumber);
    expect(answer.body).not.toContain('13900001234');
  });

  it('is checked against what is kept, and is nobody’s outside the range', async () => {
    expect(await check(`received/${number}`)).toMatchObject({
      same: true,
      message: expect.stringContaining('收到的内容'),
    });
    expect((await get(`/api/exchange/received/${number}`, neighbour)).json().code).toBe('exchange.notFound');
    await bed.fixtures.sql('update forwarded_application set content_sealed = $1', [
      bed.context.crypto.seal({ form: {} }),
    ]);
    expect(await check(`received/${number}`)).toMatchObject({ same: false });
  });

  it('both are found by the number of either side', async () => {
    const [{ number: own } = { number: '' }] = await bed.fixtures.sql<{ number: string }>(
      'select number from application where id = $1',
      [application],
    );
    const find = async (q: string, cookie = officer) => (await get(`/api/exchange/records?q=${q}`, cookie)).json();
    expect(await find(number)).toMatchObject({ forwarded: number, decisions: [{ id: application }] });
    expect(await find(own)).toMatchObject({ records: [], decisions: [{ id: application, state: 'accepted' }] });
    expect(await find(number, neighbour)).toEqual({ records: [], decisions: [] });
  });
});
