import { sql } from '../../platform/sql.ts';

export interface EarlierRow {
  tenant: string;
  id: string;
  person_id: string;
  office: string;
  status: string;
  submitted_on: string;
  form: Record<string, unknown>;
  sealed: Buffer;
  contact_sealed: Buffer | null;
  residence_division: string | null;
  registration_number: string | null;
  registration_status: 'active' | 'exitProposed' | 'exited' | null;
  exited_on: string | null;
}

const columns = `a.tenant, a.id, a.person_id, a.office, a.status, a.submitted_on, a.form, a.sealed, p.contact_sealed, p.residence_division,
     r.number as registration_number, r.status as registration_status, r.exited_on
   from application a
   left join person p on p.tenant = a.tenant and p.id = a.person_id
   left join registration r on r.tenant = a.tenant and r.application_id = a.id`;

/** A person's latest form, as far as the reader sees it; index application_person. */
export const latestForm = sql<EarlierRow, [person: string]>(
  'application.latestForm',
  `select ${columns} where a.person_id = $1 and a.status not in ('submitted', 'handedOver') order by a.submitted_at desc limit 1`,
);

/** One form; primary keys. */
export const formById = sql<EarlierRow, [tenant: string, id: string]>(
  'application.formById',
  `select ${columns} where a.tenant = $1 and a.id = $2`,
);
