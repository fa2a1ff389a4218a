import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The rooms that hold TypeScript. */
export const rooms = ['contract', 'rules', 'server', 'stand-ins', 'web', 'e2e', 'bench', 'scripts'] as const;

/** Every TypeScript file of the rooms that is or could be committed, relative to the root. */
export function sourceFiles(): string[] {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...rooms];
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 50_000_000 }).split('\n');
  return listed.filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && existsSync(join(root, file)));
}
