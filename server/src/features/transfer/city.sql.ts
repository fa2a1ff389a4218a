// A registration on its way to another city (decision 3): every key there begins with that city, so its rows are written anew under new ids; those of
// the former city stay as its record.
import { sql } from '../../platform/sql.ts';

type From = [tenant: string, id: string];
type To = [tenant: string, id: string];

/** The same registration in a city it lay in before, by its number: coming back, it goes on in the rows that are there. */
export const findThere = sql<
  { application_id: string; registration_id: string | null },
  [tenant: string, person: string, application: string, registration: string]
>(
  'transfer.findThere',
  `select a.id as application_id, r.id as registration_id
   from application a left join registration r on r.tenant = a.tenant and r.application_id = a.id and r.number = $4
   where a.tenant = $1 and a.person_id = $2 and a.number = $3 and a.status = 'handedOver'`,
);

/** Numbers of the case, by which it is found there. */
export const numbersOf = sql<{ application: string; registration: string; id_hash: Buffer }, From>(
  'transfer.numbers',
  `select a.number as application, r.number as registration, p.id_hash
   from registration r join application a on a.tenant = r.tenant and a.id = r.application_id
   join person p on p.tenant = r.tenant and p.id = r.person_id
   where r.tenant = $1 and r.id = $2`,
);

const personColumns = `id_hash, name, name_pinyin, name_initials, id_tail, sex, birth_date, ethnic, political, education, health, disability,
     document_type, household_division, residence_division, residence_urban, mobile_hash, identity_sealed, contact_sealed, deceased_on, hukou,
     veteran`;
const renewed = (columns: string) =>
  columns
    .split(',')
    .map((column) => `${column.trim()} = excluded.${column.trim()}`)
    .join(', ');

/** The person's file as the former city has it; an older one there is renewed. */
export const carryPerson = sql<Record<string, never>, [...From, tenant: string, office: string, now: Date]>(
  'transfer.carryPerson',
  `insert into person (tenant, id, office, created_at, updated_at, ${personColumns})
   select $3, id, $4, $5, $5, ${personColumns} from person where tenant = $1 and id = $2
   on conflict (tenant, id) do update set office = excluded.office, updated_at = excluded.updated_at, ${renewed(personColumns)}`,
);

const applicationColumns = `number, person_id, channel, status, reason, wants_benefit, unemployed_month, form, sealed, commitment_version,
     commitment_digest, signature_sealed, paper_signature, signed_at, submitted_at, submitted_on, due_on, basis, checked_at, decided_at, decided_by,
     decided_by_name, ground, decision, platform_number, platform_joined, entered_by, request_digest`;

/** The decided application, the file of the case: same number, same days, same decision. */
export const carryApplication = sql<
  Record<string, never>,
  [...From, ...To, division: string, office: string, place: string]
>(
  'transfer.carryApplication',
  `insert into application (tenant, id, division, office, place_kind, ${applicationColumns})
   select $3, $4, $5, $6, $7, ${applicationColumns} from application where tenant = $1 and id = $2
   on conflict (tenant, id) do update set division = excluded.division, office = excluded.office, place_kind = excluded.place_kind,
     version = application.version + 1, ${renewed(applicationColumns)}`,
);

const registrationColumns = `number, check_code, person_id, channel, reason, registered_at, registered_on, registered_by, first_contact_due,
     first_contact_at, last_contact_month, class, basis, next_contact_on, allowance_from, allowance_to, allowance_told_on, allowance_by`;

/** The registration: same number, day, clocks and class; nobody there has it in hand yet. */
export const carryRegistration = sql<
  Record<string, never>,
  [...From, ...To, application: string, division: string, office: string, place: string]
>(
  'transfer.carryRegistration',
  `insert into registration (tenant, id, application_id, division, office, status, place_kind, came_from, made_here, ${registrationColumns})
   select $3, $4, $5, $6, $7, 'active', $8, id, false, ${registrationColumns} from registration where tenant = $1 and id = $2
   on conflict (tenant, id) do update set division = excluded.division, office = excluded.office, status = 'active', moved_to = null,
     came_from = excluded.came_from, place_kind = excluded.place_kind, version = registration.version + 1, ${renewed(registrationColumns)}`,
);

