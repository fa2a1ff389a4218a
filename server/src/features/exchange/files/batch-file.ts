import { exitFields } from '@yingdeng/rules/exit-record/index.ts';
import { registrationFields } from '@yingdeng/rules/registration-record.ts';
import { encodeCsv } from '../../../platform/csv-bytes.ts';
import type { TextEncoding } from '../../../platform/text-encoding.ts';
import type { BatchKind } from './names.ts';

const headers: Readonly<Record<BatchKind, readonly string[]>> = {
  exits: exitFields.map(({ field }) => field),
  registrations: registrationFields,
};

/**
 * The bytes of a file of exits or registrations: the fields of the record as header, of an exit in the annex's order (M79X-3), then
 * a record a row. A day without exits is the header alone. The same batch in the same encoding gives the same bytes.
 * @throws UnmappableText
 */
export function batchFileBytes(kind: BatchKind, content: string, encoding: TextEncoding): Buffer {
  const header = headers[kind];
  const rows = (JSON.parse(content) as Readonly<Record<string, string>>[]).map((record) =>
    header.map((field) => record[field] ?? ''),
  );
  return encodeCsv({ header, rows }, encoding);
}
