import type { Context } from './context.ts';
import { alarmFigures, exitFigures } from './features/exchange/index.ts';
import { jobStates } from './platform/jobs.ts';
import type { Measured } from './platform/metrics.ts';

/** Figures read from the database are kept so long: several who watch do not make it work more. */
const KEPT_MS = 10_000;

/** What the whole system tells about itself, beside what each process measures of its own. The same from every process. */
export function measureSystem(context: Context): void {
  const { metrics, clock } = context;
  const jobs = remembered(() => jobStates(context, clock.now()));
  metrics.measure({
    name: 'yingdeng_job_seen_timestamp_seconds',
    help: 'Last sign of life of each timed job',
    labels: ['job'],
    read: async () =>
      (await jobs()).flatMap(({ job, lastAt }) =>
        lastAt ? [{ labels: { job }, value: lastAt.getTime() / 1000 }] : [],
      ),
  });
  metrics.measure({
    name: 'yingdeng_job_late',
    help: '1 for a timed job that was never seen or has been silent for longer than it may be',
    labels: ['job'],
    read: async () => (await jobs()).map(({ job, late }): Measured => ({ labels: { job }, value: late ? 1 : 0 })),
  });
  metrics.measure({
    name: 'yingdeng_exits',
    help: 'Exit records on their way to the platform or in trouble, by state and age in days',
    labels: ['state', 'age'],
    read: remembered(() => exitFigures(context)),
  });
  metrics.measure({
    name: 'yingdeng_exchange_alarm',
    help: 'What the data-exchange officer is alarmed about, how much of each kind; 0: nothing',
    labels: ['kind'],
    read: remembered(() => alarmFigures(context)),
  });
}

/** Reads at most once in a while; whoever asks at the same time shares one reading. */
function remembered<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; value: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!kept || now - kept.at > KEPT_MS) {
      const value = read();
      kept = { at: now, value };
      value.catch(() => {
        kept = undefined;
      });
    }
    return kept.value;
  };
}