/** What stays behind: valid no longer, nobody's work, and the way to where it went. */
export const leaveRegistration = sql<Record<string, never>, [...From, to: string]>(
  'transfer.leaveRegistration',
  `update registration set status = 'exited', moved_to = $3, assigned_to = null, assigned_at = null, version = version + 1
   where tenant = $1 and id = $2`,
);
export const leaveApplication = sql<Record<string, never>, [...From, office: string, to: string]>(
  'transfer.leaveApplication',
  `update application set status = 'handedOver', decision = coalesce(decision, '{}') || jsonb_build_object('to', $3::text, 'id', $4::text),
     version = version + 1
   where tenant = $1 and id = $2`,
);
/** An address a clerk was to look at: the office there asks anew. */
export const leaveQuestion = sql<
  Record<string, never>,
  [...From, now: Date, by: string | null, name: string, note: string]
>(
  'transfer.leaveQuestion',
  `update correction set state = 'left', settled_at = $3, settled_by = $4, settled_by_name = $5, settled_note = $6
   where tenant = $1 and registration_id = $2 and state = 'question'`,
);

/** The entry of the city it comes to; the one of the former city is `putTransfer`. */
export const putArrival = sql<
  Record<string, never>,
  [
    ...From,
    tenant: string,
    id: string,
    registration: string,
    application: string,
    division: string,
    office: string,
    place: string,
    now: Date,
    actorId: string | null,
    actorName: string,
    reason: string,
  ]
>(
  'transfer.putArrival',
  `insert into registration_transfer (tenant, id, registration_id, application_id, person_id, from_division, from_office, from_place,
     division, office, place_kind, at, actor_id, actor_name, reason)
   select $3, $4, $5, $6, person_id, division, office, place_kind, $7, $8, $9, $10, $11, $12, $13
   from registration where tenant = $1 and id = $2`,
);

/** One valid registration a person in the country: the claim goes with it. */
export const dropClaim = sql<Record<string, never>, [idHash: Buffer, registration: string]>(
  'transfer.dropClaim',
  'delete from registration_claim where id_hash = $1 and registration_id = $2',
);
export const putClaim = sql<Record<string, never>, [idHash: Buffer, ...To]>(
  'transfer.putClaim',
  'insert into registration_claim (id_hash, tenant, registration_id) values ($1, $2, $3)',
);

/** What the person looks for, and how the person was classed last. */
export const carryWish = sql<Record<string, never>, [...From, ...To, office: string]>(
  'transfer.carryWish',
  `insert into job_wish (tenant, registration_id, person_id, office, wishes, trained, wage, skill, changed_at, changed_by_name)
   select $3, $4, person_id, $5, wishes, trained, wage, skill, changed_at, changed_by_name from job_wish
   where tenant = $1 and registration_id = $2
   on conflict (tenant, registration_id) do update set office = excluded.office, ${renewed('wishes, trained, wage, skill, changed_at, changed_by_name')}`,
);
export const carryClass = sql<Record<string, never>, [...From, ...To, office: string, id: string]>(
  'transfer.carryClass',
  `insert into service_class (tenant, id, registration_id, person_id, office, class, computed, points, profile, reason, basis, at, actor_id, actor_name)
   select $3, $6, $4, person_id, $5, class, computed, points, profile, reason, basis, at, actor_id, actor_name from service_class
   where tenant = $1 and registration_id = $2 order by at desc, id desc limit 1`,
);

/** Recognition of difficulty is by the table of a province: inside it, it goes along. */
export const carryDifficulty = sql<{ id: string }, [...From, ...To, division: string, office: string, id: string]>(
  'transfer.carryDifficulty',
  `insert into difficulty (tenant, id, registration_id, division, office, person_id, state, category, facts, basis, applied_at, due_on, decided_at,
     decided_by, decided_by_name, decision_text, valid_from, valid_to, recheck_due)
   select $3, $7, $4, $5, $6, person_id, state, category, facts, basis, applied_at, due_on, decided_at, decided_by, decided_by_name,
     decision_text, valid_from, valid_to, recheck_due
   from difficulty where tenant = $1 and registration_id = $2 and state in ('applied', 'recognised')
   on conflict do nothing returning id`,
);
export const leaveDifficulty = sql<Record<string, never>, [...From, on: string, reason: string]>(
  'transfer.leaveDifficulty',
  `update difficulty set state = 'withdrawn', withdrawn_on = $3, withdrawn_reason = $4, version = version + 1
   where tenant = $1 and registration_id = $2 and state in ('applied', 'recognised')`,
);
