import { sql } from '../../platform/sql.ts';
import type { ExitSource } from './record.ts';

const columns = `e.id, e.serial, e.division, e.office, e.reason, e.exit_on, e.handled_on, e.confirmed_by_name, e.remark,
     p.name, p.sex, p.document_type, p.identity_sealed, r.registered_on`;

/** Exits of a business date that have no record yet, in key order: index exit_handled, thousands a page. */
export const exitsToBuild = sql<
  ExitSource,
  [tenant: string, date: string, divisions: readonly string[] | null, after: string, limit: number]
>(
  'exchange.exitsToBuild',
  `select ${columns}
   from exit e
   join registration r on r.tenant = e.tenant and r.id = e.registration_id
   join person p on p.tenant = e.tenant and p.id = e.person_id
   where e.tenant = $1 and e.handled_on = $2 and e.status = 'confirmed' and e.id > $4
     and ($3::text[] is null or e.division = any($3))
     and not exists (select 1 from exit_upload u where u.tenant = e.tenant and u.exit_id = e.id)
   order by e.id limit $5`,
);

/** Records held back or returned, with what the database says now; a handful a day. */
export const exitsToRebuild = sql<
  ExitSource & { state: 'blocked' | 'returned'; digest: Buffer },
  [tenant: string, date: string, divisions: readonly string[] | null]
>(
  'exchange.exitsToRebuild',
  `select ${columns}, u.state, u.digest
   from exit_upload u
   join exit e on e.tenant = u.tenant and e.id = u.exit_id and e.status = 'confirmed'
   join registration r on r.tenant = e.tenant and r.id = e.registration_id
   join person p on p.tenant = e.tenant and p.id = e.person_id
   where u.tenant = $1 and u.business_date = $2 and u.state in ('blocked', 'returned')
     and ($3::text[] is null or e.division = any($3))`,
);

type Arrays = [
  ids: readonly string[],
  offices: readonly string[],
  divisions: readonly string[],
  serials: readonly string[],
  states: readonly string[],
  sealed: readonly Buffer[],
  digests: readonly Buffer[],
  faults: readonly string[],
];

/** A page of new records in one statement; what is there already stays. */
export const putUploads = sql<Record<string, never>, [tenant: string, date: string, now: Date, ...Arrays]>(
  'exchange.putUploads',
  `insert into exit_upload (tenant, exit_id, office, division, serial, business_date, state, record_sealed, digest, faults, built_at)
   select $1, n.id, n.office, n.division, n.serial, $2, n.state, n.sealed, n.digest, n.faults::jsonb, $3
   from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::bytea[], $11::text[])
     as n (id, office, division, serial, state, sealed, digest, faults)
   on conflict do nothing`,
);

/** Corrected records under their old number; those meanwhile sent stay as they were sent. */
export const renewUploads = sql<
  Record<string, never>,
  [
    tenant: string,
    now: Date,
    ids: readonly string[],
    states: readonly string[],
    sealed: readonly Buffer[],
    digests: readonly Buffer[],
    faults: readonly string[],
  ]
>(
  'exchange.renewUploads',
  `update exit_upload u set state = n.state, record_sealed = n.sealed, digest = n.digest, faults = n.faults::jsonb,
     batch_id = null, settled_at = null, built_at = $2
   from unnest($3::uuid[], $4::text[], $5::bytea[], $6::bytea[], $7::text[]) as n (id, state, sealed, digest, faults)
   where u.tenant = $1 and u.exit_id = n.id and u.state in ('blocked', 'returned')`,
);

/** An exit that was taken back before it was sent is not sent. */
export const holdRestored = sql<Record<string, never>, [tenant: string, date: string, faults: string]>(
  'exchange.holdRestored',
  `update exit_upload u set state = 'blocked', faults = $3
   from exit e
   where u.tenant = $1 and u.business_date = $2 and u.state = 'waiting'
     and e.tenant = u.tenant and e.id = u.exit_id and e.status = 'restored'`,
);
