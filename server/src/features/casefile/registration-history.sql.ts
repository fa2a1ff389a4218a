import { sql } from '../../platform/sql.ts';

/** What was done with a registration; append-only. The one statement that writes its history. */
export const putRegistrationAction = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    person: string,
    office: string,
    action: string,
    from: string,
    to: string,
    now: Date,
    actorId: string | null,
    actorName: string,
    detail: string,
  ]
>(
  'casefile.putRegistrationAction',
  `insert into registration_action (tenant, id, registration_id, person_id, office, action, from_status, to_status, at, actor_id, actor_name, detail)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);
