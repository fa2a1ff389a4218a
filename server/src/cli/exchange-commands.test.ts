import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../test/exchange-bed.ts';
import { systemActor } from '../platform/actor.ts';
import { audit } from '../platform/audit.ts';
import { sealAudit } from '../platform/audit-seal.ts';
import { runCli } from './run.ts';

let bed: ExchangeBed;

beforeAll(async () => {
  bed = await exchangeBed();
  const { config } = bed.context;
  vi.stubEnv('YINGDENG_MODE', 'demo');
  vi.stubEnv('YINGDENG_DATABASE_URL', bed.database.appUrl);
  vi.stubEnv('YINGDENG_KEYS', JSON.stringify(config.keys));
  vi.stubEnv('YINGDENG_PLATFORM_URL', bed.url);
  vi.stubEnv('YINGDENG_PLATFORM_KEY', config.platform?.key ?? '');
  vi.stubEnv('YINGDENG_NOW', bed.fixtures.now.toISOString());
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await bed.close();
});

const run = async (...args: string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out, err };
};

it('exits send: all accepted ends with 0, a record held back with 1, a wrong date with 2', async () => {
  await bed.exit('2026-11-20');
  const sent = await run('exits', 'send', '--date', '2026-11-20', '--json');
  expect(sent).toMatchObject({ code: 0, err: [] });
  expect(JSON.parse(sent.out[0] ?? '')).toMatchObject({ on: '2026-11-20', exits: 1, accepted: 1, waiting: 0 });
  await bed.exit('2026-11-19', { name: '王 明' });
  expect((await run('exits', 'send', '--date', '2026-11-19')).code).toBe(1);
  expect((await run('exits', 'send', '--date', '2026-11-23')).code).toBe(2);
  expect((await run('exits', 'send', '--date', 'yesterday')).code).toBe(2);
});

it('exchange show: a day and a serial, without name or number', async () => {
  const exit = await bed.exit('2026-11-18', { name: '欧阳如松' });
  await run('exits', 'send', '--date', '2026-11-18');
  const serial = await run('exchange', 'show', exit.serial);
  expect(serial.code).toBe(0);
  expect(serial.out.join('\n')).toMatch(/平台已接收[\s\S]*SM3 [0-9a-f]{64}[\s\S]*回执 TC/);
  const day = await run('exchange', 'show', '2026-11-18', '--json');
  expect(day.code).toBe(0);
  expect(JSON.parse(day.out[0] ?? '')).toMatchObject({
    day: { exits: 1, accepted: 1, balanced: true },
    open: [],
  });
  for (const { out } of [serial, day]) {
    expect(out.join()).not.toContain(exit.idNumber);
    expect(out.join()).not.toContain('欧阳如松');
  }
  const batch = await run('exchange', 'show', '410802-20261118-0001');
  expect(batch.code).toBe(0);
  expect(batch.out.join('\n')).toMatch(/回执 TC[\s\S]*保存的就是上报的内容/);
  await bed.fixtures.sql('update exchange_batch set content_sealed = $1', [bed.context.crypto.sealText('[]')]);
  expect((await run('exchange', 'show', '410802-20261118-0001')).code).toBe(1);
  expect((await run('exchange', 'show', exit.serial)).code).toBe(1);
  expect((await run('exchange', 'show', '2026-11-19')).code).toBe(1);
  expect((await run('exchange', 'show', '1234567890')).code).toBe(2);
});

it('M79-8a: exchange reconcile: no difference ends with 0, a record the platform does not have with 1, a wrong date or silence with 2', async () => {
  const exit = await bed.exit('2026-11-17');
  await run('exits', 'send', '--date', '2026-11-17');
  const equal = await run('exchange', 'reconcile', '--date', '2026-11-17', '--json');
  expect(equal).toMatchObject({ code: 0, err: [] });
  expect(JSON.parse(equal.out[0] ?? '')).toMatchObject({ differing: 0, notAnswered: 0, differences: 0 });
  expect((await run('exchange', 'show', '2026-11-17')).out.join()).toContain('三方一致');
  await bed.fixtures.sql("update exit_upload set digest = '\\x00' where exit_id = $1", [exit.exitId]);
  expect((await run('exchange', 'reconcile', '--date', '2026-11-17')).code).toBe(1);
  expect((await run('exchange', 'reconcile', '--date', '2027-01-01')).code).toBe(2);
  expect((await run('exchange', 'reconcile', '--date', 'yesterday')).code).toBe(2);
  await bed.faults({ failRate: 1 });
  const silent = await run('exchange', 'reconcile', '--date', '2026-11-16');
  expect(silent).toMatchObject({ code: 2, out: [expect.stringContaining('平台没有应答')] });
  await bed.faults({});
});

