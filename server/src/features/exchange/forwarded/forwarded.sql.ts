import { sql } from '../../../platform/sql.ts';

export const findCursor = sql<{ position: string }, [tenant: string, kind: string]>(
  'exchange.findCursor',
  'select position from exchange_cursor where tenant = $1 and kind = $2',
);

/** A cursor only goes forward: a slow second worker does not turn it back. */
export const moveCursor = sql<Record<string, never>, [tenant: string, kind: string, position: string, now: Date]>(
  'exchange.moveCursor',
  `insert into exchange_cursor (tenant, kind, position, at) values ($1, $2, $3, $4)
   on conflict (tenant, kind) do update set position = excluded.position, at = excluded.at
   where length(exchange_cursor.position) < length(excluded.position)
     or (length(exchange_cursor.position) = length(excluded.position) and exchange_cursor.position < excluded.position)`,
);

/** What is known of a number of the platform; primary key, one or two rows. */
export const revisionsOf = sql<{ revision: number; state: string }, [tenant: string, platformNumber: string]>(
  'exchange.revisions',
  'select revision, state from forwarded_application where tenant = $1 and platform_number = $2 order by revision',
);

/** What a number said before a revision; primary key read backwards. */
export const deliveryBefore = sql<
  { content_sealed: Buffer },
  [tenant: string, platformNumber: string, revision: number]
>(
  'exchange.deliveryBefore',
  `select content_sealed from forwarded_application
   where tenant = $1 and platform_number = $2 and revision < $3 order by revision desc limit 1`,
);

/** As received; a delivery that comes again is kept once. */
export const putForwarded = sql<
  Record<string, never>,
  [
    tenant: string,
    platformNumber: string,
    revision: number,
    office: string,
    submittedAt: Date,
    now: Date,
    content: Buffer,
    digest: Buffer,
    state: string,
    application: string | null,
    faults: string,
  ]
>(
  'exchange.putForwarded',
  `insert into forwarded_application (tenant, platform_number, revision, office, submitted_at, received_at, content_sealed, digest,
     state, application_id, faults)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
);

interface CaseRow {
  id: string;
  status: string;
  /** Where a case that was handed over to another city goes on. */
  moved_to: string | null;
}

/** The case that carries a number of the platform; unique index. */
export const caseOfPlatform = sql<CaseRow, [tenant: string, platformNumber: string]>(
  'exchange.caseOfPlatform',
  `select id, status, case when status = 'handedOver' then decision->>'id' end as moved_to
   from application where tenant = $1 and platform_number = $2`,
);

export const caseById = sql<CaseRow, [tenant: string, id: string]>(
  'exchange.caseById',
  `select id, status, case when status = 'handedOver' then decision->>'id' end as moved_to
   from application where tenant = $1 and id = $2`,
);

/** Other cities that know a number; index forwarded_application_number. Asked only of a changed application. */
export const casesElsewhere = sql<{ tenant: string }, [platformNumber: string, tenant: string]>(
  'exchange.casesElsewhere',
  'select distinct tenant from forwarded_application where platform_number = $1 and tenant <> $2',
);

/** Supervision hears of a forwarded application that cannot be taken in as it is: somebody has to speak to the applicant. */
export const putFaultyEvent = sql<
  Record<string, never>,
  [tenant: string, id: string, office: string, now: Date, detail: string]
>(
  'exchange.putFaultyEvent',
  `insert into supervision_event (tenant, id, office, kind, at, actor_id, actor_name, subject_kind, subject_id, detail)
   values ($1, $2, $3, 'forwardedFaulty', $4, null, '系统', 'application', null, $5) on conflict (tenant, id) do nothing`,
);

/** What the office has to mend with the worker while the clock runs: an entry of the case's history, once. */
export const putMendEntry = sql<
  Record<string, never>,
  [tenant: string, id: string, application: string, person: string, office: string, now: Date, detail: string]
>(
  'exchange.putMendEntry',
  `insert into application_action (tenant, id, application_id, person_id, office, action, from_status, to_status, at, actor_id,
     actor_name, detail)
   values ($1, $2, $3, $4, $5, 'mendForm', 'submitted', 'submitted', $6, null, '全国平台', $7) on conflict (tenant, id) do nothing`,
);
