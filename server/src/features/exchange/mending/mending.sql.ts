import { sql } from '../../../platform/sql.ts';

export interface ToMendRow {
  tenant: string;
  exit_id: string;
  application_id: string;
  registration_id: string;
  person_id: string;
  serial: string;
  office: string;
  business_date: string;
  state: 'blocked' | 'returned';
  faults: { check: string; field: string; message: string }[];
  since: Date;
  reason: string;
  exit_on: string;
  handler: string | null;
  remark: string;
  exit_status: string;
  registered_on: string;
  registration_status: string;
  /** The person's file; absent when it belongs to an office outside the actor's range. */
  name: string | null;
  sex: string | null;
  document_type: string | null;
  identity_sealed: Buffer | null;
}

const columns = `u.tenant, u.exit_id, r.application_id, r.id as registration_id, e.person_id, u.serial, u.office, u.business_date, u.state, u.faults,
     coalesce(u.settled_at, u.built_at) as since, e.reason, e.exit_on, e.confirmed_by_name as handler, e.remark, e.status as exit_status,
     r.registered_on, r.status as registration_status, p.name, p.sex, p.document_type, p.identity_sealed`;
const joins = `join exit e on e.tenant = u.tenant and e.id = u.exit_id
   join registration r on r.tenant = e.tenant and r.id = e.registration_id
   left join person p on p.tenant = e.tenant and p.id = e.person_id`;
/** An exit taken back is not sent: there is nothing to mend. */
const apart = `state in ('blocked', 'returned') and coalesce(faults->0->>'check', '') <> 'exit-restored'`;

/** Records of the range to mend, newest day first; index exit_upload_apart, a handful. */
export const recordsToMend = sql<
  ToMendRow,
  [tenants: readonly string[], beforeDate: string, beforeId: string, limit: number]
>(
  'mending.list',
  `select ${columns}
   from (
     select w.* from unnest($1::bpchar[]) t (tenant) cross join lateral (
       select * from exit_upload where tenant = t.tenant and ${apart} and (business_date, exit_id) < ($2::date, $3::uuid)
       order by business_date desc, exit_id desc limit $4
     ) w order by w.business_date desc, w.exit_id desc limit $4
   ) u ${joins} order by u.business_date desc, u.exit_id desc`,
);

/** The same ones counted, for 今日. */
export const countToMend = sql<{ count: number }, [tenants: readonly string[]]>(
  'mending.count',
  `select count(*) as count from exit_upload where tenant = any($1::bpchar[]) and ${apart}`,
);

/** One of them, locked: two clerks follow each other. */
export const lockToMend = sql<ToMendRow, [tenant: string, exit: string]>(
  'mending.lock',
  `select ${columns} from exit_upload u ${joins}
   where u.tenant = $1 and u.exit_id = $2 and u.state in ('blocked', 'returned') for update of u, e`,
);

export const mendPerson = sql<
  Record<string, never>,
  [
    tenant: string,
    person: string,
    name: string,
    pinyin: string,
    initials: string,
    sex: string,
    documentType: string,
    identity: Buffer,
    now: Date,
  ]
>(
  'mending.person',
  `update person set name = $3, name_pinyin = $4, name_initials = $5, sex = $6, document_type = $7, identity_sealed = $8, updated_at = $9
   where tenant = $1 and id = $2`,
);

export const mendExit = sql<
  Record<string, never>,
  [tenant: string, exit: string, exitOn: string, handler: string, remark: string]
>(
  'mending.exit',
  `update exit set exit_on = $3, confirmed_by_name = $4, remark = $5, version = version + 1 where tenant = $1 and id = $2`,
);

/** The registration ended with the exit; one that was given back or made anew meanwhile has its own dates. */
export const mendRegistration = sql<Record<string, never>, [tenant: string, registration: string, exitOn: string]>(
  'mending.registration',
  `update registration set exited_on = case when status = 'exited' then $3::date else exited_on end, version = version + 1
   where tenant = $1 and id = $2`,
);

/** From here on it waits for the next batch, under its own number; its faults stay until it is in one. */
export const sendMended = sql<Record<string, never>, [tenant: string, exit: string]>(
  'mending.send',
  `update exit_upload u set state = 'waiting', batch_id = null, settled_at = null,
     earlier_batches = case when u.batch_id is null then u.earlier_batches else array_append(u.earlier_batches, u.batch_id) end
   where u.tenant = $1 and u.exit_id = $2 and u.state in ('blocked', 'returned')`,
);

/**
 * Counties and days with a mended record that waits for a batch: it still carries what it was mended for. Others that wait, such as
 * those of a batch the platform refused, wait for the night. Index exit_upload_apart, mostly none.
 */
export const waitingDays = sql<{ date: string; division: string; office: string }, [tenants: readonly string[]]>(
  'mending.waiting',
  `select distinct business_date as date, division, left(office, 6) as office from exit_upload
   where tenant = any($1::bpchar[]) and state = 'waiting' and faults <> '[]' order by business_date`,
);
