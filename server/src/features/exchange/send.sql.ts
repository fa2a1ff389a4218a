import { sql } from '../../platform/sql.ts';

export interface BatchRow {
  tenant: string;
  id: string;
  division: string;
  business_date: string;
  count: number;
  digest: Buffer;
  content_sealed: Buffer;
  state: 'built' | 'sent' | 'received';
  attempts: number;
}

/** One process at a time forms batches of a county and day; ends with the transaction. */
export const lockCounty = sql<Record<string, never>, [key: string]>(
  'exchange.lockCounty',
  'select pg_advisory_xact_lock(hashtextextended($1, 0))',
);

/** Batches of a county and day without a receipt: what a kill or a silent platform left. */
export const openBatches = sql<BatchRow, [tenant: string, division: string, date: string]>(
  'exchange.openBatches',
  `select tenant, id, division, business_date, count, digest, content_sealed, state, attempts from exchange_batch
   where tenant = $1 and division = $2 and business_date = $3 and kind = 'exits' and state <> 'received' order by id`,
);

/** How many batches a county has had for a day; index exchange_batch_date, a hundred at most. */
export const countBatches = sql<{ batches: number }, [tenant: string, division: string, date: string]>(
  'exchange.countBatches',
  `select count(*) as batches from exchange_batch
   where tenant = $1 and division = $2 and business_date = $3 and kind = 'exits'`,
);

/** Whether a county has a record of a day that is not held back: then it does not report a day without exits. */
export const anyRecord = sql<{ found: boolean }, [tenant: string, division: string, date: string]>(
  'exchange.anyRecord',
  `select exists (select 1 from exit_upload
     where tenant = $1 and division = $2 and business_date = $3 and state <> 'blocked') as found`,
);

/** The next records of a county and day in key order; index exit_upload_moving. */
export const takeWaiting = sql<
  { exit_id: string; record_sealed: Buffer },
  [tenant: string, division: string, date: string, limit: number]
>(
  'exchange.takeWaiting',
  `select exit_id, record_sealed from exit_upload
   where tenant = $1 and division = $2 and business_date = $3 and state = 'waiting'
   order by exit_id limit $4 for update`,
);

/** A record that the chosen transport cannot carry goes to its office's list. */
export const holdRecord = sql<Record<string, never>, [tenant: string, id: string, faults: string]>(
  'exchange.holdRecord',
  `update exit_upload set state = 'blocked', faults = $3 where tenant = $1 and exit_id = $2 and state = 'waiting'`,
);

export const putBatch = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    division: string,
    date: string,
    count: number,
    digest: Buffer,
    content: Buffer,
    now: Date,
  ]
>(
  'exchange.putBatch',
  `insert into exchange_batch (tenant, id, kind, division, business_date, count, digest, content_sealed, state, built_at)
   values ($1, $2, 'exits', $3, $4, $5, $6, $7, 'built', $8)`,
);

/** From here on the records travel with their batch. */
export const bindRecords = sql<Record<string, never>, [tenant: string, batch: string, ids: readonly string[]]>(
  'exchange.bindRecords',
  `update exit_upload set state = 'sent', batch_id = $2, attempts = attempts + 1 where tenant = $1 and exit_id = any($3::uuid[])`,
);

/** Before the platform is spoken to, so that a kill leaves a trace. */
export const beginAttempt = sql<Record<string, never>, [tenant: string, id: string, now: Date]>(
  'exchange.beginAttempt',
  `update exchange_batch set state = 'sent', attempts = attempts + 1, sent_at = $3 where tenant = $1 and id = $2 and state <> 'received'`,
);

export const putAttempt = sql<
  Record<string, never>,
  [tenant: string, id: string, batch: string, now: Date, outcome: string, detail: string]
>(
  'exchange.putAttempt',
  'insert into exchange_attempt (tenant, id, batch_id, at, outcome, detail) values ($1, $2, $3, $4, $5, $6)',
);

/** The batch has its receipt; no row when another process was first. */
export const receiveBatch = sql<{ id: string }, [tenant: string, id: string, receipt: string | null, now: Date]>(
  'exchange.receiveBatch',
  `update exchange_batch set state = 'received', receipt = $3, receipt_at = $4
   where tenant = $1 and id = $2 and state <> 'received' returning id`,
);

/** The receipt, item by item, in one statement; only records still in that batch. */
export const settleRecords = sql<
  Record<string, never>,
  [
    tenant: string,
    batch: string,
    now: Date,
    serials: readonly string[],
    states: readonly string[],
    faults: readonly string[],
  ]
>(
  'exchange.settleRecords',
  `update exit_upload u set state = n.state, faults = n.faults::jsonb, settled_at = $3
   from unnest($4::text[], $5::text[], $6::text[]) as n (serial, state, faults)
   where u.tenant = $1 and u.batch_id = $2 and u.state = 'sent' and u.serial = n.serial`,
);

/** Records the receipt does not name, or all of a refused batch, wait for another batch. */
export const releaseRecords = sql<Record<string, never>, [tenant: string, batch: string]>(
  'exchange.releaseRecords',
  `update exit_upload set state = 'waiting', batch_id = null where tenant = $1 and batch_id = $2 and state = 'sent'`,
);

/** Counties and days that still have something on the way; index exit_upload_moving. */
export const movingDays = sql<{ division: string; business_date: string }, [tenant: string]>(
  'exchange.movingDays',
  `select distinct division, business_date from exit_upload where tenant = $1 and state in ('waiting', 'sent')`,
);
