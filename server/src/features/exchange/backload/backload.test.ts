import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { systemActor } from '../../../platform/actor.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { PlatformClient } from '../platform-client.ts';
import { backLoads, tellBackLoad } from './progress.ts';
import { runBackLoads, startBackLoad, steerBackLoad } from './run.ts';

let bed: ExchangeBed;
const officer = { ...systemActor('test'), name: '周交换', lo: '410800', hi: '410900' };
const county = { lo: '410802', hi: '410803' };

beforeAll(async () => {
  bed = await exchangeBed();
});
afterAll(() => bed.close());
beforeEach(async () => {
  vi.restoreAllMocks();
  await bed.faults({});
  await bed.fixtures.sql('delete from registration_upload');
  await bed.fixtures.sql('delete from back_load');
});

const made = (submittedOn: string, more: object = {}) => bed.fixtures.registration({ submittedOn, ...more });
const held = async () =>
  (await bed.ask<{ items: { AAB301: string; AAZ341: string }[] }>('/v1/registrations?division=4108')).items.map(
    ({ AAZ341 }) => AAZ341,
  );
const rows = () =>
  bed.fixtures.sql<{ serial: string; state: string; faults: { check: string }[]; attempts: number }>(
    'select serial, state, faults, attempts from registration_upload order by serial',
  );
const loads = () =>
  bed.fixtures.sql<{ division: string; state: string; total: number; passed: number }>(
    'select division, state, total, passed from back_load order by division',
  );

describe('targets of the back-load', () => {
  const exchangeOfficer = {
    ...officer,
    kind: 'staff' as const,
    role: 'exchangeOfficer' as const,
    id: '41080000-0000-8000-8000-00000000000a',
    office: '410800',
  };
  const targets = async () => (await backLoads(bed.context, exchangeOfficer)).targets;
  const tell = (given: object, key: string) =>
    tellBackLoad(
      bed.context,
      exchangeOfficer,
      { to: 'provincialSystem', by: '2020-08-05', wanted: 100, there: 40, asOf: '2020-08-01', ...given } as never,
      { key: `tell-back-load-${key}`, now: new Date(bed.context.clock.now().getTime() + key.length * 1000) },
    );

  it('M79-7b, H122-3c: the national and the provincial one stand apart, each with its clause, day and progress', async () => {
    await made('2020-04-02');
    await made('2020-04-03');
    expect((await targets()).map(({ to, by, due, progress }) => [to, by, due, progress])).toEqual(
      expect.arrayContaining([
        ['nationalPlatform', '2020-07-31', 'late', undefined],
        ['provincialSystem', '2020-08-05', 'late', undefined],
      ]),
    );
    await startBackLoad(bed.context, officer, '2020-03-31');
    await runBackLoads(bed.context);
    const national = (await targets()).find(({ to, by }) => to === 'nationalPlatform' && by === '2020-07-31');
    const wanted = (await loads()).reduce((sum, { total }) => sum + total, 0);
    expect(wanted).toBeGreaterThanOrEqual(2);
    const apart = (await rows()).filter(({ state }) => state !== 'batched').length;
    expect(national).toMatchObject({
      citation: { clauseId: 'M79-7b' },
      progress: { wanted, there: wanted - apart },
      due: apart === 0 ? 'met' : 'late',
    });
    const provincial = async () => (await targets()).find(({ to }) => to === 'provincialSystem');
    expect((await provincial())?.progress).toBeUndefined();
    await tell({}, 'first');
    await tell({ there: 100 }, 'second');
    expect(await provincial()).toMatchObject({
      citation: { clauseId: 'H122-3c' },
      due: 'met',
      progress: { wanted: 100, there: 100, asOf: '2020-08-01', by: '周交换' },
    });
  });

  it('H122-3c: what cannot be right is not taken down, nor what the uploads themselves say', async () => {
    await expect(tell({ there: 101 }, 'more')).rejects.toMatchObject({ message: '已办理人数：不能多于应办理人数。' });
    await expect(tell({ asOf: '2099-01-01' }, 'future')).rejects.toMatchObject({ message: '截至日期：不能晚于今天。' });
    await expect(tell({ to: 'nationalPlatform', by: '2020-07-31' }, 'platform')).rejects.toMatchObject({
      message: expect.stringContaining('已接通'),
    });
    await expect(tell({ by: '2020-08-06' }, 'other')).rejects.toMatchObject({ message: '本地没有这项上传任务。' });
  });
});

