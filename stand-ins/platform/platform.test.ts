import { fork } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeNumber } from '../common/resident-number.ts';
import type { StandIn } from '../common/server.ts';
import { EXIT_FIELDS } from './exit-record.ts';
import { startPlatform } from './main.ts';

const KEY = 'test-key';
const NUMBER = makeNumber('410802', '19900307', 452);
let dataDir: string;
let platform: StandIn;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'platform-'));
  platform = await startPlatform({ port: 0, dataDir, key: KEY, today: '20261122' });
});
afterEach(async () => {
  await platform.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function call(path: string, body?: unknown, headers: Record<string, string> = {}, url = platform.url) {
  const response = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

const exit = (AAZ341: string, change = {}) => ({
  AAB301: '410802',
  AAZ341,
  AAC003: '沈禾苗',
  AAC002: NUMBER,
  AAC058: '01',
  AAC044: NUMBER,
  ADC210: '20261121',
  AJC00A: '11',
  AAE011: '宋知行',
  AAE036: '20261121',
  AAE013: '',
  ...change,
});
const sm3 = (data: string | Buffer): string => createHash('sm3').update(data).digest('hex');

function send(batch: string, items: unknown[], change: Record<string, unknown> = {}, url = platform.url) {
  const content = JSON.stringify(items);
  const body = { batch, date: '20261121', division: '4108', count: items.length, digest: sm3(content), content };
  return call('/v1/exits', { ...body, ...change }, { 'idempotency-key': batch }, url);
}

describe('exits', () => {
  it('M79X-1: lets only the holder of the key in', async () => {
    const response = await fetch(`${platform.url}/v1/exits?division=4108`, { headers: { authorization: 'Bearer no' } });
    expect(response.status).toBe(401);
  });

  it('M79X-1, M79X-3: accepts the right ones and returns the wrong one with its faults; one stops no other', async () => {
    const { status, body } = await send('b1', [exit('1'), exit('2', { AJC00A: '22' }), exit('3')]);
    expect(status).toBe(200);
    expect(body.receipt).toMatch(/^TC\d{8}[0-9A-F]{16}$/);
    expect(body.results.map((item: { result: string }) => item.result)).toEqual(['accepted', 'returned', 'accepted']);
    expect(body.results[1].faults).toEqual([
      { field: 'AJC00A', rule: 'AJC00A-code', message: expect.stringContaining('不在注销失业登记原因代码表中') },
    ]);
    const held = await call('/v1/exits?division=4108&date=20261121');
    expect(held.body.items.map((item: { AAZ341: string }) => item.AAZ341)).toEqual(['1', '3']);
    expect((await call('/v1/exits?division=2103&date=20261121')).body.count).toBe(0);
    expect((await call('/v1/exits?division=4108&date=20261120')).body.count).toBe(0);
  });

  it('M79-8a: the same batch again gives the same receipt; other content under the same key is a conflict', async () => {
    const first = await send('b1', [exit('1')]);
    const again = await send('b1', [exit('1')]);
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect((await send('b1', [exit('2')])).status).toBe(409);
    expect((await call('/v1/exits?division=4108')).body.count).toBe(1);
    expect((await call('/v1/exits/receipts/b1')).body.receipt).toBe(first.body.receipt);
    expect((await call('/v1/exits/receipts/b2')).status).toBe(404);
  });

  it('refuses a wrong digest, count, key, date or content, and keeps nothing of it', async () => {
    expect((await send('b', [exit('1')], { digest: sm3('other') })).status).toBe(422);
    expect((await send('b', [exit('1')], { count: 2 })).status).toBe(422);
    expect((await send('b', [exit('1')], { date: '20261123' })).status).toBe(422);
    expect((await send('b', [exit('1')], { date: '20260230' })).status).toBe(422);
    expect((await send('b', [exit('1')], { division: '河南' })).status).toBe(422);
    expect((await send('b', [], { content: 'no json', digest: sm3('no json') })).status).toBe(422);
    expect((await call('/v1/exits', { batch: 'b', content: '[]' }, { 'idempotency-key': 'c' })).status).toBe(400);
    expect((await call('/v1/exits/receipts/b')).status).toBe(404);
    expect((await send('b', [exit('1')])).status).toBe(200);
  });

  it('M79X-2: the same key with the same content is harmless, with other content returned', async () => {
    await send('b1', [exit('1')]);
    const { body } = await send('b2', [exit('1'), exit('1', { AJC00A: '12' }), exit('5'), exit('5', { AAE013: '改' })]);
    expect(body.results[0]).toMatchObject({ result: 'accepted', duplicate: true, faults: [] });
    expect(body.results[1]).toMatchObject({ result: 'returned', faults: [{ rule: 'AAZ341-repeated' }] });
    expect(body.results[2]).toMatchObject({ result: 'accepted' });
    expect(body.results[3]).toMatchObject({ result: 'returned', faults: [{ rule: 'AAZ341-repeated' }] });
    const other = await send('b3', [exit('1', { AAB301: '410803' })]);
    expect(other.body.results[0]).toMatchObject({ result: 'accepted', faults: [] });
  });

  it('M79-8a: a day without exits is reported, received and counted', async () => {
    const { body } = await send('zero', []);
    expect(body).toMatchObject({ count: 0, results: [], receipt: expect.any(String) });
    const statistics = await call('/v1/statistics?division=4108&from=20261101&to=20261122');
    expect(statistics.body.days).toEqual([
      expect.objectContaining({ date: '20261121', heartbeat: true, exitsAccepted: 0 }),
    ]);
  });

  it('M79-7b: a region asks what it has uploaded; a returned exit accepted later no longer counts as returned', async () => {
    await send('b1', [exit('1'), exit('2', { AJC00A: '22' })]);
    const days = async () => (await call('/v1/statistics?division=4108&from=2026-11-01&to=2026-11-22')).body.totals;
    expect(await days()).toMatchObject({ exitsAccepted: 1, exitsReturned: 1, exitBatches: 1, heartbeatDays: 1 });
    await send('b2', [exit('2')]);
    expect(await days()).toMatchObject({ exitsAccepted: 2, exitsReturned: 0, exitBatches: 2, heartbeatDays: 1 });
    expect((await call('/v1/statistics?division=4108&from=20261122&to=20261101')).status).toBe(400);
  });

  it('takes a file in UTF-8 or GB18030 with rare characters whole, and refuses GBK and a wrong digest', async () => {
    const row = exit('F1', { AAC003: '王𠮷' });
    const csv = `${EXIT_FIELDS.join(',')}\n${EXIT_FIELDS.map((code) => row[code as keyof typeof row]).join(',')}\n`;
    const post = async (batch: string, bytes: Buffer, charset: string, digest = sm3(bytes)) => {
      const response = await fetch(`${platform.url}/v1/exits/files`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${KEY}`,
          'content-type': `text/csv; charset=${charset}`,
          'idempotency-key': batch,
          'x-division': '4108',
          'x-date': '20261121',
          'x-digest': digest,
        },
        body: new Uint8Array(bytes),
      });
      return { status: response.status, body: JSON.parse(await response.text()) };
    };
    const gb18030 = await post('f1', iconv.encode(csv, 'gb18030'), 'gb18030');
    expect(gb18030.body.results).toEqual([expect.objectContaining({ AAZ341: 'F1', result: 'accepted' })]);
    const utf8 = await post('f2', Buffer.from(`\ufeff${csv}`), 'utf-8');
    expect(utf8.body.results).toEqual([expect.objectContaining({ AAZ341: 'F1', result: 'accepted', duplicate: true })]);
    expect((await post('f3', iconv.encode(csv, 'gbk'), 'gbk')).status).toBe(422);
    expect((await post('f4', iconv.encode(csv, 'gb18030'), 'utf-8')).status).toBe(422);
    expect((await post('f5', Buffer.from(csv), 'utf-8', sm3('x'))).status).toBe(422);
  });
});

describe('applications and decisions', () => {
  const apply = async (input: Record<string, unknown> = {}) =>
    (await call('/control/applications', { form: {}, ...input })).body;

  it('M79-7a: hands out applications of a division page by page, with the time of submission there', async () => {
    const first = await apply({ submittedAt: '2026-11-20T23:30:00+08:00' });
    await apply({ form: { AAB301: '210302' } });
    const third = await apply();
    const page = (await call('/v1/applications?division=4108&limit=1')).body;
    expect(page.items).toEqual([first]);
    expect(first.submittedAt).toBe('2026-11-20T23:30:00.000+08:00');
    const rest = (await call(`/v1/applications?division=4108&after=${page.next}`)).body;
    expect(rest.items).toEqual([third]);
    expect(rest.more).toBe(false);
    const changed = await apply({ applicationNumber: third.applicationNumber, form: { ...third.form, notes: '改' } });
    expect(changed.revision).toBe(2);
    const later = (await call(`/v1/applications?division=410802&after=${rest.next}`)).body;
    expect(later.items).toEqual([changed]);
  });

  it('refuses a form with a wrong field, naming it', async () => {
    const { status, body } = await call('/control/applications', {
      form: { AAC002: '410802199003074529', AJC093: '99' },
    });
    expect(status).toBe(422);
    expect(body.faults.map((fault: { field: string }) => fault.field)).toEqual(['AAC002', 'AJC093']);
  });

  it('M79-7a: takes results item by item; the same again is harmless, a later one replaces, an older one is returned', async () => {
    const { applicationNumber } = await apply();
    const decide = async (item: Record<string, unknown>) =>
      (await call('/v1/decisions', { items: [{ applicationNumber, decidedAt: '2026-11-21T10:00:00+08:00', ...item }] }))
        .body.results[0];
    expect(await decide({ outcome: 'handedOver' })).toMatchObject({ result: 'accepted' });
    expect(await decide({ outcome: 'handedOver' })).toMatchObject({ result: 'accepted', duplicate: true });
    expect(await decide({ outcome: 'refused' })).toMatchObject({ result: 'returned' });
    expect(await decide({ outcome: 'withdrawn' })).toMatchObject({ faults: [{ rule: 'decision-older' }] });
    const registered = { outcome: 'registered', decidedAt: '2026-11-21T11:00:00+08:00', registrationNumber: 'R1' };
    expect(await decide(registered)).toMatchObject({ result: 'accepted' });
    expect((await call(`/v1/decisions/${applicationNumber}`)).body).toMatchObject(registered);
    expect(await decide({ applicationNumber: 'unknown', outcome: 'registered' })).toMatchObject({
      faults: [{ rule: 'decision-unknown' }],
    });
    const local = { applicationNumber: undefined, AAB301: '410802', serial: 'S1', outcome: 'registered' };
    expect(await decide(local)).toMatchObject({ result: 'accepted', AAB301: '410802', serial: 'S1' });
  });

  it('M79-7b: takes the registrations loaded back, once', async () => {
    const items = [
      { AAB301: '410802', AAZ341: 'D1', AAC003: '沈禾苗', AAC002: NUMBER, AAC004: '1', registeredOn: '20260901' },
      { AAB301: '410802', AAZ341: 'D2', AAC003: '', AAC002: NUMBER, AAC004: '2', registeredOn: '20261301' },
    ];
    const content = JSON.stringify(items);
    const body = { batch: 'r1', date: '20261121', division: '4108', count: 2, digest: sm3(content), content };
    const first = await call('/v1/registrations', body, { 'idempotency-key': 'r1' });
    expect(first.body.results.map((item: { result: string }) => item.result)).toEqual(['accepted', 'returned']);
    const again = await call('/v1/registrations', body, { 'idempotency-key': 'r1' });
    expect(again.body).toEqual({ ...first.body, repeated: true });
    // The platform now holds a sex that disagrees with the number: M79X-3's last rule can be judged.
    const { body: exits } = await send('e1', [exit('1')]);
    expect(exits.results[0].faults).toEqual([expect.objectContaining({ rule: 'AAC002-sex' })]);
  });
});

describe('faults on demand', () => {
  const fault = (settings: Record<string, unknown>) => call('/control/faults', settings);

  it.each(['loseAnswerRate', 'halfAnswerRate'])(
    '%s: the answer is gone, the batch is kept, asking again gives one receipt',
    async (rate) => {
      await fault({ [rate]: 1 });
      await expect(send('b1', [exit('1')])).rejects.toThrow();
      await fault({ [rate]: 0 });
      const receipt = (await call('/v1/exits/receipts/b1')).body;
      const again = await send('b1', [exit('1')]);
      expect(again.body).toMatchObject({ receipt: receipt.receipt, receivedAt: receipt.receivedAt, repeated: true });
      expect((await call('/v1/exits?division=4108')).body.count).toBe(1);
    },
  );

  it('fails before processing, returns everything, repeats applications, refuses nonsense', async () => {
    await fault({ failRate: 1 });
    expect((await send('b1', [exit('1')])).status).toBe(503);
    await fault({ failRate: 0, rejectAll: true });
    expect((await send('b2', [exit('1')])).body.results[0].faults[0].rule).toBe('control-reject-all');
    await fault({ rejectAll: false, repeatRate: 1 });
    await call('/control/applications', { form: {} });
    const { body } = await call('/v1/applications?division=4108');
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toEqual(body.items[1]);
    expect((await fault({ failRate: 2 })).status).toBe(400);
  });

  it('the same seed gives the same faults', async () => {
    const run = async () => {
      await fault({ failRate: 0.5, seed: 7 });
      const statuses = [];
      for (let i = 0; i < 12; i++) statuses.push((await call('/v1/exits?division=4108')).status);
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await run()).toEqual(first);
  });

  it('a form posted by another web site is refused', async () => {
    const response = await fetch(`${platform.url}/control/faults`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example', 'content-type': 'application/json' },
      body: '{"failRate":1}',
    });
    expect(response.status).toBe(403);
  });
});

describe('the kept store', () => {
  it('replays after a stop, cutting off a torn last line', async () => {
    const { body } = await send('b1', [exit('1')]);
    await platform.close();
    await appendFile(join(dataDir, 'platform.jsonl'), '{"type":"batch","batch":{"kind":"exi');
    platform = await startPlatform({ port: 0, dataDir, key: KEY, today: '20261122' });
    expect((await send('b1', [exit('1')])).body).toEqual({ ...body, repeated: true });
    await send('b2', [exit('2')]);
    await platform.close();
    platform = await startPlatform({ port: 0, dataDir, key: KEY, today: '20261122' });
    expect((await call('/v1/exits?division=4108')).body.count).toBe(2);
  });

  it('M79-8a: killed in the midst of uploads, it holds every exit it gave a receipt for, and each once', async () => {
    const start = async () => {
      const child = fork(new URL('./run-for-test.ts', import.meta.url), [dataDir, KEY], { stdio: 'ignore' });
      const url = await new Promise<string>((resolve) => child.once('message', (message) => resolve(String(message))));
      return { child, url };
    };
    const ended = (child: ReturnType<typeof fork>) => new Promise((resolve) => child.once('exit', resolve));
    await platform.close();
    let running = await start();
    const receipts = new Map<string, string>();
    const names = Array.from({ length: 60 }, (_, index) => `k${index}-${randomUUID()}`);
    const items = (name: string) => [exit(name.slice(0, 12), { AAE013: name })];
    const writing = Promise.all(
      names.map(async (name) => {
        const answer = await send(name, items(name), {}, running.url).catch(() => undefined);
        if (answer?.status === 200) receipts.set(name, answer.body.receipt);
        if (receipts.size === 10) running.child.kill('SIGKILL');
      }),
    );
    const killed = ended(running.child);
    await writing;
    expect(receipts.size).toBeGreaterThanOrEqual(10);
    running.child.kill('SIGKILL');
    await killed;
    running = await start();
    for (const name of names) {
      const { body } = await send(name, items(name), {}, running.url);
      if (receipts.has(name)) expect(body).toMatchObject({ receipt: receipts.get(name), repeated: true });
      expect(body.results).toEqual([expect.objectContaining({ result: 'accepted' })]);
    }
    expect((await call('/v1/exits?division=4108', undefined, {}, running.url)).body.count).toBe(names.length);
    const gone = ended(running.child);
    running.child.kill('SIGKILL');
    await gone;
    platform = await startPlatform({ port: 0, dataDir, key: KEY, today: '20261122' });
  });
});

describe('the page', () => {
  it('submits an application as a worker would, and escapes what people type', async () => {
    const post = (fields: Record<string, string>) =>
      fetch(`${platform.url}/apply`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    const fields = {
      AAC003: '沈<b>苗',
      AAC002: NUMBER,
      AAC067: '15400000101',
      ACC412: '4',
      AAB301: '410811',
      detail: '建设路1号',
      unemployedMonth: '2026-09',
      AJC093: '21',
      reasonText: '',
      wantsBenefit: '1',
      wishes: '文员、司机',
    };
    expect((await post(fields)).status).toBe(303);
    const { items } = (await call('/v1/applications?division=410811')).body;
    expect(items[0].form).toMatchObject({ ACC412: '4', AAC004: '2', wantsBenefit: '1', wishes: ['文员', '司机'] });
    const page = await (await fetch(platform.url)).text();
    expect(page).toContain('沈&lt;b&gt;苗');
    expect(page).not.toContain('沈<b>');
    const refused = await post({ ...fields, AAC002: '1' });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('身份证件号码有误');
  });
});

describe('what is held', () => {
  const ask = (path: string) => call(path).then(({ body }) => body);

  it('M79-7b: is asked for by county and day, first as a digest, then in pages by serial number', async () => {
    await send('b1', [exit('3'), exit('10'), exit('2')]);
    await send('b2', [exit('7', { AAB301: '410803' })]);
    const { days } = await ask('/v1/exits/digests?division=4108&from=20261120&to=20261121');
    const { items } = await ask('/v1/exits?division=410802&date=20261121');
    const sorted = items.sort((a: { AAZ341: string }, b: { AAZ341: string }) => (a.AAZ341 < b.AAZ341 ? -1 : 1));
    expect(sorted.map((item: { AAZ341: string }) => item.AAZ341)).toEqual(['10', '2', '3']);
    const lines = sorted.map(({ AAZ341, digest }: Record<string, string>) => `${AAZ341} ${digest}\n`).join('');
    expect(days).toEqual([
      { AAB301: '410802', date: '20261121', count: 3, digest: sm3(lines) },
      { AAB301: '410803', date: '20261121', count: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    const first = await ask('/v1/exits?division=410802&date=20261121&limit=2');
    expect(first).toMatchObject({ count: 3, next: '2', more: true });
    const second = await ask(`/v1/exits?division=410802&date=20261121&limit=2&after=${first.next}`);
    expect(second).toMatchObject({ items: [{ AAZ341: '3' }], more: false });
    expect((await call('/v1/exits?division=4108&date=20261121&limit=2')).status).toBe(400);
    expect((await call('/v1/exits/records/410802/10')).body).toMatchObject({ AAZ341: '10', batch: 'b1' });
    expect((await call('/v1/exits/records/410802/11')).status).toBe(404);
  });

  it('can be spoilt from the fault panel, and a restart remembers it', async () => {
    await send('b1', [exit('1'), exit('2')]);
    const digest = async () => (await ask('/v1/exits/digests?division=4108&from=20261121&to=20261121')).days[0];
    const before = await digest();
    const tamper = (form: Record<string, string>) =>
      fetch(`${platform.url}/tamper`, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
    await tamper({ act: 'alter', AAB301: '410802', AAZ341: '1' });
    expect(await digest()).not.toEqual(before);
    await tamper({ act: 'alter', AAB301: '410802', AAZ341: '1' });
    expect(await digest()).toEqual(before);
    await tamper({ act: 'forget', AAB301: '410802', AAZ341: '2' });
    expect((await tamper({ act: 'invent', AAB301: '410802', date: '20261121' })).status).toBe(303);
    expect((await tamper({ act: 'invent', AAB301: '999999', date: '20261121' })).status).toBe(400);
    const spoilt = await digest();
    expect(spoilt).toMatchObject({ count: 2 });
    await platform.close();
    platform = await startPlatform({ port: 0, dataDir, key: KEY, today: '20261122' });
    expect(await digest()).toEqual(spoilt);
  });

  it('is shown by county and day, by serial number, batch by batch and record by record', async () => {
    await send('b1', [exit('1'), exit('2', { AJC00A: '22' })]);
    const text = async (path: string) => (await fetch(platform.url + path)).text();
    expect(await text('/records?division=410802&date=20261121')).toContain('href="/records/410802/1"');
    expect(await text('/records?serial=1')).toContain('共 1 条');
    expect(await text('/records/410802/1')).toContain('沈禾苗');
    expect(await text('/batches/exits/b1')).toContain('AJC00A-code');
    expect((await fetch(`${platform.url}/batches/exits/none`)).status).toBe(404);
  });
});
