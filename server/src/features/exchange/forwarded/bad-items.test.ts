import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { drawIdentityNumber } from '../../../../test/fixtures.ts';
import { fetchForwarded, sendDecisions } from '../index.ts';
import { AnswerTooLarge, PlatformClient, PlatformSilent } from '../platform-client.ts';

let bed: ExchangeBed;
let good: Record<string, unknown>;

beforeAll(async () => {
  bed = await exchangeBed();
  // The form a lawful application there has, to be spoilt below.
  await bed.ask('/control/applications', { form: { AAB301: '410302' } });
  const page = await bed.ask<{ items: { form: Record<string, unknown> }[] }>('/v1/applications?division=4103&after=0');
  const place = { division: '410802', detail: '人民路1号' };
  good = { ...page.items[0]!.form, AAB301: '410802', household: place, residence: place, AAC003: '沈禾苗' };
});
afterAll(() => bed.close());
afterEach(() => vi.restoreAllMocks());

let made = 0;
const form = (more: object = {}) => {
  const number = drawIdentityNumber();
  const sex = Number(number[16]) % 2 === 1 ? '1' : '2';
  return { ...good, AAC002: number, AAC044: number, AAC004: sex, ...more };
};
const item = (more: object = {}, formMore: object = {}) => {
  made += 1;
  return {
    applicationNumber: `PT${String(made).padStart(8, '0')}`,
    submittedAt: '2026-11-20T09:00:00+08:00',
    revision: 1,
    form: form(formMore),
    ...more,
  };
};
/** The city's next page; other cities have nothing. */
const deliver = async (...items: unknown[]) => {
  const [row] = await bed.fixtures.sql<{ position: string }>(
    "select position from exchange_cursor where tenant = '4108' and kind = 'applications'",
  );
  const next = String(Number(row?.position ?? 0) + 1);
  vi.spyOn(PlatformClient.prototype, 'applications').mockImplementation(async (division, after) =>
    division === '4108' ? { items, next, more: false } : { items: [], next: after, more: false },
  );
  return fetchForwarded(bed.context);
};
const kept = () =>
  bed.fixtures.sql<{ platform_number: string; revision: number; state: string; faults: { message: string }[] }>(
    'select platform_number, revision, state, faults from forwarded_application order by received_at desc, platform_number',
  );
const cases = (number: string) =>
  bed.fixtures.sql<{ status: string; due_on: string; submitted_on: string; name: string }>(
    `select status, due_on::text, submitted_on::text, form->>'name' as name from application where platform_number = $1`,
    [number],
  );

it('one bad item stops nothing: the good ones beside it become cases, the bad ones are kept for a person', async () => {
  const first = item();
  const last = item();
  const bad = [
    'no object',
    null,
    [1, 2],
    item({ applicationNumber: '' }),
    item({ applicationNumber: 'a\u0000b' }),
    item({ revision: 'second' }),
    item({ revision: 3_000_000_000 }),
    item({ form: 'none' }),
    JSON.parse(`{"applicationNumber":"PT-deep","revision":1,"form":${'['.repeat(5_000)}${']'.repeat(5_000)}}`),
    item({}, { notes: '长'.repeat(1_100_000) }),
  ];
  expect(await deliver(first, ...bad, last)).toEqual({ taken: bad.length + 2, faulty: bad.length });
  for (const { applicationNumber } of [first, last]) expect(await cases(applicationNumber)).toHaveLength(1);
  expect((await kept()).filter(({ state }) => state === 'faulty')).toHaveLength(bad.length);
  // Fetched again, nothing of it is new.
  await bed.fixtures.sql('delete from exchange_cursor');
  expect(await deliver(first, ...bad, last)).toEqual({ taken: 0, faulty: 0 });
});

