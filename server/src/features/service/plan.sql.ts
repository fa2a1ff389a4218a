import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface PlanRow {
  tenant: string;
  id: string;
  registration_id: string;
  person_id: string;
  office: string;
  division: string;
  kind: 'ordinary' | 'difficulty';
  goal: string;
  officer_id: string;
  officer_name: string;
  status: 'draft' | 'agreed' | 'closed';
  made_at: Date;
  made_by_name: string;
  agreed_at: Date | null;
  agreed_how: 'portal' | 'counter' | 'telephone' | 'visit' | null;
  closed_at: Date | null;
  closed_reason: string | null;
  changed_at: Date;
  changed_by_name: string;
  version: number;
}

const columns = `tenant, id, registration_id, person_id, office, division, kind, goal, officer_id, officer_name, status, made_at, made_by_name,
     agreed_at, agreed_how, closed_at, closed_reason, changed_at, changed_by_name, version`;

/** Plans of a registration, newest first; a handful. */
export const plansOf = sql<PlanRow, Key>(
  'service.plans',
  `select ${columns} from plan where tenant = $1 and registration_id = $2 order by made_at desc, id desc limit 20`,
);

/** A plan, locked. */
export const lockPlan = sql<PlanRow, Key>(
  'service.lockPlan',
  `select ${columns} from plan where tenant = $1 and id = $2 for update`,
);

export interface StepRow {
  id: string;
  plan_id: string;
  n: number;
  whose: 'office' | 'worker';
  service: string;
  what: string;
  due_on: string;
  status: 'open' | 'done' | 'dropped';
  result: string;
  settled_by_name: string | null;
}

/** Steps of some plans of one city; index plan_step_plan. */
export const stepsOf = sql<StepRow, [tenant: string, plans: readonly string[]]>(
  'service.steps',
  `select id, plan_id, n, whose, service, what, due_on, status, result, settled_by_name from plan_step
   where tenant = $1 and plan_id = any($2::uuid[]) order by plan_id, n`,
);

export const putPlan = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    person: string,
    office: string,
    division: string,
    kind: string,
    goal: string,
    officer: string,
    officerName: string,
    now: Date,
    by: string | null,
    byName: string,
  ]
>(
  'service.putPlan',
  `insert into plan (tenant, id, registration_id, person_id, office, division, kind, goal, officer_id, officer_name, status, made_at,
     made_by, made_by_name, changed_at, changed_by_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'draft', $11, $12, $13, $11, $13)`,
);

/** All steps of a new plan in one statement. */
export const putSteps = sql<
  Record<string, never>,
  [
    tenant: string,
    plan: string,
    registration: string,
    person: string,
    office: string,
    division: string,
    ids: readonly string[],
    whose: readonly string[],
    services: readonly string[],
    whats: readonly string[],
    dues: readonly string[],
  ]
>(
  'service.putSteps',
  `insert into plan_step (tenant, id, plan_id, registration_id, person_id, office, division, n, whose, service, what, due_on, status)
   select $1, s.id, $2, $3, $4, $5, $6, s.n, s.whose, s.service, s.what, s.due_on, 'open'
   from unnest($7::uuid[], $8::text[], $9::text[], $10::text[], $11::date[]) with ordinality
     as s (id, whose, service, what, due_on, n)`,
);

/** The person agreed; no row when somebody changed the plan meanwhile. */
export const agree = sql<Record<string, never>, [...Key, version: number, how: string, now: Date, byName: string]>(
  'service.agree',
  `update plan set status = 'agreed', agreed_at = $5, agreed_how = $4, changed_at = $5, changed_by_name = $6, version = version + 1
   where tenant = $1 and id = $2 and version = $3 and status = 'draft'`,
);

/** Ends a plan; no row when somebody changed it meanwhile. */
export const closePlan = sql<
  Record<string, never>,
  [...Key, version: number, reason: string, now: Date, byName: string]
>(
  'service.closePlan',
  `update plan set status = 'closed', closed_at = $5, closed_reason = $4, changed_at = $5, changed_by_name = $6, version = version + 1
   where tenant = $1 and id = $2 and version = $3 and status <> 'closed'`,
);

/** What of a closed plan was still open is not owed any more. */
export const dropOpenSteps = sql<Record<string, never>, [...Key, reason: string, now: Date, byName: string]>(
  'service.dropOpenSteps',
  `update plan_step set status = 'dropped', result = $3, settled_at = $4, settled_by_name = $5
   where tenant = $1 and plan_id = $2 and status = 'open'`,
);

export const settleStep = sql<
  Record<string, never>,
  [...Key, status: string, result: string, now: Date, byName: string]
>(
  'service.settleStep',
  `update plan_step set status = $3, result = $4, settled_at = $5, settled_by_name = $6
   where tenant = $1 and id = $2 and status = 'open'`,
);

export interface DueStepRow extends StepRow {
  application_id: string;
  office: string;
  name: string;
  identity_sealed: Buffer;
  officer_name: string;
  kind: 'ordinary' | 'difficulty';
}

/**
 * Steps owed, earliest due first: index plan_step_due, one page a county. `officer`: only plans that name this account, which reads on until the
 * page is full; a clerk has some hundred plans.
 */
export const dueSteps = sql<
  DueStepRow,
  [
    divisions: readonly string[],
    lo: string,
    hi: string,
    afterDue: string,
    afterId: string,
    limit: number,
    officer: string | null,
  ]
>(
  'service.dueSteps',
  `select w.id, w.plan_id, w.n, w.whose, w.service, w.what, w.due_on, w.status, w.result, w.settled_by_name, w.office, w.officer_name, w.kind,
     r.application_id, p.name, p.identity_sealed
   from (
     select v.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select s.*, l.officer_name, l.kind from plan_step s
       join plan l on l.tenant = s.tenant and l.id = s.plan_id
       where s.division = d.division and s.status = 'open' and s.office >= $2 and s.office < $3
         and (s.due_on, s.id) > ($4::date, $5::uuid) and ($7::uuid is null or l.officer_id = $7)
       order by s.due_on, s.id limit $6
     ) v order by v.due_on, v.id limit $6
   ) w
   join registration r on r.tenant = w.tenant and r.id = w.registration_id
   join person p on p.tenant = w.tenant and p.id = w.person_id
   order by w.due_on, w.id`,
);

export interface WithoutPlanRow {
  application_id: string;
  office: string;
  name: string;
  category: string;
  valid_from: string;
}

/** People without a plan shown at once; more than this in one range is a matter for its supervisor. */
export const MOST_WITHOUT = 200;

/** People recognised as having difficulty, registered, without a plan in force (A21-4f): index difficulty_recheck, some dozens a county. */
export const withoutPlan = sql<
  WithoutPlanRow,
  [divisions: readonly string[], lo: string, hi: string, today: string, limit: number]
>(
  'service.withoutPlan',
  `select r.application_id, r.office, p.name, f.category, f.valid_from
   from difficulty f
   join registration r on r.tenant = f.tenant and r.id = f.registration_id and r.status <> 'exited'
   join person p on p.tenant = f.tenant and p.id = f.person_id
   where f.division = any($1::bpchar[]) and f.state = 'recognised' and f.office >= $2 and f.office < $3
     and f.valid_from <= $4 and f.valid_to >= $4
     and not exists (select 1 from plan l where l.tenant = f.tenant and l.registration_id = f.registration_id
       and l.status <> 'closed' and l.kind = 'difficulty')
   order by f.valid_from, f.id limit $5`,
);
