import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.js';
import { root } from './paths.js';

// This file runs before anything is installed, on whatever Node the machine has: plain JavaScript, no package.

const stamp = join(root, 'node_modules', '.yingdeng-installed');

/** Installs the packages when they are missing or stale; otherwise costs a millisecond and needs no network. */
export async function ensureInstalled() {
  if (isCurrent()) return;
  const busy = (pid) =>
    console.log(`另一个命令（进程 ${pid}）正在安装依赖，请稍候 … Waiting for another installation.`);
  await withLock(join(root, '.data', 'install.lock'), busy, async () => {
    if (isCurrent()) return;
    // A developer's own `npm install` leaves no stamp of ours: npm's record tells that nothing is missing.
    if (!matchesRecord()) install();
    writeFileSync(stamp, wantedStamp());
  });
}

/** For which lock file and which machine the packages are. */
function wantedStamp() {
  const lock = join(root, 'package-lock.json');
  const text = readFileSync(existsSync(lock) ? lock : join(root, 'package.json'));
  return `${createHash('sha256').update(text).digest('hex')} ${process.platform}-${process.arch}\n`;
}

function isCurrent() {
  try {
    return readFileSync(stamp, 'utf8') === wantedStamp();
  } catch {
    return false;
  }
}

function install() {
  console.log('正在安装依赖，首次约需一两分钟 … Installing packages, a minute or two the first time.');
  // Not `npm ci`: it refuses a lock file when a registry mirror lacks packages meant only for other systems. This
  // takes the same versions from the lock file, leaves the lock file as it is, and keeps what is already right.
  const command = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const scope = ['--include=dev', '--include=optional', '--engine-strict=false'];
  // Under `npm start` npm names its own program; otherwise the one in PATH.
  const own = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [program, ...first] = own;
  const result = spawnSync(program, [...first, ...command, ...scope], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) fail(result.error?.message ?? `npm install: ${result.status ?? result.signal}`);
  if (!matchesRecord()) fail('node_modules 与 package-lock.json 不一致');
}

function fail(reason) {
  console.error(
    `\n依赖没有装好（${reason}）。请检查网络、npm 镜像（npm config get registry）和磁盘空间，然后重试同一命令。\n` +
      'The packages could not be installed. Check the network, the npm registry and the disk, then run the same command again.',
  );
  process.exit(1);
}

/** npm keeps in node_modules what it installed: is every package that the lock file means for this machine there? */
function matchesRecord() {
  try {
    const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
    const installed = read('node_modules/.package-lock.json');
    return Object.entries(read('package-lock.json')).every(([path, wanted]) => {
      if (!path.startsWith('node_modules/')) return true;
      if (!fits(wanted.os, process.platform) || !fits(wanted.cpu, process.arch)) return true;
      const found = installed[path];
      if (found) return found.version === wanted.version && existsSync(join(root, path));
      // Left out rightly: made for another C library, or only needed by something optional that is left out.
      return Boolean(wanted.optional) && (Boolean(wanted.libc) || !(wanted.os || wanted.cpu));
    });
  } catch {
    return false;
  }
}

function fits(list, value) {
  const entries = [list ?? []].flat();
  if (entries.includes(`!${value}`)) return false;
  const named = entries.filter((entry) => !entry.startsWith('!'));
  return named.length === 0 || named.includes(value);
}
