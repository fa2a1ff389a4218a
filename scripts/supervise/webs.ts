import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../lib/lock.js';
import { compressPages } from './compress.ts';

/** The pages that are built before they are served, by folder under web/. */
const apps = ['citizen', 'staff'] as const;

/** Whatever a page may be made of; a change in any of them makes every page stale. */
const shared = [
  'web/shared',
  'contract',
  'rules',
  'package-lock.json',
  'web/tsconfig.json',
  'tsconfig.json',
  'scripts/supervise/compress.ts',
];

/** Builds every page whose sources changed since it was last built. `build` runs one vite build to its end. */
export async function buildStaleWebs(
  root: string,
  build: (name: string, args: readonly string[]) => Promise<void>,
  say: (line: string) => void,
): Promise<void> {
  const busy = () => say('另一个命令正在生成网页，请稍候 …');
  await withLock(join(root, '.data', 'webs.lock'), busy, async () => {
    const stale = apps
      .map((app) => ({ app, folder: join(root, 'web', app), digest: digestOf(root, [`web/${app}`, ...shared]) }))
      .filter(({ folder }) => existsSync(join(folder, 'index.html')))
      .filter(({ folder, digest }) => readOr(join(folder, 'dist', '.built')) !== digest);
    if (stale.length === 0) return;
    say('正在生成网页 …');
    await Promise.all(
      stale.map(async ({ app, folder, digest }) => {
        // Built beside and moved in one step: a kill in the middle leaves the old pages or none, never half.
        const beside = join(root, '.data', 'building', `${app}-${process.pid}`);
        rmSync(beside, { recursive: true, force: true });
        mkdirSync(beside, { recursive: true });
        const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
        await build(`web-${app}`, [vite, 'build', folder, '--outDir', beside, '--emptyOutDir', '--logLevel', 'warn']);
        await compressPages(beside);
        writeFileSync(join(beside, '.built'), digest);
        rmSync(join(folder, 'dist'), { recursive: true, force: true });
        renameSync(beside, join(folder, 'dist'));
      }),
    );
  });
}

function digestOf(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesUnder(root, path)).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(root: string, path: string): string[] {
  if (!existsSync(join(root, path))) return [];
  if (/\.[a-z]+$/.test(path)) return [path];
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.includes('.test.')) return [];
    const below = `${path}/${entry.name}`;
    return entry.isDirectory() ? filesUnder(root, below) : [below];
  });
}

function readOr(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
