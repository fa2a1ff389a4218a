import { sql } from './sql.ts';

/** Nightly; some thousands of rows, read whole. */
export const forgetCodes = sql<Record<string, never>, [before: Date]>(
  'jobs.forgetCodes',
  'delete from one_time_code where expires_at < $1',
);
