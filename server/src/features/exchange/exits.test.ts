import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { testApp } from '../../../test/app.ts';
import { type ExchangeBed, exchangeBed } from '../../../test/exchange-bed.ts';
import { buildExits } from './build.ts';
import { exchangeHandlers, runNightlyExits, showDay, showSerial } from './index.ts';
import { PlatformClient } from './platform-client.ts';
import { sendExits } from './send.ts';

const DAY = '2026-11-20';
const COUNTIES = ['410102', '410802', '410803'];
let bed: ExchangeBed;

beforeAll(async () => {
  bed = await exchangeBed();
});
afterAll(() => bed.close());
beforeEach(async () => {
  await bed.faults({});
  await bed.fixtures.sql('delete from exit_upload');
  await bed.fixtures.sql('delete from exchange_batch');
  await bed.fixtures.sql('delete from exit');
});

interface Upload {
  serial: string;
  state: string;
  batch_id: string | null;
  digest: Buffer;
  division: string;
  faults: { check: string; field: string; message: string }[];
}
const uploads = () =>
  bed.fixtures.sql<Upload>(
    'select serial, state, batch_id, digest, division, faults from exit_record order by exit_id',
  );
const batches = () =>
  bed.fixtures.sql<{
    id: string;
    division: string;
    count: number;
    state: string;
    receipt: string | null;
    attempts: number;
  }>('select id, division, count, state, receipt, attempts from exchange_batch order by id');
const held = async (date: string) =>
  (
    await bed.ask<{ items: { AAZ341: string; digest: string; batch: string }[] }>(
      `/v1/exits?division=41&date=${date.replaceAll('-', '')}`,
    )
  ).items;

describe('building', () => {
  it('M79X-1: makes one record an exit, and running again changes nothing', async () => {
    const exits = [await bed.exit(DAY), await bed.exit(DAY, { office: '410803' })];
    expect(await buildExits(bed.context, DAY)).toEqual({ built: 2, blocked: 0, mended: 0 });
    const first = await uploads();
    expect(await buildExits(bed.context, DAY)).toEqual({ built: 0, blocked: 0, mended: 0 });
    expect(await uploads()).toEqual(first);
    expect(first.map(({ serial }) => serial).sort()).toEqual(exits.map(({ serial }) => serial).sort());
    expect(first.every(({ state }) => state === 'waiting')).toBe(true);
  });

  it('M79X-3: holds one bad record back with its check id, the others wait; mended, it waits under the same number', async () => {
    const good = await bed.exit(DAY);
    const bad = await bed.exit(DAY, { name: '王 小明' });
    await buildExits(bed.context, DAY);
    const of = async (serial: string) => (await uploads()).find((row) => row.serial === serial);
    expect((await of(good.serial))?.state).toBe('waiting');
    expect(await of(bad.serial)).toMatchObject({
      state: 'blocked',
      faults: [{ check: 'AAC003-space', field: 'AAC003' }],
    });
    await sendExits(bed.context, DAY);
    expect((await of(good.serial))?.state).toBe('accepted');
    expect((await of(bad.serial))?.state).toBe('blocked');

    await bed.fixtures.sql("update person set name = '王小明' where name = '王 小明'");
    expect((await buildExits(bed.context, DAY)).mended).toBe(1);
    await sendExits(bed.context, DAY);
    expect(await of(bad.serial)).toMatchObject({ state: 'accepted', faults: [] });
  });

  it('M79X-3: an exit of the statistics-only zone 410871 is uploaded under its county', async () => {
    const exit = await bed.exit(DAY, { office: '410871' });
    await buildExits(bed.context, DAY);
    expect((await uploads()).find((row) => row.serial === exit.serial)).toMatchObject({
      division: '410811',
      state: 'waiting',
    });
    await sendExits(bed.context, DAY);
    expect((await uploads())[0]?.state).toBe('accepted');
  });

  it('an exit taken back before it was sent is not sent; one accepted stays as it is', async () => {
    const sent = await bed.exit(DAY);
    await buildExits(bed.context, DAY);
    await sendExits(bed.context, DAY);
    const before = await bed.exit(DAY);
    await buildExits(bed.context, DAY);
    await bed.fixtures.sql("update exit set status = 'restored' where id = any($1)", [[sent.exitId, before.exitId]]);
    await buildExits(bed.context, DAY);
    const states = new Map((await uploads()).map((row) => [row.serial, row]));
    expect(states.get(sent.serial)?.state).toBe('accepted');
    expect(states.get(before.serial)).toMatchObject({ state: 'blocked', faults: [{ check: 'exit-restored' }] });
  });
});

