/** A value of a COPY row. Buffers are bytea; objects must be given as JSON text. */
export type CopyValue = string | number | boolean | Buffer | null | undefined;

const special = /[\\\t\n\r]/g;
const hasSpecial = /[\\\t\n\r]/;
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** One line of PostgreSQL's COPY text format. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let i = 0; i < values.length; i += 1) {
    if (i > 0) line += '\t';
    const value = values[i];
    if (value === null || value === undefined) line += '\\N';
    else if (typeof value === 'string') line += hasSpecial.test(value) ? escaped(value) : value;
    else if (typeof value === 'boolean') line += value ? 't' : 'f';
    else if (typeof value === 'number') line += value;
    // The backslash of the hexadecimal form is itself escaped.
    else line += `\\\\x${value.toString('hex')}`;
  }
  return `${line}\n`;
}

function escaped(text: string): string {
  return text.replace(special, (character) => escapes[character]!);
}
