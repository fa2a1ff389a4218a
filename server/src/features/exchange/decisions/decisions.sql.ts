import { sql } from '../../../platform/sql.ts';

/** What a person set after a return. `local`: under division and own number, since the platform does not know its own. */
export interface Mended {
  readonly reason?: string;
  readonly local?: boolean;
}

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
  mended: Mended | null;
}

/** Where an upload takes its case from: its own, or the one its number belongs to. */
export const source = `left join lateral (
     select f.application_id from forwarded_application f
     where f.tenant = d.tenant and f.platform_number = d.platform_number and f.application_id is not null
     order by f.revision desc limit 1
   ) j on true
   left join application a on a.tenant = d.tenant and a.id = coalesce(j.application_id, d.application_id)
   left join registration r on r.tenant = a.tenant and r.application_id = a.id`;

/**
 * Decisions on their way, oldest first: of two on one application the earlier goes first. The partial index of waiting ones, some
 * dozens at a time. An answer to a forwarded application that joined another case takes its facts from that case.
 */
export const waitingDecisions = sql<WaitingDecision, [limit: number]>(
  'exchange.waitingDecisions',
  `select d.tenant, d.application_id as id, d.platform_number, d.outcome, d.decided_at, a.number, a.division, a.ground,
     a.decision->>'text' as text, r.number as registration_number, d.mended
   from decision_upload d ${source}
   where d.state = 'waiting' order by d.decided_at, d.application_id limit $1`,
);

/** The same of one city that are in no file so far, where files are the transport; held until the end of the transaction. */
export const decisionsForFile = sql<WaitingDecision, [tenant: string, limit: number]>(
  'exchange.decisionsForFile',
  `select d.tenant, d.application_id as id, d.platform_number, d.outcome, d.decided_at, a.number, a.division, a.ground,
     a.decision->>'text' as text, r.number as registration_number, d.mended
   from decision_upload d ${source}
   where d.tenant = $1 and d.state = 'waiting' and d.batch_id is null
   order by d.decided_at, d.application_id limit $2 for update of d`,
);

type Settled = [
  tenants: readonly string[],
  ids: readonly string[],
  states: readonly string[],
  faults: readonly string[],
  contents: readonly Buffer[],
  digests: readonly Buffer[],
  receipts: readonly (string | null)[],
];

/** The platform's answer to each, with what was sent and its digest. One that was returned as too old has a later one of ours there. */
export const settleDecisions = sql<Record<string, never>, [now: Date, ...Settled]>(
  'exchange.settleDecisions',
  `update decision_upload d set state = case
       when n.state = 'returned' and n.faults::jsonb @> '[{"check":"decision-older"}]' and exists (
         select 1 from decision_upload x where x.tenant = d.tenant and x.platform_number = d.platform_number
           and x.decided_at > d.decided_at and x.state = 'accepted')
       then 'superseded' else n.state end,
     faults = n.faults::jsonb, attempts = d.attempts + 1, settled_at = $1, sent_at = $1, content_sealed = n.content,
     digest = n.digest, receipt = coalesce(n.receipt, d.receipt)
   from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::bytea[], $7::bytea[], $8::text[])
     as n (tenant, id, state, faults, content, digest, receipt)
   where d.tenant = n.tenant and d.application_id = n.id and d.state = 'waiting'`,
);

/** What was tried with each decision and what came of it, one row an attempt. */
export const putDecisionAttempts = sql<
  Record<string, never>,
  [
    now: Date,
    tenants: readonly string[],
    ids: readonly string[],
    batches: readonly string[],
    outcomes: readonly string[],
    details: readonly string[],
  ]
