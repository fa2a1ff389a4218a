import type { Context } from '../../../context.ts';
import { disk } from '../../../platform/disk.ts';
import { DiskTrouble } from '../../../platform/put-file.ts';
import { foldersIn, makeFolders } from './folders.ts';
import { ARRIVING_MS, receiveFiles, tidyIncoming } from './inbox.ts';
import { writeDecisionFiles } from './write-decisions.ts';
import { writeExitFiles } from './write-exits.ts';
import { writeRegistrationFiles } from './write-registrations.ts';

/**
 * Where files are the transport: writes the decisions that wait and takes in what the platform has put into the inbox. @returns how many files did something; 0 also
 * when another transport is configured. @throws DiskTrouble
 */
export async function exchangePlatformFiles(context: Context): Promise<number> {
  const { platformFiles } = context.config;
  if (!platformFiles) return 0;
  const folders = foldersIn(platformFiles.folder);
  try {
    await makeFolders(Object.values(folders));
  } catch (error) {
    throw new DiskTrouble(error, platformFiles.folder);
  }
  // A full outbox does not keep receipts from being read; what is wrong with it is told afterwards.
  const decisions = await Promise.allSettled([writeDecisionFiles(context, platformFiles)]);
  const received = await receiveFiles(context, disk, folders, { patienceMs: ARRIVING_MS, strangers: 'aside' });
  await tidyIncoming(context, disk, folders.aside, received);
  if (decisions[0].status === 'rejected') throw decisions[0].reason;
  await writeExitFiles(context, platformFiles);
  await writeRegistrationFiles(context);
  return received.applied;
}
