import type { Context } from '../../../context.ts';
import { disk } from '../../../platform/disk.ts';
import { DiskTrouble } from '../../../platform/put-file.ts';
import { foldersIn, makeFolders } from './folders.ts';
import { ARRIVING_MS, receiveFiles, tidyIncoming } from './inbox.ts';

/**
 * Takes in what the platform has put into the inbox, where files are the transport. @returns how many files did something; 0 also
 * when another transport is configured. @throws DiskTrouble
 */
export async function receivePlatformFiles(context: Context): Promise<number> {
  const { platformFiles } = context.config;
  if (!platformFiles) return 0;
  const folders = foldersIn(platformFiles.folder);
  try {
    await makeFolders(Object.values(folders));
  } catch (error) {
    throw new DiskTrouble(error, platformFiles.folder);
  }
  const received = await receiveFiles(context, disk, folders, { patienceMs: ARRIVING_MS, strangers: 'aside' });
  await tidyIncoming(context, disk, folders.aside, received);
  return received.applied;
}