>(
  'exchange.putDecisionAttempts',
  `insert into exchange_attempt (tenant, id, batch_id, at, outcome, detail)
   select n.tenant, n.id, n.batch, $1, n.outcome, n.detail::jsonb
   from unnest($2::bpchar[], $3::uuid[], $4::text[], $5::text[], $6::text[]) as n (tenant, id, batch, outcome, detail)`,
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
   where f.state = 'joined' and f.application_id is not null and f.received_at > $1
     and a.status not in ('submitted', 'handedOver') and a.platform_number is distinct from f.platform_number
     and not exists (select 1 from decision_upload d where d.tenant = f.tenant and d.platform_number = f.platform_number
       and d.decided_at >= a.decided_at)
   order by f.received_at limit $2`,
);

/** The same for those a person said belong to a case that was entered otherwise; index forwarded_task_number. */
export const unansweredLinked = sql<
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
  'exchange.unansweredLinked',
  `select f.tenant, f.platform_number, f.office, f.application_id, a.status, a.decided_at
   from forwarded_task f join application a on a.tenant = f.tenant and a.id = f.application_id
   where f.outcome = 'joined' and f.settled_at > $1 and a.status not in ('submitted', 'handedOver')
     and not exists (select 1 from decision_upload d where d.tenant = f.tenant and d.platform_number = f.platform_number
       and d.decided_at >= a.decided_at)
   order by f.settled_at limit $2`,
);

/** An answer under a number of the platform; its id follows from what it answers, so it is written once. */
export const putAnswer = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    office: string,
    platformNumber: string,
    outcome: string,
    decidedAt: Date,
    mended: string | null,
  ]
>(
  'exchange.putAnswer',
  `insert into decision_upload (tenant, application_id, office, platform_number, outcome, decided_at, state, mended)
   values ($1, $2, $3, $4, $5, $6, 'waiting', $7) on conflict (tenant, application_id) do nothing`,
);

export interface DecisionUploadRow {
  tenant: string;
  id: string;
  application_id: string | null;
  number: string | null;
  platform_number: string | null;
  name: string | null;
  office: string;
  outcome: string;
  decided_at: Date;
  state: 'waiting' | 'accepted' | 'returned' | 'superseded';
  faults: { check: string; field: string; message: string }[];
  attempts: number;
  sent_at: Date | null;
  digest: Buffer | null;
  receipt: string | null;
  mended: Mended | null;
}

/** An upload as it is read, `d` being its row. */
export const shown = `d.tenant, d.application_id as id, a.id as application_id, a.number, d.platform_number, a.form->>'name' as name, d.office,
     d.outcome, d.decided_at, d.state, d.faults, d.attempts, d.sent_at, d.digest, d.receipt, d.mended`;

/** Uploads of decisions in a state, newest first, one page a city; returned ones by index decision_upload_returned. */
export const uploadPage = sql<
  DecisionUploadRow,
  [tenants: readonly string[], state: string, before: Date, beforeId: string, limit: number]
>(
  'exchange.decisionUploads',
  `select ${shown}
   from (
     select w.* from unnest($1::bpchar[]) t (tenant) cross join lateral (
       select * from decision_upload
       where tenant = t.tenant and state = $2 and (decided_at, application_id) < ($3::timestamptz, $4::uuid)
       order by decided_at desc, application_id desc limit $5
     ) w order by w.decided_at desc, w.application_id desc limit $5
   ) d
   ${source} order by d.decided_at desc, d.application_id desc`,
);

/** What went up about one case: its own decision, and answers under the number it came with. */
export const uploadsOfCase = sql<DecisionUploadRow, [tenant: string, application: string]>(
  'exchange.decisionUploadsOfCase',
  `select ${shown}
   from (
     select * from decision_upload where tenant = $1 and application_id = $2
     union
     select u.* from forwarded_application f join decision_upload u on u.tenant = f.tenant and u.platform_number = f.platform_number
     where f.tenant = $1 and f.application_id = $2
   ) d
   ${source} order by d.decided_at desc, d.application_id desc limit 20`,
);

/** A returned one waits again with what a person set; no row when it is not returned any more. */
export const renewDecision = sql<{ office: string }, [tenant: string, id: string, mended: string]>(
  'exchange.renewDecision',
  `update decision_upload set state = 'waiting', batch_id = null, mended = coalesce(mended, '{}') || $3::jsonb
   where tenant = $1 and application_id = $2 and state = 'returned' returning office`,
);

export const findUpload = sql<{ office: string; platform_number: string | null }, [tenant: string, id: string]>(
  'exchange.findDecisionUpload',
  'select office, platform_number from decision_upload where tenant = $1 and application_id = $2',
);
