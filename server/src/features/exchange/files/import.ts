import { join } from 'node:path';
import type { Context } from '../../../context.ts';
import { disk, errorCode } from '../../../platform/disk.ts';
import { DiskTrouble } from '../../../platform/put-file.ts';
import { makeFolders } from './folders.ts';
import { type Incoming, type Received, receiveFiles } from './inbox.ts';

const readOnly: ReadonlySet<string | undefined> = new Set(['EROFS', 'EACCES', 'EPERM']);

/**
 * Takes in the receipts that somebody carried here: they move to `archive` or `aside` inside that folder, or stay where they are
 * when it can only be read; other files are not touched. Importing the same again changes nothing. @throws DiskTrouble
 */
export async function importReceipts(context: Context, inbox: string): Promise<Received & { moved: boolean }> {
  const folders: Incoming = { inbox, archive: join(inbox, 'archive'), aside: join(inbox, 'aside') };
  let moved = true;
  try {
    await makeFolders([folders.archive ?? '', folders.aside ?? '']);
  } catch (error) {
    if (!readOnly.has(errorCode(error))) throw new DiskTrouble(error, inbox);
    moved = false;
  }
  const options = { patienceMs: 0, strangers: 'leave' } as const;
  return { ...(await receiveFiles(context, disk, moved ? folders : { inbox }, options)), moved };
}
