import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { decodeText, encodeText, type TextEncoding } from './text-encoding.ts';

/** A table as texts: the first row of the file is the header. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table as the bytes of a CSV file for another program: every field in quotes, CRLF after every row, no byte-order mark. The
 * same table gives the same bytes. A field that begins with = + - @ stays what it is: a mark put before it would be part of
 * somebody's name at the other side. @throws UnmappableText
 */
export function encodeCsv(table: TextTable, encoding: TextEncoding): Buffer {
  const text = stringify([table.header, ...table.rows] as string[][], {
    quoted: true,
    quoted_empty: true,
    record_delimiter: 'windows',
    escape_formulas: false,
  });
  return encodeText(text, encoding);
}

/** Reads such a file, and also one with a mark, with bare line ends or without quotes. @throws Error when it is no CSV */
export function decodeCsv(bytes: Buffer, encoding: TextEncoding): TextTable {
  const text = decodeText(bytes, encoding);
  const [header = [], ...rows] = parse(text, { bom: true, skip_empty_lines: true }) as string[][];
  return { header: header.map((name) => name.trim()), rows };
}
