import { sql } from '../../platform/sql.ts';

export interface RegistrationOfPerson {
  tenant: string;
  id: string;
  number: string;
  person_id: string;
  office: string;
  division: string;
  status: 'active' | 'exitProposed' | 'exited';
  /** The person's file; absent when it belongs to an office outside the actor's range. */
  contact_sealed: Buffer | null;
  residence_division: string | null;
  hukou: string | null;
  veteran: boolean | null;
  residence_urban: boolean | null;
  deceased_on: string | null;
  last_actor: string | null;
  last_at: Date | null;
}

const columns = `r.tenant, r.id, r.number, r.person_id, r.office, r.division, r.status, p.contact_sealed, p.residence_division, p.hukou, p.veteran,
     p.residence_urban, p.deceased_on, l.actor_name as last_actor, l.at as last_at
   from registration r
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join lateral (select actor_name, at from registration_action
     where tenant = r.tenant and registration_id = r.id order by at desc, id desc limit 1) l on true`;

/** One registration with the person's contact data; primary keys. */
export const findForCorrection = sql<RegistrationOfPerson, [tenant: string, id: string]>(
  'self.findForCorrection',
  `select ${columns} where r.tenant = $1 and r.id = $2`,
);

/** The same, locked: two corrections follow each other. */
export const lockForCorrection = sql<RegistrationOfPerson, [tenant: string, id: string]>(
  'self.lockForCorrection',
  `select ${columns} where r.tenant = $1 and r.id = $2 for update of r`,
);

/** A person's valid registration; index registration_person. */
export const myRegistration = sql<RegistrationOfPerson, [person: string]>(
  'self.myRegistration',
  `select ${columns} where r.person_id = $1 and r.status <> 'exited' order by r.registered_at desc limit 1`,
);

export interface CorrectionRow {
  tenant: string;
  id: string;
  registration_id: string;
  person_id: string;
  office: string;
  source: 'worker' | 'staff';
  fields: string[];
  before_sealed: Buffer;
  after_sealed: Buffer;
  state: 'applied' | 'question' | 'accepted' | 'left';
  reason: string;
  at: Date;
  actor_name: string;
  settled_at: Date | null;
  settled_by_name: string | null;
  settled_note: string | null;
}

const row = `tenant, id, registration_id, person_id, office, source, fields, before_sealed, after_sealed, state, reason, at, actor_name, settled_at,
     settled_by_name, settled_note from correction`;

/** Newest first; a handful a registration. */
export const correctionsOf = sql<CorrectionRow, [tenant: string, registration: string]>(
  'self.corrections',
  `select ${row} where tenant = $1 and registration_id = $2 order by at desc, id desc limit 50`,
);

export const findCorrection = sql<CorrectionRow, [tenant: string, id: string]>(
  'self.findCorrection',
  `select ${row} where tenant = $1 and id = $2`,
);

export const putCorrection = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    person: string,
    office: string,
    source: string,
    fields: readonly string[],
    before: Buffer,
    after: Buffer,
    state: string,
    reason: string,
    at: Date,
    actorId: string | null,
    actorName: string,
  ]
>(
  'self.putCorrection',
  `insert into correction (tenant, id, registration_id, person_id, office, source, fields, before_sealed, after_sealed, state, reason,
     at, actor_id, actor_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

/** An address that waited is taken over or left. */
export const closeCorrection = sql<
  Record<string, never>,
  [tenant: string, id: string, state: string, now: Date, by: string, byName: string, note: string]
>(
  'self.closeCorrection',
  `update correction set state = $3, settled_at = $4, settled_by = $5, settled_by_name = $6, settled_note = $7
   where tenant = $1 and id = $2 and state = 'question'`,
);

/** A newer address of the worker's takes the place of one that still waits. */
export const leaveQuestions = sql<
  Record<string, never>,
  [tenant: string, registration: string, now: Date, byName: string, note: string]
>(
  'self.leaveQuestions',
  `update correction set state = 'left', settled_at = $3, settled_by_name = $4, settled_note = $5
   where tenant = $1 and registration_id = $2 and state = 'question'`,
);

export const putContactData = sql<
  Record<string, never>,
  [
    tenant: string,
    person: string,
    sealed: Buffer,
    mobileHash: Buffer,
    residence: string,
    now: Date,
    hukou: string | null,
    veteran: boolean | null,
    residenceUrban: boolean | null,
  ]
>(
  'self.putContactData',
  `update person set contact_sealed = $3, mobile_hash = $4, residence_division = $5, updated_at = $6, hukou = $7, veteran = $8,
     residence_urban = $9
   where tenant = $1 and id = $2`,
);

/** The page of the case somebody else has open is old from here on. */
export const touchRegistration = sql<Record<string, never>, [tenant: string, id: string]>(
  'self.touchRegistration',
  'update registration set version = version + 1 where tenant = $1 and id = $2',
);
