import type { Context } from '../../../context.ts';
import { type Disk, disk as realDisk } from '../../../platform/disk.ts';
import { DiskTrouble, sweepUnfinished } from '../../../platform/put-file.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';
import { type ExitBatch, PlatformSilent } from '../platform-client.ts';
import type { ExitTransport } from '../transport.ts';
import { foldersIn, makeFolders } from './folders.ts';
import { findFile, writeBatchFile } from './outbox.ts';

/** A file without a receipt after so long has been lost on the way and is written again; the platform knows it by its number. */
const LOST_AFTER_MS = 3 * 86_400_000;
/** Unfinished files this old belong to no run of now. */
const UNFINISHED_AFTER_MS = 3_600_000;

/** Exits as files in the outbox (M79X-1). Their receipts come through the inbox, whenever somebody brings them. */
export class FileTransport implements ExitTransport {
  readonly #context: Context;
  readonly #folder: string;
  readonly #encoding: TextEncoding;
  readonly #disk: Disk;

  constructor(context: Context, { folder, encoding }: { folder: string; encoding: TextEncoding }, disk = realDisk) {
    this.#context = context;
    this.#folder = folder;
    this.#encoding = encoding;
    this.#disk = disk;
  }

  /** Writes the batch's file where it is not there. @throws PlatformSilent with the reason in words, PlatformRefused */
  async sendExits(batch: ExitBatch): Promise<undefined> {
    const { outbox } = foldersIn(this.#folder);
    try {
      await this.#prepare(outbox);
      await writeBatchFile(this.#context, this.#disk, outbox, batch, this.#encoding);
    } catch (error) {
      if (!(error instanceof DiskTrouble)) throw error;
      this.#context.log.error({ batch: batch.id, code: error.code, reason: error.reason }, 'exchange file not written');
      throw new PlatformSilent(error.reason, { cause: error });
    }
    return undefined;
  }

  /** Receipts are not asked for: `receiveFiles` applies each when it is found. */
  async findReceipt(): Promise<undefined> {
    return undefined;
  }

  /** Whether the batch was written and may still be on its way; nothing is to be done then. */
  async underWay(batch: ExitBatch): Promise<boolean> {
    const file = await findFile(this.#context, batch);
    if (file?.state !== 'written' || !file.written_at) return false;
    return this.#context.clock.now().getTime() - file.written_at.getTime() < LOST_AFTER_MS;
  }

  async #prepare(outbox: string): Promise<void> {
    try {
      await makeFolders([outbox]);
      await sweepUnfinished(this.#disk, outbox, new Date(Date.now() - UNFINISHED_AFTER_MS));
    } catch (error) {
      throw new DiskTrouble(error, outbox);
    }
  }
}
