import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The process that holds a cluster; `command` is empty while it is a zombie. */
export interface ClusterOwner {
  readonly pid: number;
  readonly command: string;
}

/**
 * Who holds the cluster by its postmaster.pid. Nothing when nobody does. A lock file whose number now belongs to
 * another program (usual after a restart of the machine) is removed; every other stale one PostgreSQL judges itself.
 */
export function findOwner(cluster: string): ClusterOwner | undefined {
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) return undefined;
  const pid = Number.parseInt(readFileSync(lock, 'utf8').split('\n')[0] ?? '', 10);
  if (!(pid > 1) || !isAlive(pid)) return undefined;
  const command = commandOf(pid);
  if (command === '' || command.includes(cluster)) return { pid, command };
  rmSync(lock, { force: true });
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
  }
}
