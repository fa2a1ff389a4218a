import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ExchangeBed, exchangeBed } from '../../../../test/exchange-bed.ts';
import { systemActor } from '../../../platform/actor.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { disk } from '../../../platform/disk.ts';
import { readAlarms } from '../alarm/alarms.ts';
import { buildExits } from '../build.ts';
import { comparedDays } from '../reconcile/list.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { sendExits } from '../send.ts';
import { exchangePlatformFiles } from './exchange.ts';
import { foldersIn } from './folders.ts';
import { receiveFiles, tidyIncoming } from './inbox.ts';
import { LOST_AFTER_MS } from './outbox-folder.ts';
import { exchangedFiles } from './overview.ts';

let bed: ExchangeBed;
beforeAll(async () => {
  bed = await exchangeBed({ files: 'gb18030' });
});
afterAll(() => bed.close());
beforeEach(() => bed.ask('/control/file-faults', {}));

const names = (folder: string) => readdirSync(join(bed.folder, folder)).sort();
const look = () => bed.ask<{ receipts: number }>('/control/files/look', {});
const uploads = (on: string) =>
  bed.fixtures.sql<{ serial: string; state: string; faults: { check: string }[] }>(
    'select serial, state, faults from exit_record where business_date = $1 order by serial',
    [on],
  );
const incoming = (state: string) =>
  bed.fixtures.sql<{ name: string; reason: string }>(
    'select name, reason from exchange_incoming where state = $1 and cleared_at is null order by name',
    [state],
  );
/** Takes in what lies there, without waiting for other halves. */
const receive = async () => {
  const folders = foldersIn(bed.folder);
  const received = await receiveFiles(bed.context, disk, folders, { patienceMs: 0, strangers: 'aside' });
  await tidyIncoming(bed.context, disk, folders.aside, received);
  return received;
};
const send = async (on: string) => {
  await buildExits(bed.context, on);
  return sendExits(bed.context, on);
};
/** The two files of the platform's receipt for 410802 and a day, read and taken out of the inbox. */
const takeReceipt = (day: string) =>
  Object.fromEntries(
    names('in')
      .filter((name) => name.startsWith(`SYDJTCHZ_410802_${day}`))
      .map((name) => {
        const path = join(bed.folder, 'in', name);
        const bytes = readFileSync(path);
        rmSync(path);
        return [name, bytes];
      }),
  );
const putInbox = (name: string, bytes: Uint8Array | undefined) =>
  writeFileSync(join(bed.folder, 'in', name), bytes ?? '');
const held = async (on: string) =>
  (await bed.ask<{ items: { AAZ341: string }[] }>(`/v1/exits?division=4108&date=${on}`)).items.map(
    ({ AAZ341 }) => AAZ341,
  );

