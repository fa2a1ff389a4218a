import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../context.ts';
import { systemActor } from './actor.ts';
import { businessDate } from './clock.ts';
import { aliveRun, beat, claimRun, endedRun, finishRun, latestRuns } from './jobs.sql.ts';

/** Every timed job, and for how many seconds it may be silent before somebody has to look. */
export const jobSilence = {
  messages: 120,
  receipts: 120,
  checks: 120,
  decisions: 180,
  forwarded: 600,
  files: 600,
  backload: 900,
  exits: 26 * 3600,
  reconcile: 26 * 3600,
  reports: 26 * 3600,
  comparisons: 1800,
  mends: 600,
  imports: 900,
  matters: 600,
  civil: 900,
  served: 1800,
  compared: 900,
  'audit-seal': 900,
  clean: 26 * 3600,
} as const;
export type JobName = keyof typeof jobSilence;

/** How a run of a day ended. `incomplete`: something is left that a later run can do. */
export type RunOutcome = 'done' | 'incomplete' | 'failed';

/** A run without a sign of life for so long is taken over; one that failed is repeated after the same time. */
const TAKE_OVER_MINUTES = 15;
/** Frequent jobs write a sign of life this often, not at every turn. */
const BEAT_SECONDS = 20;
const actor = systemActor('jobs');

/**
 * Takes the run of a nightly job for a business date. Of several workers one gets it; a date that is done stays done.
 * @returns whether this process may run it now.
 */
export async function claimJobRun(context: Context, job: JobName, date: PlainDate): Promise<boolean> {
  const now = context.clock.now();
  const silentSince = new Date(now.getTime() - TAKE_OVER_MINUTES * 60_000);
  const row = await context.db.transaction(actor, (tx) => tx.first(claimRun, job, date, now, silentSince));
  return row !== undefined;
}

/** Whether the run of a job for a business date has come to an end, whatever it found, or has gone on for longer than `hours`. */
export async function runEnded(context: Context, job: JobName, date: PlainDate, hours: number): Promise<boolean> {
  const begunBefore = new Date(context.clock.now().getTime() - hours * 3_600_000);
  const row = await context.db.read(actor, (tx) => tx.first(endedRun, job, date, begunBefore));
  return row !== undefined;
}

/** Runs the work of a claimed run, with a sign of life every minute, and keeps how it ended. An error is kept, not thrown. */
export async function runClaimed(
  context: Context,
  job: JobName,
  date: PlainDate,
  work: () => Promise<{ outcome: RunOutcome; detail: Readonly<Record<string, unknown>> }>,
): Promise<RunOutcome> {
  const alive = setInterval(() => {
    context.db
      .transaction(actor, (tx) => tx.run(aliveRun, job, date, context.clock.now()))
      .catch((error: Error) => context.log.warn({ job, error: error.message }, 'no sign of life written'));
  }, 60_000);
  try {
    const { outcome, detail } = await work();
    await finish(context, job, date, outcome, detail);
    return outcome;
  } catch (error) {
    const message = (error as Error).message;
    context.log.error({ job, date, error: message }, 'job failed');
    await finish(context, job, date, 'failed', { error: message });
    return 'failed';
  } finally {
    clearInterval(alive);
  }
}

function finish(context: Context, job: JobName, date: PlainDate, outcome: RunOutcome, detail: object): Promise<number> {
  return context.db.transaction(actor, (tx) =>
    tx.run(finishRun, job, date, context.clock.now(), outcome, JSON.stringify(detail)),
  );
}

/** Remembers when each frequent job of this process last wrote its sign of life. */
export class Heartbeats {
  readonly #context: Context;
  readonly #state = new Map<JobName, { writtenAt: number; outcome: string; handled: number }>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** One turn of a job: how many things it handled, or its error. Writes at most every twenty seconds, a change of outcome at once. */
  async turn(job: JobName, handled: number, error?: Error): Promise<void> {
    const now = this.#context.clock.now();
    const outcome = error ? 'failed' : 'running';
    const before = this.#state.get(job) ?? { writtenAt: 0, outcome: '', handled: 0 };
    const state = { ...before, handled: before.handled + handled };
    this.#state.set(job, state);
    if (outcome === state.outcome && now.getTime() - state.writtenAt < BEAT_SECONDS * 1000) return;
    const detail = JSON.stringify({ handled: state.handled, ...(error ? { error: error.message } : {}) });
    await this.#context.db.transaction(actor, (tx) => tx.run(beat, job, businessDate(now), now, outcome, detail));
    this.#state.set(job, { ...state, writtenAt: now.getTime(), outcome });
  }
}

/** How a timed job stands. `late`: never seen, or silent for longer than it may be. */
export interface JobState {
  readonly job: JobName;
  readonly lastAt: Date | undefined;
  readonly businessDate: PlainDate | undefined;
  readonly outcome: string;
  readonly late: boolean;
}

/** Every timed job with its last sign of life: a silent job is noticed here. */
export async function jobStates(context: Context, now: Date): Promise<JobState[]> {
  const names = Object.keys(jobSilence) as JobName[];
  const rows = new Map((await context.db.read(actor, (tx) => tx.rows(latestRuns, names))).map((row) => [row.job, row]));
  return names.map((job) => {
    const row = rows.get(job);
    const silent = row ? (now.getTime() - row.heartbeat_at.getTime()) / 1000 : Number.POSITIVE_INFINITY;
    return {
      job,
      lastAt: row?.heartbeat_at,
      businessDate: row?.business_date,
      outcome: row?.outcome ?? 'never',
      late: silent > jobSilence[job],
    };
  });
}
