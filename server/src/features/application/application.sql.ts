import { sql } from '../../platform/sql.ts';

/** What a person said beside the form, for the monthly report; what was not said stays as it was known. */
export const putReportFacts = sql<
  Record<string, never>,
  [
    tenant: string,
    person: string,
    hukou: string | null,
    veteran: boolean | null,
    residenceUrban: boolean | null,
    now: Date,
  ]
>(
  'application.putReportFacts',
  `update person set hukou = coalesce($3, hukou), veteran = coalesce($4, veteran), residence_urban = coalesce($5, residence_urban), updated_at = $6
   where tenant = $1 and id = $2`,
);

/** Gone with the submission; nothing there for most. */
export const dropDraft = sql<Record<string, never>, [person: string]>(
  'application.dropDraft',
  'delete from draft where person_id = $1',
);

export interface StandingRow {
  kind: 'application' | 'registration';
  id: string;
  number: string | null;
  status: string;
  office: string;
  submitted_on: string | null;
  due_on: string | null;
  basis: unknown;
  request_digest: Buffer | null;
}

/** What stands of a person after (or before) a submission: this request's application, the open one, the valid registration. */
export const whatStands = sql<StandingRow, [tenant: string, person: string, application: string, idHash: Buffer]>(
  'application.whatStands',
  `select 'application' as kind, id, number, status, office, submitted_on, due_on, basis, request_digest
   from application where tenant = $1 and person_id = $2 and (id = $3 or status = 'submitted')
   union all
   select 'registration', c.registration_id, r.number, coalesce(r.status, 'active'), coalesce(r.office, ''), null, null, null, null
   from registration_claim c left join registration r on r.tenant = c.tenant and r.id = c.registration_id
   where c.id_hash = $4`,
);

export interface ApplicationRow {
  tenant: string;
  id: string;
  number: string;
  person_id: string;
  division: string;
  office: string;
  channel: string;
  status: 'submitted' | 'registered' | 'refused' | 'withdrawn' | 'duplicate' | 'handedOver';
  place_kind: string;
  reason: string;
  form: Record<string, unknown>;
  sealed: Buffer;
  submitted_at: Date;
  submitted_on: string;
  due_on: string;
  basis: unknown;
  decided_at: Date | null;
  decided_by_name: string | null;
  platform_number: string | null;
  version: number;
  id_hash: Buffer;
  birth_date: string | null;
  name: string;
  deceased_on: string | null;
  contact_sealed: Buffer;
}

/** One application with what a decision needs of the person, locked until the end of the transaction; two primary keys. */
export const lockApplication = sql<ApplicationRow, [tenant: string, id: string]>(
  'application.lock',
  `select a.tenant, a.id, a.number, a.person_id, a.division, a.office, a.channel, a.status, a.place_kind, a.reason, a.form, a.sealed,
     a.submitted_at, a.submitted_on, a.due_on, a.basis, a.decided_at, a.decided_by_name, a.platform_number, a.version,
     p.id_hash, p.birth_date, p.name, p.deceased_on, p.contact_sealed
   from application a join person p on p.tenant = a.tenant and p.id = a.person_id
   where a.tenant = $1 and a.id = $2 for update of a`,
);

/** Closes an open application; no row when somebody was first. */
export const closeApplication = sql<
  { version: number },
  [
    tenant: string,
    id: string,
    status: string,
    now: Date,
    by: string | null,
    byName: string,
    ground: string | null,
    decision: string,
  ]
>(
  'application.close',
  `update application set status = $3, decided_at = $4, decided_by = $5, decided_by_name = $6, ground = $7, decision = $8, version = version + 1
   where tenant = $1 and id = $2 and status = 'submitted' returning version`,
);

/** Whoever had it in hand does not reach the new office. */
export const moveApplication = sql<{ version: number }, [tenant: string, id: string, division: string, office: string]>(
  'application.move',
  `update application set division = $3, office = $4, assigned_to = null, assigned_at = null, version = version + 1
   where tenant = $1 and id = $2 and status = 'submitted' returning version`,
);

/** The person's file follows the case within the city, so that the new office sees it. */
export const movePerson = sql<Record<string, never>, [tenant: string, id: string, office: string]>(
  'application.movePerson',
  'update person set office = $3 where tenant = $1 and id = $2',
);

/** The person's file in another city, from the one here; a file already there stays. */
export const copyPerson = sql<Record<string, never>, [from: string, id: string, to: string, office: string, now: Date]>(
  'application.copyPerson',
  `insert into person (tenant, id, office, id_hash, name, name_pinyin, name_initials, id_tail, sex, birth_date, ethnic, political,
     education, health, disability, document_type, household_division, residence_division, residence_urban, mobile_hash,
     identity_sealed, contact_sealed, deceased_on, hukou, veteran, created_at, updated_at)
   select $3, id, $4, id_hash, name, name_pinyin, name_initials, id_tail, sex, birth_date, ethnic, political, education, health,
     disability, document_type, household_division, residence_division, residence_urban, mobile_hash, identity_sealed,
     contact_sealed, deceased_on, hukou, veteran, $5, $5
   from person where tenant = $1 and id = $2
   on conflict (tenant, id) do nothing`,
);