describe('registrations loaded back', () => {
  it('M79-7b: those made since the day, whatever became of them, and none before', async () => {
    const [before, first, left] = [
      await made('2020-03-20'),
      await made('2020-03-31'),
      await made('2026-11-16', { registrationStatus: 'exited' }),
    ];
    expect(await startBackLoad(bed.context, officer, '2020-03-31')).toBe(2);
    await runBackLoads(bed.context);
    const there = await held();
    expect(there).toEqual(expect.arrayContaining([first.number, left.number]));
    expect(there).not.toContain(before.number);
    expect(await loads()).toMatchObject([
      { division: '410802', state: 'done' },
      { division: '410803', state: 'done', total: 0 },
    ]);
  });

  it('M79-8b: all valid ones, once: what a first load carried is passed, not sent again', async () => {
    const [old, exited] = [await made('2019-05-06'), await made('2019-05-07', { registrationStatus: 'exited' })];
    await startBackLoad(bed.context, officer, '2020-03-31');
    await runBackLoads(bed.context);
    const sent = (await rows()).length;
    await startBackLoad(bed.context, officer, undefined);
    await runBackLoads(bed.context);
    const there = await held();
    expect(there).toContain(old.number);
    expect(there).not.toContain(exited.number);
    expect((await rows()).every(({ attempts }) => attempts === 1)).toBe(true);
    expect((await rows()).length).toBeGreaterThan(sent);
    const batches = await bed.fixtures.sql("select 1 from exchange_batch where kind = 'registrations'");
    await startBackLoad(bed.context, officer, undefined);
    expect(await runBackLoads(bed.context)).toBe(0);
    expect(await bed.fixtures.sql("select 1 from exchange_batch where kind = 'registrations'")).toHaveLength(
      batches.length,
    );
  });

  it('one that cannot go is held back with its fault and stops nothing; mended, it goes under its old number', async () => {
    const [good, bad] = [await made('2026-11-10'), await made('2026-11-10', { name: '王 明' })];
    await startBackLoad(bed.context, officer, '2026-11-10');
    await runBackLoads(bed.context, { range: county });
    expect(await held()).toContain(good.number);
    const own = async () => (await rows()).find(({ serial }) => serial === bad.number);
    expect(await own()).toMatchObject({ state: 'blocked', faults: [{ check: 'AAC003-space' }], attempts: 0 });
    await bed.fixtures.sql("update person set name = '王明' where id = $1", [bad.personId]);
    expect(await steerBackLoad(bed.context, officer, 'since:2026-11-10', 'resume')).toBe(1);
    await runBackLoads(bed.context);
    expect(await own()).toMatchObject({ state: 'batched', attempts: 1, faults: [] });
    expect(await held()).toContain(bad.number);
  });

  it('one that comes back carries the platform’s check; unchanged it does not go again, mended it does', async () => {
    const one = await made('2026-11-11');
    await bed.faults({ rejectAll: true });
    await startBackLoad(bed.context, officer, '2026-11-11');
    await runBackLoads(bed.context);
    await bed.faults({});
    const own = async () => (await rows()).find(({ serial }) => serial === one.number);
    expect(await own()).toMatchObject({ state: 'returned', faults: [{ check: 'control-reject-all' }] });
    await steerBackLoad(bed.context, officer, 'since:2026-11-11', 'resume');
    expect(await runBackLoads(bed.context)).toBe(0);
    await bed.fixtures.sql("update person set name = '王小明明' where id = $1", [one.personId]);
    await steerBackLoad(bed.context, officer, 'since:2026-11-11', 'resume');
    await runBackLoads(bed.context);
    expect(await own()).toMatchObject({ state: 'batched', attempts: 2 });
  });

  it('killed before, while and after sending: each accepted once, under one number', async () => {
    const people = [];
    for (let n = 0; n < 6; n += 1) people.push(await made('2026-11-12'));
    await startBackLoad(bed.context, officer, '2026-11-12');
    const real = PlatformClient.prototype.sendRegistrations;
    const killed = vi.spyOn(PlatformClient.prototype, 'sendRegistrations').mockRejectedValue(new Error('killed'));
    await expect(runBackLoads(bed.context)).rejects.toThrow('killed');
    killed.mockImplementation(async function (this: PlatformClient, batch) {
      await real.call(this, batch);
      throw new Error('killed');
    });
    await expect(runBackLoads(bed.context)).rejects.toThrow('killed');
    vi.restoreAllMocks();
    await bed.faults({ loseAnswerRate: 1 });
    await runBackLoads(bed.context).catch(() => {});
    await bed.faults({});
    await Promise.all([runBackLoads(bed.context), runBackLoads(bed.context)]);
    const there = await held();
    for (const { number } of people) expect(there.filter((serial) => serial === number)).toHaveLength(1);
    const open = await bed.fixtures.sql("select 1 from exchange_batch where state in ('built', 'sent')");
    expect(open).toEqual([]);
    expect((await rows()).every(({ attempts, state }) => attempts === 1 && state === 'batched')).toBe(true);
    expect(await loads()).toMatchObject([{ state: 'done' }, { state: 'done' }]);
  });

  it('a batch the platform refuses whole is closed; its records go in the next', async () => {
    const one = await made('2026-11-13');
    await startBackLoad(bed.context, officer, '2026-11-13');
    const real = PlatformClient.prototype.sendRegistrations;
    vi.spyOn(PlatformClient.prototype, 'sendRegistrations').mockImplementationOnce(async function (
      this: PlatformClient,
      batch,
    ) {
      return real.call(this, { ...batch, digest: '00'.repeat(32) });
    });
    await runBackLoads(bed.context);
    expect((await rows()).find(({ serial }) => serial === one.number)).toMatchObject({ state: 'waiting' });
    await steerBackLoad(bed.context, officer, 'since:2026-11-13', 'resume');
    await runBackLoads(bed.context);
    expect(await held()).toContain(one.number);
  });

  it('a number the platform knows with other content is passed over', async () => {
    const one = await made('2026-11-15');
    const [last] = await bed.fixtures.sql<{ count: number }>(
      "select count(*)::int as count from exchange_batch where kind = 'registrations' and division = '410802'",
    );
    const id = `DJ-410802-20261122-${String(last!.count + 1).padStart(4, '0')}`;
    const digest = sm3('[]').toString('hex');
    const envelope = { batch: id, date: '20261122', division: '410802', count: 0, digest, content: '[]' };
    await fetch(`${bed.url}/v1/registrations`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-key', 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify(envelope),
    });
    await startBackLoad(bed.context, officer, '2026-11-15');
    await runBackLoads(bed.context);
    expect(await held()).toContain(one.number);
  });

  it('paused it sends nothing; an officer of a county steers that county alone', async () => {
    await made('2026-11-14');
    const own = { ...officer, ...county };
    expect(await startBackLoad(bed.context, own, '2026-11-14')).toBe(1);
    expect(
      await steerBackLoad(bed.context, { ...officer, lo: '410803', hi: '410804' }, 'since:2026-11-14', 'pause'),
    ).toBe(0);
    expect(await steerBackLoad(bed.context, own, 'since:2026-11-14', 'pause')).toBe(1);
    expect(await runBackLoads(bed.context)).toBe(0);
    await startBackLoad(bed.context, own, '2026-11-14');
    expect(await runBackLoads(bed.context)).toBe(1);
  });
});
