import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRepairedCopy, type ExitFileReceiver, type RepairTotal } from '@yingdeng/rules/exit-file/index.ts';
import { ExitFileError } from '../platform/exit-file.ts';
import type { TextEncoding } from '../platform/text-encoding.ts';

/** A new file, written in order. */
interface NewFile {
  write(bytes: Uint8Array): void;
  close(): void;
  /** closes and removes it: half a copy must not be taken for a whole one */
  abandon(): void;
}

function createFile(path: string): NewFile {
  let file: number;
  try {
    file = openSync(path, 'wx');
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new ExitFileError(exists ? `${path} 已经存在，请换一个文件名` : `无法写入 ${path}`, { cause: error });
  }
  return {
    write(bytes) {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
    },
    close: () => closeSync(file),
    abandon() {
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

/** The repaired copy of a file, written while the file is checked. */
export interface RepairedFiles extends Required<ExitFileReceiver> {
  /** closes the files */
  end(): RepairTotal;
  /** removes what was begun */
  abandon(): void;
}

/**
 * Writes the copy to `copyPath` and, when wanted, the list of changes to `changesPath`. Begun only when the header is
 * usable; never overwrites a file.
 */
export function createRepairedFiles(
  copyPath: string,
  changesPath: string | undefined,
  as: TextEncoding | undefined,
): RepairedFiles {
  const files: NewFile[] = [];
  let list: NewFile | undefined;
  const copy = createRepairedCopy(
    { copy: (bytes) => files[0]!.write(bytes), changes: (bytes) => list?.write(bytes) },
    as,
  );
  return {
    header(header, csv) {
      files.push(createFile(copyPath));
      if (changesPath !== undefined) {
        list = createFile(changesPath);
        files.push(list);
      }
      copy.header(header, csv);
    },
    row: copy.row,
    end() {
      const total = copy.end();
      for (const file of files) file.close();
      return total;
    },
    abandon() {
      for (const file of files.splice(0)) file.abandon();
    },
  };
}
