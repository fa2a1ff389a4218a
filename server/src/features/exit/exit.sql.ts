import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

/** A registration with what an exit needs of its person; the person's row is missing when another county keeps it now. */
export interface RegistrationRow {
  tenant: string;
  id: string;
  number: string;
  person_id: string;
  division: string;
  office: string;
  status: 'active' | 'exitProposed' | 'exited';
  registered_on: string;
  version: number;
  sealed: Buffer;
  id_hash: Buffer | null;
  deceased_on: string | null;
  contact_sealed: Buffer | null;
}

const registrationColumns = `r.tenant, r.id, r.number, r.person_id, r.division, r.office, r.status, r.registered_on, r.version, a.sealed,
     p.id_hash, p.deceased_on, p.contact_sealed`;
const registrationJoins = `registration r join application a on a.tenant = r.tenant and a.id = r.application_id
   left join person p on p.tenant = r.tenant and p.id = r.person_id`;

/** One registration, locked to the end of the transaction; primary keys. Always locked before its exit. */
export const lockRegistration = sql<RegistrationRow, Key>(
  'exit.lockRegistration',
  `select ${registrationColumns} from ${registrationJoins} where r.tenant = $1 and r.id = $2 for update of r`,
);

export const lockRegistrationOfExit = sql<RegistrationRow, Key>(
  'exit.lockRegistrationOfExit',
  `select ${registrationColumns} from ${registrationJoins}
   join exit e on e.tenant = r.tenant and e.registration_id = r.id
   where e.tenant = $1 and e.id = $2 for update of r`,
);

/** A piece of evidence as it was given (the contract's shape). */
export interface EvidencePiece {
  kind: string;
  date?: string;
  text: string;
  means?: string;
  suitable?: boolean;
}

export interface ExitRow {
  id: string;
  serial: string;
  status: 'asked' | 'proposed' | 'awaitingReview' | 'confirmed' | 'rejected' | 'restored';
  source: 'clerk' | 'worker' | 'comparison' | 'policy';
  reason: string;
  sub_reason: string | null;
  evidence: EvidencePiece[];
  exit_on: string;
  remark: string;
  proposed_at: Date;
  proposed_by: string | null;
  proposed_by_name: string;
  answer_due: string | null;
  answer: { agrees: boolean; text: string; at: string } | null;
  confirmed_by: string | null;
  version: number;
}

export const lockExit = sql<ExitRow, Key>(
  'exit.lock',
  `select id, serial, status, source, reason, sub_reason, evidence, exit_on, remark, proposed_at, proposed_by, proposed_by_name,
     answer_due, answer, confirmed_by, version
   from exit where tenant = $1 and id = $2 for update`,
);

/** Who changed a registration last: index (tenant, registration_id, at), one row. */
export const lastAction = sql<{ actor_name: string; at: Date }, [tenant: string, registration: string]>(
  'exit.lastAction',
  `select actor_name, at from registration_action where tenant = $1 and registration_id = $2 order by at desc, id desc limit 1`,
);

/** When the person was last spoken to or reported; a comparison of data reaches nobody. */
export const lastReached = sql<{ at: Date | null }, [tenant: string, registration: string]>(
  'exit.lastReached',
  `select max(at) as at from contact
   where tenant = $1 and registration_id = $2 and outcome = 'contact' and means <> 'comparison'`,
);

/** No row is written when the serial drawn by chance is taken. */
export const putExit = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    serial: string,
    registration: string,
    person: string,
    division: string,
    office: string,
    status: string,
    source: string,
    reason: string,
    subReason: string | null,
    evidence: string,
    exitOn: string,
    remark: string,
    now: Date,
    by: string | null,
    byName: string,
    answerDue: string | null,
    basis: string,
  ]
>(
  'exit.put',
  `insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, sub_reason, evidence,
     exit_on, remark, proposed_at, proposed_by, proposed_by_name, answer_due, basis)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
   on conflict (tenant, division, serial) do nothing`,
);

/** The worker's answer, kept with what it did. */
export const putAnswer = sql<
  Record<string, never>,
  [tenant: string, id: string, status: string, answer: string, evidence: string]
>(
  'exit.putAnswer',
  `update exit set status = $3, answer = $4, evidence = $5, version = version + 1 where tenant = $1 and id = $2`,
);

export const sendToReview = sql<
  Record<string, never>,
  [tenant: string, id: string, by: string | null, byName: string, basis: string]
