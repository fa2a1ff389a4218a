// Shared by the generators: write the file, or with --check say whether the file on disk is what would be written.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Writes `text` to `path` (relative to the repository). With `--check` it writes nothing and sets exit code 1 when the file differs. */
export function writeOrCheck(path: string, text: string, check = process.argv.includes('--check')): void {
  const file = resolve(root, path);
  const onDisk = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (onDisk === text) {
    console.log(`${path} is up to date`);
    return;
  }
  if (check) {
    console.error(`${path} differs from what its generator writes; run the generator without --check`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  console.log(`${path} written`);
}
