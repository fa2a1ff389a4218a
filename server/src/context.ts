import type { Config } from './config.ts';
import { type Clock, clockFrom } from './platform/clock.ts';
import { Crypto } from './platform/crypto.ts';
import { Database } from './platform/database.ts';
import { createLog, type Log } from './platform/log.ts';
import { Metrics } from './platform/metrics.ts';
import { Reference } from './platform/reference.ts';

/** Everything a command needs from outside, made once at the door. */
export interface Context {
  readonly config: Config;
  readonly db: Database;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly log: Log;
  /** Figures of this process for whoever watches it. */
  readonly metrics: Metrics;
  /** Provisions, calendar, offices, lists: small tables kept in memory and read again every half minute. */
  readonly reference: Reference;
  close(): Promise<void>;
}

/** Builds the context: opens the pool, reads the reference tables. The composition root of every process. */
export async function createContext(config: Config, options: { clock?: Clock } = {}): Promise<Context> {
  const log = createLog(config.logLevel);
  const db = new Database(config.databaseUrl, config.poolSize, (error) =>
    log.error({ error: error.message }, 'database connection lost'),
  );
  const hex = (text: string) => Buffer.from(text, 'hex');
  const crypto = new Crypto({
    data: new Map(Object.entries(config.keys.data).map(([version, key]) => [Number(version), hex(key)])),
    current: config.keys.current,
    lookup: hex(config.keys.lookup),
    audit: hex(config.keys.audit),
  });
  const metrics = new Metrics();
  metrics.measure({
    name: 'yingdeng_pool_connections',
    help: 'Database connections of this process; waiting: requests for one that nobody could serve yet',
    labels: ['state'],
    read: () => Object.entries(db.usage()).map(([state, value]) => ({ labels: { state }, value })),
  });
  const clock = options.clock ?? clockFrom(config.now);
  const reference = new Reference();
  await reference.seed(db, clock.now());
  await reference.refresh(db);
  const timer = setInterval(() => {
    reference.refresh(db).catch((error: Error) => log.warn({ error: error.message }, 'reference tables not refreshed'));
  }, 30_000);
  timer.unref();
  return {
    config,
    db,
    crypto,
    clock,
    log,
    metrics,
    reference,
    close: async () => {
      clearInterval(timer);
      await db.close();
    },
  };
}