it('M79-7a: what can be answered is answered, what has no number cannot be', async () => {
  const nobody = item({}, { AAC002: '410802198504120000', AAC044: '' });
  await deliver(nobody, item({ applicationNumber: ' ' }));
  const waiting = await bed.fixtures.sql<{ platform_number: string; outcome: string }>(
    "select platform_number, outcome from decision_upload where state = 'waiting' and decided_at = $1",
    [bed.fixtures.now],
  );
  expect(waiting).toContainEqual({ platform_number: nobody.applicationNumber, outcome: 'handedOver' });
  expect(waiting.some(({ platform_number }) => platform_number.startsWith('unreadable'))).toBe(false);
  vi.restoreAllMocks();
  await sendDecisions(bed.context);
});

it('characters that no database stores do not stop a case', async () => {
  const odd = item({}, { AAC003: '沈\u0000禾苗\ud800', notes: 'a\u0001b', wishes: ['文\u0000员', 7, null] });
  expect(await deliver(odd)).toEqual({ taken: 1, faulty: 0 });
  expect(await cases(odd.applicationNumber)).toMatchObject([{ status: 'submitted' }]);
});

it('R022: a clock there that is ahead gives no further days; without an instant the clock starts on arrival', async () => {
  const ahead = item({ submittedAt: '2026-12-31T09:00:00+08:00' });
  const none = item({ submittedAt: 'yesterday' });
  await deliver(ahead, none);
  for (const { applicationNumber } of [ahead, none])
    expect(await cases(applicationNumber)).toMatchObject([{ submitted_on: '2026-11-22', due_on: '2026-11-25' }]);
  const remarks = (await kept()).filter(({ platform_number }) =>
    [ahead.applicationNumber, none.applicationNumber].includes(platform_number),
  );
  expect(remarks.map(({ faults }) => faults.map(({ message }) => message).join()).sort()).toEqual([
    '平台没有给出提交时间，按收到时间起算',
    '平台给出的提交时间晚于收到时间，按收到时间起算',
  ]);
});

it('a form for a city that is not asked about is kept for a person, not made a case of the wrong city', async () => {
  const stray = item({}, { AAB301: '410302' });
  expect(await deliver(stray)).toEqual({ taken: 1, faulty: 1 });
  expect(await cases(stray.applicationNumber)).toEqual([]);
  const tasks = await bed.fixtures.sql<{ office: string; due_on: string }>(
    'select office, due_on::text from forwarded_task where platform_number = $1',
    [stray.applicationNumber],
  );
  expect(tasks).toEqual([{ office: '410800', due_on: '2026-11-25' }]);
});

it('a page too large to hold is asked for in smaller ones', async () => {
  const asked: number[] = [];
  const big = item();
  vi.spyOn(PlatformClient.prototype, 'applications').mockImplementation(async (division, after, limit) => {
    if (division !== '4108') return { items: [], next: after, more: false };
    asked.push(limit);
    if (limit > 10) throw new AnswerTooLarge('too large');
    return { items: [big], next: '900', more: false };
  });
  expect(await fetchForwarded(bed.context)).toEqual({ taken: 1, faulty: 0 });
  expect(asked).toEqual([200, 50, 13, 4]);
});

it('a cursor that stands still or goes back ends the download', async () => {
  const pages = vi
    .spyOn(PlatformClient.prototype, 'applications')
    .mockResolvedValue({ items: [], next: '1', more: true });
  await fetchForwarded(bed.context, ['4108']);
  expect(pages.mock.calls.length).toBeLessThan(3);
});

it('M79-7a: an answer to another question moves no cursor and is taken for silence', async () => {
  const position = async () =>
    (await bed.fixtures.sql("select position from exchange_cursor where kind = 'applications' and tenant = '4108'"))[0];
  const before = await position();
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    if (!String(input).includes('/v1/applications')) return real(input, init);
    return Response.json({ division: '4199', after: '', items: [], next: '999999', more: false });
  });
  await expect(fetchForwarded(bed.context)).rejects.toBeInstanceOf(PlatformSilent);
  expect(await position()).toEqual(before);
});
