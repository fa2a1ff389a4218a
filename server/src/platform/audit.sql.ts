import { sql } from './sql.ts';

/** The columns of an audit row in their order. */
export type AuditParams = [
  tenant: string,
  id: string,
  at: Date,
  office: string,
  actorKind: string,
  actorId: string,
  actorName: string,
  role: string,
  action: string,
  subjectKind: string,
  subjectId: string,
  personId: string | null,
  reason: string,
  detail: string,
  mac: Buffer,
];

/** One row a write or look; 15 columns, two indexes, no read. */
export const insertAuditEvent = sql<Record<string, never>, AuditParams>(
  'audit.insert',
  `insert into audit_event (tenant, id, at, office, actor_kind, actor_id, actor_name, role, action, subject_kind, subject_id,
     person_id, reason, detail, mac)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
);
