import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the project. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The rooms that hold TypeScript. */
export const rooms = ['contract', 'rules', 'server', 'stand-ins', 'web', 'e2e', 'bench', 'scripts'] as const;

const made = new Set(['node_modules', 'dist', 'coverage', '.data', '.vite']);

/** Every TypeScript file of the rooms that a person wrote or a generator left, relative to the root. */
export function sourceFiles(): string[] {
  return rooms.flatMap(under).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'));
}

/** Walked rather than asked of git, which is missing in an unpacked archive and refuses another owner's folder. */
function under(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (made.has(entry.name)) return [];
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? under(path) : [path];
  });
}
