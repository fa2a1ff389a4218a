import type { Context } from '../context.ts';
import { systemActor } from './actor.ts';
import { forgetAnswers } from './idempotency.sql.ts';
import { forgetCodes } from './jobs-clean.sql.ts';
import { forgetAttempts } from './limits.sql.ts';
import { forgetSessions } from './session.sql.ts';

const DAY = 86_400_000;
/** A week is enough for any retry of a request. */
const KEYS_DAYS = 7;
/** Limits look at hours at most; a day more helps whoever looks into an attack. */
const ATTEMPTS_DAYS = 2;
const CODES_DAYS = 1;

/** Removes what has served its time: request keys, sessions, one-time codes, attempt counts. @returns how many rows. */
export async function cleanExpired(context: Context): Promise<number> {
  const now = context.clock.now();
  const ago = (days: number) => new Date(now.getTime() - days * DAY);
  const counts = await context.db.transaction(systemActor('clean'), (tx) =>
    Promise.all([
      tx.run(forgetAnswers, ago(KEYS_DAYS)),
      tx.run(forgetSessions, now),
      tx.run(forgetCodes, ago(CODES_DAYS)),
      tx.run(forgetAttempts, ago(ATTEMPTS_DAYS)),
    ]),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}
