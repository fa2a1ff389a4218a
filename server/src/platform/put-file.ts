import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sameBytes } from './crypto.ts';
import { type Disk, errorCode } from './disk.ts';

/** Another file has the name already. It was not touched. */
export class FileTaken extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`${file} exists with other content`);
    this.file = file;
  }
}

/** The disk failed. `reason` says it for a person; `code` is the system's. What was begun can be begun again. */
export class DiskTrouble extends Error {
  readonly code: string;
  readonly reason: string;
  constructor(cause: unknown, file: string) {
    const code = errorCode(cause) ?? 'unknown';
    super(`${file}: ${code}`, { cause });
    this.code = code;
    this.reason = `${file}：${reasons[code] ?? `磁盘错误（${code}）`}`;
  }
}

const full = '磁盘已满或超过限额，腾出空间后会自动接着做';
const denied = '没有权限，请检查文件夹的所有者和权限';
const gone = '文件夹不存在或已断开，恢复后会自动接着做';
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
  EACCES: denied,
  EPERM: denied,
  EROFS: '磁盘是只读的',
  EIO: '磁盘读写出错，请检查磁盘',
  ENOENT: gone,
  ENOTDIR: gone,
  ESTALE: gone,
  ENODEV: gone,
  EXDEV: '各文件夹不在同一个磁盘上，请放在一起',
  EMFILE: '同时打开的文件过多',
};

/** Names of files that are not finished; readers leave them alone. */
export const isUnfinished = (name: string) => name.startsWith('.') && name.endsWith('.part');

const cannotLink: ReadonlySet<string | undefined> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Writes a file so that a reader sees all of it or nothing, and so that it is on the disk when this returns: a temporary name in
 * the same folder, flush, then its own name, flush of the folder. The same again changes nothing; a file of that name with other
 * content is never overwritten. May be cut off anywhere and called again. @throws FileTaken, DiskTrouble
 */
export async function putFile(disk: Disk, folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, name);
  const unfinished = join(folder, `.${name}.${randomBytes(4).toString('hex')}.part`);
  try {
    if (!(await isThere(disk, path, bytes))) {
      try {
        await writeAll(disk, unfinished, bytes);
        await nameIt(disk, unfinished, path, async () => bytes);
      } finally {
        // Whoever is killed here leaves it to `sweepUnfinished`.
        await disk.remove(unfinished).catch(() => {});
      }
    }
    // Also when it was there: a run killed before this line had not flushed it.
    await disk.syncFolder(folder);
  } catch (error) {
    throw error instanceof FileTaken ? error : new DiskTrouble(error, name);
  }
}

/** Whether the file is there already. @throws FileTaken when it is another one */
async function isThere(disk: Disk, path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    if (!sameBytes(await disk.read(path), bytes)) throw new FileTaken(path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function writeAll(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  const file = await disk.create(path);
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives a file its name where no other file has it. @throws FileTaken */
async function nameIt(disk: Disk, from: string, path: string, bytes: () => Promise<Uint8Array>): Promise<void> {
  try {
    await disk.link(from, path);
  } catch (error) {
    const code = errorCode(error);
    // There already, or written meanwhile by another process: fine when it is the same.
    if (code === 'EEXIST' && (await isThere(disk, path, await bytes()))) return;
    if (!cannotLink.has(code)) throw error;
    // Sticks and some shares have no second names.
    if (!(await isThere(disk, path, await bytes()))) await disk.rename(from, path);
  }
}

/** Removes what killed runs left unfinished. Younger files may belong to a run of now. */
export async function sweepUnfinished(disk: Disk, folder: string, olderThan: Date): Promise<void> {
  for (const name of (await disk.list(folder)).filter(isUnfinished)) {
    const path = join(folder, name);
    if ((await disk.stat(path)).modifiedAt < olderThan) await disk.remove(path);
  }
}

/**
 * Moves a file to another folder of the same file system without overwriting anything: the same file is kept once, another one of
 * that name keeps its place and this one goes beside it as `otherName`. May be cut off anywhere and called again: until it ends
 * the file is in the old folder, in the new one, or in both. @throws DiskTrouble
 */
export async function moveFile(
  disk: Disk,
  from: string,
  folder: string,
  name: string,
  otherName: string,
): Promise<void> {
  const bytes = () => disk.read(from);
  try {
    try {
      await nameIt(disk, from, join(folder, name), bytes);
    } catch (error) {
      if (!(error instanceof FileTaken)) throw error;
      await nameIt(disk, from, join(folder, otherName), bytes);
    }
    await disk.syncFolder(folder);
    await disk.remove(from).catch((error: unknown) => {
      // Moved by its name already, or by another run.
      if (errorCode(error) !== 'ENOENT') throw error;
    });
  } catch (error) {
    throw new DiskTrouble(error, name);
  }
}