it('M79-7b: exchange backload and statistics: all accepted ends with 0, again sends nothing, a record held back ends with 1', async () => {
  await bed.fixtures.registration({ submittedOn: '2026-11-10' });
  const loaded = await run('exchange', 'backload', '--since', '2026-11-09', '--json');
  expect(loaded).toMatchObject({ code: 0, err: [] });
  expect(JSON.parse(loaded.out[0] ?? '')).toMatchObject({ blocked: 0, returned: 0, waiting: 0 });
  const again = await run('exchange', 'backload', '--since', '2026-11-09', '--resume');
  expect(again.out.join()).toContain('本次上传0条');
  const { code, out } = await run('exchange', 'statistics', '--json');
  const found = JSON.parse(out[0] ?? '') as { answered: boolean; totals: { registrations: { ours: number } } };
  expect(code).toBe(0);
  expect(found).toMatchObject({ answered: true, totals: { registrations: { differs: false } } });
  expect(found.totals.registrations.ours).toBeGreaterThan(0);
  await bed.fixtures.registration({ submittedOn: '2026-11-10', name: '王 明' });
  expect((await run('exchange', 'backload', '--valid', '--division', '410802')).code).toBe(1);
  expect((await run('exchange', 'backload', '--valid', '--since', '2026-11-09')).code).toBe(2);
  expect((await run('exchange', 'backload', '--since', 'yesterday')).code).toBe(2);
  expect((await run('exchange', 'statistics', '--from', '2020-01-01')).code).toBe(2);
});

it('M79-14: audit verify ends with 0 on a whole chain and with 1 on a broken one', async () => {
  const { context, fixtures } = bed;
  const at = new Date(fixtures.now.getTime() - 10 * 60_000);
  const entry = { tenant: '4108', office: '410802', action: 'look', subjectKind: 'application', subjectId: '1' };
  await context.db.transaction(systemActor('test'), (tx) => audit(tx, context.crypto, at, entry));
  await sealAudit(context);
  expect(await run('audit', 'verify')).toMatchObject({ code: 0 });
  await fixtures.sql("update audit_event set reason = 'x'");
  const broken = await run('audit', 'verify', '--division', '410800', '--json');
  expect(broken.code).toBe(1);
  expect(JSON.parse(broken.out[0] ?? '')).toMatchObject({ tenant: '4108', faults: [{ kind: 'rowChanged' }] });
  expect((await run('audit', 'verify', '--division', 'x')).code).toBe(2);
});

it('migrate: says what it applied, nothing the second time, and wants a connection', async () => {
  expect(await run('migrate', '--url', bed.database.adminUrl, '--json')).toMatchObject({
    code: 0,
    out: ['{"applied":[]}'],
  });
  vi.stubEnv('YINGDENG_MIGRATOR_URL', '');
  expect((await run('migrate')).code).toBe(2);
});

it('M79-7a: exchange fetch takes what workers submitted there, once', async () => {
  await bed.ask('/control/applications', { submittedAt: '2026-11-20T10:00:00+08:00', form: { AAB301: '410802' } });
  expect(await run('exchange', 'fetch', '--json')).toMatchObject({ code: 0, out: ['{"taken":1,"faulty":0}'] });
  expect(await run('exchange', 'fetch', '--json')).toMatchObject({ code: 0, out: ['{"taken":0,"faulty":0}'] });
  const [{ platform_number: number } = { platform_number: '' }] = await bed.fixtures.sql<{ platform_number: string }>(
    'select platform_number from forwarded_application',
  );
  const shown = await run('exchange', 'show', number);
  expect(shown.out.join('\n')).toMatch(/第1版[\s\S]*SM3 [0-9a-f]{64}[\s\S]*保存的就是收到的内容/);
  await bed.faults({ failRate: 1 });
  expect((await run('exchange', 'fetch')).code).toBe(2);
  await bed.faults({});
});
