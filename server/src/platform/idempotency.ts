import type { Actor } from './actor.ts';
import { canonicalJson } from './audit.ts';
import { sameBytes, sm3 } from './crypto.ts';
import { type Database, type Tx, violates } from './database.ts';
import { AppError } from './errors.ts';
import { findAnswer, keepAnswer } from './idempotency.sql.ts';

/** A request that must have one effect however often it arrives. */
export interface Once {
  readonly route: string;
  /** The Idempotency-Key header. */
  readonly key: string;
  /** Everything the effect depends on: path parameters and body. */
  readonly request: unknown;
  readonly now: Date;
}

/**
 * Runs `work` in one transaction, once for a key. A repeated request gets the result of the first one; the same key with
 * another content is refused. `work` returns a small result without personal data (ids); the page is read afresh from it.
 * `repeated` tells the second from the first.
 */
export async function once<T>(
  database: Database,
  actor: Actor,
  request: Once,
  work: (tx: Tx) => Promise<T>,
): Promise<{ result: T; repeated: boolean }> {
  const who = `${actor.kind}:${actor.id}`;
  const digest = sm3(canonicalJson([request.route, request.request]));
  const earlier = async (tx: Tx): Promise<T | undefined> => {
    const kept = await tx.first(findAnswer, who, request.key);
    if (!kept) return undefined;
    if (kept.route !== request.route || !sameBytes(kept.request_digest, digest))
      throw new AppError('request.keyReused');
    return kept.response as T;
  };
  try {
    return await database.transaction(actor, async (tx) => {
      const before = await earlier(tx);
      if (before !== undefined) return { result: before, repeated: true };
      const result = await work(tx);
      await tx.run(
        keepAnswer,
        who,
        request.key,
        request.route,
        digest,
        200,
        JSON.stringify(result ?? null),
        request.now,
      );
      return { result, repeated: false };
    });
  } catch (error) {
    // Two copies of one request ran side by side: the other one won and its result is there now.
    if (!violates(error, 'idempotency_pkey') && !(error instanceof AppError)) throw error;
    const before = await database.read(actor, earlier).catch(() => undefined);
    if (before !== undefined) return { result: before, repeated: true };
    throw error;
  }
}
