import { setTimeout as sleep } from 'node:timers/promises';
import { addDays } from '@yingdeng/rules/calendar.ts';
import type { Context } from './context.ts';
import { checkNewApplications } from './features/application/index.ts';
import { workOnMatters } from './features/bundle/index.ts';
import {
  continueBackLoads,
  exchangeCivilFiles,
  exchangePlatformFiles,
  fetchForwarded,
  reconcile,
  runNightlyExits,
  sendDecisions,
  sendMended,
} from './features/exchange/index.ts';
import { coverAndUndo } from './features/followup/index.ts';
import { askForReceipts, sendWaitingMessages } from './features/notice/index.ts';
import { linkServed } from './features/served/index.ts';
import { compareAsked, prepareReports } from './features/statistics/index.ts';
import { workOnImports } from './features/vacancy/index.ts';
import { sealAudit } from './platform/audit-seal.ts';
import { businessDate } from './platform/clock.ts';
import { claimJobRun, Heartbeats, type JobName, runClaimed, runEnded } from './platform/jobs.ts';
import { cleanExpired } from './platform/jobs-clean.ts';
import { WorkerLock } from './platform/jobs-lock.ts';

interface TimedJob {
  readonly everyMs: number;
  /** Handles what there is and tells how much; more than nothing means: look again at once. */
  work(context: Context, signal: AbortSignal): Promise<number>;
  /** Once a business date, kept by a claim; such a job writes its sign of life with its run. */
  readonly nightly?: true;
}

const SECOND = 1_000;
/** Five minutes after midnight in Shanghai, when no clock of an office is still in the day before. */
const NIGHT_BEGINS_MS = 5 * 60 * SECOND;
/** Reconciliation does not wait longer than this for exits that are still being sent. */
const LONGEST_SENDING_HOURS = 5;
const LONGEST_PAUSE_MS = 60 * SECOND;
/** How often a worker that stands by looks whether it is its turn. */
const STANDBY_MS = SECOND;

/** The one list of timed jobs. Each may be killed at any instant and run twice at once; how long it may be silent: jobSilence. */
const jobs: Readonly<Record<JobName, TimedJob>> = {
  messages: { everyMs: 2 * SECOND, work: sendWaitingMessages },
  receipts: { everyMs: 5 * SECOND, work: askForReceipts },
  checks: { everyMs: SECOND, work: checkNewApplications },
  decisions: { everyMs: 5 * SECOND, work: sendDecisions },
  forwarded: { everyMs: 60 * SECOND, work: async (context) => (await fetchForwarded(context)).taken },
  files: { everyMs: 10 * SECOND, work: exchangePlatformFiles },
  backload: { everyMs: 5 * SECOND, work: continueBackLoads },
  imports: { everyMs: 2 * SECOND, work: workOnImports },
  matters: { everyMs: 5 * SECOND, work: workOnMatters },
  civil: { everyMs: 60 * SECOND, work: exchangeCivilFiles },
  served: { everyMs: 60 * SECOND, work: linkServed },
  compared: { everyMs: 5 * SECOND, work: coverAndUndo },
  exits: { everyMs: 60 * SECOND, work: nightlyExits, nightly: true },
  mends: { everyMs: 15 * SECOND, work: sendMended },
  // Looks for the end of the night's exits: one row by its key.
  reconcile: { everyMs: 2 * SECOND, work: nightlyReconciliation, nightly: true },
  reports: { everyMs: 60 * SECOND, work: monthlyReports, nightly: true },
  comparisons: { everyMs: 2 * SECOND, work: compareAsked },
  'audit-seal': { everyMs: 60 * SECOND, work: sealAudit },
  clean: { everyMs: 600 * SECOND, work: nightlyCleaning, nightly: true },
};

/** The exits of the day that is over, once; again every quarter of an hour while something is left. */
async function nightlyExits(context: Context, signal: AbortSignal): Promise<number> {
  const date = addDays(businessDate(new Date(context.clock.now().getTime() - NIGHT_BEGINS_MS)), -1);
  if (!(await claimJobRun(context, 'exits', date))) return 0;
  await runClaimed(context, 'exits', date, async () => {
    const { complete, detail } = await runNightlyExits(context, date, signal);
    return { outcome: complete ? 'done' : 'incomplete', detail };
  });
  return 0;
}

