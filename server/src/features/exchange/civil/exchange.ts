import type { Context } from '../../../context.ts';
import { businessDate } from '../../../platform/clock.ts';
import { disk } from '../../../platform/disk.ts';
import { DiskTrouble } from '../../../platform/put-file.ts';
import { foldersIn, makeFolders } from '../files/folders.ts';
import { receiveFiles, tidyIncoming } from '../files/inbox.ts';
import { countiesByTenant } from '../places.ts';
import { civilLine } from './answer.ts';
import { formCivilFile, writeCivilFiles } from './form.ts';

/** So long half an answer may wait for its other half. */
const ARRIVING_MS = 15 * 60_000;

/**
 * The timed job (M79-5b): from the agreed day of a month on each county's file is formed and written once, and what civil affairs answered is
 * read. Late is better than not: a month whose day was missed is caught up. @returns how many files and answers; 0 where there is no folder.
 * @throws DiskTrouble
 */
export async function exchangeCivilFiles(context: Context, signal?: AbortSignal): Promise<number> {
  const { civilFiles } = context.config;
  if (!civilFiles) return 0;
  const folders = foldersIn(civilFiles.folder);
  try {
    await makeFolders(Object.values(folders));
  } catch (error) {
    throw new DiskTrouble(error, civilFiles.folder);
  }
  const counties = countiesByTenant(context);
  let formed = 0;
  if (Number(businessDate(context.clock.now()).slice(8)) >= civilFiles.day)
    for (const division of [...counties.values()].flat()) {
      if (signal?.aborted) return formed;
      if (await formCivilFile(context, division, civilFiles, true)) formed += 1;
    }
  // A full outbox does not keep answers from being read.
  const written = await Promise.allSettled([writeCivilFiles(context, [...counties.keys()], civilFiles.folder)]);
  const received = await receiveFiles(context, disk, folders, {
    patienceMs: ARRIVING_MS,
    strangers: 'aside',
    line: civilLine,
  });
  await tidyIncoming(context, disk, folders.aside, received, civilLine);
  if (written[0].status === 'rejected') throw written[0].reason;
  return formed + received.applied;
}
