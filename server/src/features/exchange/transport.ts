import type { Context } from '../../context.ts';
import { AppError } from '../../platform/errors.ts';
import { FileTransport } from './files/file-transport.ts';
import { foldersIn } from './files/folders.ts';
import { type ExitBatch, findPlatform, type Receipt } from './platform-client.ts';

/**
 * How stored batches of exits reach the platform. What is sent is decided before and elsewhere (`batch.ts`): a transport only
 * carries it. Both calls may be repeated at any time with the same batch; the platform knows it by its id.
 */
export interface ExitTransport {
  /**
   * Hands a batch over. @returns its receipt, or nothing when the receipt comes later and has to be asked for.
   * @throws PlatformSilent when it is not known whether the batch arrived, PlatformRefused when nothing of it was kept
   */
  sendExits(batch: ExitBatch): Promise<Receipt | undefined>;
  /** The receipt of a batch by its id, or nothing when there is none so far. @throws PlatformSilent, PlatformRefused */
  findReceipt(batch: string): Promise<Receipt | undefined>;
  /** Where receipts come later by themselves: whether the batch is on its way, so that handing it over again would do nothing. */
  underWay?(batch: ExitBatch): Promise<boolean>;
}

/** How this installation reaches the platform. */
export function transportOf({ config }: Context): 'http' | 'files' | 'none' {
  return config.platformFiles ? 'files' : config.platform ? 'http' : 'none';
}

/** The transport of this installation, when there is one. */
export function findTransport(context: Context): ExitTransport | undefined {
  const { platformFiles } = context.config;
  if (!platformFiles) return findPlatform(context);
  const { folder, encoding } = platformFiles;
  return new FileTransport(context, { outbox: foldersIn(folder).outbox, encoding });
}

/** @throws AppError exchange.notConfigured */
export function getTransport(context: Context): ExitTransport {
  const transport = findTransport(context);
  if (!transport) throw new AppError('exchange.notConfigured');
  return transport;
}