/** The case in another city: same number, same submission, same due date, same basis. */
export const copyApplication = sql<
  Record<string, never>,
  [from: string, id: string, to: string, newId: string, division: string, office: string]
>(
  'application.copy',
  `insert into application (tenant, id, number, person_id, division, office, channel, status, place_kind, reason, wants_benefit,
     unemployed_month, form, sealed, commitment_version, commitment_digest, signature_sealed, signed_at, submitted_at,
     submitted_on, due_on, basis, platform_number, platform_joined, entered_by, request_digest, paper_signature)
   select $3, $4, number, person_id, $5, $6, channel, 'submitted', place_kind, reason, wants_benefit, unemployed_month, form,
     sealed, commitment_version, commitment_digest, signature_sealed, signed_at, submitted_at, submitted_on, due_on, basis,
     platform_number, platform_joined, entered_by, request_digest, paper_signature
   from application where tenant = $1 and id = $2
   on conflict do nothing`,
);

export const putAction = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    application: string,
    person: string,
    office: string,
    action: string,
    from: string | null,
    to: string,
    now: Date,
    actorId: string | null,
    actorName: string,
    detail: string,
  ]
>(
  'application.putAction',
  `insert into application_action (tenant, id, application_id, person_id, office, action, from_status, to_status, at, actor_id, actor_name, detail)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);

/** The claim: one valid registration a person in the whole country. No row back means somebody holds it. */
export const claimPerson = sql<{ registration_id: string }, [idHash: Buffer, tenant: string, registration: string]>(
  'application.claim',
  `insert into registration_claim (id_hash, tenant, registration_id) values ($1, $2, $3)
   on conflict (id_hash) do nothing returning registration_id`,
);

export const findClaim = sql<{ tenant: string; registration_id: string }, [idHash: Buffer]>(
  'application.findClaim',
  'select tenant, registration_id from registration_claim where id_hash = $1',
);

/** The registration stays with whoever had the application in hand. */
export const putRegistration = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    number: string,
    checkCode: string,
    application: string,
    person: string,
    division: string,
    office: string,
    placeKind: string,
    channel: string,
    reason: string,
    now: Date,
    on: string,
    by: string | null,
    firstContactDue: string,
    basis: string,
    nextContactOn: string,
  ]
>(
  'application.putRegistration',
  `insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind, channel,
     reason, registered_at, registered_on, registered_by, first_contact_due, basis, next_contact_on, assigned_to, assigned_at)
   select $1, $2, $3, $4, a.id, $6, $7, $8, 'active', $9, $10, $11, $12, $13, $14, $15, $16, $17, a.assigned_to, a.assigned_at
   from application a where a.tenant = $1 and a.id = $5`,
);

/** A decision waits for the platform (M79-7a: at once); the exchange sends it within seconds. */
export const putDecisionUpload = sql<
  Record<string, never>,
  [tenant: string, application: string, office: string, platformNumber: string | null, outcome: string, now: Date]
>(
  'application.putDecisionUpload',
  `insert into decision_upload (tenant, application_id, office, platform_number, outcome, decided_at, state)
   values ($1, $2, $3, $4, $5, $6, 'waiting')`,
);

export interface CheckRow {
  id: string;
  source: string;
  result: 'clear' | 'finding' | 'silent' | 'settled';
  finding: { says?: string; established?: string; detail?: string };
  settles: string | null;
  by_hand: boolean;
  at: Date;
}

export const checksOf = sql<CheckRow, [tenant: string, application: string]>(
  'application.checks',
  `select id, source, result, finding, settles, by_hand, at from check_result
   where tenant = $1 and application_id = $2 order by at, id`,
);

export const putCheck = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    application: string,
    person: string,
    office: string,
    source: string,
    byHand: boolean,
    result: string,
    asOf: string | null,
    finding: string,
    now: Date,
    actorId: string | null,
    actorName: string,
    note: string,
    settles: string | null,
  ]
>(
  'application.putCheck',
  `insert into check_result (tenant, id, application_id, person_id, office, source, by_hand, result, as_of, finding, at, actor_id, actor_name, note, settles)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (tenant, id) do nothing`,
);

/** Applications whose automatic checks have not run: partial index, oldest first. */
export const takeUnchecked = sql<
  { tenant: string; id: string; person_id: string; office: string; name: string; identity_sealed: Buffer },
  [limit: number]
>(
  'application.takeUnchecked',
  `select a.tenant, a.id, a.person_id, a.office, p.name, p.identity_sealed
   from application a join person p on p.tenant = a.tenant and p.id = a.person_id
   where a.status = 'submitted' and a.checked_at is null
   order by a.submitted_at limit $1`,
);

export const markChecked = sql<Record<string, never>, [tenant: string, id: string, now: Date]>(
  'application.markChecked',
  'update application set checked_at = $3 where tenant = $1 and id = $2 and checked_at is null',
);

export const putSupervisionEvent = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    office: string,
    kind: string,
    now: Date,
    actorId: string | null,
    actorName: string,
    subjectKind: string,
    subjectId: string | null,
    detail: string,
  ]
>(
  'application.putSupervisionEvent',
  `insert into supervision_event (tenant, id, office, kind, at, actor_id, actor_name, subject_kind, subject_id, detail)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
