import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { civilAnswerColumns } from '@yingdeng/rules/exchange/civil.ts';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerCivilFiles } from '../../../../../stand-ins/benefit/civil-files.ts';
import { type Application, Store } from '../../../../../stand-ins/benefit/store.ts';
import { type Desk, openDesk } from '../../../../test/desk.ts';
import { drawIdentityNumber } from '../../../../test/fixtures.ts';
import { sm3 } from '../../../platform/crypto.ts';
import type { Answer } from '../../../platform/http.ts';
import { bundleHandlers, workOnMatters } from '../../bundle/index.ts';
import { exchangeCivilFiles } from './exchange.ts';
import { civilHandlers } from './routes.ts';

type Overview = Answer<'getCivilExchange'>;
const consent = { on: '2026-11-20', how: 'telephone' };

let desk: Desk;
let clerk: string;
let officer: string;
const folder = mkdtempSync(join(tmpdir(), 'yingdeng-civil-'));

beforeAll(async () => {
  // One folder for all: handlers and job read the configuration of the same context.
  desk = await openDesk((context) => {
    Object.assign(context.config, { civilFiles: { folder, encoding: 'gb18030', day: 5 } });
    return bundleHandlers(context);
  }, civilHandlers);
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Another day; whoever works signs in anew. */
const on = async (day: string) => {
  desk.fixtures.now = new Date(`${day}T02:00:00Z`);
  clerk = await desk.staff('clerk', '410802', '张经办');
  officer = await desk.staff('exchangeOfficer', '410802', '周交换');
};
const names = (of: string) => (existsSync(join(folder, of)) ? readdirSync(join(folder, of)).sort() : []);
const run = () => exchangeCivilFiles(desk.fixtures.context);
const work = () => workOnMatters(desk.fixtures.context, new AbortController().signal);
const overview = async () => (await desk.get<Overview>(officer, '/api/civil-exchange')).body;
const matterOf = async (application: string) =>
  (await desk.get<Answer<'getMatters'>>(clerk, `/api/applications/${application}/matters`)).body.matters[0]!;
/** A registrant who asks for a referral. */
async function referred(said = '全家每月收入八百元', name = '周小满') {
  const person = await desk.registered({ name });
  const body = { kind: 'livingAllowance', wish: said, consent };
  const answer = await desk.post<{ message: string }>(clerk, `/api/applications/${person.applicationId}/matters`, body);
  expect(answer).toMatchObject({ status: 200 });
  await work();
  return person;
}
const readCsv = (name: string) =>
  iconv
    .decode(readFileSync(join(folder, 'out', name)), 'gb18030')
    .trimEnd()
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('","'));
/** What civil affairs puts into the inbox for a file of ours. */
function answer(
  name: string,
  rows: Partial<Record<(typeof civilAnswerColumns)[number], string>>[],
  more: { receipt: string; result?: string; recipients?: string; of?: string },
) {
  const manifest = readFileSync(join(folder, 'out', name.replace('.csv', '.sm3')), 'ascii');
  const value = (key: string) => new RegExp(`^${key}=(.*)\r$`, 'm').exec(manifest)![1]!;
  const lines = [civilAnswerColumns, ...rows.map((row) => civilAnswerColumns.map((column) => row[column] ?? ''))];
  const bytes = Buffer.from(lines.map((cells) => `${cells.map((cell) => `"${cell}"`).join(',')}\r\n`).join(''));
  const stem = name.replace('MZSJJH_', 'MZSJJHHZ_').replace('.csv', '');
  const facts = {
    version: '1',
    file: `${stem}.csv`,
    kind: 'civil-answer',
    batch: value('batch'),
    division: value('division'),
    date: value('date'),
    count: String(rows.length),
    encoding: 'UTF-8',
    bytes: String(bytes.length),
    sm3: sm3(bytes).toString('hex'),
    receivedAt: '2026-12-06T09:00:00+08:00',
    result: 'received',
    of: value('sm3'),
    ...more,
  };
  const body = Object.entries(facts)
    .map(([key, text]) => `${key}=${text}\r\n`)
    .join('');
  mkdirSync(join(folder, 'in'), { recursive: true });
  writeFileSync(join(folder, 'in', `${stem}.csv`), bytes);
  writeFileSync(join(folder, 'in', `${stem}.sm3`), `${body}end=${sm3(body).toString('hex')}\r\n`);
  return stem;
}
const allowanceOf = async ({ registrationId }: { registrationId: string }) =>
  (await desk.fixtures.sql('select allowance_from, allowance_to from registration where id = $1', [registrationId]))[0];

describe('the monthly file (M79-5b)', () => {
  it('is written once a month and county from the agreed day on, with every referral and nothing that no file can carry', async () => {
    await on('2026-12-01');
    const one = await referred();
    const odd = await referred('家里\ue123没有收入');
    // With a file to come nobody has to carry it.
    expect(await matterOf(one.applicationId)).toMatchObject({ state: 'asked', plain: expect.any(String) });
    expect((await matterOf(one.applicationId)).todo).toBeUndefined();
    expect(await overview()).toMatchObject({ transport: 'files', day: 5, nextOn: '2026-12-05', waiting: 2, files: [] });
    await on('2026-12-04');
    await run();
    expect(names('out')).toEqual([]);
    await on('2026-12-05');
    expect(await run()).toBe(3);
    expect(names('out').filter((name) => name.endsWith('.csv'))).toEqual([
      'MZSJJH_410102_20261205_0001.csv',
      'MZSJJH_410802_20261205_0001.csv',
      'MZSJJH_410803_20261205_0001.csv',
    ]);
    const [header, row, ...rest] = readCsv('MZSJJH_410802_20261205_0001.csv');
    expect(header).toHaveLength(11);
    expect(rest).toEqual([]);
    expect(row).toEqual([
      '1',
      'referral',
      expect.any(String),
      '周小满',
      one.idNumber,
      one.registrationNumber,
      '2026-10-01',
      '',
      '2026-11-20',
      'telephone',
      '全家每月收入八百元',
    ]);
    expect(await matterOf(one.applicationId)).toMatchObject({
      state: 'forwarded',
      todo: 'answer',
      dueOn: '2027-01-05',
    });
    // The other one is carried by hand, and says why.
    const held = await matterOf(odd.applicationId);
    expect(held).toMatchObject({ state: 'asked', todo: 'carry' });
    expect(held.history.at(-1)?.text).toContain('本人所说第3个字符U+E123');
    // Again, and on a later day of the month: nothing new.
    expect(await run()).toBe(0);
    await on('2026-12-09');
    expect(await run()).toBe(0);
    expect(await overview()).toMatchObject({ waiting: 1, sent: 1, nextOn: '2027-01-05' });
    const shown = (await overview()).files[0]!;
    expect(shown).toMatchObject({ name: 'MZSJJH_410802_20261205_0001.csv', count: 1, state: 'lying', answers: [] });
    const { body } = await desk.get<Answer<'getCivilFile'>>(officer, `/api/civil-exchange/${shown.id}`);
    expect(body).toMatchObject({ same: true, encoding: 'GB18030', held: [{ registration: odd.registrationNumber }] });
    expect(body.rows).toMatchObject([{ name: '周小满', kindText: '转介核查', consentedOn: '2026-11-20' }]);
    expect(body.rows[0]?.idMasked).toContain('*');
    // Another county sees nothing of it.
    const other = await desk.staff('exchangeOfficer', '410803');
    expect((await desk.get(other, `/api/civil-exchange/${shown.id}`)).status).toBe(404);
  });

  it('a disk that fails leaves the file named; it is written as the same bytes when the disk is back', async () => {
    await on('2026-12-10');
    const away = `${folder}.away`;
    renameSync(folder, away);
    await expect(run()).rejects.toThrow('ENOENT');
    renameSync(away, folder);
    const before = readFileSync(join(folder, 'out', 'MZSJJH_410802_20261205_0001.csv'));
    await desk.fixtures.sql("update exchange_file set state = 'intended' where name like 'MZSJJH_410802%'");
    await run();
    expect(readFileSync(join(folder, 'out', 'MZSJJH_410802_20261205_0001.csv'))).toEqual(before);
    await desk.fixtures.sql("update exchange_file set state = 'intended' where name like 'MZSJJH_410802%'");
    rmSync(join(folder, 'out', 'MZSJJH_410802_20261205_0001.csv'));
    await run();
    expect(readFileSync(join(folder, 'out', 'MZSJJH_410802_20261205_0001.csv'))).toEqual(before);
  });
});

describe('the answer (M79-5b)', () => {
  it('settles referrals, marks registrants of the list, keeps nobody else, and is not kept as a file', async () => {
    await on('2026-12-12');
    const yes = await referred();
    const no = await referred();
    const open = await referred();
    const drawing = await desk.registered({ name: '林有保' });
    const beyond = await desk.registered({ office: '410803', name: '林邻县' });
    const stranger = drawIdentityNumber();
    const told = await desk.post<{ message: string }>(officer, '/api/civil-exchange', { division: '410802' });
    expect(told.body.message).toBe('已写出MZSJJH_410802_20261212_0001.csv。');
    const name = 'MZSJJH_410802_20261212_0001.csv';
    const rows = readCsv(name);
    const item = (one: { idNumber: string }) => rows.find((cells) => cells[4] === one.idNumber)![0]!;
    const of = (one: { idNumber: string }) => ({ item: item(one), kind: 'referral', AAC002: one.idNumber });
    const listed = (one: { idNumber: string; name: string }, from = '20260901') => ({
      kind: 'recipient',
      name: one.name,
      AAC002: one.idNumber,
      from,
    });
    const stem = answer(
      name,
      [
        { ...of(yes), result: 'accepted', from: '20261208' },
        { ...of(no), result: 'refused', reason: '家庭月人均收入高于低保标准' },
        { ...of(open), result: 'pending' },
        listed(drawing),
        listed(beyond),
        listed({ idNumber: stranger, name: '外人' }),
        listed({ idNumber: no.idNumber, name: '姓名不同' }),
        { kind: 'nonsense' },
      ],
      { receipt: 'MZ1', recipients: 'complete' },
    );
    expect(await run()).toBe(1);
    expect(await matterOf(yes.applicationId)).toMatchObject({
      state: 'accepted',
      plain: '2026年12月8日起已纳入最低生活保障。失业登记和服务照常。',
    });
    expect(await matterOf(no.applicationId)).toMatchObject({ state: 'refused', reason: '家庭月人均收入高于低保标准' });
    expect(await matterOf(open.applicationId)).toMatchObject({ state: 'forwarded' });
    expect(await allowanceOf(drawing)).toEqual({ allowance_from: '2026-09-01', allowance_to: null });
    expect(await allowanceOf(no)).toEqual({ allowance_from: null, allowance_to: null });
    const drawn = await desk.get<Answer<'getMatters'>>(clerk, `/api/applications/${drawing.applicationId}/matters`);
    expect(drawn.body.allowance).toEqual({ from: '2026-09-01', toldOn: '2026-12-12' });
    // Neither a result nor the list touches a registration (M79-2e).
    for (const one of [yes, no, open, drawing]) expect((await desk.registrationRow(one)).status).toBe('active');
    const [shown] = (await overview()).files.filter((file) => file.name === name);
    expect(shown).toMatchObject({
      state: 'answered',
      answers: [{ receipt: 'MZ1', settled: 2, hasList: true, recipients: 4, registered: 2 }],
    });
    expect(shown?.answers[0]?.faults).toEqual([
      { line: 9, text: 'kind：只能是referral或recipient' },
      { line: 8, text: 'name：与失业登记的姓名不同，没有记下' },
    ]);
    for (const where of ['in', 'archive', 'aside']) expect(names(where)).toEqual([]);
    const kept = await desk.fixtures.sql<{ content_sealed: Buffer }>('select content_sealed from civil_answer');
    expect(JSON.stringify(desk.fixtures.context.crypto.open(kept[0]!.content_sealed))).not.toContain(stranger);
    expect(await desk.messagesTo(yes)).toContain('matter.accepted');
    expect((await desk.messagesTo(no)).filter((template) => template === 'matter.refused')).toHaveLength(1);

    // The same answer again changes nothing; the same number with other content is set aside.
    answer(name, [{ ...of(open), result: 'refused', reason: '材料' }], { receipt: 'MZ1' });
    expect(await run()).toBe(0);
    expect((await overview()).incoming).toMatchObject([{ name: stem, reason: '答复号MZ1已经用过，内容不同' }]);
    for (const part of names('aside')) rmSync(join(folder, 'aside', part));
    // What was pending is answered later under another number.
    answer(name, [{ ...of(open), result: 'accepted', from: '20261210' }], { receipt: 'MZ2' });
    expect(await run()).toBe(1);
    expect(await matterOf(open.applicationId)).toMatchObject({ state: 'accepted' });
    expect((await allowanceOf(drawing))?.allowance_to).toBeNull();
  });

  it('who is registered and draws goes out with the next file; who leaves the whole list is no longer marked', async () => {
    await on('2027-01-05');
    expect(await run()).toBe(3);
    const name = 'MZSJJH_410802_20270105_0001.csv';
    const rows = readCsv(name).slice(1);
    expect(rows.map(([, kind, , who]) => [kind, who])).toContainEqual(['recipient', '林有保']);
    // Named by the list of this county: it is told, not the county of the registration.
    expect(rows.map(([, kind, , who]) => [kind, who])).toContainEqual(['recipient', '林邻县']);
    expect(readCsv('MZSJJH_410803_20270105_0001.csv')).toHaveLength(1);
    // Every referral that has no answer goes again.
    expect(rows.filter(([, kind]) => kind === 'referral').map(([, , , who]) => who)).toEqual(['周小满']);
    answer(name, [], { receipt: 'MZ3', recipients: 'complete' });
    expect(await run()).toBe(1);
    const left = await desk.fixtures.sql("select allowance_to from registration where allowance_from = '2026-09-01'");
    expect(left).toEqual([{ allowance_to: '2027-01-05' }, { allowance_to: '2027-01-05' }]);
    expect((await overview()).recipients).toBe(0);
  });

  it('a taken-back referral goes out once more without what was said, and an answer to it changes nothing', async () => {
    await on('2027-01-06');
    const back = await referred('家里没有收入来源', '赵回头');
    await desk.post(officer, '/api/civil-exchange', { division: '410802' });
    const first = 'MZSJJH_410802_20270106_0001.csv';
    const item = readCsv(first).find((cells) => cells[4] === back.idNumber)![0]!;
    const { id, version } = await matterOf(back.applicationId);
    await desk.post(clerk, `/api/matters/${id}/withdraw`, { version, reason: '本人说不用了' });
    await desk.post(officer, '/api/civil-exchange', { division: '410802' });
    const states = (await overview()).files.map(({ name, state }) => [name.slice(7, -4), state]);
    expect(states.slice(0, 2)).toEqual([
      ['410802_20270106_0001', 'superseded'],
      ['410802_20270106_0002', 'lying'],
    ]);
    const second = readCsv('MZSJJH_410802_20270106_0002.csv').filter((cells) => cells[4] === back.idNumber);
    expect(second).toMatchObject([{ 1: 'withdrawn', 10: '' }]);
    answer(first, [{ item, kind: 'referral', AAC002: back.idNumber, result: 'accepted', from: '20270101' }], {
      receipt: 'MZ4',
    });
    await run();
    expect(await matterOf(back.applicationId)).toMatchObject({ state: 'withdrawn' });
    const [shown] = (await overview()).files.filter((file) => file.name === first);
    expect(shown?.answers[0]).toMatchObject({ settled: 0, faults: [{ line: 0 }] });
  });

  it.each([
    ['for other bytes', { of: '0'.repeat(64) }, /另一个文件/],
    ['without a number', { receipt: '' }, /receipt/],
  ])('an answer %s is set aside with its reason', async (_, more, reason) => {
    answer('MZSJJH_410802_20270105_0001.csv', [], { receipt: 'MZ9', ...more });
    expect(await run()).toBe(0);
    expect((await overview()).incoming[0]?.reason).toMatch(reason);
    for (const part of names('aside')) rmSync(join(folder, 'aside', part));
    desk.fixtures.now = new Date(desk.fixtures.now.getTime() + 3_600_000);
    await run();
    expect((await overview()).incoming).toEqual([]);
  });

  it('a file that was refused whole says why, and its people go with the next one', async () => {
    answer('MZSJJH_410802_20270106_0002.csv', [{ reason: '不是约定的列' }], { receipt: 'MZ10', result: 'refused' });
    expect(await run()).toBe(1);
    const [shown] = (await overview()).files.filter(({ name }) => name === 'MZSJJH_410802_20270106_0002.csv');
    expect(shown?.answers).toMatchObject([{ result: 'refused', reason: '不是约定的列', settled: 0 }]);
  });

  it('another programme that knows the description only reads the file and is understood', async () => {
    for (const name of names('out')) rmSync(join(folder, 'out', name));
    await on('2027-01-07');
    const one = await referred('家里没有收入来源', '𠮷回头');
    await desk.post(officer, '/api/civil-exchange', { division: '410802' });
    const store = await Store.open(join(folder, 'civil.jsonl'));
    const grant = (application: Application) => store.notify(application, 'accepted', {}, '');
    expect(await answerCivilFiles(folder, store, grant, desk.fixtures.now)).toBe(1);
    await store.close();
    expect(await run()).toBe(1);
    expect(await matterOf(one.applicationId)).toMatchObject({ state: 'accepted' });
    expect(await allowanceOf(one)).toEqual({ allowance_from: '2027-01-07', allowance_to: null });
    expect((await overview()).incoming).toEqual([]);
  });

  it('only who answers for the exchange may write a file, and only of the own county', async () => {
    expect((await desk.post(clerk, '/api/civil-exchange', { division: '410802' })).status).toBe(403);
    expect((await desk.post(officer, '/api/civil-exchange', { division: '410803' })).status).toBe(403);
    expect((await desk.get(clerk, '/api/civil-exchange')).status).toBe(403);
  });
});
