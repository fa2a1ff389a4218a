import { sql } from '../../platform/sql.ts';

type Days = [tenants: readonly string[], from: string, to: string];

/** Exits a day: confirmed ones, and those taken back after their record was made; indexes exit_handled and exit_restored. */
export const exitsByDay = sql<{ date: string; count: number }, Days>(
  'exchange.exitsByDay',
  `select date, sum(count)::bigint as count from (
     select handled_on as date, count(*) as count from exit
     where tenant = any($1::bpchar[]) and handled_on between $2 and $3 and status = 'confirmed' group by handled_on
     union all
     select handled_on, count(*) from exit e
     where tenant = any($1::bpchar[]) and handled_on between $2 and $3 and status = 'restored'
       and exists (select 1 from exit_upload u where u.tenant = e.tenant and u.exit_id = e.id)
     group by handled_on
   ) s group by date`,
);

/**
 * Records a day, county and state; index exit_upload_day. Counted by batch before the batches are looked up: right after a night that
 * table has no statistics of it, and the records, joined one by one, met every batch of the city (4 s for 100,000).
 */
export const recordsByDay = sql<{ date: string; division: string; state: string; count: number }, Days>(
  'exchange.recordsByDay',
  `select u.business_date as date, u.division::text, exit_record_state(u.state, b.state) as state, sum(u.count)::bigint as count
   from (
     select tenant, business_date, division, state, batch_id, count(*) as count from exit_upload
     where tenant = any($1::bpchar[]) and business_date between $2 and $3
     group by tenant, business_date, division, state, batch_id
   ) u
   left join exchange_batch_state b on b.tenant = u.tenant and b.id = u.batch_id
   group by 1, 2, 3`,
);

/** Counties that reported a day: with a receipt, or with records settled. */
export const countiesReported = sql<{ date: string; divisions: string[] }, Days>(
  'exchange.countiesReported',
  `select date, array_agg(division) as divisions from (
     select business_date as date, division::text from exchange_batch
     where tenant = any($1::bpchar[]) and business_date between $2 and $3 and kind = 'exits' and receipt is not null
     union
     select business_date, division::text from exit_upload
     where tenant = any($1::bpchar[]) and business_date between $2 and $3 and state in ('accepted', 'returned')
   ) s group by date`,
);

/** Receipts of some days, newest last. */
export const receiptsByDay = sql<{ date: string; division: string; receipt: string; receipt_at: Date }, Days>(
  'exchange.receiptsByDay',
  `select business_date as date, division::text, receipt, receipt_at from exchange_batch
   where tenant = any($1::bpchar[]) and business_date between $2 and $3 and kind = 'exits' and receipt is not null
   order by receipt_at`,
);

export interface ItemRow {
  exit_id: string;
  application_id: string;
  serial: string;
  division: string;
  office: string;
  name: string | null;
  reason: string;
  business_date: string;
  state: string;
  faults: { check: string; field: string; message: string }[];
  digest: Buffer;
  batch_id: string | null;
  attempts: number;
}

const itemColumns = `u.exit_id, r.application_id, u.serial, u.division, u.office, p.name, e.reason, u.business_date, u.state, u.faults,
     u.digest, u.batch_id, u.attempts`;
const itemJoins = `join exit e on e.tenant = u.tenant and e.id = u.exit_id
   join registration r on r.tenant = e.tenant and r.id = e.registration_id
   left join person p on p.tenant = e.tenant and p.id = e.person_id`;

/** Records of one day, in key order: one page a city by exit_upload_day. */
export const itemsOfDay = sql<
  ItemRow,
  [tenants: readonly string[], date: string, states: readonly string[], after: string, limit: number]
>(
  'exchange.itemsOfDay',
  `select ${itemColumns}
   from (
     select w.* from unnest($1::bpchar[]) t (tenant) cross join lateral (
       select * from exit_record
       where tenant = t.tenant and business_date = $2 and state = any($3::text[]) and exit_id > $4::uuid
       order by exit_id limit $5
     ) w order by w.exit_id limit $5
   ) u
   ${itemJoins} order by u.exit_id`,
);

type Newest = [
  tenants: readonly string[],
  states: readonly string[],
  beforeDate: string,
  beforeId: string,
  limit: number,
];

const newestFirst = (table: 'exit_record' | 'exit_upload', only: string) => `select ${itemColumns}
   from (
     select w.* from unnest($1::bpchar[]) t (tenant) cross join lateral (
       select * from ${table}
       where tenant = t.tenant and state = any($2::text[]) and (business_date, exit_id) < ($3::date, $4::uuid) and ${only}
       order by business_date desc, exit_id desc limit $5
     ) w order by w.business_date desc, w.exit_id desc limit $5
   ) u
   ${itemJoins} order by u.business_date desc, u.exit_id desc`;

/** Records of any day that are blocked or returned, newest day first; index exit_upload_apart. */
export const itemsToMend = sql<ItemRow, Newest>(
  'exchange.itemsToMend',
  newestFirst('exit_upload', "state in ('blocked', 'returned')"),
);

/** Records of any day waiting or sent, newest day first: of the days that have such, by exit_upload_day. */
export const itemsOnTheWay = sql<ItemRow, Newest>(
  'exchange.itemsOnTheWay',
  newestFirst(
    'exit_record',
    `business_date in (
         select business_date from exchange_batch where tenant = t.tenant and kind = 'exits' and state in ('built', 'sent')
         union select business_date from exit_upload where tenant = t.tenant and state = 'waiting')`,
  ),
);

/** Records of any day and state, newest day first; exit_upload_day backwards. */
export const itemsByState = sql<ItemRow, Newest>('exchange.itemsByState', newestFirst('exit_record', 'true'));

/** A record by its serial in any city of the range, with its content or that of its batch; index exit_upload_key. */
export const itemBySerial = sql<
  ItemRow & {
    tenant: string;
    record_sealed: Buffer | null;
    content_sealed: Buffer | null;
    earlier_batches: string[] | null;
    built_at: Date;
    settled_at: Date | null;
  },
  [tenants: readonly string[], serial: string]
>(
  'exchange.itemBySerial',
  `select u.tenant, ${itemColumns}, u.record_sealed, c.content_sealed, u.earlier_batches, u.built_at, u.settled_at
   from exit_record u ${itemJoins}
   left join exchange_batch c on c.tenant = u.tenant and c.id = u.batch_id
   where u.tenant = any($1::bpchar[]) and u.serial = $2`,
);

export interface BatchSummary {
  tenant: string;
  id: string;
  division: string;
  business_date: string;
  count: number;
  digest: Buffer;
  state: string;
  attempts: number;
  built_at: Date;
  sent_at: Date | null;
  receipt: string | null;
  receipt_at: Date | null;
}

const batchColumns =
  'tenant, id, division, business_date, count, digest, state, attempts, built_at, sent_at, receipt, receipt_at';

export const batchesOfDay = sql<BatchSummary, [tenants: readonly string[], date: string]>(
  'exchange.batchesOfDay',
  `select ${batchColumns} from exchange_batch where tenant = any($1::bpchar[]) and business_date = $2 and kind = 'exits' order by id`,
);

export const batchById = sql<BatchSummary, [tenant: string, id: string]>(
  'exchange.batchById',
  `select ${batchColumns} from exchange_batch where tenant = $1 and id = $2`,
);

export const attemptsOf = sql<
  { at: Date; outcome: string; detail: Record<string, unknown> },
  [tenant: string, batch: string]
>(
  'exchange.attemptsOf',
  `select at, outcome, detail from exchange_attempt where tenant = $1 and batch_id = $2
   order by at, outcome <> 'sending', id`,
);
