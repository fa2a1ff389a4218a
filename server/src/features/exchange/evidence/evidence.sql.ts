import { sql } from '../../../platform/sql.ts';
import type { BatchSummary } from '../days.sql.ts';

export interface EvidenceRow {
  tenant: string;
  exit_id: string;
  application_id: string;
  person_id: string;
  serial: string;
  division: string;
  office: string;
  name: string | null;
  business_date: string;
  state: string;
  faults: { check: string; field: string; message: string }[];
  digest: Buffer;
  batch_id: string | null;
  earlier_batches: string[] | null;
  record_sealed: Buffer | null;
  built_at: Date;
  settled_at: Date | null;
}

/** One record by its exit, as the actor may see it; primary key. */
export const evidenceOf = sql<EvidenceRow, [tenant: string, exit: string]>(
  'evidence.record',
  `select u.tenant, u.exit_id, r.application_id, e.person_id, u.serial, u.division, u.office, p.name, u.business_date, u.state, u.faults,
     u.digest, u.batch_id, u.earlier_batches, u.record_sealed, u.built_at, u.settled_at
   from exit_record u
   join exit e on e.tenant = u.tenant and e.id = u.exit_id
   join registration r on r.tenant = e.tenant and r.id = e.registration_id
   left join person p on p.tenant = e.tenant and p.id = e.person_id
   where u.tenant = $1 and u.exit_id = $2`,
);

/** Records under a serial number in any city of the range; index exit_upload_key. */
export const recordsUnder = sql<
  { exit_id: string; serial: string; division: string; business_date: string; state: string; name: string | null },
  [tenants: readonly string[], serial: string]
>(
  'evidence.under',
  `select u.exit_id, u.serial, u.division, u.business_date, u.state, p.name
   from exit_record u
   join exit e on e.tenant = u.tenant and e.id = u.exit_id
   left join person p on p.tenant = e.tenant and p.id = e.person_id
   where u.tenant = any($1::bpchar[]) and u.serial = $2 order by u.exit_id`,
);

/** A batch of some cities by its id; primary key, one look-up a city. */
export const findBatch = sql<BatchSummary, [tenants: readonly string[], id: string]>(
  'evidence.batch',
  `select tenant, id, division, business_date, count, digest, state, attempts, built_at, sent_at, receipt, receipt_at
   from exchange_batch where tenant = any($1::bpchar[]) and id = $2`,
);

export const contentOfBatch = sql<{ content_sealed: Buffer; digest: Buffer }, [tenant: string, id: string]>(
  'evidence.content',
  'select content_sealed, digest from exchange_batch where tenant = $1 and id = $2',
);

/** Records that travelled in a batch, in key order: of one day, by exit_upload_day. */
export const recordsInBatch = sql<
  { exit_id: string; serial: string; name: string | null; state: string; faults: EvidenceRow['faults'] },
  [tenant: string, date: string, batch: string, after: string, limit: number]
>(
  'evidence.records',
  `select u.exit_id, u.serial, p.name, u.state, u.faults
   from (select * from exit_record where tenant = $1 and business_date = $2 and (batch_id = $3 or $3 = any(earlier_batches))
     and exit_id > $4::uuid order by exit_id limit $5) u
   join exit e on e.tenant = u.tenant and e.id = u.exit_id
   left join person p on p.tenant = e.tenant and p.id = e.person_id
   order by u.exit_id`,
);
