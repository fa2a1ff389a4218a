import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { identityOf } from '../lib/lock.js';

/** What runs now, for the next start and for programs that want the address. */
export interface RunRecord {
  /** The supervisor, as `identityOf` names it. */
  readonly supervisor: string;
  readonly children: Readonly<Record<string, string>>;
  /** Address of the portal once everything answers. */
  readonly url?: string;
  readonly standIns?: string;
}

/**
 * Makes sure nobody else runs on this data folder: a living supervisor is named (throws), what a killed one left is
 * waited for and after ten seconds ended.
 */
export async function waitForPrevious(file: string, say: (line: string) => void): Promise<void> {
  const before = readRecord(file);
  if (!before) return;
  if (isRunning(before.supervisor)) {
    const where = before.url ? `，网址 ${before.url}` : '';
    throw new Error(`应登已经在运行（进程 ${before.supervisor.split(' ')[0]}${where}）。请先停止它。 Already running.`);
  }
  const deadline = Date.now() + 10_000;
  let told = false;
  for (;;) {
    const left = Object.entries(before.children).filter(([, identity]) => isRunning(identity));
    if (left.length === 0) break;
    if (!told) say(`等待上次的进程退出（${left.map(([name]) => name).join('、')}）…`);
    told = true;
    if (Date.now() > deadline) for (const [, identity] of left) end(identity);
    await sleep(100);
  }
  rmSync(file, { force: true });
}

export function writeRecord(file: string, record: RunRecord): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

function readRecord(file: string): RunRecord | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  } catch {
    return undefined;
  }
}

function isRunning(identity: string): boolean {
  return identityOf(Number.parseInt(identity, 10)) === identity;
}

function end(identity: string): void {
  try {
    process.kill(Number.parseInt(identity, 10), 'SIGKILL');
  } catch {
    // Gone in between, which is what was wanted.
  }
}
