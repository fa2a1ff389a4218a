import { z } from 'zod';
import { decodeCsv } from '../../../platform/csv-bytes.ts';
import type { Receipt } from '../platform-client.ts';
import type { Manifest } from './manifest.ts';

/** A file that can be of no use as it is; the message says why, for a person. */
export class Unusable extends Error {}

/** What a receipt file says of a batch of exits. */
export type FileReceipt =
  | { readonly result: 'received'; readonly receipt: string; readonly results: Receipt['results'] }
  | { readonly result: 'refused'; readonly receipt: string; readonly code: string; readonly message: string };

const columns = ['AAB301', 'AAZ341', 'result', 'check', 'field', 'message'] as const;
const result = z.enum(['accepted', 'returned']);

/** Reads a receipt's rows: one for each item, or one for each fault of a returned item. @throws Unusable */
export function readReceipt(manifest: Manifest, bytes: Buffer): FileReceipt {
  const { receipt, receivedAt, result: outcome } = manifest;
  if (!receipt || !receivedAt || !outcome || !manifest.of) {
    throw new Unusable('摘要文件缺少回执号、时间、结果或原文件摘要');
  }
  const rows = readRows(manifest, bytes, columns);
  if (outcome === 'refused') {
    const { check: code = '', message = '' } = rows[0] ?? {};
    if (code === '') throw new Unusable('整批拒收的回执没有说明原因');
    return { result: 'refused', receipt, code, message };
  }
  const results = new Map<string, Receipt['results'][number]>();
  for (const row of rows) {
    const read = result.safeParse(row.result);
    if (!read.success) throw new Unusable(`回执中有不能识别的结果：${row.result.slice(0, 20)}`);
    const { AAB301, AAZ341, check: rule, field, message } = row;
    const key = `${AAB301}+${AAZ341}`;
    const before = results.get(key);
    if (before && before.result !== read.data) throw new Unusable('回执中同一条数据有两种结果');
    const item = before ?? { AAB301, AAZ341, result: read.data, faults: [] };
    if (read.data === 'returned') item.faults.push({ field, rule, message });
    results.set(key, item);
  }
  return { result: 'received', receipt, results: [...results.values()] };
}

/** The rows of an incoming file, each with the columns that are asked for. @throws Unusable */
export function readRows<Column extends string>(
  manifest: Manifest,
  bytes: Buffer,
  columns: readonly Column[],
): Readonly<Record<Column, string>>[] {
  const table = (() => {
    try {
      return decodeCsv(bytes, manifest.encoding);
    } catch {
      throw new Unusable('不是所称编码的CSV文件');
    }
  })();
  const missing = columns.filter((name) => !table.header.includes(name));
  if (missing.length > 0) throw new Unusable(`文件缺少以下列：${missing.join('、')}`);
  if (table.rows.length !== manifest.count) {
    throw new Unusable(`文件应有${manifest.count}行，实有${table.rows.length}行`);
  }
  const at = columns.map((name) => [name, table.header.indexOf(name)] as const);
  return table.rows.map(
    (cells) => Object.fromEntries(at.map(([name, n]) => [name, cells[n] ?? ''])) as Record<Column, string>,
  );
}
