import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

/** The programs' usual names; Debian's chromium first. */
const installed = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] as const;

/** The journeys speak to this machine only, and the browser must not speak to its maker beside them. */
const options = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-pings',
  '--font-render-hinting=none',
  '--lang=zh-CN',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
] as const;

/** How often a browser that dies before it answers is started. */
const launches = 3;

/**
 * Starts the machine's own Chromium, or the one npm brought where there is none. Close it when done. On a busy machine
 * the one npm brought now and then dies while it starts (SIGSEGV before the first page); it is started anew then.
 */
export async function launchBrowser(): Promise<Browser> {
  const own = findInstalled();
  const { executablePath, env } = own ? { executablePath: own, env: process.env } : await unpackBrought();
  // Chromium's sandbox does not start as root.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const start = () =>
    chromium.launch({
      executablePath,
      args: [...options, ...asRoot],
      env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    });
  for (let left = launches - 1; left > 0; left--) {
    try {
      return await start();
    } catch (error) {
      console.warn(`browser died while starting, started anew: ${String(error).split('\n')[0]}`);
    }
  }
  return start();
}

function findInstalled(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const candidates = folders.flatMap((folder) => installed.map((name) => join(folder, name)));
  return candidates.find((path) => existsSync(path));
}

/**
 * Unpacks @sparticuz/chromium once into the project's data folder. It unpacks to the temporary folder by itself, where
 * another user of the machine could have put something first; and it brings the libraries a bare machine lacks only
 * when it believes itself in its maker's cloud. Its own command line is not used: it switches security off.
 */
async function unpackBrought(): Promise<{ executablePath: string; env: NodeJS.ProcessEnv }> {
  const folder = fileURLToPath(new URL('../.data/chromium', import.meta.url));
  const before = { ...process.env };
  const beside = `${folder}.${process.pid}`;
  try {
    if (!existsSync(join(folder, 'chromium'))) {
      mkdirSync(beside, { recursive: true, mode: 0o700 });
      process.env.TMPDIR = beside;
      process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x';
      const brought = await import('@sparticuz/chromium');
      await brought.default.executablePath();
      rmSync(folder, { recursive: true, force: true });
      renameSync(beside, folder);
    }
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(beside, { recursive: true, force: true });
  }
  const libraries = [before.LD_LIBRARY_PATH, join(folder, 'al2023', 'lib')].filter(Boolean).join(delimiter);
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') };
  return { executablePath: join(folder, 'chromium'), env: { ...before, ...fonts, LD_LIBRARY_PATH: libraries } };
}
