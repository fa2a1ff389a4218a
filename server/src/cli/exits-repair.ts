import { closeSync, openSync, writeSync } from 'node:fs';
import { type ExitField, repairExitRecord } from '@yingdeng/rules/exit-record/index.ts';
import iconv from 'iconv-lite';
import { ExitFileError, type ExitFileHeader, type ExitFileRow } from '../platform/exit-file.ts';

const FULL = 256 * 1024;

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) || cell.trim() !== cell ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Writes the repaired copy of a file while the file is checked. */
export interface RepairedCopy {
  begin(header: ExitFileHeader): void;
  add(row: ExitFileRow): void;
  /** closes the copy; the number of repairs made in it */
  end(): number;
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx');
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new ExitFileError(exists ? `${path} 已经存在，请换一个文件名` : `无法写入 ${path}`, { cause: error });
  }
}

/**
 * A copy with the safe repairs made: same columns, same order, same encoding (UTF-8 or GB18030, so no name is lost).
 * Rows that are no record stand in it as they were. Begun only when the
 * header is usable; never overwrites a file.
 */
export function createRepairedCopy(path: string): RepairedCopy {
  let file: number | undefined;
  let header: ExitFileHeader | undefined;
  let pending = '';
  let repairs = 0;

  function flush(): void {
    if (file === undefined) return;
    const bytes = iconv.encode(pending, header?.encoding ?? 'utf-8');
    pending = '';
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
  }
  function write(cells: readonly string[]): void {
    pending += `${cells.map(quoted).join(',')}\n`;
    if (pending.length >= FULL) flush();
  }

  return {
    begin(given) {
      file = openNew(path);
      header = given;
      write(given.cells);
    },
    add({ record, cells }) {
      const changes = record === undefined ? [] : repairExitRecord(record).changes;
      if (changes.length === 0) {
        write(cells);
        return;
      }
      repairs += changes.length;
      const repaired = [...cells];
      // Later changes of one field follow earlier ones, so the last one stands.
      for (const { field, after } of changes) repaired[header!.columns[field satisfies ExitField]] = after;
      write(repaired);
    },
    end() {
      flush();
      if (file !== undefined) closeSync(file);
      return repairs;
    },
  };
}
