import { sql } from '../../platform/sql.ts';

/** Before the platform is spoken to, so that a kill leaves a trace. No row when the batch is settled or was given up. */
export const beginAttempt = sql<{ id: string }, [tenant: string, id: string, now: Date]>(
  'exchange.beginAttempt',
  `update exchange_batch set state = 'sent', attempts = attempts + 1, sent_at = $3
   where tenant = $1 and id = $2 and state in ('built', 'sent') returning id`,
);

export const putAttempt = sql<
  Record<string, never>,
  [tenant: string, id: string, batch: string, now: Date, outcome: string, detail: string]
>(
  'exchange.putAttempt',
  'insert into exchange_attempt (tenant, id, batch_id, at, outcome, detail) values ($1, $2, $3, $4, $5, $6)',
);

/** The batch has its receipt, and with it each of its records; no row when another process was first. */
export const receiveBatch = sql<{ id: string }, [tenant: string, id: string, receipt: string, now: Date]>(
  'exchange.receiveBatch',
  `update exchange_batch set state = 'received', receipt = $3, receipt_at = $4
   where tenant = $1 and id = $2 and state in ('built', 'sent') returning id`,
);

/** The platform kept nothing of a batch; no row when another process was first. */
export const closeBatch = sql<{ id: string }, [tenant: string, id: string]>(
  'exchange.closeBatch',
  `update exchange_batch set state = 'closed'
   where tenant = $1 and id = $2 and state in ('built', 'sent') returning id`,
);

/** What a receipt gives back, with the platform's words; a handful, by exit_upload_key. */
export const returnRecords = sql<
  Record<string, never>,
  [tenant: string, batch: string, now: Date, serials: readonly string[], faults: readonly string[]]
>(
  'exchange.returnRecords',
  `update exit_upload u set state = 'returned', faults = n.faults::jsonb, settled_at = $3
   from unnest($4::text[], $5::text[]) as n (serial, faults)
   where u.tenant = $1 and u.serial = n.serial and u.batch_id = $2 and u.state = 'batched'`,
);

/** Records a receipt does not name wait for another batch; by exit_upload_key. */
export const releaseSome = sql<Record<string, never>, [tenant: string, batch: string, serials: readonly string[]]>(
  'exchange.releaseSome',
  `update exit_upload set state = 'waiting', batch_id = null, earlier_batches = array_append(earlier_batches, batch_id)
   where tenant = $1 and serial = any($3) and batch_id = $2 and state = 'batched'`,
);

/** All records of a closed batch wait for another one; the day's records by exit_upload_day. */
export const releaseAll = sql<Record<string, never>, [tenant: string, date: string, batches: readonly string[]]>(
  'exchange.releaseAll',
  `update exit_upload set state = 'waiting', batch_id = null, earlier_batches = array_append(earlier_batches, batch_id)
   where tenant = $1 and business_date = $2 and batch_id = any($3) and state = 'batched'`,
);
