import { link, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';

/** A file being written. */
export interface OpenFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Returns when the bytes are on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** The steps of which work on exchanged files consists: the real disk, or in a test one that fails where it is told to. */
export interface Disk {
  /** A new file for writing. @throws EEXIST when the name is taken */
  create(path: string): Promise<OpenFile>;
  read(path: string): Promise<Buffer>;
  /** Names in a folder, in order. */
  list(folder: string): Promise<string[]>;
  stat(path: string): Promise<{ size: number; modifiedAt: Date; isFolder: boolean }>;
  /** A second name for a file. @throws EEXIST when that name is taken: what `rename` would overwrite without a word */
  link(path: string, second: string): Promise<void>;
  rename(path: string, next: string): Promise<void>;
  remove(path: string): Promise<void>;
  /** Returns when the names in a folder are on the disk. */
  syncFolder(folder: string): Promise<void>;
}

/** Folders of some network and Windows file systems cannot be flushed; there a name is as safe as the file system makes it. */
const cannotFlushFolders: ReadonlySet<string | undefined> = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', 'EBADF']);

/** The disk itself. */
export const disk: Disk = {
  async create(path) {
    const file = await open(path, 'wx', 0o640);
    return {
      write: (bytes) => file.writeFile(bytes),
      sync: () => file.sync(),
      close: () => file.close(),
    };
  },
  read: (path) => readFile(path),
  list: async (folder) => (await readdir(folder)).sort(),
  stat: async (path) => {
    const found = await stat(path);
    return { size: found.size, modifiedAt: found.mtime, isFolder: found.isDirectory() };
  },
  link,
  rename,
  remove: (path) => rm(path),
  async syncFolder(folder) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } catch (error) {
      if (!cannotFlushFolders.has(errorCode(error))) throw error;
    } finally {
      await handle.close();
    }
  },
};

/** The code of a file system's error: ENOSPC, EACCES … */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
