import { sql } from '../../platform/sql.ts';

export interface WaitingDecision {
  tenant: string;
  id: string;
  platform_number: string | null;
  outcome: string;
  decided_at: Date;
  number: string | null;
  division: string | null;
  ground: string | null;
  text: string | null;
  registration_number: string | null;
}

/**
 * Decisions on their way, oldest first; the partial index of waiting ones, some dozens at a time. An answer to a forwarded
 * application that joined another case takes its facts from that case.
 */
export const waitingDecisions = sql<WaitingDecision, [limit: number]>(
  'exchange.waitingDecisions',
  `select d.tenant, d.application_id as id, d.platform_number, d.outcome, d.decided_at, a.number, a.division, a.ground,
     a.decision->>'text' as text, r.number as registration_number
   from decision_upload d
   left join lateral (
     select f.application_id from forwarded_application f
     where f.tenant = d.tenant and f.platform_number = d.platform_number and f.application_id is not null
     order by f.revision desc limit 1
   ) j on true
   left join application a on a.tenant = d.tenant and a.id = coalesce(j.application_id, d.application_id)
   left join registration r on r.tenant = a.tenant and r.application_id = a.id
   where d.state = 'waiting' order by d.decided_at limit $1`,
);

export const settleDecisions = sql<
  Record<string, never>,
  [now: Date, tenants: readonly string[], ids: readonly string[], states: readonly string[], faults: readonly string[]]
>(
  'exchange.settleDecisions',
  `update decision_upload d set state = n.state, faults = n.faults::jsonb, attempts = d.attempts + 1, settled_at = $1
   from unnest($2::text[], $3::uuid[], $4::text[], $5::text[]) as n (tenant, id, state, faults)
   where d.tenant = n.tenant and d.application_id = n.id and d.state = 'waiting'`,
);

/** Forwarded applications whose joined case was decided after the last answer under their own number; a handful. */
export const unansweredJoined = sql<
  {
    tenant: string;
    platform_number: string;
    office: string;
    application_id: string;
    status: string;
    decided_at: Date;
  },
  [since: Date, limit: number]
>(
  'exchange.unansweredJoined',
  `select f.tenant, f.platform_number, f.office, f.application_id, a.status, a.decided_at
   from forwarded_application f join application a on a.tenant = f.tenant and a.id = f.application_id
   where f.state = 'joined' and f.application_id is not null and f.received_at > $1 and a.status <> 'submitted'
     and not exists (select 1 from decision_upload d where d.tenant = f.tenant and d.platform_number = f.platform_number
       and d.decided_at >= a.decided_at)
   order by f.received_at limit $2`,
);

/** An answer under a number of the platform; its id follows from what it answers, so it is written once. */
export const putAnswer = sql<
  Record<string, never>,
  [tenant: string, id: string, office: string, platformNumber: string, outcome: string, decidedAt: Date]
>(
  'exchange.putAnswer',
  `insert into decision_upload (tenant, application_id, office, platform_number, outcome, decided_at, state)
   values ($1, $2, $3, $4, $5, $6, 'waiting') on conflict (tenant, application_id) do nothing`,
);
