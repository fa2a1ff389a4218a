import { sql } from '../../../platform/sql.ts';

export interface LoadRow {
  tenant: string;
  division: string;
  run: string;
  since: string | null;
  until: string;
  state: 'running' | 'paused' | 'done';
  after_on: string;
  after_id: string;
  total: number;
  passed: number;
  started_at: Date;
  started_by_name: string;
  finished_at: Date | null;
}

/** A load of a county begins, or begins again: what was accepted is not sent twice, so it only finds what is new. */
export const startLoad = sql<
  Record<string, never>,
  [
    tenant: string,
    division: string,
    run: string,
    since: string | null,
    until: string,
    afterOn: string,
    total: number,
    now: Date,
    by: string,
  ]
>(
  'exchange.startLoad',
  `insert into back_load (tenant, division, run, since, until, state, after_on, after_id, total, started_at, started_by_name)
   values ($1, $2, $3, $4, $5, 'running', $6, '00000000-0000-0000-0000-000000000000', $7, $8, $9)
   on conflict (tenant, division, run) do update set state = 'running', until = excluded.until, after_on = excluded.after_on,
     after_id = excluded.after_id, total = excluded.total, passed = 0, started_at = excluded.started_at,
     started_by_name = excluded.started_by_name, finished_at = null
   where back_load.state = 'done'`,
);

/** How many registrations a load passes; index registration_made. One made in another city is that city's to load, unless all valid ones are. */
export const countToLoad = sql<
  { count: number },
  [tenant: string, division: string, since: string | null, until: string, validOnly: boolean]
>(
  'exchange.countToLoad',
  `select count(*) as count from registration
   where tenant = $1 and division = $2 and registered_on >= coalesce($3::date, '-infinity') and registered_on <= $4
     and case when $5::boolean then status <> 'exited' else made_here end`,
);

/** Paused or running again; a load that is done is opened to mend what is left of it. */
export const steerLoads = sql<
  { division: string },
  [tenants: readonly string[], run: string, from: readonly string[], to: string, lo: string, hi: string]
>(
  'exchange.steerLoads',
  `update back_load set state = $4, finished_at = null
   where tenant = any($1::bpchar[]) and run = $2 and state = any($3::text[]) and division >= left($5, 6) and division < $6
   returning division`,
);

export const runningLoads = sql<LoadRow, [tenants: readonly string[]]>(
  'exchange.runningLoads',
  `select tenant, division, run, since, until, state, after_on, after_id, total, passed, started_at, started_by_name, finished_at
   from back_load where tenant = any($1::bpchar[]) and state = 'running' order by started_at, division`,
);

/** Every load of some cities, the latest first: one row a county. */
export const loadsOf = sql<LoadRow, [tenants: readonly string[]]>(
  'exchange.loadsOf',
  `select tenant, division, run, since, until, state, after_on, after_id, total, passed, started_at, started_by_name, finished_at
   from back_load where tenant = any($1::bpchar[]) order by started_at desc, run, division`,
);

/** The load as it stands, for whoever forms its next batch. */
export const lockLoad = sql<LoadRow, [tenant: string, division: string, run: string]>(
  'exchange.lockLoad',
  `select tenant, division, run, since, until, state, after_on, after_id, total, passed, started_at, started_by_name, finished_at
   from back_load where tenant = $1 and division = $2 and run = $3 for update`,
);

export const moveLoad = sql<
  Record<string, never>,
  [tenant: string, division: string, run: string, afterOn: string, afterId: string, passed: number]
>(
  'exchange.moveLoad',
  `update back_load set after_on = $4, after_id = $5, passed = passed + $6
   where tenant = $1 and division = $2 and run = $3`,
);

export const finishLoad = sql<Record<string, never>, [tenant: string, division: string, run: string, now: Date]>(
  'exchange.finishLoad',
  `update back_load set state = 'done', finished_at = $4 where tenant = $1 and division = $2 and run = $3 and state = 'running'`,
);

