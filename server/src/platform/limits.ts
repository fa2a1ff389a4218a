import type { Context } from '../context.ts';
import { systemActor } from './actor.ts';
import { AppError } from './errors.ts';
import { countAttempt } from './limits.sql.ts';

/** How often something may be tried: `times` in `minutes`, by each bucket (an account, a source address). */
export interface Limit {
  readonly name: string;
  readonly times: number;
  readonly minutes: number;
}

/**
 * Counts an attempt against every bucket and refuses when one is over its limit. The count lies in the database, so it holds
 * over all web processes and restarts. Buckets that name a person must be hashes.
 * @throws AppError request.tooMany
 */
export async function limitAttempts(
  context: Context,
  now: Date,
  limit: Limit,
  buckets: readonly string[],
): Promise<void> {
  const window = limit.minutes * 60_000;
  const start = new Date(Math.floor(now.getTime() / window) * window);
  const counts = await context.db.transaction(systemActor('limits'), (tx) =>
    Promise.all(buckets.map((bucket) => tx.first(countAttempt, `${limit.name}:${bucket}`, start))),
  );
  if (counts.some((row) => (row?.count ?? 0) > limit.times)) {
    const minutes = Math.ceil((start.getTime() + window - now.getTime()) / 60_000);
    throw new AppError('request.tooMany', { wait: `${minutes}分钟` });
  }
}
