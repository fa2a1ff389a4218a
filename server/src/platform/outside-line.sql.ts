import { sql } from './sql.ts';

export interface LineRow {
  system: string;
  position: string;
  answered_at: Date | null;
  silent_since: Date | null;
  tries: number;
  next_ask_at: Date;
}

export const readLines = sql<LineRow>(
  'line.read',
  'select system, position, answered_at, silent_since, tries, next_ask_at from outside_line order by system',
);

/** It answered. An empty position leaves the one that is there: only reading notices moves it. */
export const markAnswered = sql<
  Record<string, never>,
  [system: string, position: string, now: Date, nextAsk: Date | null]
>(
  'line.answered',
  `insert into outside_line (system, position, answered_at, next_ask_at) values ($1, $2, $3::timestamptz, coalesce($4::timestamptz, $3::timestamptz))
   on conflict (system) do update set position = coalesce(nullif(excluded.position, ''), outside_line.position),
     answered_at = excluded.answered_at, silent_since = null, tries = 0, next_ask_at = coalesce($4::timestamptz, outside_line.next_ask_at)`,
);

/** It did not answer; since when is kept from the first time. */
export const markSilent = sql<Record<string, never>, [system: string, now: Date, nextAsk: Date]>(
  'line.silent',
  `insert into outside_line (system, silent_since, tries, next_ask_at) values ($1, $2, 1, $3)
   on conflict (system) do update set silent_since = coalesce(outside_line.silent_since, excluded.silent_since),
     tries = outside_line.tries + 1, next_ask_at = excluded.next_ask_at`,
);
