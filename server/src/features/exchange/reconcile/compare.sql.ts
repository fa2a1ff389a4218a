import type { RecordState } from '@yingdeng/rules/exchange/differences.ts';
import { sql } from '../../../platform/sql.ts';

type Days = [tenant: string, from: string, to: string];

/** Records by county, day and state; index exit_upload_day. Counted by batch first, as exchange.recordsByDay is and for its reason. */
export const recordsByCounty = sql<{ division: string; date: string; state: RecordState; count: number }, Days>(
  'reconcile.recordsByCounty',
  `select u.division, u.business_date as date, exit_record_state(u.state, b.state) as state, sum(u.count)::bigint as count
   from (
     select tenant, business_date, division, state, batch_id, count(*) as count from exit_upload
     where tenant = $1 and business_date between $2 and $3
     group by tenant, business_date, division, state, batch_id
   ) u
   left join exchange_batch_state b on b.tenant = u.tenant and b.id = u.batch_id
   group by 1, 2, 3`,
);

/** Exits by county and day: confirmed ones, and those taken back after their record was made; index exit_handled. */
export const exitsByCounty = sql<{ division: string; date: string; count: number }, Days>(
  'reconcile.exitsByCounty',
  `select division, handled_on as date, count(*) as count from exit e
   where tenant = $1 and handled_on between $2 and $3 and (status = 'confirmed' or (status = 'restored'
     and exists (select 1 from exit_upload u where u.tenant = e.tenant and u.exit_id = e.id)))
   group by division, handled_on`,
);

/** Counties and days reported with a receipt, be it a day without exits. */
export const reportedCounties = sql<{ division: string; date: string }, Days>(
  'reconcile.reportedCounties',
  `select distinct division, business_date as date from exchange_batch
   where tenant = $1 and business_date between $2 and $3 and kind = 'exits' and receipt is not null`,
);

/**
 * Records of a county and day in the order of their serial, thousands a page: to hash them, and to walk beside the platform's list. The
 * batches of that county and day are read once: right after a night that table has no statistics, and each record was looked up among
 * all batches of the city.
 */
export const recordsInOrder = sql<
  { serial: string; state: RecordState; digest: Buffer },
  [tenant: string, date: string, division: string, states: readonly string[], after: string, limit: number]
>(
  'reconcile.recordsInOrder',
  `with b as materialized (
     select id, state from exchange_batch where tenant = $1 and business_date = $2 and division = $3 and kind = 'exits'
   )
   select u.serial, exit_record_state(u.state, b.state) as state, u.digest
   from exit_upload u left join b on b.id = u.batch_id
   where u.tenant = $1 and u.business_date = $2 and u.division = $3 and u.serial > $5
     and exit_record_state(u.state, b.state) = any($4::text[])
   order by u.serial limit $6`,
);

export interface Owner {
  exit_id: string | null;
  office: string;
  serial: string;
  batch_id: string | null;
}

/** Whose the records of some serials are: unique index over division and serial. */
export const ownersOf = sql<Owner & { date: string }, [tenant: string, division: string, serials: readonly string[]]>(
  'reconcile.ownersOf',
  `select exit_id, office, serial, batch_id, business_date as date from exit_upload
   where tenant = $1 and division = $2 and serial = any($3::text[])`,
);

/** Confirmed exits of a day without a record; index exit_handled. */
export const exitsWithoutRecord = sql<
  { exit_id: string; office: string; serial: string },
  [tenant: string, date: string, divisions: readonly string[], limit: number]
>(
  'reconcile.exitsWithoutRecord',
  `select e.id as exit_id, e.office, e.serial from exit e
   where e.tenant = $1 and e.handled_on = $2 and e.status = 'confirmed' and e.division = any($3)
     and not exists (select 1 from exit_upload u where u.tenant = e.tenant and u.exit_id = e.id)
   order by e.serial limit $4`,
);

/** Records made long ago that still wait, and records whose batch has had no receipt for long; index exit_upload_day, few days at a time. */
export const recordsStuck = sql<
  Owner & { state: 'waiting' | 'sent'; since: Date },
  [tenant: string, date: string, division: string, builtBefore: Date, sentBefore: Date, limit: number]
>(
  'reconcile.recordsStuck',
  `select u.exit_id, u.office, u.serial, u.batch_id, u.state, coalesce(b.sent_at, u.built_at) as since
   from exit_record u left join exchange_batch b on b.tenant = u.tenant and b.id = u.batch_id
   where u.tenant = $1 and u.business_date = $2 and u.division = $3
     and ((u.state = 'waiting' and u.built_at < $4) or (u.state = 'sent' and coalesce(b.sent_at, b.built_at) < $5))
   order by u.serial limit $6`,
);

/** Exits taken back after the platform had them; index exit_restored, a handful. */
export const restoredAfterwards = sql<
  Owner & { restored_at: Date | null },
  [tenant: string, date: string, division: string, limit: number]
>(
  'reconcile.restoredAfterwards',
  `select u.exit_id, u.office, u.serial, u.batch_id, e.restored_at
   from exit e join exit_record u on u.tenant = e.tenant and u.exit_id = e.id
   where e.tenant = $1 and e.handled_on = $2 and e.status = 'restored' and u.state = 'accepted' and u.division = $3
   order by u.serial limit $4`,
);

/** The content of a batch as it was sent. */
export const contentOf = sql<{ content_sealed: Buffer; digest: Buffer }, [tenant: string, id: string]>(
  'reconcile.contentOf',
  'select content_sealed, digest from exchange_batch where tenant = $1 and id = $2',
);
