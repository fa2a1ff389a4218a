import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { digestFile, digestOf, readDigestFile } from '../platform/digest-file.ts';
import { csvBytes } from '../platform/receipt-file.ts';
import { answerCivilFiles, openCivilFolder } from './civil-files.ts';
import { type Application, Store } from './store.ts';

let folder: string;
let store: Store;
const now = new Date('2026-12-01T02:00:00Z');
const stem = 'MZSJJH_410802_20261201_0001';
const header = ['item', 'kind', 'reference', 'name', 'AAC002', 'registration'];
const row = (item: string, kind: string, idNumber: string) => [item, kind, `ref${item}`, '𠮷小满', idNumber, 'N1'];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'civil-'));
  await openCivilFolder(folder);
  store = await Store.open(join(folder, 'benefit.jsonl'));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const yes = (one: Application) => store.notify(one, 'accepted', {}, '');
const no = (one: Application) => store.notify(one, 'refused', {}, '家庭收入高于标准');
async function put(rows: string[][], damage = false) {
  const csv = csvBytes([header, ...rows], 'GB18030');
  const facts = {
    version: 1,
    batch: 'b1',
    division: '410802',
    date: '20261201',
    count: rows.length,
    encoding: 'GB18030',
  };
  await writeFile(join(folder, 'out', `${stem}.csv`), csv);
  await writeFile(
    join(folder, 'out', `${stem}.sm3`),
    digestFile({ ...facts, sm3: damage ? digestOf('other') : digestOf(csv) }),
  );
  return digestOf(csv);
}
async function answer() {
  const name = 'MZSJJHHZ_410802_20261201_0001';
  const csv = await readFile(join(folder, 'in', `${name}.csv`));
  const said = readDigestFile(await readFile(join(folder, 'in', `${name}.sm3`)))!;
  expect(digestOf(csv)).toBe(said.sm3);
  return { said, lines: iconv.decode(csv, 'GB18030').trimEnd().split('\r\n') };
}

it('M79-5b: answers referrals and names who was granted the allowance; takes the pair away', async () => {
  const of = await put([row('1', 'referral', '41080219850412001X'), row('2', 'recipient', '410802198504120028')]);
  expect(await answerCivilFiles(folder, store, yes, now)).toBe(1);
  const { said, lines } = await answer();
  expect(said).toMatchObject({ result: 'received', of, recipients: 'complete', count: '2', kind: 'civil-answer' });
  expect(lines.slice(1)).toEqual([
    '"1","referral","𠮷小满","41080219850412001X","accepted","20261201",""',
    '"","recipient","𠮷小满","41080219850412001X","","20261201",""',
  ]);
  expect(await readdir(join(folder, 'out'))).toEqual([]);
});

it('says why it refuses, and refuses a damaged file whole', async () => {
  await put([row('1', 'referral', '41080219850412001X')]);
  await answerCivilFiles(folder, store, no, now);
  expect((await answer()).lines[1]).toContain('"refused","","家庭收入高于标准"');
  await put([row('1', 'referral', '41080219850412001X')], true);
  await answerCivilFiles(folder, store, yes, now);
  const { said, lines } = await answer();
  expect(said).toMatchObject({ result: 'refused' });
  expect(lines[1]).toContain('文件与摘要不符');
});

it('leaves half a pair where it lies', async () => {
  await put([]);
  await rm(join(folder, 'out', `${stem}.csv`));
  expect(await answerCivilFiles(folder, store, yes, now)).toBe(0);
  expect(await readdir(join(folder, 'out'))).toEqual([`${stem}.sm3`]);
});
