import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { foreignFormat } from '@yingdeng/rules/exit-file/encoding.ts';
import {
  ExitFileError,
  type ExitFileReceiver,
  type ExitFileRow,
  type ExitFileSummary,
  readExitFile as readBlocks,
} from '@yingdeng/rules/exit-file/index.ts';
import { detectTextEncoding, type TextEncoding } from './text-encoding.ts';

export { ExitFileError, type ExitFileRow, type ExitFileSummary };

function unreadable(error: unknown): Error {
  if (error instanceof ExitFileError) return error;
  const { code } = error as { code?: string };
  if (code === 'ENOENT') return new ExitFileError('找不到文件');
  if (code === 'EISDIR') return new ExitFileError('这是一个目录，不是文件');
  if (code === 'EACCES') return new ExitFileError('没有权限读取文件');
  return error instanceof Error ? error : new Error(String(error));
}

/** Refuses a workbook or an archive before its encoding is asked for. */
async function refuseForeign(path: string): Promise<void> {
  const file = await open(path);
  const head = Buffer.alloc(4096);
  try {
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    const foreign = foreignFormat(head.subarray(0, bytesRead));
    if (foreign !== undefined) throw new ExitFileError(foreign, { problem: 'format' });
  } finally {
    await file.close();
  }
}

/**
 * Reads an exit file as a stream and hands every data row to `onRow`: comma or tab, quotes or none, header of indicator
 * codes or names in any order or none, AAC004 if it is there, AAE013 may be absent, UTF-8 with or without mark or
 * GB18030. A row is valid only during the call. The encoding is known before the first row, so nothing is read twice
 * aloud. Memory does not grow with the file. Throws ExitFileError when the file cannot be used.
 */
export async function readExitFile(
  path: string,
  onRow: (row: ExitFileRow) => void,
  options: { encoding?: TextEncoding | undefined; onHeader?: ExitFileReceiver['header'] } = {},
): Promise<ExitFileSummary> {
  try {
    await refuseForeign(path);
    const encoding = options.encoding ?? (await detectTextEncoding(path));
    if (encoding === undefined) {
      throw new ExitFileError('文件编码既不是UTF-8也不是GB18030，请另存为UTF-8后再试', { problem: 'encoding' });
    }
    const receiver: ExitFileReceiver = { row: onRow, header: (header, csv) => options.onHeader?.(header, csv) };
    return await readBlocks(
      () => createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>,
      () => receiver,
      encoding,
    );
  } catch (error) {
    throw unreadable(error);
  }
}
