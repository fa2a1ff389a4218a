import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The four folders of an exchange by files. They lie side by side on one file system, so that a move is one step. */
export interface Folders {
  /** ours to the platform; whoever carries a file away removes it with its digest file */
  readonly outbox: string;
  /** the platform's to us */
  readonly inbox: string;
  /** what came in and was applied */
  readonly archive: string;
  /** what came in and could not be used; somebody looks at it and takes it away */
  readonly aside: string;
}

/** The folders inside the one that is configured. */
export function foldersIn(root: string): Folders {
  return {
    outbox: join(root, 'out'),
    inbox: join(root, 'in'),
    archive: join(root, 'archive'),
    aside: join(root, 'aside'),
  };
}

/**
 * Makes folders that are missing inside one that is there. The one above is never made: a disk that is not mounted would look like
 * an empty one. @throws the file system's error, ENOENT when the one above is gone
 */
export async function makeFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    await mkdir(folder, { mode: 0o750 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
