import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeNumber } from '../common/resident-number.ts';
import type { StandIn } from '../common/server.ts';
import { digestFile, digestOf, readDigestFile } from './digest-file.ts';
import { startPlatform } from './main.ts';

const NUMBER = makeNumber('410802', '19900307', 452);
const STEM = 'SYDJTC_410802_20261121_0001';
const RECEIPT = 'SYDJTCHZ_410802_20261121_0001';
const HEADER = 'AAB301,AAZ341,AAC003,AAC002,AAC058,AAC044,ADC210,AJC00A,AAE011,AAE036,AAE013';
let dataDir: string;
let folder: string;
let platform: StandIn;
const start = async () => {
  platform = await startPlatform({
    port: 0,
    dataDir,
    key: 'k',
    today: '20261122',
    files: folder,
    filesEveryMs: 0,
  });
};
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'platform-files-'));
  folder = join(dataDir, 'office');
  await start();
});
afterEach(async () => {
  await platform.close();
  await rm(dataDir, { recursive: true, force: true });
});

const post = async (path: string, body: object = {}) => {
  const response = await fetch(platform.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
};
const look = () => post('/control/files/look');
const list = async (name: string) => (await readdir(join(folder, name))).sort();

/** Puts an exit file of one record into the outbox. */
async function put(change: Record<string, string | number> = {}, name = '沈禾苗', encoding = 'UTF-8'): Promise<Buffer> {
  const row = `"410802","X1","${name}","${NUMBER}","01","${NUMBER}","20261121","11","宋知行","20261121",""`;
  const csv = iconv.encode(`${HEADER}\r\n${row}\r\n`, encoding);
  const said = {
    version: 1,
    file: `${STEM}.csv`,
    kind: 'exits',
    batch: '410802-20261121-0001',
    division: '410802',
    date: '20261121',
    count: 1,
    encoding,
    bytes: csv.length,
    sm3: digestOf(csv),
  };
  await writeFile(join(folder, 'out', `${STEM}.csv`), csv);
  await writeFile(join(folder, 'out', `${STEM}.sm3`), digestFile({ ...said, ...change }));
  return csv;
}
/** The receipt as it lies there: what the digest file says, and the rows. */
async function receipt() {
  const csv = await readFile(join(folder, 'in', `${RECEIPT}.csv`));
  const said = readDigestFile(await readFile(join(folder, 'in', `${RECEIPT}.sm3`)));
  const text = iconv.decode(csv, said?.encoding ?? 'UTF-8');
  return { csv, said, rows: text.split('\r\n').slice(1, -1) };
}

describe('exit files', () => {
  it('M79X-1: are taken away and answered item by item, in their own encoding', async () => {
    const csv = await put({}, '𠮷㐀', 'GB18030');
    expect((await look()).body).toEqual({ receipts: 1 });
    const { said, rows } = await receipt();
    expect(said).toMatchObject({ kind: 'exits-receipt', result: 'received', of: digestOf(csv), encoding: 'GB18030' });
    expect(rows).toEqual(['"410802","X1","accepted","","",""']);
    expect(await list('out')).toEqual([]);
    expect((await stat(join(folder, '.stand-in'))).size).toBeGreaterThan(0);
  });

  it('a faulty record is returned with the id of its check', async () => {
    await put({}, '沈 禾苗');
    await look();
    expect((await receipt()).rows).toEqual([
      expect.stringMatching(/^"410802","X1","returned","AAC003-space","AAC003",/),
    ]);
  });

  it.each([
    ['digest', { sm3: digestOf('other') }],
    ['encoding', { encoding: 'GBK' }],
    ['count', { count: 2 }],
    ['name', { kind: 'decisions' }],
  ])('refuses the whole file: %s', async (code, change) => {
    await put(change);
    await look();
    const { said, rows } = await receipt();
    expect(said).toMatchObject({ result: 'refused' });
    expect(rows).toEqual([expect.stringContaining(`"","","refused","${code}"`)]);
  });

  it('passes over what has no digest file', async () => {
    await put();
    await rm(join(folder, 'out', `${STEM}.sm3`));
    expect((await look()).body).toEqual({ receipts: 0 });
    expect(await list('out')).toEqual([`${STEM}.csv`]);
  });

  it('gives the same receipt for the same file, also after a start', async () => {
    await put();
    await look();
    const first = await receipt();
    await platform.close();
    await rm(join(folder, 'in'), { recursive: true });
    await mkdir(join(folder, 'in'));
    await start();
    await look();
    expect((await receipt()).said).toEqual(first.said);
    await put();
    await look();
    expect((await receipt()).said).toEqual(first.said);
  });
});

describe('receipts that go wrong', () => {
  it.each([
    ['neverRate', () => list('in').then((names) => names.length), 0],
    ['damagedRate', () => receipt().then(({ csv, said }) => digestOf(csv) === said?.sm3), false],
    ['otherDigestRate', () => receipt().then(({ said }) => said?.result), 'received'],
    ['lateMs', () => list('in').then((names) => names.length), 0],
  ])('%s, until it is told to write again', async (fault, seen, expected) => {
    const csv = await put();
    await post('/control/file-faults', { [fault]: fault === 'lateMs' ? 60_000 : 1 });
    await look();
    expect(await seen()).toBe(expected);
    expect((await post('/control/files/again')).body).toEqual({ receipts: 1 });
    const { said, csv: receipt_ } = await receipt();
    expect(said).toMatchObject({ of: digestOf(csv), sm3: digestOf(receipt_) });
  });

  it('half: a part is missing or cut', async () => {
    await put();
    await post('/control/file-faults', { halfRate: 1 });
    await look();
    const names = await list('in');
    const whole = names.length === 2 && digestOf((await receipt()).csv) === (await receipt()).said?.sm3;
    expect(names.length).toBeGreaterThan(0);
    expect(whole).toBe(false);
  });

  it('refuses nonsense', async () => {
    expect((await post('/control/file-faults', { halfRate: 2 })).status).toBe(400);
    expect(await (await fetch(`${platform.url}/files`)).text()).toContain('文件交换');
  });
});

it('hands applications over in a file of their city, each once', async () => {
  await post('/control/applications', {});
  await look();
  const [csv = ''] = await list('in');
  expect(csv).toBe('SYDJSQ_410800_20261122_0001.csv');
  expect((await readFile(join(folder, 'in', csv), 'utf8')).split('\r\n')).toHaveLength(3);
  await rm(join(folder, 'in', csv));
  await look();
  expect(await list('in')).toEqual(['SYDJSQ_410800_20261122_0001.sm3']);
});
