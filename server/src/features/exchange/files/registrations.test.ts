import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { systemActor } from '../../../platform/actor.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { decodeCsv } from '../../../platform/csv-bytes.ts';
import { backLoads } from '../backload/progress.ts';
import { runBackLoads, startBackLoad, steerBackLoad } from '../backload/run.ts';
import { exchangePlatformFiles } from './exchange.ts';
import { LOST_AFTER_MS } from './outbox-folder.ts';

let bed: ExchangeBed;
const officer = { ...systemActor('test'), name: '周交换', lo: '410800', hi: '410900' };
const SINCE = '2026-11-10';

beforeAll(async () => {
  bed = await exchangeBed({ files: 'gb18030' });
});
afterAll(() => bed.close());
beforeEach(async () => {
  await bed.ask('/control/file-faults', {});
  await bed.faults({});
  await bed.fixtures.sql('delete from registration_upload');
  await bed.fixtures.sql('delete from back_load');
  await bed.fixtures.sql("update exchange_batch set state = 'closed' where receipt is null");
  for (const name of names('out')) rmSync(join(bed.folder, 'out', name));
});

/** The exchanged folders are made by the first turn. */
const names = (folder: string) => readdirSync(join(bed.folder, folder)).sort();
const look = () => bed.ask('/control/files/look', {});
const turn = (context = bed.context) => exchangePlatformFiles(context);
const at = (ms: number) => ({ ...bed.context, clock: { now: () => new Date(bed.fixtures.now.getTime() + ms) } });
/** Registrations of one day each test has to itself. */
const made = (submittedOn: string, more: object = {}) => bed.fixtures.registration({ submittedOn, ...more });
const load = async (since = SINCE) => {
  await startBackLoad(bed.context, officer, since);
  return runBackLoads(bed.context);
};
const held = async () =>
  (await bed.ask<{ items: { AAZ341: string }[] }>('/v1/registrations?division=4108')).items.map(({ AAZ341 }) => AAZ341);
const row = async (serial: string) =>
  (
    await bed.fixtures.sql<{ state: string; attempts: number; batch_id: string | null; faults: { check: string }[] }>(
      'select state, attempts, batch_id, faults from registration_upload where serial = $1',
      [serial],
    )
  )[0];
const county = async () =>
  (await backLoads(bed.context, officer)).counties.find(({ division }) => division === '410802');
const csvs = () => names('out').filter((name) => name.startsWith('SYDJLS_410802_') && name.endsWith('.csv'));

