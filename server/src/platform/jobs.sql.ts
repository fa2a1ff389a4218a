import { sql } from './sql.ts';

/**
 * Takes the run of a job and business date: one row, primary key. Nobody gets it who comes second, unless the first one
 * failed or fell silent.
 */
export const claimRun = sql<{ job: string }, [job: string, date: string, now: Date, silentSince: Date]>(
  'jobs.claim',
  `insert into job_run (job, business_date, started_at, heartbeat_at, outcome) values ($1, $2, $3, $3, 'running')
   on conflict (job, business_date) do update
     set started_at = excluded.started_at, heartbeat_at = excluded.heartbeat_at, finished_at = null, outcome = 'running'
   where job_run.outcome <> 'done' and coalesce(job_run.heartbeat_at, job_run.started_at) < $4
   returning job`,
);

/** A run that has ended, or has been going on since before an instant; primary key. */
export const endedRun = sql<{ job: string }, [job: string, date: string, begunBefore: Date]>(
  'jobs.ended',
  'select job from job_run where job = $1 and business_date = $2 and (finished_at is not null or started_at < $3)',
);

export const aliveRun = sql<Record<string, never>, [job: string, date: string, now: Date]>(
  'jobs.alive',
  'update job_run set heartbeat_at = $3 where job = $1 and business_date = $2',
);

export const finishRun = sql<
  Record<string, never>,
  [job: string, date: string, now: Date, outcome: string, detail: string]
>(
  'jobs.finish',
  `update job_run set heartbeat_at = $3, finished_at = $3, outcome = $4, detail = $5 where job = $1 and business_date = $2`,
);

/** Sign of life of a job that runs every few seconds: one row a job and day, written a few times a minute at most. */
export const beat = sql<Record<string, never>, [job: string, date: string, now: Date, outcome: string, detail: string]>(
  'jobs.beat',
  `insert into job_run (job, business_date, started_at, heartbeat_at, outcome, detail) values ($1, $2, $3, $3, $4, $5)
   on conflict (job, business_date) do update
     set heartbeat_at = excluded.heartbeat_at, outcome = excluded.outcome, detail = excluded.detail`,
);

/** The latest run of every job: a dozen jobs, one descent of the primary key each. */
export const latestRuns = sql<
  { job: string; business_date: string; heartbeat_at: Date; outcome: string; detail: Record<string, unknown> },
  [jobs: readonly string[]]
>(
  'jobs.latest',
  `select r.job, r.business_date, coalesce(r.heartbeat_at, r.started_at) as heartbeat_at, r.outcome, r.detail
   from unnest($1::text[]) j (job) cross join lateral (
     select * from job_run where job = j.job order by business_date desc limit 1
   ) r`,
);

/** The lock of the worker that works; held by a connection, gone with it. */
export const tryWorkerLock = sql<{ held: boolean }>('jobs.lock', 'select pg_try_advisory_lock(7240002) as held');

export const ping = sql<{ alive: number }>('jobs.ping', 'select 1 as alive');