>(
  'exit.sendToReview',
  `update exit set status = 'awaitingReview', confirmed_by = $3, confirmed_by_name = $4, basis = $5, version = version + 1
   where tenant = $1 and id = $2`,
);

/** Ends the exit; whoever sent a guarded one to review stays the one who confirmed it. From now on it is in tonight's batch. */
export const endExit = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    now: Date,
    by: string | null,
    byName: string,
    handledOn: string,
    notice: string,
    basis: string,
    reviewed: boolean,
  ]
>(
  'exit.end',
  `update exit set status = 'confirmed', confirmed_at = $3, confirmed_by = coalesce(confirmed_by, $4),
     confirmed_by_name = coalesce(confirmed_by_name, $5), handled_on = $6, notice = $7, basis = $8,
     reviewed_at = case when $9::boolean then $3::timestamptz end, reviewed_by = case when $9::boolean then $4::uuid end,
     reviewed_by_name = case when $9::boolean then $5::text end, version = version + 1
   where tenant = $1 and id = $2`,
);

export const turnDown = sql<
  Record<string, never>,
  [tenant: string, id: string, now: Date, by: string | null, byName: string, reviewed: boolean]
>(
  'exit.turnDown',
  `update exit set status = 'rejected', reviewed_at = case when $6::boolean then $3::timestamptz end,
     reviewed_by = case when $6::boolean then $4::uuid end, reviewed_by_name = case when $6::boolean then $5::text end, version = version + 1
   where tenant = $1 and id = $2`,
);

export const markRestored = sql<
  Record<string, never>,
  [tenant: string, id: string, now: Date, by: string | null, reason: string]
>(
  'exit.restore',
  `update exit set status = 'restored', restored_at = $3, restored_by = $4, restored_reason = $5, version = version + 1
   where tenant = $1 and id = $2`,
);

export const setRegistration = sql<
  Record<string, never>,
  [tenant: string, id: string, status: string, exitedOn: string | null]
>(
  'exit.setRegistration',
  // Who comes back without a date of the next contact is owed one since the day of registration.
  `update registration set status = $3, exited_on = $4, next_contact_on = coalesce(next_contact_on, registered_on), version = version + 1
   where tenant = $1 and id = $2`,
);

/** The claim goes with the registration that holds it, never with another one of the same person. */
export const releaseClaim = sql<Record<string, never>, [idHash: Buffer, registration: string]>(
  'exit.releaseClaim',
  'delete from registration_claim where id_hash = $1 and registration_id = $2',
);

/** No row back means that another registration of the person, anywhere, holds the claim. */
export const takeClaim = sql<{ tenant: string }, [idHash: Buffer, tenant: string, registration: string]>(
  'exit.takeClaim',
  `insert into registration_claim (id_hash, tenant, registration_id) values ($1, $2, $3)
   on conflict (id_hash) do nothing returning tenant`,
);

export const findClaim = sql<{ tenant: string }, [idHash: Buffer]>(
  'exit.findClaim',
  'select tenant from registration_claim where id_hash = $1',
);

/** Nobody is written to from here on. */
export const setDeceased = sql<Record<string, never>, [tenant: string, person: string, on: string | null, now: Date]>(
  'exit.setDeceased',
  'update person set deceased_on = $3, updated_at = $4 where tenant = $1 and id = $2',
);

/** The last-chance notice in the service record: an attempt, which only the person's own coming forward turns into more. */
export const putLastChance = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    person: string,
    office: string,
    at: Date,
    month: string,
    officer: string | null,
    officerName: string,
    note: string,
  ]
>(
  'exit.putLastChance',
  `insert into contact (tenant, id, registration_id, person_id, office, purpose, means, outcome, result, at, month, officer_id, officer_name, note)
   values ($1, $2, $3, $4, $5, 'lastChance', 'message', 'attempt', 'sent', $6, $7, $8, $9, $10)`,
);

/** What the platform has of an exit; primary key. */
export const findUpload = sql<{ state: string; business_date: string }, [tenant: string, exit: string]>(
  'exit.findUpload',
  'select state, business_date from exit_record where tenant = $1 and exit_id = $2',
);

/** Evidence found since the proposal, kept after what was there. */
export const addEvidence = sql<Record<string, never>, [tenant: string, id: string, pieces: string]>(
  'exit.addEvidence',
  'update exit set evidence = evidence || $3::jsonb where tenant = $1 and id = $2',
);