/** Ten days compared with the platform once the night's exits are sent, or have been on their way too long; again while it is silent. */
async function nightlyReconciliation(context: Context, signal: AbortSignal): Promise<number> {
  const date = addDays(businessDate(new Date(context.clock.now().getTime() - NIGHT_BEGINS_MS)), -1);
  if (!(await runEnded(context, 'exits', date, LONGEST_SENDING_HOURS))) return 0;
  if (!(await claimJobRun(context, 'reconcile', date))) return 0;
  await runClaimed(context, 'reconcile', date, async () => {
    const detail = await reconcile(context, { to: date, signal });
    // Without a line to the platform nobody will answer later either: then only our own side is compared.
    const silent = context.config.platform !== undefined && detail.notAnswered > 0;
    return { outcome: silent || signal.aborted ? 'incomplete' : 'done', detail: { ...detail } };
  });
  return 0;
}

/** Looks once a day whether a reporting month has come to its end, and freezes and counts what is not yet (M79-9). */
async function monthlyReports(context: Context, signal: AbortSignal): Promise<number> {
  const date = businessDate(new Date(context.clock.now().getTime() - NIGHT_BEGINS_MS));
  if (!(await claimJobRun(context, 'reports', date))) return 0;
  await runClaimed(context, 'reports', date, async () => {
    // Who registered in the last minutes of the month is a registrant and nobody besides.
    await linkServed(context, signal);
    const { made, failed } = await prepareReports(context, context.clock.now(), signal);
    return { outcome: signal.aborted || failed.length > 0 ? 'incomplete' : 'done', detail: { made, failed } };
  });
  return 0;
}

async function nightlyCleaning(context: Context): Promise<number> {
  const date = businessDate(context.clock.now());
  if (!(await claimJobRun(context, 'clean', date))) return 0;
  await runClaimed(context, 'clean', date, async () => ({
    outcome: 'done',
    detail: { removed: await cleanExpired(context) },
  }));
  return 0;
}

/** A running schedule. */
export interface Schedule {
  /** Ends every job after what it is doing now; nothing is left half done that a next start would not finish. */
  stop(): Promise<void>;
}

/**
 * Runs the timed jobs in this process while it holds the workers' lock; further workers stand by. A job that fails pauses
 * longer and longer, up to a minute, and says so in the log and in its sign of life.
 */
export async function startSchedule(context: Context): Promise<Schedule> {
  const lock = new WorkerLock(context.config.databaseUrl, context.log);
  const stopping = new AbortController();
  const heartbeats = new Heartbeats(context);
  await lock.start();
  const loops = (Object.keys(jobs) as JobName[]).map((name) => loop(context, name, lock, heartbeats, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
      await lock.stop();
    },
  };
}

async function loop(
  context: Context,
  name: JobName,
  lock: WorkerLock,
  heartbeats: Heartbeats,
  signal: AbortSignal,
): Promise<void> {
  const job = jobs[name];
  let failures = 0;
  while (!signal.aborted) {
    if (!lock.held) {
      await pause(STANDBY_MS, signal);
      continue;
    }
    let handled = 0;
    let failure: Error | undefined;
    try {
      handled = await job.work(context, signal);
      failures = 0;
    } catch (error) {
      failure = error as Error;
      failures += 1;
      context.log.warn({ job: name, failures, error: failure.message }, 'timed job failed');
    }
    await sign(context, heartbeats, name, job, handled, failure);
    const usual = failures > 0 ? Math.min(LONGEST_PAUSE_MS, job.everyMs * 2 ** failures) : job.everyMs;
    // Where something was found, there is often more.
    await pause(handled > 0 ? 20 : usual, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return sleep(ms, undefined, { signal }).catch(() => {});
}

async function sign(
  context: Context,
  heartbeats: Heartbeats,
  name: JobName,
  job: TimedJob,
  handled: number,
  failure: Error | undefined,
): Promise<void> {
  if (job.nightly) return;
  try {
    await heartbeats.turn(name, handled, failure);
  } catch (error) {
    context.log.warn({ job: name, error: (error as Error).message }, 'no sign of life written');
  }
}
