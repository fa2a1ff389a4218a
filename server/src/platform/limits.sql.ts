import { sql } from './sql.ts';

/** Counts one attempt in a bucket's window and tells how many there were; one row a bucket and window. */
export const countAttempt = sql<{ count: number }, [bucket: string, window: Date]>(
  'limits.count',
  `insert into attempt_count (bucket, window_start, count) values ($1, $2, 1)
   on conflict (bucket, window_start) do update set count = attempt_count.count + 1
   returning count`,
);

/** Nightly. */
export const forgetAttempts = sql<Record<string, never>, [before: Date]>(
  'limits.forget',
  'delete from attempt_count where window_start < $1',
);
