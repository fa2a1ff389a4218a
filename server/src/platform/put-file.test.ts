import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Disk, disk } from './disk.ts';
import { DiskTrouble, FileTaken, isUnfinished, moveFile, putFile } from './put-file.ts';

const child = fileURLToPath(new URL('../../test/put-files-child.ts', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingdeng-put-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const names = (at = folder) => readdirSync(at).sort();
/** A file system without second names: sticks, some shares. */
const withoutLinks: Disk = {
  ...disk,
  link: () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' })),
};

describe.each([
  ['with links', disk],
  ['without links', withoutLinks],
])('putting a file, %s', (_name, on) => {
  it('puts it once, takes the same again, and leaves another of that name as it is', async () => {
    await putFile(on, folder, 'a.csv', Buffer.from('one'));
    await putFile(on, folder, 'a.csv', Buffer.from('one'));
    await expect(putFile(on, folder, 'a.csv', Buffer.from('two'))).rejects.toThrow(FileTaken);
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe('one');
    expect(names()).toEqual(['a.csv']);
  });

  it('moves without overwriting: the same is kept once, another beside it', async () => {
    const to = join(folder, 'archive');
    mkdirSync(to);
    const move = async (content: string) => {
      writeFileSync(join(folder, 'a.csv'), content);
      await moveFile(on, join(folder, 'a.csv'), to, 'a.csv', 'a.csv.2');
    };
    for (const content of ['one', 'one', 'two', 'two']) await move(content);
    expect(names()).toEqual(['archive']);
    expect(names(to)).toEqual(['a.csv', 'a.csv.2']);
    expect(readFileSync(join(to, 'a.csv.2'), 'utf8')).toBe('two');
  });
});

it('two at once write one file', async () => {
  const bytes = Buffer.alloc(100_000, 7);
  await Promise.all(Array.from({ length: 8 }, () => putFile(disk, folder, 'a.csv', bytes)));
  expect(names()).toEqual(['a.csv']);
  expect(readFileSync(join(folder, 'a.csv')).equals(bytes)).toBe(true);
});

it('a limit on the size of files (as a full disk): words for people, nothing under the name, nothing left behind', async () => {
  // Half a kilobyte or one, as the shell counts: the small file fits, the large one does not.
  const limited = spawnSync('sh', ['-c', `ulimit -f 1; exec "$0" "$1" "$2" 1 5000`, process.execPath, child, folder], {
    encoding: 'utf8',
  });
  expect(limited).toMatchObject({ status: 1, stdout: expect.stringContaining('磁盘已满或超过限额') });
  expect(names()).toEqual([]);
  const free = spawnSync(process.execPath, [child, folder, '1', '5000'], { encoding: 'utf8' });
  expect(free).toMatchObject({ status: 0, stdout: '0\n' });
  expect(readFileSync(join(folder, '0.csv'))).toHaveLength(5000);
});

it('a folder that is gone, or that is a file: words for people', async () => {
  writeFileSync(join(folder, 'file'), '');
  for (const where of ['gone', 'file']) {
    const failed = await putFile(disk, join(folder, where), 'a.csv', Buffer.from('x')).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DiskTrouble);
    expect((failed as DiskTrouble).reason).toBe('a.csv：文件夹不存在或已断开，恢复后会自动接着做');
  }
});

it('a process killed at any instant leaves whole files or none, and what it said is there', {
  timeout: 60_000,
}, async () => {
  const size = 20_000;
  for (let round = 0; round < 12; round += 1) {
    const at = join(folder, String(round));
    mkdirSync(at);
    const said = await killedAfter(at, round * 12, size);
    for (const name of names(at).filter((one) => !isUnfinished(one))) {
      expect(readFileSync(join(at, name)).equals(Buffer.alloc(size, Number.parseInt(name, 10) % 251)), name).toBe(true);
    }
    expect(names(at)).toEqual(expect.arrayContaining(said.map((n) => `${n}.csv`)));
  }
});

/** Lets the child put files, kills it, and tells which it had said were there. */
function killedAfter(at: string, ms: number, size: number): Promise<string[]> {
  const { promise, resolve } = Promise.withResolvers<string[]>();
  const process_ = spawn(process.execPath, [child, at, '100000', String(size)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  process_.stdout.on('data', (piece: Buffer) => {
    // The clock starts with the first file: how long a start takes is the machine's affair.
    if (text === '') setTimeout(() => process_.kill('SIGKILL'), ms);
    text += piece.toString();
  });
  process_.on('close', () => resolve(text.split('\n').slice(0, -1)));
  return promise;
}