describe('exits as files', () => {
  it('M79-8a: a day goes out as files with digest files, comes back as receipts, and is settled once', async () => {
    const DAY = '2026-11-12';
    const exit = await bed.exit(DAY, { name: '𠮷㐀䶮' });
    await buildExits(bed.context, DAY);
    expect(await sendExits(bed.context, DAY)).toMatchObject({ awaiting: 3, left: 0, refused: 0 });
    expect(names('out')).toEqual(
      ['410102', '410802', '410803'].flatMap((c) => [`SYDJTC_${c}_20261112_0001.csv`, `SYDJTC_${c}_20261112_0001.sm3`]),
    );
    const bytes = readFileSync(join(bed.folder, 'out', 'SYDJTC_410802_20261112_0001.csv'));
    const [header, row] = iconv.decode(bytes, 'gb18030').split('\r\n');
    expect(header).toBe(
      '"AAB301","AAZ341","AAC003","AAC002","AAC058","AAC044","ADC210","AJC00A","AAE011","AAE036","AAE013"',
    );
    expect(row).toContain('"𠮷㐀䶮"');
    expect(readFileSync(join(bed.folder, 'out', 'SYDJTC_410802_20261112_0001.sm3'), 'ascii')).toContain(
      `count=1\r\nencoding=GB18030\r\nbytes=${bytes.length}\r\nsm3=${sm3(bytes).toString('hex')}\r\n`,
    );
    // Again: the same bytes, no second attempt.
    expect(await sendExits(bed.context, DAY)).toMatchObject({ awaiting: 3 });
    expect(await uploads(DAY)).toMatchObject([{ state: 'sent' }]);

    expect(await look()).toEqual({ receipts: 3 });
    expect(names('out')).toEqual([]);
    expect(await exchangePlatformFiles(bed.context)).toBe(3);
    expect(await uploads(DAY)).toMatchObject([{ serial: exit.serial, state: 'accepted' }]);
    expect(await held('20261112')).toEqual([exit.serial]);
    expect(names('in')).toEqual([]);
    expect(names('archive')).toHaveLength(6);
    expect(await sendExits(bed.context, DAY)).toMatchObject({ awaiting: 0, batches: 0 });
    const attempts = await bed.fixtures.sql<{ outcome: string }>(
      "select outcome from exchange_attempt where batch_id = '410802-20261112-0001' order by at",
    );
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['sending', 'written', 'received']);
  });

  it('M79X-3: a returned record comes back with its check and goes again under its old number in the next file', async () => {
    const DAY = '2026-11-13';
    const exit = await bed.exit(DAY);
    await bed.ask('/control/faults', { rejectAll: true });
    await send(DAY);
    await look();
    await receive();
    await bed.ask('/control/faults', { rejectAll: false });
    expect(await uploads(DAY)).toMatchObject([{ state: 'returned', faults: [{ check: 'control-reject-all' }] }]);
    await bed.fixtures.sql("update exit set remark = '已核实' where id = $1", [exit.exitId]);
    await send(DAY);
    expect(names('out')).toContain('SYDJTC_410802_20261113_0002.csv');
    await look();
    await receive();
    expect(await uploads(DAY)).toMatchObject([{ serial: exit.serial, state: 'accepted' }]);
  });

  it('holds back only the record with a character that no file can carry, and names it', async () => {
    const DAY = '2026-11-14';
    const good = await bed.exit(DAY);
    const bad = await bed.exit(DAY, { name: '王\ue863' });
    // Made while HTTP was the transport: found when the file is formed.
    const before = await bed.exit(DAY, { name: '李\ue81e' });
    const { platformFiles: _none, ...http } = bed.context.config;
    await bed.fixtures.sql('update exit set handled_on = $2 where id = any($1)', [
      [good.exitId, bad.exitId],
      '2026-11-01',
    ]);
    await buildExits({ ...bed.context, config: http }, DAY);
    await bed.fixtures.sql('update exit set handled_on = $2 where id = any($1)', [[good.exitId, bad.exitId], DAY]);
    await send(DAY);
    const states = new Map((await uploads(DAY)).map(({ serial, ...rest }) => [serial, rest]));
    expect(states.get(good.serial)).toMatchObject({ state: 'sent' });
    for (const { serial } of [bad, before]) {
      expect(states.get(serial)).toMatchObject({ state: 'blocked', faults: [{ check: 'AAC003-unmappable' }] });
    }
    const written = names('out').filter((name) => name.startsWith('SYDJTC_410802_20261114') && name.endsWith('.csv'));
    expect(written).toHaveLength(1);
    expect(readFileSync(join(bed.folder, 'out', written[0] ?? '')).includes('?')).toBe(false);
    await look();
    await receive();
    expect(await held('20261114')).toEqual([good.serial]);
  });

  it('never overwrites another file of the same name: the records go under the next number', async () => {
    const DAY = '2026-11-15';
    const exit = await bed.exit(DAY);
    const other = join(bed.folder, 'out', 'SYDJTC_410802_20261115_0001.csv');
    writeFileSync(other, 'somebody else');
    await send(DAY);
    expect(readFileSync(other, 'utf8')).toBe('somebody else');
    expect(names('out').filter((name) => name.includes('410802_20261115'))).toEqual([
      'SYDJTC_410802_20261115_0001.csv',
      'SYDJTC_410802_20261115_0002.csv',
      'SYDJTC_410802_20261115_0002.sm3',
    ]);
    rmSync(other);
    await look();
    await receive();
    expect(await uploads(DAY)).toMatchObject([{ serial: exit.serial, state: 'accepted' }]);
  });

  it('writes the same file again when it arrived damaged', async () => {
    const DAY = '2026-11-16';
    const exit = await bed.exit(DAY);
    await send(DAY);
    const path = join(bed.folder, 'out', 'SYDJTC_410802_20261116_0001.csv');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, 100));
    await look();
    expect(await receive()).toMatchObject({ aside: 0 });
    expect(await uploads(DAY)).toMatchObject([{ state: 'sent' }]);
    await exchangePlatformFiles(bed.context);
    expect(readFileSync(path)).toEqual(bytes);
    await look();
    await receive();
    expect(await uploads(DAY)).toMatchObject([{ serial: exit.serial, state: 'accepted' }]);
  });
});

