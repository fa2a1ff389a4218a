import { sql } from '../../../platform/sql.ts';

type Tenants = readonly string[];
/** How many, and since when the oldest. */
export interface Waiting {
  count: number;
  since: Date | null;
}

/** Batches of exits or of a back-load that were formed or last tried before an instant and have no receipt; index exchange_batch_open, a few. */
export const receiptsMissing = sql<Waiting, [tenants: Tenants, before: Date]>(
  'alarm.receiptsMissing',
  `select count(*) as count, min(coalesce(sent_at, built_at)) as since from exchange_batch
   where tenant = any($1::bpchar[]) and kind in ('exits', 'registrations') and state in ('built', 'sent')
     and coalesce(sent_at, built_at) < $2`,
);

/**
 * Messages that the gateway took before an instant and has said nothing of since; older than `from` it has forgotten them. Those of before it
 * was asked at all are not among them. Index message_unconfirmed.
 */
export const messagesUnconfirmed = sql<Waiting, [from: Date, before: Date]>(
  'alarm.messagesUnconfirmed',
  `select count(*) as count, min(sent_at) as since from message
   where state = 'sent' and receipt_checks between 1 and 10 and sent_at >= $1 and sent_at < $2`,
);

/** Returned and blocked records that nobody has mended since an instant; index exit_upload_apart, a handful. A restored exit is not to be mended. */
export const recordsUnmended = sql<Waiting & { state: 'blocked' | 'returned' }, [tenants: Tenants, before: Date]>(
  'alarm.recordsUnmended',
  `select state, count(*) as count, min(coalesce(settled_at, built_at)) as since from exit_upload
   where tenant = any($1::bpchar[]) and state in ('blocked', 'returned') and coalesce(settled_at, built_at) < $2
     and coalesce(faults->0->>'check', '') <> 'exit-restored'
   group by state`,
);

/** Decisions that wait since before an instant; index decision_upload_waiting. */
export const decisionsWaiting = sql<Waiting, [tenants: Tenants, before: Date]>(
  'alarm.decisionsWaiting',
  `select count(*) as count, min(decided_at) as since from decision_upload
   where tenant = any($1::bpchar[]) and state = 'waiting' and decided_at < $2`,
);

/** Decisions the platform gave back; index decision_upload_returned. */
export const decisionsReturned = sql<Waiting, [tenants: Tenants]>(
  'alarm.decisionsReturned',
  `select count(*) as count, min(decided_at) as since from decision_upload
   where tenant = any($1::bpchar[]) and state = 'returned'`,
);

/** Differences nobody has dealt with, and the last day that was compared; indexes exchange_difference_list, reconciliation_day. */
export const reconciledUntil = sql<{ open: number; until: string | null }, [tenants: Tenants]>(
  'alarm.reconciledUntil',
  `select (select count(*) from exchange_difference where tenant = any($1::bpchar[]) and state = 'open') as open,
     (select max(business_date) from reconciliation where tenant = any($1::bpchar[])) as until`,
);

/** Records on their way or in trouble, by state and age in days (3: three or more); partial indexes, for the figures of the whole system. */
export const recordsByAge = sql<{ state: string; age: number; count: number }, [tenants: Tenants, now: Date]>(
  'alarm.recordsByAge',
  `select state, least(3, greatest(0, floor(extract(epoch from $2::timestamptz - at) / 86400)))::int as age, count(*) as count
   from (
     select state, coalesce(settled_at, built_at) as at from exit_upload
     where tenant = any($1::bpchar[]) and state in ('waiting', 'blocked', 'returned')
   ) r group by 1, 2
   union all
   select case state when 'built' then 'waiting' else 'sent' end,
     least(3, greatest(0, floor(extract(epoch from $2::timestamptz - built_at) / 86400)))::int, sum(count)::bigint
   from exchange_batch where tenant = any($1::bpchar[]) and kind = 'exits' and state in ('built', 'sent') group by 1, 2`,
);
