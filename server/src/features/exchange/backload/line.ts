import type { Context } from '../../../context.ts';
import { disk } from '../../../platform/disk.ts';
import { AppError } from '../../../platform/errors.ts';
import { foldersIn } from '../files/folders.ts';
import { writeBatchFile } from '../files/outbox.ts';
import { LOST_AFTER_MS, prepareOutbox } from '../files/outbox-folder.ts';
import { findPlatform, PlatformRefused } from '../platform-client.ts';
import { begin, deliverLoadBatch, type LoadBatch, refuse } from './deliver.ts';

/** How stored batches of registrations reach the platform: over a line, or as files (M79-7b). */
export interface LoadLine {
  /**
   * Hands a batch over; it may be done again at any time with the same batch. @returns whether its number is taken by other content,
   * so that its records go under another one. @throws PlatformSilent, DiskTrouble
   */
  deliver(batch: LoadBatch): Promise<boolean>;
  /** Batches that were written since then are on their way. Without it every batch that has no receipt is handed over again. */
  readonly underWaySince?: Date;
}

/** The line of this installation, when there is one. `into`: a folder of somebody who carries the files by hand. */
export function findLoadLine(context: Context, into?: string): LoadLine | undefined {
  const { platformFiles } = context.config;
  if (platformFiles) return fileLine(context, into ?? foldersIn(platformFiles.folder).outbox, into === undefined);
  const platform = findPlatform(context);
  return platform && { deliver: (batch) => deliverLoadBatch(context, platform, batch) };
}

/** @throws AppError exchange.notConfigured */
export function getLoadLine(context: Context): LoadLine {
  const line = findLoadLine(context);
  if (!line) throw new AppError('exchange.notConfigured');
  return line;
}

/** Batches as files in a folder; their receipts come through the inbox, whenever somebody brings them. */
function fileLine(context: Context, outbox: string, once: boolean): LoadLine {
  const encoding = context.config.platformFiles?.encoding ?? 'utf-8';
  return {
    ...(once ? { underWaySince: new Date(context.clock.now().getTime() - LOST_AFTER_MS) } : {}),
    deliver: async (batch) => {
      await prepareOutbox(outbox);
      if (!(await begin(context, batch))) return false;
      try {
        await writeBatchFile(context, disk, outbox, { ...batch, kind: 'registrations' }, encoding);
        return false;
      } catch (error) {
        // Its name is taken, or it was formed for a line and holds what no file can carry.
        if (error instanceof PlatformRefused) return refuse(context, batch, error);
        throw error;
      }
    },
  };
}
