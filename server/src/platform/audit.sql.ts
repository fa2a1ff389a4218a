import { sql } from './sql.ts';

/** One row a write or look; 15 columns, two indexes, no read. */
export const insertAuditEvent = sql<
  Record<string, never>,
  [
    string,
    string,
    Date,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string | null,
    string,
    string,
    Buffer,
  ]
>(
  'audit.insert',
  `insert into audit_event (tenant, id, at, office, actor_kind, actor_id, actor_name, role, action, subject_kind, subject_id,
     person_id, reason, detail, mac)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
);
