import { sql } from '../../platform/sql.ts';

interface BatchRow {
  count: number;
  digest: Buffer;
  content_sealed: Buffer;
  attempts: number;
}

/** One process at a time forms batches of a county and day; ends with the transaction. */
export const lockCounty = sql<Record<string, never>, [key: string]>(
  'exchange.lockCounty',
  'select pg_advisory_xact_lock(hashtextextended($1, 0))',
);

/** How many batches a county has had for a day, and how many of them stand; index exchange_batch_date, a hundred at most. */
export const countBatches = sql<
  { batches: number; standing: number },
  [tenant: string, division: string, date: string]
>(
  'exchange.countBatches',
  `select count(*) as batches, count(*) filter (where state <> 'closed') as standing from exchange_batch
   where tenant = $1 and division = $2 and business_date = $3 and kind = 'exits'`,
);

/** Whether a county has a record of a day that is not held back: then it does not report a day without exits. */
export const anyRecord = sql<{ found: boolean }, [tenant: string, division: string, date: string]>(
  'exchange.anyRecord',
  `select exists (select 1 from exit_upload
     where tenant = $1 and division = $2 and business_date = $3 and state <> 'blocked') as found`,
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

type Bound = [
  tenant: string,
  batch: string,
  division: string,
  date: string,
  now: Date,
  ids: readonly string[],
  offices: readonly string[],
  serials: readonly string[],
  /** 32 bytes a record, one after the other. */
  digests: Buffer,
];

const given = `unnest($6::uuid[], $7::text[], $8::text[]) with ordinality as n (id, office, serial, nr)`;
const digest = 'substring($9::bytea from (n.nr::int - 1) * 32 + 1 for 32)';

/** New records, born in their batch. One that another process has made meanwhile stays: fewer are written than given. */
export const putRecords = sql<Record<string, never>, Bound>(
  'exchange.putRecords',
  `insert into exit_upload (tenant, exit_id, office, division, serial, business_date, state, digest, batch_id, attempts, built_at)
   select $1, n.id, n.office, $3, n.serial, $4, 'batched', ${digest}, $2, 1, $5
   from ${given} on conflict do nothing`,
);

/** Records that waited, were held back or came back: under their old number in another batch (M79X-2). */
export const rebindRecords = sql<Record<string, never>, Bound>(
  'exchange.rebindRecords',
  `update exit_upload u set state = 'batched', office = n.office, division = $3, digest = ${digest}, batch_id = $2,
     attempts = u.attempts + 1, built_at = $5, record_sealed = null, faults = '[]', settled_at = null,
     earlier_batches = case when u.batch_id is null then u.earlier_batches else array_append(u.earlier_batches, u.batch_id) end
   from ${given}
   where u.tenant = $1 and u.exit_id = n.id and u.business_date = $4 and u.serial = n.serial
     and u.state in ('waiting', 'blocked', 'returned')`,
);

type OneDay = [tenant: string, division: string, date: string];

/** Ids of the batches of a county and day without a receipt: what a kill or a silent platform left; index exchange_batch_open. */
export const openBatches = sql<{ id: string }, OneDay>(
  'exchange.openBatches',
  `select id from exchange_batch
   where tenant = $1 and division = $2 and business_date = $3 and kind = 'exits' and state in ('built', 'sent') order by id`,
);

/** One of them with its content; primary key. */
export const findOpenBatch = sql<BatchRow, [tenant: string, id: string]>(
  'exchange.findOpenBatch',
  `select count, digest, content_sealed, attempts from exchange_batch
   where tenant = $1 and id = $2 and state in ('built', 'sent')`,
);

/** Counties and days that still have something on the way; indexes exchange_batch_open and exit_upload_apart. */
export const movingDays = sql<{ division: string; business_date: string }, [tenant: string]>(
  'exchange.movingDays',
  `select division::text, business_date from exchange_batch
   where tenant = $1 and kind = 'exits' and state in ('built', 'sent')
   union
   select division::text, business_date from exit_upload
   where tenant = $1 and state = 'waiting'`,
);
