import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface SubjectRow {
  tenant: string;
  id: string;
  number: string;
  application_id: string;
  person_id: string;
  division: string;
  office: string;
  status: 'active' | 'exitProposed' | 'exited';
  class: 'A' | 'B' | 'C' | 'D' | null;
  registered_on: string;
  deceased_on: string | null;
  education: string;
  disabled: boolean;
  birth_date: string | null;
  sex: string;
  /** Draws the minimum living allowance by the list of civil affairs (M79-5b). */
  allowance: boolean;
  unemployed_month: string;
  /** The box of the form (A21-8a). */
  reason: string;
  mobile_sealed: Buffer | null;
  last_actor: string | null;
  last_at: Date | null;
}

const subject = `select r.tenant, r.id, r.number, r.application_id, r.person_id, r.division, r.office, r.status, r.class, r.registered_on, r.reason, p.deceased_on,
     p.education, p.disability is not null as disabled, p.birth_date, p.sex,
     r.allowance_from is not null and r.allowance_to is null as allowance, a.unemployed_month, p.contact_sealed as mobile_sealed,
     l.actor_name as last_actor, l.at as last_at
   from registration r
   join person p on p.tenant = r.tenant and p.id = r.person_id
   join application a on a.tenant = r.tenant and a.id = r.application_id
   left join lateral (select actor_name, at from registration_action
     where tenant = $1 and registration_id = $2 order by at desc, id desc limit 1) l on true
   where r.tenant = $1 and r.id = $2`;

/** The registration a service is for, with the facts a class is computed from; primary keys. */
export const findSubject = sql<SubjectRow, Key>('service.findSubject', subject);
/** The same, locked: two clerks' changes follow each other. */
export const lockSubject = sql<SubjectRow, Key>('service.lockSubject', `${subject} for update of r`);

export interface DifficultyRow {
  id: string;
  category: string;
  valid_from: string;
  valid_to: string;
}

/** The recognition of difficulty in force on a day: of a registration that has not ended; partial unique index difficulty_open. */
export const difficultyInForce = sql<DifficultyRow, [tenant: string, person: string, on: string]>(
  'service.difficultyInForce',
  `select f.id, f.category, f.valid_from, f.valid_to from difficulty f
   join registration r on r.tenant = f.tenant and r.id = f.registration_id and r.status <> 'exited'
   where f.tenant = $1 and f.person_id = $2 and f.state = 'recognised' and f.valid_from <= $3 and f.valid_to >= $3`,
);

export interface ClassRow {
  class: 'A' | 'B' | 'C' | 'D';
  computed: 'A' | 'B' | 'C' | 'D' | null;
  points: { label: string; points: number }[];
  profile: unknown;
  reason: string;
  at: Date;
  actor_name: string;
}

/** The latest classing; index service_class_registration. */
export const latestClass = sql<ClassRow, Key>(
  'service.latestClass',
  `select class, computed, points, profile, reason, at, actor_name from service_class
   where tenant = $1 and registration_id = $2 order by at desc, id desc limit 1`,
);

export const putClass = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    person: string,
    office: string,
    serviceClass: string,
    computed: string | null,
    points: string,
    profile: string,
    reason: string,
    basis: string,
    now: Date,
    actorId: string | null,
    actorName: string,
  ]
>(
  'service.putClass',
  `insert into service_class (tenant, id, registration_id, person_id, office, class, computed, points, profile, reason, basis, at,
     actor_id, actor_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

/** The class, and the next contact as it asks for it. */
export const markClass = sql<
  Record<string, never>,
  [tenant: string, id: string, serviceClass: string, nextContactOn: string]
>(
  'service.markClass',
  'update registration set class = $3, next_contact_on = $4::date, version = version + 1 where tenant = $1 and id = $2',
);

/** The latest contact that covers its month; index contact_registration and the runs the registration names. */
export const lastContact = sql<{ at: Date }, Key>(
  'service.lastContact',
  `select at from contact_record where tenant = $1 and registration_id = $2 and outcome = 'contact' order by at desc limit 1`,
);

export interface RecordRow {
  id: string;
  kind: string;
  content: string;
  result: 'done' | 'going' | 'declined' | 'noFit';
  outcome: string;
  served_on: string;
  officer_name: string;
}

/** Services of a registration, newest first; a page holds all that a clerk reads. */
export const recordsOf = sql<RecordRow, Key>(
  'service.records',
  `select id, kind, content, result, outcome, served_on, officer_name from service_record
   where tenant = $1 and registration_id = $2 order by served_on desc, id desc limit 100`,
);

export const putRecord = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    person: string,
    office: string,
    kind: string,
    content: string,
    result: string,
    outcome: string,
    on: string,
    now: Date,
    officer: string | null,
    officerName: string,
    step: string | null,
  ]
>(
  'service.putRecord',
  `insert into service_record (tenant, id, registration_id, person_id, office, kind, content, result, outcome, served_on, at,
     officer_id, officer_name, step_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

/** A worker's valid registration, the latest one of several cities; index registration_person. */
export const myRegistration = sql<
  { tenant: string; id: string; class: 'A' | 'B' | 'C' | 'D' | null },
  [person: string]
>(
  'service.myRegistration',
  `select tenant, id, class from registration where person_id = $1 and status <> 'exited'
   order by registered_at desc limit 1`,
);

/** A member of staff who may be named as officer; primary key. Closed accounts are not found. */
export const officerAccount = sql<{ id: string; display_name: string; role: string; office: string }, [id: string]>(
  'service.officerAccount',
  'select id, display_name, role, office from account where id = $1 and closed_at is null',
);

/** Who may be named as officer of a case: open accounts of the offices it lies in. The table of accounts is small. */
export const officersAt = sql<
  { id: string; display_name: string },
  [roles: readonly string[], offices: readonly string[]]
>(
  'service.officersAt',
  `select id, display_name from account where role = any($1) and office = any($2) and closed_at is null
   order by length(office) desc, display_name, id limit 100`,
);
