import type { AuditEventRow } from './audit-seal.ts';
import { sql } from './sql.ts';

export interface SealRow {
  sequence: number;
  from_at: Date;
  to_at: Date;
  count: number;
  previous: Buffer;
  digest: Buffer;
}

/** The head of a city's chain; primary key read backwards. */
export const lastSeal = sql<SealRow, [tenant: string]>(
  'auditSeal.last',
  `select sequence, from_at, to_at, count, previous, digest from audit_seal where tenant = $1 order by sequence desc limit 1`,
);

/** The instant of the n-th row after another: where a window that would be too long is cut. Index (tenant, at). */
export const cutAt = sql<{ at: Date }, [tenant: string, from: Date, to: Date, rows: number]>(
  'auditSeal.cut',
  'select at from audit_event where tenant = $1 and at > $2 and at <= $3 order by at offset $4 limit 1',
);

/** Digests of the rows of a window in id order; some thousands at most (see cutAt). */
export const windowMacs = sql<{ mac: Buffer }, [tenant: string, from: Date, to: Date]>(
  'auditSeal.macs',
  'select mac from audit_event where tenant = $1 and at > $2 and at <= $3 order by id',
);

/** Nothing is written when another worker was first. */
export const putSeal = sql<
  Record<string, never>,
  [tenant: string, sequence: number, from: Date, to: Date, count: number, previous: Buffer, digest: Buffer, now: Date]
>(
  'auditSeal.put',
  `insert into audit_seal (tenant, sequence, from_at, to_at, count, previous, digest, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (tenant, sequence) do nothing`,
);

/** A chain, page by page. */
export const sealsAfter = sql<SealRow, [tenant: string, after: number, limit: number]>(
  'auditSeal.page',
  `select sequence, from_at, to_at, count, previous, digest from audit_seal
   where tenant = $1 and sequence > $2 order by sequence limit $3`,
);

/** Whole rows of a window for verification, in id order. */
export const windowRows = sql<AuditEventRow, [tenant: string, from: Date, to: Date]>(
  'auditSeal.rows',
  `select tenant, id, at, office, actor_kind, actor_id, actor_name, role, action, subject_kind, subject_id, person_id, reason,
     detail, mac
   from audit_event where tenant = $1 and at > $2 and at <= $3 order by id`,
);
