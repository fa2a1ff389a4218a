import { sql } from '../../platform/sql.ts';

/** Counties to descend into and the range of offices inside them; `digits`: how many digits of an office's code name a place of the answer. */
export type Places = [divisions: readonly string[], lo: string, hi: string, digits: number];

/**
 * Who is registered now, by place; of those registered before the running calendar month began, who was seen in it (A21-5b). Index
 * registration_next_contact alone.
 */
export const stockNow = sql<
  { place: string; stock: number; registered: number; seen: number },
  [...Places, monthStart: string, month: string]
>(
  'statistics.stockNow',
  `select left(r.office, $4) as place, count(*) as stock, count(*) filter (where r.registered_on < $5::date) as registered,
     count(*) filter (where r.registered_on < $5::date and r.last_contact_month = $6::bpchar) as seen
   from unnest($1::bpchar[]) d (division)
   join registration r on r.division = d.division and r.status <> 'exited' and r.office >= $2 and r.office < $3
   group by 1`,
);

export interface FlowRow {
  place: string;
  /** 1 for what happened from the first bound to the second, and so on. */
  bucket: number;
  what: 'new' | 'exit' | 'restored' | 'in' | 'out';
  /** Box of the form, or AJC00A; empty when not asked for, and of transfers. */
  reason: string;
  count: number;
}

const since = (instant: string) => `${instant} >= ($5::timestamptz[])[1] and ${instant} < $7::timestamptz`;
const bucket = (instant: string) => `width_bucket(${instant}, $5::timestamptz[])`;
const here = (office: string) => `${office} >= $2 and ${office} < $3`;

/**
 * What moved since the first of some instants and before another ($7), by place and by the stretch between two of them: indexes
 * registration_registered, exit_confirmed and exit_undone alone, and the few transfers. An exit undone within its own stretch moved nobody, as in
 * the report (M79-9). Whoever was transferred since was new where he or she registered. $6: by reason too. For the system: a registration
 * that has left the range is none of the range's to read, only to count. Of a transfer between cities each has its own entry: out of one, into
 * the other.
 */
export const flowsSince = sql<
  FlowRow,
  [...Places, bounds: readonly Date[], byReason: boolean, before: Date | 'infinity', tenants: readonly string[]]
>(
  'statistics.flowsSince',
  `select left(w.office, $4) as place, w.bucket, w.what, case when $6::boolean then w.reason else '' end as reason, count(*) as count
   from (
     select m.office, m.bucket, m.what, m.reason from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select office, ${bucket('registered_at')} as bucket, 'new' as what, reason from registration r
       where division = d.division and ${since('registered_at')} and ${here('office')}
         and not exists (select 1 from registration_transfer t where t.tenant = r.tenant and t.registration_id = r.id)
       union all
       select office, ${bucket('confirmed_at')}, 'exit', reason from exit
       where division = d.division and status in ('confirmed', 'restored') and ${since('confirmed_at')} and ${here('office')}
         and (restored_at is null or ${bucket('restored_at')} <> ${bucket('confirmed_at')})
       union all
       select office, ${bucket('restored_at')}, 'restored', reason from exit
       where division = d.division and status = 'restored' and ${since('restored_at')} and ${here('office')}
         and ${bucket('restored_at')} <> ${bucket('confirmed_at')}
     ) m
     union all
     select f.from_office, ${bucket('r.registered_at')}, 'new', r.reason
     from (select distinct on (registration_id) tenant, registration_id, from_office from registration_transfer
       where tenant = any ($8::bpchar[]) order by registration_id, at, id) f
     join registration r on r.tenant = f.tenant and r.id = f.registration_id
     where ${since('r.registered_at')} and ${here('f.from_office')} and left(f.from_office, 4) = f.tenant
     union all
     select office, ${bucket('at')}, 'in', '' from registration_transfer
     where tenant = any ($8::bpchar[]) and ${since('at')} and ${here('office')} and left(office, 4) = tenant
     union all
     select from_office, ${bucket('at')}, 'out', '' from registration_transfer
     where tenant = any ($8::bpchar[]) and ${since('at')} and ${here('from_office')} and left(from_office, 4) = tenant
   ) w
   group by 1, 2, 3, 4`,
);

export interface CountedRow {
  division: string;
  month: string;
  state: string;
  /** Rows of the sheet that are not nought: their persons. */
  counts: Record<string, number>;
  rate: { rate: number; low: number; high: number } | null;
}

/** Newest counted reports of some divisions since a month; index report_key by tenant and division. */
export const countedReports = sql<
  CountedRow,
  [tenants: readonly string[], divisions: readonly string[], since: string]
>(
  'statistics.countedReports',
  `select distinct on (division, month) division, month, state, rate->'rate' as rate,
     (select coalesce(jsonb_object_agg(f.key, f.value->'all'->0), '{}') from jsonb_each(figures) f where f.value ? 'all') as counts
   from report
   where tenant = any ($1::bpchar[]) and division = any ($2::bpchar[]) and month >= $3 and figures is not null
   order by division, month, revision desc`,
);

/** Newest entries of the urban employed of some divisions since a month, one a division and month. */
export const employedSince = sql<
  { division: string; month: string; kind: string; value: number; as_of: string; uncertainty: string },
  [tenants: readonly string[], divisions: readonly string[], since: string]
>(
  'statistics.employedSince',
  `select distinct on (division, month) division, month, kind, value, as_of, uncertainty from urban_employed
   where tenant = any ($1::bpchar[]) and division = any ($2::bpchar[]) and month >= $3
   order by division, month, entered_at desc`,
);
