import { type ExitField, type ExitRecord, exitFields } from '@yingdeng/rules/exit-record/index.ts';
import { encodeCsv } from '../../../platform/csv-bytes.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';

const header: readonly ExitField[] = exitFields.map(({ field }) => field);

/**
 * The bytes of an exit file: the eleven indicator codes as header in the annex's order, then a record a row (M79X-3). A day
 * without exits is the header alone. The same batch in the same encoding gives the same bytes. @throws UnmappableText
 */
export function exitFileBytes(content: string, encoding: TextEncoding): Buffer {
  const rows = (JSON.parse(content) as ExitRecord[]).map((record) => header.map((field) => record[field] ?? ''));
  return encodeCsv({ header, rows }, encoding);
}
