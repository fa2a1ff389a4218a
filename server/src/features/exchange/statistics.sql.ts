import { sql } from '../../platform/sql.ts';

type Days = [tenants: readonly string[], from: string, to: string];
interface Count {
  date: string;
  count: number;
}

/** Exits the platform has accepted by our receipts, by business date; index exit_upload_day. */
export const acceptedExits = sql<Count, Days>(
  'exchange.acceptedExits',
  `select business_date as date, count(*) as count from exit_record
   where tenant = any($1::bpchar[]) and business_date between $2 and $3 and state = 'accepted' group by business_date`,
);

/**
 * Results of review the platform has, by the day they were decided: one an application, the last; an earlier one of ours was replaced
 * there. Index decision_upload_accepted.
 */
export const acceptedDecisions = sql<Count, Days>(
  'exchange.acceptedDecisions',
  `select (d.decided_at at time zone 'Asia/Shanghai')::date::text as date, count(*) as count from decision_upload d
   where d.tenant = any($1::bpchar[]) and d.state = 'accepted'
     and d.decided_at >= ($2::date)::timestamp at time zone 'Asia/Shanghai'
     and d.decided_at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai'
     and not exists (select 1 from decision_upload x where x.tenant = d.tenant and x.platform_number = d.platform_number
       and x.state = 'accepted' and x.decided_at > d.decided_at)
   group by 1`,
);

/** Registrations accepted with their batches, by the day the batch reports; index exchange_batch_registrations. */
export const loadedByDay = sql<Count, [...Days, lo: string, hi: string]>(
  'exchange.loadedByDay',
  `select business_date as date, sum(accepted) as count from exchange_batch
   where tenant = any($1::bpchar[]) and business_date between $2 and $3 and kind = 'registrations' and state = 'received'
     and division >= left($4, 6) and division < $5
   group by business_date`,
);
