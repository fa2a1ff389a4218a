import { type ExitFinding, type ExitRecord, exitFields } from './types.ts';

/** The finding for a later row that uses a key again for something else (M79X-2, M79X-3). */
export const repeatedKey: ExitFinding = Object.freeze({
  check: 'AAZ341-repeated',
  field: 'AAZ341',
  message: '区划代码加系统流水号与前面的记录重复，但内容不同；流水号不可重复',
});

/** The unique key of a record; undefined when a part of it is missing, which another check reports. */
export function exitRecordKey(record: ExitRecord): string | undefined {
  return record.AAB301 && record.AAZ341 ? `${record.AAB301}\u0000${record.AAZ341}` : undefined;
}

/** The eleven fields as one text: two records say the same exactly when these are equal (empty and absent are). */
export function exitRecordContent(record: ExitRecord): string {
  let content = '';
  for (const { field } of exitFields) content += `${record[field] ?? ''}\u0000`;
  return content;
}

/** Remembers the first content of every key. */
export interface RepeatFinder {
  /**
   * 'new' for the first record of a key, 'same' for a harmless resend of the same content, 'other' for a fault of this
   * record.
   */
  add(record: ExitRecord): 'new' | 'same' | 'other';
}

/** A finder for one batch or page; a checker of files of millions of rows brings a smaller memory of its own. */
export function createRepeatFinder(): RepeatFinder {
  const seen = new Map<string, string>();
  return {
    add(record) {
      const key = exitRecordKey(record);
      if (key === undefined) return 'new';
      const content = exitRecordContent(record);
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, content);
        return 'new';
      }
      return first === content ? 'same' : 'other';
    },
  };
}
