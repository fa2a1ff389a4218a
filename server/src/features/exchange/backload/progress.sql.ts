// How far the loads of the past have come, as the officer's page shows it.
import { sql } from '../../../platform/sql.ts';

export interface CountyFigures {
  tenant: string;
  division: string;
  accepted: number;
  under_way: number;
  waiting: number;
  blocked: number;
  returned: number;
}

/**
 * How the records of each county stand: accepted and under way from the batches (exchange_batch_registrations, one a thousand records),
 * the others from the rows apart (registration_upload_open, few).
 */
export const countyFigures = sql<CountyFigures, [tenants: readonly string[], lo: string, hi: string]>(
  'exchange.countyFigures',
  `select k.tenant, k.division, coalesce(b.accepted, 0)::int as accepted, coalesce(b.under_way, 0)::int as under_way,
     coalesce(u.waiting, 0)::int as waiting, coalesce(u.blocked, 0)::int as blocked, coalesce(u.returned, 0)::int as returned
   from (select distinct tenant, division from back_load
         where tenant = any($1::bpchar[]) and division >= left($2, 6) and division < $3) k
   left join lateral (
     select sum(accepted) as accepted, sum(count) filter (where state in ('built', 'sent')) as under_way
     from exchange_batch where tenant = k.tenant and division = k.division and kind = 'registrations'
   ) b on true
   left join lateral (
     select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'blocked') as blocked,
       count(*) filter (where state = 'returned') as returned
     from registration_upload where tenant = k.tenant and division = k.division and state <> 'batched'
   ) u on true
   order by k.division`,
);

/** What was told last of each target of a division. */
export const toldOf = sql<
  { to_system: string; by_on: string; wanted: number; persons: number; as_of: string; told_by_name: string },
  [tenant: string, division: string]
>(
  'exchange.toldOf',
  `select distinct on (to_system, by_on) to_system, by_on, wanted, persons, as_of, told_by_name from back_load_told
   where tenant = $1 and division = $2 order by to_system, by_on, told_at desc, id desc`,
);

export const putTold = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    division: string,
    to: string,
    by: string,
    wanted: number,
    persons: number,
    asOf: string,
    at: Date,
    who: string | null,
    name: string,
  ]
>(
  'exchange.putTold',
  `insert into back_load_told (tenant, id, division, office, to_system, by_on, wanted, persons, as_of, told_at, told_by, told_by_name)
   values ($1, $2, $3::text, $3::text, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

/** Those who applied for benefit with it or came by the benefit office, among what was loaded (H122-3c). */
export const countBenefit = sql<{ division: string; count: number }, [tenants: readonly string[]]>(
  'exchange.countBenefit',
  `select division, count(*) as count from registration_upload
   where tenant = any($1::bpchar[]) and benefit and state = 'batched' group by division`,
);

export interface OpenRow {
  registration_id: string;
  application_id: string;
  serial: string;
  name: string | null;
  office: string;
  registered_on: string;
  state: 'waiting' | 'blocked' | 'returned';
  faults: { check: string; field: string; message: string }[];
  attempts: number;
  digest: Buffer;
}

/** What an office has to mend, in key order; index registration_upload_open, a page a city. */
export const openItems = sql<OpenRow, [tenants: readonly string[], after: string, limit: number]>(
  'exchange.openRegistrationItems',
  `select u.registration_id, r.application_id, u.serial, p.name, u.office, r.registered_on, u.state, u.faults, u.attempts, u.digest
   from (
     select w.* from unnest($1::bpchar[]) t (tenant) cross join lateral (
       select * from registration_upload where tenant = t.tenant and state <> 'batched' and registration_id > $2
       order by registration_id limit $3
     ) w order by w.registration_id limit $3
   ) u
   join registration r on r.tenant = u.tenant and r.id = u.registration_id
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   order by u.registration_id`,
);

export interface LoadBatchRow {
  tenant: string;
  id: string;
  division: string;
  business_date: string;
  count: number;
  accepted: number | null;
  digest: Buffer;
  state: string;
  attempts: number;
  receipt: string | null;
  receipt_at: Date | null;
  built_at: Date;
}

/** Batches of registrations, the latest first. */
export const loadBatches = sql<
  LoadBatchRow,
  [tenants: readonly string[], beforeDate: string, beforeId: string, limit: number]
>(
  'exchange.loadBatches',
  `select tenant, id, division, business_date, count, accepted, digest, state, attempts, receipt, receipt_at, built_at
   from exchange_batch
   where tenant = any($1::bpchar[]) and kind = 'registrations' and (business_date, id) < ($2::date, $3)
   order by business_date desc, id desc limit $4`,
);
