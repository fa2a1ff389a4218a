import type { Context } from '../src/context.ts';
import type { Database } from '../src/platform/database.ts';
import { type Disk, disk, type OpenFile } from '../src/platform/disk.ts';

/** Work that fails at one step. */
export interface Failing {
  /** the database of a context; each transaction is a step before and a step after it */
  readonly context: Context;
  /** resolves when the process was killed: its work never ends */
  readonly killed: Promise<void>;
  /** whether the step to fail was reached */
  failed(): boolean;
  /** the disk works again */
  restore(): void;
}

/**
 * Lets the work on exchanged files fail at one step, counted from 1: with an error code of the file system at a step of the disk, or
 * 'killed' at a step of disk or database, after which nothing goes on. A write that fails has written half, as a full disk does.
 */
export function failAt(context: Context, step: number, how: 'killed' | string): Failing {
  const original: Disk = { ...disk };
  const { promise: killed, resolve: kill } = Promise.withResolvers<void>();
  /** what a killed process leaves to the system to close */
  const open = new Set<OpenFile>();
  let steps = 0;
  let failed = false;
  const check = async (what: 'disk' | 'database'): Promise<void> => {
    // Codes are of the disk; a database that fails is another matter.
    if (how !== 'killed' && what === 'database') return;
    steps += 1;
    const dead = how === 'killed' && failed;
    if (steps !== step && !dead) return;
    failed = true;
    if (how !== 'killed') throw Object.assign(new Error(how), { code: how });
    kill();
    await new Promise(() => {});
  };
  const wrap = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      await check('disk');
      return work(...args);
    };
  };
  for (const name of ['read', 'list', 'stat', 'link', 'rename', 'remove', 'syncFolder'] as const) {
    disk[name] = wrap(original[name] as (...args: string[]) => Promise<never>) as never;
  }
  disk.create = async (path): Promise<OpenFile> => {
    await check('disk');
    const file = await original.create(path);
    open.add(file);
    return {
      write: async (bytes) => {
        const half = bytes.length >> 1;
        await file.write(bytes.subarray(0, half));
        await check('disk');
        await file.write(bytes.subarray(half));
      },
      sync: wrap(file.sync),
      close: async () => {
        open.delete(file);
        await file.close();
        await check('disk');
      },
    };
  };
  const db = new Proxy(context.db, {
    get: (target, name: keyof Database) => {
      const value = target[name];
      if (typeof value !== 'function') return value;
      if (name !== 'transaction' && name !== 'read') return value.bind(target);
      return async (...args: unknown[]) => {
        await check('database');
        const result = await (value as (...args: unknown[]) => Promise<unknown>).apply(target, args);
        await check('database');
        return result;
      };
    },
  });
  return {
    context: { ...context, db },
    killed,
    failed: () => failed,
    restore: () => {
      Object.assign(disk, original);
      for (const file of open) void file.close();
    },
  };
}