describe('sending', () => {
  it('M79-8a: county by county with receipt and digest; a county without exits reports the day; again sends nothing', async () => {
    const DAY = '2026-11-10';
    const exit = await bed.exit(DAY);
    await buildExits(bed.context, DAY);
    expect(await sendExits(bed.context, DAY)).toEqual({ batches: 1, zeroReports: 2, left: 0, awaiting: 0, refused: 0 });
    const stored = await batches();
    expect(stored.map(({ division, count, state }) => ({ division, count, state }))).toEqual(
      COUNTIES.map((division) => ({ division, count: division === '410802' ? 1 : 0, state: 'received' })),
    );
    expect(stored.every(({ receipt }) => receipt?.startsWith('TC'))).toBe(true);
    const [upload] = await uploads();
    expect(upload).toMatchObject({ state: 'accepted', batch_id: '410802-20261110-0001' });
    expect((await held(DAY)).find(({ AAZ341 }) => AAZ341 === exit.serial)?.digest).toBe(upload?.digest.toString('hex'));

    expect(await sendExits(bed.context, DAY)).toEqual({ batches: 0, zeroReports: 0, left: 0, awaiting: 0, refused: 0 });
    expect(await batches()).toEqual(stored);
  });

  it('does not report a day as without exits before it is over', async () => {
    expect((await sendExits(bed.context, '2026-11-22')).zeroReports).toBe(0);
  });

  it('M79X-2: lost and half answers: each exit is accepted exactly once', async () => {
    const on = '2026-11-19';
    const serials: string[] = [];
    for (let i = 0; i < 6; i += 1) serials.push((await bed.exit(on, { office: i % 2 ? '410803' : '410802' })).serial);
    await buildExits(bed.context, on);
    await bed.faults({ loseAnswerRate: 0.5, halfAnswerRate: 0.3, failRate: 0.2, seed: 11 });
    for (let run = 0; run < 12; run += 1) {
      const sent = await sendExits(bed.context, on);
      if (sent.left === 0) break;
    }
    await bed.faults({});
    await sendExits(bed.context, on);
    expect((await uploads()).map(({ state }) => state)).toEqual(Array(6).fill('accepted'));
    expect((await held(on)).map(({ AAZ341 }) => AAZ341).sort()).toEqual(serials.sort());
    const attempts = await bed.fixtures.sql<{ outcome: string }>(
      "select outcome from exchange_attempt where batch_id like '%20261119%'",
    );
    expect(attempts.some(({ outcome }) => outcome === 'silent')).toBe(true);
  });

  it('killed between answer and receipt: the next run finds the receipt and sends nothing twice', async () => {
    const on = '2026-11-18';
    const exit = await bed.exit(on);
    await buildExits(bed.context, on);
    const real = PlatformClient.prototype.sendExits;
    const killed = vi.spyOn(PlatformClient.prototype, 'sendExits').mockImplementation(async function (
      this: PlatformClient,
      batch,
    ) {
      await real.call(this, batch);
      throw new Error('killed');
    });
    await expect(sendExits(bed.context, on)).rejects.toThrow('killed');
    killed.mockRestore();
    expect((await uploads()).find(({ serial }) => serial === exit.serial)?.state).toBe('sent');
    const posted = vi.spyOn(PlatformClient.prototype, 'sendExits');
    await sendExits(bed.context, on);
    expect(posted.mock.calls.map(([batch]) => batch.id)).not.toContain('410802-20261118-0001');
    posted.mockRestore();
    expect((await uploads()).find(({ serial }) => serial === exit.serial)?.state).toBe('accepted');
    expect(await held(on)).toHaveLength(1);
  });

  it('killed after forming a batch: it is sent as it was formed', async () => {
    const on = '2026-11-17';
    await bed.exit(on);
    await buildExits(bed.context, on);
    const killed = vi.spyOn(PlatformClient.prototype, 'sendExits').mockRejectedValue(new Error('killed'));
    await expect(sendExits(bed.context, on)).rejects.toThrow('killed');
    killed.mockRestore();
    await sendExits(bed.context, on);
    expect((await uploads()).map(({ state, batch_id }) => [state, batch_id])).toEqual([
      ['accepted', '410802-20261117-0001'],
    ]);
  });

  it('two runs at once: every exit once', async () => {
    const on = '2026-11-16';
    for (let i = 0; i < 5; i += 1) await bed.exit(on);
    await Promise.all([buildExits(bed.context, on), buildExits(bed.context, on)]);
    await Promise.all([sendExits(bed.context, on), sendExits(bed.context, on)]);
    expect((await uploads()).map(({ state }) => state)).toEqual(Array(5).fill('accepted'));
    expect(await held(on)).toHaveLength(5);
  });

  it('a returned item keeps the platform’s words, stops nothing, and goes again only when corrected', async () => {
    const on = '2026-11-15';
    const exit = await bed.exit(on);
    await buildExits(bed.context, on);
    await bed.faults({ rejectAll: true });
    await sendExits(bed.context, on);
    await bed.faults({});
    expect(await uploads()).toMatchObject([{ state: 'returned', faults: [{ check: 'control-reject-all' }] }]);
    expect((await buildExits(bed.context, on)).mended).toBe(0);
    await bed.fixtures.sql('update exit set remark = $2 where id = $1', [exit.exitId, '已核实']);
    expect((await buildExits(bed.context, on)).mended).toBe(1);
    await sendExits(bed.context, on);
    expect(await uploads()).toMatchObject([
      { state: 'accepted', serial: exit.serial, batch_id: '410802-20261115-0002' },
    ]);
  });

  it('a number of a batch that the platform knows with other content is passed over', async () => {
    const on = '2026-11-14';
    await bed.exit(on);
    await buildExits(bed.context, on);
    await sendExits(bed.context, on);
    // As after restoring an older copy of the database.
    await bed.fixtures.sql('delete from exchange_batch where business_date = $1', [on]);
    await bed.fixtures.sql('delete from exit_upload');
    await bed.exit(on);
    await buildExits(bed.context, on);
    await sendExits(bed.context, on);
    expect((await uploads()).map(({ state }) => state)).toEqual(['accepted', 'accepted']);
    expect(await held(on)).toHaveLength(2);
  });
});

