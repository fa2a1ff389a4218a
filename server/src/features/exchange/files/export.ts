import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../../context.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';
import { uploadExits } from '../send.ts';
import { FileTransport } from './file-transport.ts';

/** What was written for a day. */
export interface DayExported {
  readonly files: number;
  readonly records: number;
  /** Files that could not be written; what is wrong stands with each batch. */
  readonly left: number;
}

/**
 * Writes the exits of a business date as files into a folder, for somebody who carries them: what has no receipt so far, under the
 * names and as the bytes of before, whatever transport the installation has otherwise. A record that no file can carry is held back
 * by itself. Safe to repeat. @param onFile told each file that lies there
 */
export async function exportDay(
  context: Context,
  date: PlainDate,
  to: { folder: string; encoding: TextEncoding },
  onFile: (file: { name: string; count: number }) => void,
): Promise<DayExported> {
  // The records are made for files, also where a line is the rule.
  const carried = { ...context, config: { ...context.config, platformFiles: to } };
  let files = 0;
  let records = 0;
  const transport = new FileTransport(carried, {
    outbox: to.folder,
    encoding: to.encoding,
    onFile: (file) => {
      files += 1;
      records += file.count;
      onFile(file);
    },
  });
  const { left, refused } = await uploadExits(carried, date, { transport });
  return { files, records, left: left + refused };
}
