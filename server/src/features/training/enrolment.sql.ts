import type { EnrolmentState } from '@yingdeng/rules/training.ts';
import { sql } from '../../platform/sql.ts';
import { type ProjectRow, projectColumns } from './project.sql.ts';

type Key = [tenant: string, id: string];

interface OwnColumns {
  enrolment: string;
  project_id: string;
  registration_id: string;
  person_id: string;
  case_office: string;
  enrolment_state: EnrolmentState;
  asked_at: Date;
  enrolled_by_name: string | null;
  settled_on: string | null;
  certificate: string;
  result: string;
  enrolment_version: number;
}
/** An enrolment with its project: the project's columns keep their names. */
export type EnrolmentRow = ProjectRow & OwnColumns;

const own = `w.id as enrolment, w.project_id, w.registration_id, w.person_id, w.office as case_office, w.state as enrolment_state, w.asked_at,
     w.enrolled_by_name, w.settled_on, w.certificate, w.result, w.version as enrolment_version`;
const from = 'from training_enrolment w join training_project o on o.tenant = w.tenant and o.id = w.project_id';

/** All of a person, newest first; index training_enrolment_person. */
export const enrolmentsOf = sql<EnrolmentRow, [person: string]>(
  'training.enrolmentsOf',
  `select ${own}, ${projectColumns} ${from} where w.person_id = $1 order by w.asked_at desc, w.id desc limit 50`,
);

export const lockEnrolment = sql<EnrolmentRow, Key>(
  'training.lockEnrolment',
  `select ${own}, ${projectColumns} ${from} where w.tenant = $1 and w.id = $2 for update of w`,
);

/** Wished for or enrolled; nothing when the person is in the course already (unique index training_enrolment_open). */
export const putEnrolment = sql<
  Record<string, never>,
  [
    ...Key,
    project: string,
    registration: string,
    application: string,
    person: string,
    division: string,
    office: string,
    state: 'wished' | 'enrolled',
    now: Date,
    due: string,
    consentedAt: Date | null,
    by: string | null,
    byName: string | null,
  ]
>(
  'training.putEnrolment',
  `insert into training_enrolment (tenant, id, project_id, registration_id, application_id, person_id, division, office, state, asked_at,
     due_on, consented_at, enrolled_by, enrolled_by_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing`,
);

/** A wish is answered with a seat: from now the result is owed at the end of the course. */
export const enrol = sql<Record<string, never>, [...Key, due: string, now: Date, by: string, byName: string]>(
  'training.enrol',
  `update training_enrolment set state = 'enrolled', due_on = $3, consented_at = $4, enrolled_by = $5, enrolled_by_name = $6,
     version = version + 1
   where tenant = $1 and id = $2`,
);

export const settleEnrolment = sql<
  Record<string, never>,
  [...Key, state: EnrolmentState, on: string, certificate: string, result: string, by: string]
>(
  'training.settle',
  `update training_enrolment set state = $3, settled_on = $4, certificate = $5, result = $6, settled_by_name = $7, version = version + 1
   where tenant = $1 and id = $2`,
);

export interface OwedRow {
  id: string;
  application_id: string;
  office: string;
  name: string;
  identity_sealed: Buffer;
  project: string;
  institution: string;
  due_on: string;
}

/** Wishes to answer, or enrolments whose course is over by a day: index training_enrolment_due, one descent a county. */
export const owedEnrolments = sql<
  OwedRow,
  [
    divisions: readonly string[],
    lo: string,
    hi: string,
    afterDue: string,
    afterId: string,
    limit: number,
    state: 'wished' | 'enrolled',
    upTo: string,
  ]
>(
  'training.owed',
  `select w.id, w.application_id, w.office, p.name, p.identity_sealed, o.name as project, o.institution, w.due_on
   from (
     select v.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select * from training_enrolment
       where division = d.division and state = $7 and state in ('wished', 'enrolled') and office >= $2 and office < $3
         and (due_on, id) > ($4::date, $5::uuid) and due_on <= $8
       order by due_on, id limit $6
     ) v order by v.due_on, v.id limit $6
   ) w
   join training_project o on o.tenant = w.tenant and o.id = w.project_id
   join person p on p.tenant = w.tenant and p.id = w.person_id
   order by w.due_on, w.id`,
);
