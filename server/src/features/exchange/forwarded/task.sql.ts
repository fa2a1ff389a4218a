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
    later: Buffer | null,
  ]
>(
  'exchange.putForwardedTask',
  `insert into forwarded_task (tenant, id, platform_number, revision, division, office, kind, application_id, submitted_at, due_on, at,
     later_sealed)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
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

export interface FaultyRow {
  tenant: string;
  id: string;
  platform_number: string;
  revision: number;
  office: string;
  submitted_at: Date;
  due_on: string;
  entries: { at: string; who: string; note: string }[];
  faults: { field: string; message: string }[];
  content_sealed: Buffer;
}

/** Faulty ones of some counties, earliest due date first: index forwarded_task_open, a page a county at most. */
export const faultyPage = sql<
  FaultyRow,
  [divisions: readonly string[], lo: string, hi: string, afterDue: string, afterId: string, limit: number]
>(
  'exchange.faultyPage',
  `select t.tenant, t.id, t.platform_number, t.revision, t.office, t.submitted_at, t.due_on, t.entries, f.faults, f.content_sealed
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select * from forwarded_task
       where division = d.division and state = 'open' and kind = 'faulty' and office >= $2 and office < $3
         and (due_on, id) > ($4::date, $5::uuid)
       order by due_on, id limit $6
     ) w
     order by w.due_on, w.id limit $6
   ) t
   join forwarded_application f on f.tenant = t.tenant and f.platform_number = t.platform_number and f.revision = t.revision
   order by t.due_on, t.id`,
);

export interface TaskRow {
  tenant: string;
  id: string;
  platform_number: string;
  revision: number;
  office: string;
  kind: 'faulty' | 'correction';
  later_sealed: Buffer | null;
  application_id: string | null;
  state: 'open' | 'settled';
  settled_by_name: string | null;
}

/** One task, locked until the end of the transaction; primary key. */
export const lockTask = sql<TaskRow, [tenant: string, id: string]>(
  'exchange.lockForwardedTask',
  `select tenant, id, platform_number, revision, office, kind, later_sealed, application_id, state, settled_by_name
   from forwarded_task where tenant = $1 and id = $2 for update`,
);

/** What was tried, appended. */
export const addEntry = sql<Record<string, never>, [tenant: string, id: string, entry: string]>(
  'exchange.addForwardedEntry',
  `update forwarded_task set entries = entries || $3::jsonb where tenant = $1 and id = $2 and state = 'open'`,
);

export const settleTask = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    outcome: string,
    application: string | null,
    taken: readonly string[],
    before: Buffer | null,
    entry: string,
    now: Date,
    by: string,
    byName: string,
  ]
>(
  'exchange.settleForwardedTask',
  `update forwarded_task set state = 'settled', outcome = $3, application_id = coalesce($4, application_id), taken = $5,
     before_sealed = $6, entries = entries || $7::jsonb, settled_at = $8, settled_by = $9, settled_by_name = $10
   where tenant = $1 and id = $2 and state = 'open'`,
);

/** An application of a city by its own number, as far as the actor may see it. */
export const applicationByNumber = sql<{ id: string }, [tenant: string, number: string]>(
  'exchange.applicationByNumber',
  'select id from application where tenant = $1 and number = $2',
);

export interface CorrectionRow {
  id: string;
  at: Date;
  revision: number;
  state: 'open' | 'settled';
  outcome: string | null;
  taken: string[];
  entries: { at: string; who: string; note: string }[];
  settled_at: Date | null;
  settled_by_name: string | null;
  before_sealed: Buffer | null;
  later_sealed: Buffer | null;
}

/** Corrections of a case, newest first; index forwarded_task_application. */
export const correctionsOf = sql<CorrectionRow, [tenant: string, application: string]>(
  'exchange.correctionsOf',
  `select t.id, t.at, t.revision, t.state, t.outcome, t.taken, t.entries, t.settled_at, t.settled_by_name, t.before_sealed,
     t.later_sealed
   from forwarded_task t
   where t.tenant = $1 and t.application_id = $2 and t.kind = 'correction' order by t.revision desc, t.at desc limit 50`,
);

/** What the platform delivered about a case; index forwarded_application_case. */
export const deliveriesOf = sql<
  { platform_number: string; revision: number; submitted_at: Date; received_at: Date },
  [tenant: string, application: string]
>(
  'exchange.deliveriesOf',
  `select platform_number, revision, submitted_at, received_at from forwarded_application
   where tenant = $1 and application_id = $2 order by received_at, revision limit 50`,
);

/** An open case as the platform's side of its page reads it. */
export const caseOfPage = sql<
  {
    status: string;
    channel: string;
    division: string;
    office: string;
    submitted_on: string;
    form: Record<string, unknown>;
    sealed: Buffer;
  },
  [tenant: string, application: string]
>(
  'exchange.caseOfPage',
  'select status, channel, division, office, submitted_on, form, sealed from application where tenant = $1 and id = $2',
);