describe('registrations loaded back as files', () => {
  it('M79-7b: fixed names, every field quoted, GB18030, a digest file beside; accepted when the receipt is read back', async () => {
    const [one, other] = [await made(SINCE, { name: '王㐀𠮷' }), await made(SINCE)];
    await load();
    expect(names('out')).toEqual([
      expect.stringMatching(/^SYDJLS_410802_20261122_0001\.csv$/),
      'SYDJLS_410802_20261122_0001.sm3',
    ]);
    const bytes = readFileSync(join(bed.folder, 'out', csvs()[0]!));
    const { header, rows } = decodeCsv(bytes, 'gb18030');
    expect(header).toEqual(
      'AAB301 AAZ341 AAC003 AAC002 AAC004 AAC058 AAC044 registeredOn registrationNumber'.split(' '),
    );
    expect(rows.map((cells) => cells[1]).sort()).toEqual([one.number, other.number].sort());
    expect(rows.flat()).toContain('王㐀𠮷');
    expect(bytes.toString('latin1').split('\r\n')[1]).toMatch(/^("[^"]*",){8}"[^"]*"$/);
    expect(readFileSync(join(bed.folder, 'out', 'SYDJLS_410802_20261122_0001.sm3'), 'latin1')).toMatch(
      /^version=1\r\nfile=SYDJLS_410802_20261122_0001.csv\r\nkind=registrations\r\nbatch=DJ-410802-20261122-0001\r\n/,
    );
    expect(await county()).toMatchObject({ accepted: 0, underWay: 2 });
    // On its way: nothing is written a second time, nor sent by another run.
    expect(await runBackLoads(bed.context)).toBe(0);
    await look();
    expect(names('out')).toEqual([]);
    expect(await turn()).toBe(1);
    expect(await county()).toMatchObject({ accepted: 2, underWay: 0 });
    expect(await held()).toEqual(expect.arrayContaining([one.number, other.number]));
    // The same receipt again changes nothing, and so does a second load.
    await bed.ask('/control/files/again', {});
    expect(await turn()).toBe(0);
    await load();
    expect(csvs()).toEqual([]);
  });

  it('M79-8b: what a file cannot carry is held back by itself; returned ones come back with their check and go again', async () => {
    const day = '2026-11-11';
    const [good, bad] = [await made(day), await made(day, { name: '王\ue863明' })];
    await bed.faults({ rejectAll: true });
    await load(day);
    expect(await row(bad.number)).toMatchObject({
      state: 'blocked',
      attempts: 0,
      faults: [{ check: 'AAC003-unmappable' }],
    });
    await look();
    await turn();
    await bed.faults({});
    expect(await row(good.number)).toMatchObject({ state: 'returned', faults: [{ check: 'control-reject-all' }] });
    await bed.fixtures.sql("update person set name = '王明明' where id = any($1::uuid[])", [
      [bad.personId, good.personId],
    ]);
    await steerBackLoad(bed.context, officer, `since:${day}`, 'resume');
    await runBackLoads(bed.context);
    await look();
    await turn();
    expect(await row(good.number)).toMatchObject({ state: 'batched', attempts: 2 });
    expect(await held()).toEqual(expect.arrayContaining([good.number, bad.number]));
  });

  it('a disk that fails, or a kill between the database and the disk, is made good by the next turn under the same name', async () => {
    const one = await made('2026-11-12');
    rmSync(bed.folder, { recursive: true });
    await expect(load('2026-11-12')).rejects.toThrow('ENOENT');
    expect(await row(one.number)).toMatchObject({ state: 'batched', attempts: 1 });
    for (const name of ['', 'out', 'in']) mkdirSync(join(bed.folder, name), { recursive: true });
    expect(await runBackLoads(bed.context)).toBe(1);
    expect(csvs()).toHaveLength(1);
    await Promise.all([runBackLoads(bed.context), turn()]);
    expect(csvs()).toHaveLength(1);
    await look();
    await turn();
    expect((await held()).filter((serial) => serial === one.number)).toHaveLength(1);
  });

  it('damaged on the way it is written again as the same bytes; lost, after three days; by the job of the files', async () => {
    const one = await made('2026-11-13');
    await load('2026-11-13');
    const path = join(bed.folder, 'out', csvs()[0]!);
    const bytes = readFileSync(path);
    truncateSync(path, 60);
    await look();
    expect(names('out')).toEqual([]);
    await turn();
    expect(readFileSync(path).equals(bytes)).toBe(true);
    for (const name of names('out')) rmSync(join(bed.folder, 'out', name));
    await turn(at(LOST_AFTER_MS - 60_000));
    expect(names('out')).toEqual([]);
    await turn(at(LOST_AFTER_MS + 60_000));
    expect(readFileSync(path).equals(bytes)).toBe(true);
    await look();
    await turn();
    expect(await row(one.number)).toMatchObject({ state: 'batched', attempts: 1 });
    expect(await county()).toMatchObject({ underWay: 0 });
  });

  it('a number that is known with other content: the records are in the next file by themselves', async () => {
    const one = await made('2026-11-14');
    const [counted] = await bed.fixtures.sql<{ next: number }>(
      "select count(*)::int + 1 as next from exchange_batch where kind = 'registrations' and division = '410802'",
    );
    const id = `DJ-410802-20261122-${String(counted!.next).padStart(4, '0')}`;
    await fetch(`${bed.url}/v1/registrations`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-key', 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify({
        batch: id,
        date: '20261122',
        division: '410802',
        count: 0,
        digest: sm3('[]').toString('hex'),
        content: '[]',
      }),
    });
    await load('2026-11-14');
    expect((await row(one.number))?.batch_id).toBe(id);
    await look();
    await turn();
    expect(await row(one.number)).toMatchObject({ state: 'batched', attempts: 2 });
    await turn(at(61_000));
    expect(csvs()).toHaveLength(1);
    await look();
    await turn();
    expect(await held()).toContain(one.number);
  });

  it('receipts that are half, foreign or leave records out are not applied', async () => {
    const one = await made('2026-11-15');
    await load('2026-11-15');
    await bed.ask('/control/file-faults', { otherDigestRate: 1 });
    await look();
    expect(await turn()).toBe(0);
    expect(names('aside').join()).toContain('SYDJLSHZ_410802_20261122');
    await bed.ask('/control/file-faults', { halfRate: 1 });
    await bed.fixtures.sql("update exchange_file set state = 'intended' where kind = 'registrations'");
    await turn();
    await look();
    expect(await turn()).toBe(0);
    expect((await county())?.underWay).toBeGreaterThan(0);
    await bed.ask('/control/files/again', {});
    await turn();
    expect(await county()).toMatchObject({ underWay: 0 });
    expect(await held()).toContain(one.number);
    writeFileSync(join(bed.folder, 'in', 'SYDJLSHZ_410802_20261122_0999.csv'), 'x');
    await turn(at(3_600_000));
    expect(names('aside')).not.toEqual([]);
  });
});
