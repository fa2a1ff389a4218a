import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What shrinks; fonts and pictures are packed already. */
const kinds: ReadonlySet<string> = new Set(['.js', '.css', '.html', '.svg', '.json', '.webmanifest']);
/** Below this a packet carries the file either way. Bytes. */
const LEAST = 1_000;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/**
 * Writes NAME.br and NAME.gz beside every file below a folder that shrinks, as hard as the formats allow: done once at
 * the build, so the server only picks the one a browser asks for. Answers how many files have companions.
 */
export async function compressPages(folder: string): Promise<number> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => kinds.has(extname(name)));
  const packed = await Promise.all(names.map((name) => compressFile(join(folder, name))));
  return packed.filter(Boolean).length;
}

async function compressFile(path: string): Promise<boolean> {
  const bytes = await readFile(path);
  if (bytes.length < LEAST) return false;
  const hardest = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_QUALITY]: 11 };
  const [br, gz] = await Promise.all([brotli(bytes, { params: hardest }), zip(bytes, { level: 9 })]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
  return true;
}