/** What the database says of a registration that is loaded. `known`: it has a row already. */
export interface RegistrationSource {
  id: string;
  number: string;
  division: string;
  office: string;
  registered_on: string;
  serial: string;
  name: string;
  sex: string;
  document_type: string;
  identity_sealed: Buffer;
  benefit: boolean;
  known: boolean;
  digest: Buffer | null;
  state: string | null;
}

const columns = `r.id, r.number, r.division, r.office, r.registered_on, a.number as serial, p.name, p.sex, p.document_type, p.identity_sealed,
     a.wants_benefit or a.channel = 'benefit' as benefit`;
const joins = `join application a on a.tenant = r.tenant and a.id = r.application_id
   join person p on p.tenant = r.tenant and p.id = r.person_id`;

/** The next registrations of a county in the order they were made: index registration_made, a thousand a page. */
export const registrationsToLoad = sql<
  RegistrationSource,
  [tenant: string, division: string, afterOn: string, afterId: string, until: string, validOnly: boolean, limit: number]
>(
  'exchange.registrationsToLoad',
  `select ${columns}, u.registration_id is not null as known, u.digest, u.state
   from (
     select * from registration
     where tenant = $1 and division = $2 and (registered_on, id) > ($3::date, $4::uuid) and registered_on <= $5
       and case when $6::boolean then status <> 'exited' else made_here end
     order by registered_on, id limit $7
   ) r ${joins}
   left join registration_upload u on u.tenant = r.tenant and u.registration_id = r.id
   order by r.registered_on, r.id`,
);

/** What waits, was held back or came back, with what the database says now: index registration_upload_open. */
export const openRegistrations = sql<
  RegistrationSource,
  [tenant: string, division: string, after: string, limit: number]
>(
  'exchange.openRegistrations',
  `select ${columns}, true as known, u.digest, u.state
   from (
     select * from registration_upload
     where tenant = $1 and division = $2 and state <> 'batched' and registration_id > $3
     order by registration_id limit $4
   ) u
   join registration r on r.tenant = u.tenant and r.id = u.registration_id
   ${joins} order by u.registration_id`,
);

type Rows = [
  ids: readonly string[],
  offices: readonly string[],
  serials: readonly string[],
  benefits: readonly boolean[],
  digests: readonly Buffer[],
  faults: readonly string[],
];

/** New rows of a page: in the batch, or held back with their faults. */
export const putLoaded = sql<
  Record<string, never>,
  [tenant: string, division: string, batch: string | null, now: Date, ...Rows]
>(
  'exchange.putLoaded',
  `insert into registration_upload (tenant, registration_id, office, division, serial, benefit, state, digest, faults, batch_id,
     attempts, built_at)
   select $1, n.id, n.office, $2, n.serial, n.benefit, case when n.faults = '[]' then 'batched' else 'blocked' end, n.digest,
     n.faults::jsonb, case when n.faults = '[]' then $3 end, case when n.faults = '[]' then 1 else 0 end, $4
   from unnest($5::uuid[], $6::text[], $7::text[], $8::boolean[], $9::bytea[], $10::text[])
     as n (id, office, serial, benefit, digest, faults)
   on conflict do nothing`,
);

/** Rows that are there already: in another batch, or held back anew. */
export const rebindLoaded = sql<
  Record<string, never>,
  [tenant: string, division: string, batch: string | null, now: Date, ...Rows]
>(
  'exchange.rebindLoaded',
  `update registration_upload u set division = $2, state = case when n.faults = '[]' then 'batched' else 'blocked' end,
     office = n.office, digest = n.digest, faults = n.faults::jsonb, batch_id = case when n.faults = '[]' then $3 end,
     attempts = u.attempts + case when n.faults = '[]' then 1 else 0 end, built_at = $4, settled_at = null
   from unnest($5::uuid[], $6::text[], $7::text[], $8::boolean[], $9::bytea[], $10::text[])
     as n (id, office, serial, benefit, digest, faults)
   where u.tenant = $1 and u.registration_id = n.id and u.state <> 'batched'`,
);

