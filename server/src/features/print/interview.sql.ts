import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, registration: string];

export interface InterviewRow {
  number: string;
  office: string;
  division: string;
  person_id: string;
  registered_on: string;
  class: 'A' | 'B' | 'C' | 'D' | null;
  next_contact_on: string | null;
  name: string;
  identity_sealed: Buffer;
  contact_id: string;
  at: Date;
  officer_name: string;
  interview: { reason?: string; skills?: string; wishes?: string };
}

/** A registration with its interview: the contact that fulfilled the first one; primary keys and contact_registration. */
export const findInterview = sql<InterviewRow, Key>(
  'print.interview',
  `select r.number, r.office, r.division, r.person_id, r.registered_on, r.class, r.next_contact_on, p.name, p.identity_sealed,
     c.id as contact_id, c.at, c.officer_name, c.interview
   from registration r
   join person p on p.tenant = r.tenant and p.id = r.person_id
   join contact c on c.tenant = r.tenant and c.registration_id = r.id and c.purpose = 'first' and c.outcome = 'contact'
     and c.interview is not null
   where r.tenant = $1 and r.id = $2 order by c.at desc limit 1`,
);

export interface GivenListRow {
  list: 'policies' | 'services' | 'institutions';
  list_division: string;
  version: number;
  how: 'paper' | 'message' | 'portal' | 'readOut';
}

/** The lists handed over in a contact; index list_handover_contact. */
export const givenLists = sql<GivenListRow, [tenant: string, contact: string]>(
  'print.givenLists',
  `select distinct on (list) list, list_division, version, how from list_handover
   where tenant = $1 and contact_id = $2 order by list, at desc`,
);

export interface PlanStepRow {
  goal: string;
  officer_name: string;
  status: 'draft' | 'agreed';
  n: number;
  whose: 'office' | 'worker';
  service: string;
  what: string;
  due_on: string;
}

/** The plan in hand with its steps; indexes plan_open, plan_step_plan. */
export const planSteps = sql<PlanStepRow, Key>(
  'print.planSteps',
  `select p.goal, p.officer_name, p.status, s.n, s.whose, s.service, s.what, s.due_on
   from plan p join plan_step s on s.tenant = p.tenant and s.plan_id = p.id and s.status <> 'dropped'
   where p.tenant = $1 and p.registration_id = $2 and p.status <> 'closed' order by s.n`,
);
