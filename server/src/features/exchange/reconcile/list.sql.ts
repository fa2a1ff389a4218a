import type { DifferenceKind } from '@yingdeng/rules/exchange/differences.ts';
import { sql } from '../../../platform/sql.ts';

export interface DifferenceRow {
  tenant: string;
  id: string;
  office: string;
  division: string;
  business_date: string;
  kind: DifferenceKind;
  serial: string;
  exit_id: string | null;
  detail: Readonly<Record<string, unknown>>;
  state: 'open' | 'told' | 'solved';
  found_at: Date;
  acted_at: Date | null;
  acted_by_name: string | null;
  act: string | null;
  note: string;
  solved_at: Date | null;
  name: string | null;
  application_id: string | null;
}

const columns = `d.tenant, d.id, d.office, d.division, d.business_date, d.kind, d.serial, d.exit_id, d.detail, d.state, d.found_at, d.acted_at,
     d.acted_by_name, d.act, d.note, d.solved_at, p.name, r.application_id`;
const joins = `left join exit e on e.tenant = d.tenant and e.id = d.exit_id
   left join person p on p.tenant = e.tenant and p.id = e.person_id
   left join registration r on r.tenant = e.tenant and r.id = e.registration_id`;

/** Differences in a state since a day, newest day first; one page a city by exchange_difference_list. */
export const differencePage = sql<
  DifferenceRow,
  [
    tenants: readonly string[],
    state: string,
    from: string,
    to: string,
    beforeDate: string,
    beforeId: string,
    limit: number,
  ]
>(
  'reconcile.page',
  `select ${columns}
   from (
     select w.* from unnest($1::bpchar[]) t (tenant) cross join lateral (
       select * from exchange_difference
       where tenant = t.tenant and state = $2 and business_date between $3 and $4 and (business_date, id) < ($5::date, $6::uuid)
       order by business_date desc, id desc limit $7
     ) w order by w.business_date desc, w.id desc limit $7
   ) d ${joins} order by d.business_date desc, d.id desc`,
);

export const differenceById = sql<DifferenceRow, [tenant: string, id: string]>(
  'reconcile.byId',
  `select ${columns} from exchange_difference d ${joins} where d.tenant = $1 and d.id = $2`,
);

/** How many there are by day and state; a page of the index. */
export const countDifferences = sql<
  { date: string; state: 'open' | 'told' | 'solved'; count: number },
  [tenants: readonly string[], from: string, to: string]
>(
  'reconcile.count',
  `select business_date as date, state, count(*) as count from exchange_difference
   where tenant = any($1::bpchar[]) and business_date between $2 and $3 group by business_date, state`,
);

/** The last comparison of some days, summed over the counties that the actor sees; index reconciliation_day. */
export const reconciledDays = sql<
  {
    date: string;
    at: Date;
    exits: number;
    accepted: number;
    platform: number | null;
    silent: number;
    differing: number;
    found: number;
  },
  [tenants: readonly string[], from: string, to: string]
>(
  'reconcile.days',
  `select business_date as date, min(at) as at, sum(exits)::bigint as exits, sum(accepted)::bigint as accepted,
     sum(platform_count)::bigint as platform, count(*) filter (where platform_count is null) as silent,
     count(*) filter (where outcome = 'differs') as differing, sum(found)::bigint as found
   from reconciliation where tenant = any($1::bpchar[]) and business_date between $2 and $3 group by business_date`,
);
