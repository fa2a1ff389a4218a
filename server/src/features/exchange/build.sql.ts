import { sql } from '../../platform/sql.ts';
import type { ExitSource } from './record.ts';

const columns = `e.id, e.serial, e.division, e.office, e.reason, e.exit_on, e.handled_on, e.confirmed_by_name, e.remark,
     p.name, p.sex, p.document_type, p.identity_sealed, r.registered_on`;

type Page = [tenant: string, date: string, divisions: readonly string[] | null, after: string, limit: number];

/** Exits of a business date that have no record yet, in key order: index exit_handled, thousands a page. */
export const exitsToBuild = sql<ExitSource, Page>(
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

/** Records in no batch or come back from one, with what the database says now: index exit_upload_apart, a handful a day. */
export const exitsToRebuild = sql<ExitSource & { state: 'waiting' | 'blocked' | 'returned'; digest: Buffer }, Page>(
  'exchange.exitsToRebuild',
  `select ${columns}, u.state, u.digest
   from exit_upload u
   join exit e on e.tenant = u.tenant and e.id = u.exit_id and e.status = 'confirmed'
   join registration r on r.tenant = e.tenant and r.id = e.registration_id
   join person p on p.tenant = e.tenant and p.id = e.person_id
   where u.tenant = $1 and u.business_date = $2 and u.state in ('waiting', 'blocked', 'returned') and u.exit_id > $4
     and ($3::text[] is null or e.division = any($3))
   order by u.exit_id limit $5`,
);

type Held = [
  tenant: string,
  date: string,
  now: Date,
  ids: readonly string[],
  offices: readonly string[],
  divisions: readonly string[],
  serials: readonly string[],
  sealed: readonly Buffer[],
  digests: readonly Buffer[],
  faults: readonly string[],
];

/** Records held back by our checks, new or made anew; one that another process has put in a batch stays there. */
export const holdRecords = sql<Record<string, never>, Held>(
  'exchange.holdRecords',
  `insert into exit_upload as u (tenant, exit_id, office, division, serial, business_date, state, record_sealed, digest, faults, built_at)
   select $1, n.id, n.office, n.division, n.serial, $2, 'blocked', n.sealed, n.digest, n.faults::jsonb, $3
   from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::bytea[], $10::text[])
     as n (id, office, division, serial, sealed, digest, faults)
   on conflict (tenant, exit_id) do update set state = 'blocked', record_sealed = excluded.record_sealed, digest = excluded.digest,
     faults = excluded.faults, built_at = excluded.built_at, settled_at = null, batch_id = null,
     earlier_batches = case when u.batch_id is null then u.earlier_batches else array_append(u.earlier_batches, u.batch_id) end
   where u.state in ('waiting', 'blocked', 'returned')`,
);

/** Batches never tried that hold an exit taken back meanwhile are given up; beginAttempt finds them closed. */
export const closeRestored = sql<{ id: string }, [tenant: string, date: string]>(
  'exchange.closeRestored',
  `update exchange_batch b set state = 'closed'
   where b.tenant = $1 and b.business_date = $2 and b.kind = 'exits' and b.state = 'built'
     and exists (
       select 1 from exit e join exit_upload u on u.tenant = e.tenant and u.exit_id = e.id
       where e.tenant = $1 and e.handled_on = $2 and e.status = 'restored' and u.batch_id = b.id and u.state = 'batched')
   returning b.id`,
);

/** An exit that was taken back before it was sent is not sent. */
export const holdRestored = sql<Record<string, never>, [tenant: string, date: string, faults: string]>(
  'exchange.holdRestored',
  `update exit_upload u set state = 'blocked', faults = $3
   from exit e
   where u.tenant = $1 and u.business_date = $2 and u.state = 'waiting'
     and e.tenant = u.tenant and e.id = u.exit_id and e.status = 'restored'`,
);
