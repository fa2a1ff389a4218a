import { createHash } from 'node:crypto';

/** SM3 of some bytes or of a text, in lower-case hex. */
export function digestOf(content: Uint8Array | string): string {
  return createHash('sm3').update(content).digest('hex');
}

/** Reads a digest file (docs/exchange-files.md): `name=value` lines, the last one the digest of those before. Undefined when it is not whole. */
export function readDigestFile(bytes: Buffer): Record<string, string> | undefined {
  const lines = bytes.toString('latin1').split('\r\n');
  if (lines.at(-1) !== '') return undefined;
  const last = lines.at(-2) ?? '';
  const before = lines
    .slice(0, -2)
    .map((line) => `${line}\r\n`)
    .join('');
  if (last !== `end=${digestOf(before)}`) return undefined;
  const values: Record<string, string> = {};
  for (const line of lines.slice(0, -2)) {
    const [name = '', ...value] = line.split('=');
    values[name] = value.join('=');
  }
  return values;
}

/** The digest file with these values. */
export function digestFile(values: Record<string, string | number>): Buffer {
  const body = Object.entries(values)
    .map(([name, value]) => `${name}=${value}\r\n`)
    .join('');
  return Buffer.from(`${body}end=${digestOf(body)}\r\n`, 'latin1');
}