describe('the night', () => {
  it('M79-8a, M79X-1: catches up missed days and balances ten of them', async () => {
    await bed.exit('2026-11-13');
    await bed.exit('2026-11-21');
    await bed.exit('2026-11-21', { name: '李 四' });
    const night = await runNightlyExits(bed.context, '2026-11-21');
    expect(night.complete).toBe(true);
    expect(night.detail).toMatchObject({ built: 3, blocked: 1, batches: 2, unbalanced: [] });
    const shown = await showDay(bed.context, '2026-11-21');
    expect(shown.day).toMatchObject({ exits: 2, accepted: 1, blocked: 1, balanced: true, reported: true });
    expect(shown.toMend).toHaveLength(1);
    expect(shown.compared).toBeUndefined();
  });

  it('sees an exit without a record as a difference', async () => {
    await bed.exit('2026-11-21');
    await buildExits(bed.context, '2026-11-21');
    await bed.fixtures.sql('delete from exit_upload');
    const { day } = await showDay(bed.context, '2026-11-21');
    expect(day).toMatchObject({ exits: 1, accepted: 0, balanced: false });
  });

  it('tells everything about one serial', async () => {
    const exit = await bed.exit('2026-11-12');
    await runNightlyExits(bed.context, '2026-11-12');
    const [shown] = await showSerial(bed.context, exit.serial);
    expect(shown).toMatchObject({ state: 'accepted', name: '', record: { AAZ341: exit.serial, ADC210: '20261112' } });
    expect(shown?.batch?.attempts.map(({ outcome }) => outcome)).toEqual(['sending', 'received']);
    expect(JSON.stringify(shown)).not.toContain(exit.idNumber);
  });
});

describe('routes', () => {
  it('show and send within the range of the person signed in only', async () => {
    const on = '2026-11-11';
    const app = await testApp(bed.context, exchangeHandlers(bed.context));
    const county = await bed.fixtures.staff('exchangeOfficer', '410802');
    const city = await bed.fixtures.staff('exchangeOfficer', '410800');
    const other = await bed.fixtures.staff('exchangeOfficer', '410102');
    const clerk = await bed.fixtures.staff('clerk', '410802');
    const own = await bed.exit(on);
    const neighbour = await bed.exit(on, { office: '410803' });
    const send = (cookie: string) =>
      app.inject({ method: 'POST', url: '/api/exchange/send', headers: { cookie }, payload: { on } });
    const items = async (cookie: string) =>
      (await app.inject({ url: `/api/exchange/items?on=${on}`, headers: { cookie } })).json().items as {
        serial: string;
        state: string;
      }[];

    expect((await send(clerk)).statusCode).toBe(403);
    const sent = await send(county);
    expect(sent.statusCode).toBe(200);
    expect(sent.json()).toMatchObject({ on, exits: 1, accepted: 1, waiting: 0 });
    expect((await items(county)).map(({ serial }) => serial)).toEqual([own.serial]);
    expect((await uploads()).map(({ serial }) => serial)).toEqual([own.serial]);

    expect((await send(city)).json()).toMatchObject({ exits: 2, accepted: 2 });
    expect((await items(city)).map(({ serial }) => serial).sort()).toEqual([own.serial, neighbour.serial].sort());
    expect(await items(other)).toEqual([]);

    const days = (await app.inject({ url: '/api/exchange/days', headers: { cookie: other } })).json();
    expect(days.days).toHaveLength(10);
    expect(days.days.every((day: { exits: number }) => day.exits === 0)).toBe(true);
    expect((await app.inject({ url: '/api/exchange/items', headers: { cookie: city } })).json().items).toEqual([]);
    const [row] = await bed.fixtures.sql<{ count: number }>(
      "select count(*) from audit_event where action = 'exchange.send'",
    );
    expect(Number(row?.count)).toBe(2);
    await app.close();
  });

  it('refuse without a platform and for a day that has not come', async () => {
    const cookie = await bed.fixtures.staff('exchangeOfficer', '410800');
    const without = await testApp(bed.fixtures.context, exchangeHandlers(bed.fixtures.context));
    const send = (app: typeof without, on: string) =>
      app.inject({ method: 'POST', url: '/api/exchange/send', headers: { cookie }, payload: { on } });
    expect((await send(without, DAY)).json().code).toBe('exchange.notConfigured');
    const app = await testApp(bed.context, exchangeHandlers(bed.context));
    expect((await send(app, '2026-11-23')).statusCode).toBe(400);
    await Promise.all([app.close(), without.close()]);
  });
});
