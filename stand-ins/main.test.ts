import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNumber } from './common/resident-number.ts';
import { base32Bytes, totp } from './common/totp.ts';
import { readConfig, readDemo } from './config.ts';
import { startStandIns } from './main.ts';

const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const WORKER = { name: '沈禾苗', idNumber: makeNumber('410802', '19900307', 452), sex: '2', phone: '15400000101' };
let folder: string;
let all: Awaited<ReturnType<typeof startStandIns>>;

const start = () =>
  startStandIns({
    ...readConfig({ STANDINS_DATA_DIR: join(folder, 'data'), YINGDENG_DEMO_FILE: join(folder, 'demo.json') }),
    ports: { hub: 0, platform: 0, idp: 0, sms: 0, insurance: 0, benefit: 0 },
  });

async function post(name: string, path: string, body: unknown, key = 'demo-platform-key') {
  const response = await fetch(all.urls[name] + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}
const get = async (name: string, path: string) => (await fetch(all.urls[name] + path)).text();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stand-ins-'));
  const staff = [
    {
      name: '宋知行',
      username: 'song',
      password: 'pw',
      totpSecret: SECRET,
      role: 'clerk',
      roleText: '经办',
      office: '<区>',
    },
    { name: '坏密钥', username: 'bad', password: 'pw', totpSecret: '!', role: 'clerk', roleText: '经办', office: '' },
  ];
  await writeFile(join(folder, 'demo.json'), JSON.stringify({ staff, workers: [WORKER] }));
  all = await start();
});
afterAll(async () => {
  await all.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the hub', () => {
  it('shows every sign-in with its current code, and the same in /codes.json', async () => {
    const codesAround = () => [-1, 0, 1].map((step) => totp(base32Bytes(SECRET), Date.now() + step * 30_000));
    const { staff } = JSON.parse(await get('hub', '/codes.json'));
    expect(codesAround()).toContain(staff[0].code);
    expect(staff.map((person: { username: string }) => person.username)).toEqual(['song', 'bad']);
    const page = await get('hub', '/');
    expect(codesAround().some((code) => page.includes(code))).toBe(true);
    expect(page).toContain('&lt;区&gt;');
    expect(page).toContain(WORKER.idNumber);
    for (const name of ['platform', 'idp', 'sms', 'insurance', 'benefit']) expect(page).toContain(all.urls[name]);
  });

  it('shows the latest one-time codes sent by SMS', async () => {
    await post('sms', '/v1/messages', {
      id: 'code-1',
      to: '15400000101',
      text: '【应登】验证码 482915，5分钟内有效。',
    });
    expect(await get('hub', '/')).toContain('<span class="code">482915</span>');
  });
});

describe('the SMS gateway', () => {
  it('sends a message once, whatever is repeated, and keeps it over a restart', async () => {
    const message = { id: 'm-1', to: '15400000102', text: '您的登记已办结<b>' };
    const first = await post('sms', '/v1/messages', message);
    expect(first.body).toEqual({ accepted: true, receipt: expect.stringMatching(/^DX/) });
    expect((await post('sms', '/v1/messages', message)).body).toEqual(first.body);
    expect((await post('sms', '/v1/messages', { ...message, text: '其他' })).status).toBe(409);
    await all.close();
    all = await start();
    expect((await post('sms', '/v1/messages', message)).body).toEqual(first.body);
    const { items } = JSON.parse(await get('sms', '/v1/messages?to=15400000102'));
    expect(items).toEqual([expect.objectContaining(message)]);
    expect(JSON.parse(await get('sms', '/v1/messages/m-1'))).toMatchObject({
      status: expect.stringMatching(/sent|delivered/),
    });
    expect(await get('sms', '/')).toContain('您的登记已办结&lt;b&gt;');
  });

  it('tells what became of messages: on the way, delivered, failed with the reason that was set for the number', async () => {
    for (const [id, to] of [
      ['d-1', '15400000111'],
      ['d-2', '15400000112'],
    ])
      await post('sms', '/v1/messages', { id, to, text: '好' });
    expect((await post('sms', '/control/numbers', { to: '15400000112', reason: 'emptyNumber' })).status).toBe(200);
    expect((await post('sms', '/control/numbers', { to: '15400000112', reason: 'away' })).status).toBe(400);
    const ask = async () => (await post('sms', '/v1/deliveries', { ids: ['d-1', 'd-2', 'nobody'] })).body;
    await expect.poll(ask, { timeout: 5000 }).toMatchObject({
      items: [
        { id: 'd-1', status: 'delivered' },
        { id: 'd-2', status: 'failed', reason: 'emptyNumber' },
      ],
    });
    expect((await post('sms', '/v1/deliveries', { ids: [] }, 'no')).status).toBe(401);
    expect((await post('sms', '/v1/deliveries', {})).status).toBe(422);
  });

  it('refuses a wrong key, number or text, and fails on demand', async () => {
    const message = { id: 'm-2', to: '15400000102', text: '好' };
    expect((await post('sms', '/v1/messages', message, 'no')).status).toBe(401);
    expect((await post('sms', '/v1/messages', { ...message, to: 'abc' })).status).toBe(422);
    expect((await post('sms', '/v1/messages', { ...message, text: '' })).status).toBe(422);
    await post('sms', '/control/faults', { failRate: 1 });
    expect((await post('sms', '/v1/messages', message)).status).toBe(503);
    await post('sms', '/control/faults', { failRate: 0 });
    expect((await post('sms', '/v1/messages', message)).status).toBe(200);
  });
});

