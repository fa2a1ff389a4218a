import { sql } from '../../../platform/sql.ts';

export const putTask = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    platformNumber: string,
    revision: number,
    division: string,
    office: string,
    kind: 'faulty' | 'correction',
    application: string | null,
    submittedAt: Date,
    dueOn: string,
    now: Date,
  ]
>(
  'exchange.putForwardedTask',
  `insert into forwarded_task (tenant, id, platform_number, revision, division, office, kind, application_id, submitted_at, due_on, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
);

/** What earlier deliveries of a number left to a person is overtaken; index forwarded_task_number. */
export const settleEarlier = sql<
  Record<string, never>,
  [tenant: string, platformNumber: string, revision: number, outcome: string, now: Date, by: string]
>(
  'exchange.settleEarlierTasks',
  `update forwarded_task set state = 'settled', outcome = $4, settled_at = $5, settled_by_name = $6
   where tenant = $1 and platform_number = $2 and revision < $3 and state = 'open'`,
);