describe('receipts', () => {
  it.each([
    ['damagedRate', '2026-11-17', /已损坏|不是|摘要/],
    ['otherDigestRate', '2026-11-18', /摘要与本系统发出的不同/],
    ['halfRate', '2026-11-19', /没有摘要文件|不完整/],
  ])(
    '%s: is set aside with its reason, nothing is settled by it, and the right one settles all',
    async (fault, on, reason) => {
      const exit = await bed.exit(on);
      await bed.ask('/control/file-faults', { [fault]: 1 });
      await send(on);
      await look();
      expect(await receive()).toMatchObject({ applied: 0, aside: 3 });
      expect(await uploads(on)).toMatchObject([{ state: 'sent' }]);
      const day = on.replaceAll('-', '');
      const aside = (await incoming('aside')).filter(({ name }) => name.includes(day));
      expect(aside).toHaveLength(3);
      for (const one of aside) expect(one.reason).toMatch(reason);
      expect(names('aside').filter((name) => name.includes(day)).length).toBeGreaterThanOrEqual(3);
      expect(names('in')).toEqual([]);

      await bed.ask('/control/file-faults', {});
      await bed.ask('/control/files/again', {});
      expect(await receive()).toMatchObject({ aside: 0 });
      expect(await uploads(on)).toMatchObject([{ serial: exit.serial, state: 'accepted' }]);
      expect(await held(day)).toEqual([exit.serial]);
    },
  );

  it('M79X-2: late, twice, and met again after a kill between database and move: applied once', async () => {
    const DAY = '2026-11-20';
    const exit = await bed.exit(DAY);
    await bed.ask('/control/file-faults', { twiceRate: 1 });
    await send(DAY);
    await look();
    for (const name of names('in')) copyFileSync(join(bed.folder, 'in', name), join(bed.folder, name));
    expect(await receive()).toMatchObject({ applied: 3 });
    await look();
    expect(await receive()).toMatchObject({ applied: 0, aside: 0, repeated: 3 });
    // Killed after the first of two moves: one half is in the archive, the other still in the inbox.
    for (const name of readdirSync(bed.folder).filter((name) => name.endsWith('.sm3'))) {
      copyFileSync(join(bed.folder, name), join(bed.folder, 'in', name));
    }
    expect(await receive()).toMatchObject({ applied: 0, aside: 0, repeated: 3 });
    expect(names('in')).toEqual([]);
    const received = await bed.fixtures.sql(
      "select 1 from exchange_attempt where batch_id = '410802-20261120-0001' and outcome = 'received'",
    );
    expect(received).toHaveLength(1);
    expect(await uploads(DAY)).toMatchObject([{ serial: exit.serial, state: 'accepted' }]);
  });

  it('half a receipt waits for its other half, which may come long after', async () => {
    const DAY = '2026-11-11';
    const exit = await bed.exit(DAY);
    await send(DAY);
    await look();
    const receipt = takeReceipt('20261111');
    const [csv = '', sm3File = ''] = Object.keys(receipt).sort();
    putInbox(csv, receipt[csv]);
    expect((await exchangePlatformFiles(bed.context)) > 0).toBe(true);
    expect(names('in')).toEqual([csv]);
    expect(await incoming('arriving')).toMatchObject([{ reason: '只有数据文件，没有摘要文件' }]);
    await receive();
    expect(await incoming('arriving')).toEqual([]);
    expect(names('aside')).toContain(csv);
    putInbox(sm3File, receipt[sm3File]);
    expect(await receive()).toMatchObject({ applied: 1 });
    expect(names('aside')).not.toContain(csv);
    expect(names('archive')).toEqual(expect.arrayContaining([csv, sm3File]));
    expect(await uploads(DAY)).toMatchObject([{ serial: exit.serial, state: 'accepted' }]);
  });

  it('sets aside what is foreign, and forgets it when somebody has taken it away', async () => {
    const DAY = '2026-11-10';
    await bed.exit(DAY);
    await send(DAY);
    await look();
    const receipt = takeReceipt('20261110');
    await receive();
    const [csv = '', digest = ''] = Object.keys(receipt).sort();
    putInbox('工资表.xlsx', Buffer.from('x'));
    putInbox(csv.replace('0001', '0007'), receipt[csv]);
    putInbox(digest.replace('0001', '0007'), receipt[digest]);
    putInbox('SYDJTC_410802_20261110_0001.csv', receipt[csv]);
    expect(await receive()).toMatchObject({ applied: 0, aside: 3 });
    const reasons = new Map((await incoming('aside')).map(({ name, reason }) => [name, reason]));
    expect(reasons.get('工资表.xlsx')).toBe('不是约定的文件名');
    expect(reasons.get('SYDJTCHZ_410802_20261110_0007')).toBe('摘要文件说的是另一个文件');
    for (const name of names('aside')) rmSync(join(bed.folder, 'aside', name));
    await bed.fixtures.sql("update exchange_incoming set settled_at = settled_at - interval '1 hour'");
    await receive();
    expect(await incoming('aside')).toEqual([]);
  });
});

