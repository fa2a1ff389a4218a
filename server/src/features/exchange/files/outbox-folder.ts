import { disk } from '../../../platform/disk.ts';
import { DiskTrouble, sweepUnfinished } from '../../../platform/put-file.ts';
import { makeFolders } from './folders.ts';

/** A file without a receipt after so long has been lost on the way and is written again; the platform knows it by its number. */
export const LOST_AFTER_MS = 3 * 86_400_000;
/** Unfinished files this old belong to no run of now. */
const UNFINISHED_AFTER_MS = 3_600_000;

/** Makes the outbox where the folder above is there, and removes what killed runs left unfinished. @throws DiskTrouble */
export async function prepareOutbox(outbox: string): Promise<void> {
  try {
    await makeFolders([outbox]);
    await sweepUnfinished(disk, outbox, new Date(Date.now() - UNFINISHED_AFTER_MS));
  } catch (error) {
    throw new DiskTrouble(error, outbox);
  }
}