/** How many batches of registrations a county has had on a day: the next has the next number. */
export const countLoadBatches = sql<{ batches: number }, [tenant: string, division: string, date: string]>(
  'exchange.countLoadBatches',
  `select count(*) as batches from exchange_batch
   where tenant = $1 and division = $2 and business_date = $3 and kind = 'registrations'`,
);

export const putLoadBatch = sql<
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
  'exchange.putLoadBatch',
  `insert into exchange_batch (tenant, id, kind, division, business_date, count, digest, content_sealed, state, built_at)
   values ($1, $2, 'registrations', $3, $4, $5, $6, $7, 'built', $8)`,
);

export interface OpenLoadBatch {
  id: string;
  business_date: string;
  count: number;
  digest: Buffer;
  content_sealed: Buffer;
  attempts: number;
}

/**
 * Batches of a county without a receipt, in order of their ids: what a kill or a silent platform left; but not those whose file was
 * written since `underWaySince`. Index exchange_batch_registrations.
 */
export const openLoadBatches = sql<
  OpenLoadBatch,
  [tenant: string, division: string, after: string, underWaySince: Date | null, limit: number]
>(
  'exchange.openLoadBatches',
  `select b.id, b.business_date, b.count, b.digest, b.content_sealed, b.attempts
   from exchange_batch b left join exchange_file f on f.tenant = b.tenant and f.batch_id = b.id
   where b.tenant = $1 and b.division = $2 and b.kind = 'registrations' and b.state in ('built', 'sent') and b.id > $3
     and ($4::timestamptz is null or f.state is distinct from 'written' or f.written_at < $4)
   order by b.id limit $5`,
);

/** The same of one batch, by its id. */
export const openLoadBatch = sql<OpenLoadBatch & { division: string }, [tenant: string, id: string]>(
  'exchange.openLoadBatch',
  `select id, division, business_date, count, digest, content_sealed, attempts from exchange_batch
   where tenant = $1 and id = $2 and kind = 'registrations' and state in ('built', 'sent')`,
);

/**
 * Batches of registrations whose file is named but not written, or was written long ago and has no receipt, or that have had no file
 * since `leftBefore`: no run is about to write it. Index exchange_batch_open.
 */
export const loadFilesToWrite = sql<
  { tenant: string; id: string },
  [tenants: readonly string[], lostBefore: Date, leftBefore: Date, limit: number]
>(
  'exchange.loadFilesToWrite',
  `select b.tenant, b.id
   from exchange_batch b left join exchange_file f on f.tenant = b.tenant and f.batch_id = b.id
   where b.tenant = any($1::bpchar[]) and b.kind = 'registrations' and b.state in ('built', 'sent')
     and (f.state = 'intended' or (f.state = 'written' and f.written_at < $2) or (f.state is null and b.built_at < $3))
   order by b.id limit $4`,
);

export const acceptedOfBatch = sql<Record<string, never>, [tenant: string, id: string, accepted: number]>(
  'exchange.acceptedOfBatch',
  'update exchange_batch set accepted = $3 where tenant = $1 and id = $2',
);

/** What a receipt gives back or does not name: from the serial by application_number, to the row by its key. */
export const settleLoaded = sql<
  Record<string, never>,
  [
    tenant: string,
    batch: string,
    now: Date,
    serials: readonly string[],
    states: readonly string[],
    faults: readonly string[],
  ]
>(
  'exchange.settleLoaded',
  `update registration_upload u set state = n.state, faults = n.faults::jsonb, settled_at = $3,
     batch_id = case when n.state = 'waiting' then null else u.batch_id end
   from unnest($4::text[], $5::text[], $6::text[]) as n (serial, state, faults)
   join application a on a.tenant = $1 and a.number = n.serial
   join registration r on r.tenant = a.tenant and r.application_id = a.id
   where u.tenant = $1 and u.registration_id = r.id and u.batch_id = $2 and u.state = 'batched'`,
);
