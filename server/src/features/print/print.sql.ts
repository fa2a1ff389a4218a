import { sql } from '../../platform/sql.ts';
import type { OpenForm, PaperRecord } from '../application/index.ts';

export interface FormRow {
  number: string;
  office: string;
  person_id: string;
  division: string;
  form: OpenForm;
  sealed: Buffer;
  commitment_version: string;
  signature_sealed: Buffer | null;
  paper_signature: PaperRecord | null;
  signed_at: Date;
  submitted_on: string;
}

/** One application as it was submitted; primary key. The row-level policy leaves the own rows or those of the range. */
export const findForm = sql<FormRow, [tenant: string, application: string]>(
  'print.form',
  `select number, office, person_id, division, form, sealed, commitment_version, signature_sealed, paper_signature, signed_at, submitted_on
   from application where tenant = $1 and id = $2`,
);

export interface CertificateRow {
  number: string;
  check_code: string;
  office: string;
  person_id: string;
  division: string;
  place_kind: string;
  status: 'active' | 'exitProposed' | 'exited';
  registered_on: string;
  exited_on: string | null;
  name: string;
  identity_sealed: Buffer;
}

/** One registration with its person; two primary keys. */
export const findCertificate = sql<CertificateRow, [tenant: string, registration: string]>(
  'print.certificate',
  `select r.number, r.check_code, r.office, r.person_id, r.division, r.place_kind, r.status, r.registered_on, r.exited_on,
     p.name, p.identity_sealed
   from registration r join person p on p.tenant = r.tenant and p.id = r.person_id
   where r.tenant = $1 and r.id = $2 and r.moved_to is null`,
);