it('the exchange page says where every file is, within the range of who looks', async () => {
  const DAY = '2026-11-09';
  await bed.exit(DAY);
  await send(DAY);
  const officer = { ...systemActor('test'), role: 'exchangeOfficer' as const, lo: '410802', hi: '410803' };
  const page = () => exchangedFiles(bed.context, officer);
  const file = async () => (await page()).outgoing.find(({ name }) => name.includes('20261109'));
  expect(await page()).toMatchObject({ transport: 'files', encoding: 'GB18030' });
  expect((await page()).outgoing.every(({ name }) => name.includes('_410802_'))).toBe(true);
  expect(await file()).toMatchObject({ name: 'SYDJTC_410802_20261109_0001.csv', count: 1, state: 'lying' });
  await look();
  expect(await file()).toMatchObject({ state: 'takenAway' });
  putInbox('notes.txt', Buffer.from('x'));
  await receive();
  expect(await file()).toMatchObject({ state: 'answered', receipt: expect.stringMatching(/^TC/) });
  expect((await page()).incoming).toMatchObject([{ name: 'notes.txt', state: 'aside', reason: '不是约定的文件名' }]);
  const away = `${bed.folder}.away`;
  renameSync(bed.folder, away);
  expect((await page()).trouble).toContain('文件夹不存在或已断开');
  renameSync(away, bed.folder);
});

it('M79-8a: a day that lies written is reported, and its receipt is missed only when the file is held to be lost', async () => {
  const DAY = '2026-11-08';
  await bed.exit(DAY);
  await send(DAY);
  const officer = { ...systemActor('test'), role: 'exchangeOfficer' as const, lo: '410802', hi: '410803' };
  const alarms = async (days: number) => {
    const at = new Date(bed.fixtures.now.getTime() + days * 86_400_000);
    const found = await readAlarms({ ...bed.context, clock: { now: () => at } }, officer);
    return found.filter(({ kind, date }) => kind === 'receiptMissing' || date === DAY).map(({ kind }) => kind);
  };
  expect(await alarms(0)).toEqual([]);
  expect(await alarms(2)).toEqual([]);
  expect(await alarms(4)).toEqual(['receiptMissing']);
  await look();
  // Also those that went astray in the tests above.
  await bed.ask('/control/files/again', {});
  await receive();
  expect(await alarms(4)).toEqual([]);
});

it('M79-8a: has no platform to ask: only our own side is compared, and a receipt on its way by hand is missed after days only', async () => {
  const DAY = '2026-11-10';
  await bed.exit(DAY);
  await send(DAY);
  const { now } = bed.fixtures;
  const compare = async (later: number) => {
    bed.fixtures.now = new Date(now.getTime() + later);
    const { differences } = await reconcile(bed.context, { from: DAY, to: DAY });
    const [{ outcome } = { outcome: 'never' }] = await comparedDays(bed.context, systemActor('test'), DAY, DAY);
    const alarms = (await readAlarms(bed.context, systemActor('test'))).map(({ kind }) => kind);
    return { differences, outcome, alarmed: alarms.includes('differencesOpen') };
  };
  expect(await compare(3 * 3_600_000)).toEqual({ differences: 0, outcome: 'ownOnly', alarmed: false });
  expect(await compare(LOST_AFTER_MS + 60_000)).toEqual({ differences: 1, outcome: 'differs', alarmed: true });
  bed.fixtures.now = now;
});
