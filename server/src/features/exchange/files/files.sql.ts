import { sql } from '../../../platform/sql.ts';

export interface FileRow {
  name: string;
  encoding: 'utf-8' | 'gb18030';
  digest: Buffer;
  state: 'intended' | 'written';
  written_at: Date | null;
}

/** The file of a batch; index exchange_file_batch. */
export const fileOfBatch = sql<FileRow, [tenant: string, batch: string]>(
  'exchange.fileOfBatch',
  'select name, encoding, digest, state, written_at from exchange_file where tenant = $1 and batch_id = $2',
);

/** A file with what it says, before the disk is touched; from here on it is that file. */
export const putWholeFile = sql<
  Record<string, never>,
  [
    tenant: string,
    name: string,
    division: string,
    batch: string,
    encoding: string,
    bytes: number,
    digest: Buffer,
    now: Date,
    count: number,
    content: Buffer,
    kind: 'decisions' | 'civil',
  ]
>(
  'exchange.putWholeFile',
  `insert into exchange_file (tenant, name, division, batch_id, encoding, bytes, digest, state, made_at, kind, count, content_sealed)
   values ($1, $2, $3, $4, $5, $6, $7, 'intended', $8, $11, $9, $10)`,
);

/** Before the disk is touched: from here on the file has its name, encoding and digest. */
export const intendFile = sql<
  Record<string, never>,
  [
    tenant: string,
    name: string,
    division: string,
    batch: string,
    encoding: string,
    bytes: number,
    digest: Buffer,
    now: Date,
    kind: string,
  ]
>(
  'exchange.intendFile',
  `insert into exchange_file (tenant, name, division, batch_id, encoding, bytes, digest, state, made_at, kind)
   values ($1, $2, $3, $4, $5, $6, $7, 'intended', $8, $9) on conflict do nothing`,
);

/** The file and its digest file are on the disk. */
export const fileWritten = sql<{ name: string }, [tenant: string, batch: string, now: Date]>(
  'exchange.fileWritten',
  `update exchange_file set state = 'written', written_at = $3, trouble = ''
   where tenant = $1 and batch_id = $2 and (state = 'intended' or written_at < $3) returning name`,
);

/** Why it could not be written; a file that lies there keeps its state. */
export const fileTrouble = sql<Record<string, never>, [tenant: string, batch: string, trouble: string]>(
  'exchange.fileTrouble',
  'update exchange_file set trouble = $3 where tenant = $1 and batch_id = $2',
);

/** The file arrived damaged at the platform: it is written again, as the same bytes. */
export const fileToWriteAgain = sql<Record<string, never>, [tenant: string, batch: string]>(
  'exchange.fileToWriteAgain',
  `update exchange_file set state = 'intended' where tenant = $1 and batch_id = $2`,
);

export interface AnsweredBatch {
  tenant: string;
  id: string;
  kind: 'exits' | 'registrations';
  division: string;
  business_date: string;
  state: 'built' | 'sent' | 'received' | 'closed';
  receipt: string | null;
  file_digest: Buffer | null;
}

/** A batch that a receipt names, with the file it went out as. */
export const batchForReceipt = sql<AnsweredBatch, [tenant: string, id: string]>(
  'exchange.batchForReceipt',
  `select b.tenant, b.id, b.kind, b.division, b.business_date, b.state, b.receipt, f.digest as file_digest
   from exchange_batch b left join exchange_file f on f.tenant = b.tenant and f.batch_id = b.id
   where b.tenant = $1 and b.id = $2`,
);

/** When a file that is not whole yet was first seen; the row is made when it is not there. */
export const firstSeen = sql<
  { first_seen_at: Date },
  [key: string, name: string, now: Date, reason: string, line: string]
>(
  'exchange.firstSeen',
  `insert into exchange_incoming (key, name, first_seen_at, state, reason, line) values ($1, $2, $3, 'arriving', $4, $5)
   on conflict (key) do update set reason = excluded.reason returning first_seen_at`,
);

/** Files that were arriving and have since been settled or taken away again. */
export const forgetArriving = sql<Record<string, never>, [line: string, still: readonly string[]]>(
  'exchange.forgetArriving',
  `delete from exchange_incoming where line = $1 and state = 'arriving' and not name = any($2::text[])`,
);

