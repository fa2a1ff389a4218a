import type { Context } from '../../../context.ts';
import { disk } from '../../../platform/disk.ts';
import { DiskTrouble } from '../../../platform/put-file.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';
import { type ExitBatch, PlatformSilent } from '../platform-client.ts';
import type { ExitTransport } from '../transport.ts';
import { findFile, writeBatchFile } from './outbox.ts';
import { LOST_AFTER_MS, prepareOutbox } from './outbox-folder.ts';

export interface FileTransportOptions {
  readonly outbox: string;
  readonly encoding: TextEncoding;
  /** Told each file that lies there now. With it files are written that were written before: somebody carries them by hand. */
  readonly onFile?: (file: { name: string; count: number }) => void;
}

/** The file could not be written; the message says why, for people. */
class NotWritten extends PlatformSilent {
  override readonly outcome = 'notWritten';
}

/** Exits as files in the outbox (M79X-1). Their receipts come through the inbox, whenever somebody brings them. */
export class FileTransport implements ExitTransport {
  readonly #context: Context;
  readonly #options: FileTransportOptions;

  constructor(context: Context, options: FileTransportOptions) {
    this.#context = context;
    this.#options = options;
  }

  /** Writes the batch's file where it is not there. @throws PlatformSilent with the reason in words, PlatformRefused */
  async sendExits(batch: ExitBatch): Promise<undefined> {
    const { outbox, encoding, onFile } = this.#options;
    try {
      await prepareOutbox(outbox);
      const file = await writeBatchFile(this.#context, disk, outbox, { ...batch, kind: 'exits' }, encoding);
      onFile?.(file);
    } catch (error) {
      if (!(error instanceof DiskTrouble)) throw error;
      this.#context.log.error({ batch: batch.id, code: error.code, reason: error.reason }, 'exchange file not written');
      throw new NotWritten(error.reason, { cause: error });
    }
    return undefined;
  }

  /** Receipts are not asked for: `receiveFiles` applies each when it is found. */
  async findReceipt(): Promise<undefined> {
    return undefined;
  }

  /** Whether the batch was written and may still be on its way; nothing is to be done then. */
  async underWay(batch: ExitBatch): Promise<boolean> {
    if (this.#options.onFile) return false;
    const file = await findFile(this.#context, batch);
    if (file?.state !== 'written' || !file.written_at) return false;
    return this.#context.clock.now().getTime() - file.written_at.getTime() < LOST_AFTER_MS;
  }
}