describe('the sources looked up', () => {
  const lookup = async (source: string, idNumber: string) =>
    (await post('insurance', '/v1/lookup', { source, idNumber, name: '某人' })).body;
  const other = makeNumber('410804', '19950601', 120);

  it('answers the same for the same number, and nothing remarkable for the workers of the demonstration', async () => {
    const { asOf: _first, ...first } = await lookup('socialInsurance', other);
    const { asOf: _again, ...again } = await lookup('socialInsurance', other);
    expect(again).toEqual(first);
    for (const source of ['marketEntity', 'pension', 'deaths']) {
      expect(await lookup(source, WORKER.idNumber)).toMatchObject({ found: false, records: [] });
    }
    const insured = await lookup('socialInsurance', WORKER.idNumber);
    expect(insured.records.every((record: { to: string | null }) => record.to !== null)).toBe(true);
  });

  it('says what it is told to say, over a restart too, until told otherwise', async () => {
    const record = { diedOn: '2026-10-01' };
    await post('insurance', '/control/records', { idNumber: other, source: 'deaths', record });
    await all.close();
    all = await start();
    expect(await lookup('deaths', other)).toMatchObject({ found: true, records: [record] });
    await post('insurance', '/control/records', { idNumber: other, source: 'deaths', record: null });
    expect(await lookup('deaths', other)).toMatchObject({ found: false });
    expect((await post('insurance', '/control/records', { idNumber: other, source: 'weather' })).status).toBe(422);
    expect((await post('insurance', '/v1/lookup', { source: 'weather', idNumber: other })).status).toBe(422);
  });

  it('gives a person a situation from the page, and takes it back', async () => {
    const choose = (situation: string) =>
      fetch(`${all.urls.insurance}/situation`, {
        method: 'POST',
        body: new URLSearchParams({ idNumber: other, situation }),
      });
    expect((await choose('employed')).status).toBe(200);
    expect((await lookup('socialInsurance', other)).records).toMatchObject([{ scheme: 'employee', to: null }]);
    await choose('unknown');
    expect(await lookup('socialSecurityCard', other)).toMatchObject({ found: false });
    await choose('usual');
    expect(await get('insurance', '/')).toContain('410804********');
  });

  it('stays silent on demand, for the source named', async () => {
    await post('insurance', '/control/faults', { silentSources: ['pension'] });
    const silent = fetch(`${all.urls.insurance}/v1/lookup`, {
      method: 'POST',
      headers: { authorization: 'Bearer demo-platform-key', 'content-type': 'application/json' },
      body: JSON.stringify({ source: 'pension', idNumber: other, name: '某人' }),
      signal: AbortSignal.timeout(200),
    });
    await expect(silent).rejects.toThrow();
    expect(await lookup('deaths', other)).toMatchObject({ found: false });
    await post('insurance', '/control/faults', { silentSources: [] });
    expect(await lookup('pension', other)).toHaveProperty('records');
  });
});

describe('configuration', () => {
  it('has working defaults and names a wrong value', () => {
    expect(readConfig({})).toMatchObject({ ports: { hub: 8710, insurance: 8714 }, publicUrl: 'http://localhost:8700' });
    expect(() => readConfig({ STANDINS_HUB_PORT: 'x' })).toThrow(/STANDINS_HUB_PORT/);
    expect(() => readConfig({ YINGDENG_NOW: 'x' })).toThrow(/YINGDENG_NOW/);
    expect(() => readConfig({ YINGDENG_MODE: 'production' })).toThrow(/production/);
    const { now } = readConfig({ YINGDENG_NOW: '2020-10-08T09:00:00+08:00' });
    expect(now().toISOString().slice(0, 10)).toBe('2020-10-08');
    expect(readDemo('/nowhere/demo.json').workers.length).toBeGreaterThan(0);
  });
});