/** What became of a file; the same file met again keeps its first row, unless it had been set aside. */
export const settleIncoming = sql<
  Record<string, never>,
  [
    key: string,
    name: string,
    now: Date,
    state: string,
    reason: string,
    batch: string | null,
    receipt: string | null,
    line: string,
  ]
>(
  'exchange.settleIncoming',
  `insert into exchange_incoming (key, name, first_seen_at, state, reason, batch_id, receipt, settled_at, line)
   values ($1, $2, $3, $4, $5, $6, $7, $3, $8)
   on conflict (key) do update set state = excluded.state, reason = excluded.reason, settled_at = excluded.settled_at,
     cleared_at = null where exchange_incoming.state = 'aside'`,
);

/** Files set aside that are no longer in that folder: somebody has dealt with them. */
export const clearAside = sql<
  Record<string, never>,
  [line: string, still: readonly string[], now: Date, settledBefore: Date]
>(
  'exchange.clearAside',
  `update exchange_incoming set cleared_at = $3
   where line = $1 and state = 'aside' and cleared_at is null and settled_at < $4 and not name = any($2::text[])`,
);

export interface OutgoingRow {
  name: string;
  count: number;
  file_state: 'intended' | 'written' | 'closed';
  batch_state: 'sent' | 'received' | 'closed';
  trouble: string;
  at: Date;
  receipt: string | null;
}

/**
 * Files since an instant for the exchange page, those without a receipt first and of them a back-load's last: it may have a thousand.
 * Index exchange_file_made; otherwise a handful a county and day.
 */
export const outgoingFiles = sql<OutgoingRow, [tenants: readonly string[], since: Date, limit: number]>(
  'exchange.outgoingFiles',
  `select f.name, coalesce(b.count, f.count) as count, f.state as file_state, f.trouble, coalesce(b.receipt, f.receipt) as receipt,
     coalesce(b.receipt_at, f.receipt_at, f.written_at, f.made_at) as at,
     case when coalesce(b.receipt, f.receipt) is not null then 'received'
       when b.state = 'closed' or f.state = 'closed' then 'closed' else 'sent' end as batch_state
   from exchange_file f
   left join exchange_batch b on f.kind in ('exits', 'registrations') and b.tenant = f.tenant and b.id = f.batch_id
   where f.tenant = any($1::bpchar[]) and f.made_at > $2 and f.kind <> 'civil'
   order by coalesce(b.receipt, f.receipt) is not null, f.kind = 'registrations', at desc limit $3`,
);

/** Files that are not whole yet or were set aside; a handful, by exchange_incoming_aside. */
export const openIncoming = sql<
  { name: string; state: 'arriving' | 'aside'; reason: string; at: Date },
  [line: string, limit: number]
>(
  'exchange.openIncoming',
  `select name, state, reason, coalesce(settled_at, first_seen_at) as at from exchange_incoming
   where line = $1 and (state = 'arriving' or (state = 'aside' and cleared_at is null))
   order by at desc limit $2`,
);

/** Counties that reported a day, or whose report lies written for whoever carries it; index exchange_batch_date. */
export const countiesWritten = sql<
  { date: string; divisions: string[] },
  [tenants: readonly string[], from: string, to: string]
>(
  'exchange.countiesWritten',
  `select b.business_date as date, array_agg(distinct b.division::text) as divisions
   from exchange_batch b left join exchange_file f on f.tenant = b.tenant and f.batch_id = b.id
   where b.tenant = any($1::bpchar[]) and b.business_date between $2 and $3 and b.kind = 'exits'
     and (b.receipt is not null or (f.state = 'written' and b.state <> 'closed'))
   group by b.business_date`,
);

/** Files of exits that are named but not written, of batches that have no receipt; index exchange_file_intended. */
export const exitFilesToWrite = sql<
  { tenant: string; id: string; division: string; date: string },
  [tenants: readonly string[]]
>(
  'exchange.exitFilesToWrite',
  `select b.tenant, b.id, b.division, b.business_date as date
   from exchange_file f join exchange_batch b on b.tenant = f.tenant and b.id = f.batch_id and b.kind = 'exits'
   where f.tenant = any($1::bpchar[]) and f.state = 'intended' and f.kind = 'exits' and b.state in ('built', 'sent')
   order by f.name limit 100`,
);
