import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { textOf } from '../common/server.ts';
import { sm3, type Upload } from './batches.ts';
import { EXIT_FIELDS } from './exit-record.ts';
import type { BatchKind } from './holdings.ts';
import { REGISTRATION_FIELDS } from './registration-record.ts';

const COLUMNS = { exits: EXIT_FIELDS, registrations: REGISTRATION_FIELDS } as const;

/**
 * Reads a file of exits or registrations carried in by an office without a line: CSV with the names of the fields as its first row, in any
 * order, UTF-8 (with or without a mark) or GB18030. GBK is refused by name, because it loses rare characters.
 * Headers: idempotency-key (batch), x-division, x-date, x-digest (SM3 of the file's bytes), content-type charset.
 */
export function readRecordFile(
  kind: BatchKind,
  body: unknown,
  headers: Record<string, string | string[] | undefined>,
): Upload | { code: string; message: string } {
  if (!Buffer.isBuffer(body)) return { code: 'file', message: '应上传 CSV 文件' };
  const batch = textOf(headers, 'idempotency-key');
  if (batch === '' || batch.length > 100) return { code: 'batch', message: '缺少批次号（idempotency-key）' };
  const digest = textOf(headers, 'x-digest').toLowerCase();
  if (createHash('sm3').update(body).digest('hex') !== digest)
    return { code: 'digest', message: '文件与 SM3 摘要不符' };
  const charset = /charset=([\w-]+)/i.exec(textOf(headers, 'content-type'))?.[1]?.toLowerCase() ?? 'utf-8';
  if (charset !== 'utf-8' && charset !== 'gb18030')
    return { code: 'charset', message: '文件编码应为 UTF-8 或 GB18030' };
  const text = charset === 'utf-8' ? utf8(body) : iconv.decode(body, 'gb18030');
  if (text === undefined || text.includes('\ufffd')) return { code: 'charset', message: '文件内容与所称编码不符' };
  const rows = readRows(text, COLUMNS[kind]);
  if (!rows) return { code: 'file', message: `首行应为指标编码：${COLUMNS[kind].join(',')}` };
  const content = JSON.stringify(rows);
  return {
    kind,
    batch,
    date: textOf(headers, 'x-date'),
    division: textOf(headers, 'x-division'),
    count: rows.length,
    digest: sm3(content),
    content,
  };
}

function utf8(body: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

function readRows(text: string, columns: readonly string[]): Record<string, string>[] | undefined {
  try {
    const rows = parse(text, { columns: true, bom: true, skip_empty_lines: true }) as Record<string, string>[];
    const header = (parse(text, { bom: true, to: 1 }) as string[][])[0] ?? [];
    return columns.every((field) => field === 'AAE013' || header.includes(field)) ? rows : undefined;
  } catch {
    return undefined;
  }
}
