import { sql } from '../../platform/sql.ts';

// Every statement here takes the tenant and the application's id and nothing another one finds, so that all of them travel
// together: one case page is one round trip. Each reads a handful of rows by a key that begins with the tenant.

type Case = [tenant: string, application: string];

/** application.paper_signature as it is written on submission. */
interface PaperSignatureRow {
  sheet: string;
  signedOn: string;
  witness: string;
  fileNumber: string;
  recordedBy: string;
}

export interface HeadRow {
  tenant: string;
  id: string;
  number: string;
  person_id: string;
  division: string;
  office: string;
  channel: string;
  status: string;
  place_kind: string;
  form: Record<string, unknown>;
  sealed: Buffer;
  commitment_version: string;
  commitment_digest: Buffer;
  signature_sealed: Buffer | null;
  paper_signature: PaperSignatureRow | null;
  signed_at: Date;
  submitted_at: Date;
  submitted_on: string;
  due_on: string;
  basis: unknown;
  decided_at: Date | null;
  decided_by_name: string | null;
  ground: string | null;
  platform_number: string | null;
  version: number;
  /** The office of another city where the case goes on. */
  moved_to: string | null;
  assigned_to: string | null;
  assigned_name: string | null;
  /** The person's file; absent when it now belongs to an office outside the actor's range. */
  person_name: string | null;
  sex: string | null;
  birth_date: string | null;
  household_division: string | null;
  residence_division: string | null;
  identity_sealed: Buffer | null;
  contact_sealed: Buffer | null;
}

/** The application with the person's file: two primary keys. */
export const caseHead = sql<HeadRow, Case>(
  'casefile.head',
  `select a.tenant, a.id, a.number, a.person_id, a.division, a.office, a.channel, a.status, a.place_kind, a.form, a.sealed,
     a.commitment_version, a.commitment_digest, a.signature_sealed, a.paper_signature, a.signed_at, a.submitted_at, a.submitted_on, a.due_on, a.basis, a.decided_at,
     a.decided_by_name, a.ground, a.platform_number, a.version, case when a.status = 'handedOver' then a.decision->>'to' end as moved_to, p.name as person_name, p.sex, p.birth_date,
     p.household_division, p.residence_division, p.identity_sealed, p.contact_sealed, a.assigned_to, h.display_name as assigned_name
   from application a left join person p on p.tenant = a.tenant and p.id = a.person_id
   left join account h on h.id = a.assigned_to
   where a.tenant = $1 and a.id = $2`,
);

export interface CheckRow {
  id: string;
  source: string;
  by_hand: boolean;
  result: 'clear' | 'finding' | 'silent' | 'settled';
  as_of: string | null;
  finding: { says?: string; established?: string; detail?: string };
  at: Date;
  actor_name: string;
  note: string;
  settles: string | null;
}

/** Some ten rows. */
export const caseChecks = sql<CheckRow, Case>(
  'casefile.checks',
  `select id, source, by_hand, result, as_of, finding, at, actor_name, note, settles
   from check_result where tenant = $1 and application_id = $2 order by at, id`,
);

export interface ActionRow {
  at: Date;
  actor_name: string;
  action: string;
  to_status: string;
  detail: Record<string, unknown>;
}

/** What happened with the application and with the registration that came of it, newest first. */
export const caseHistory = sql<ActionRow, Case>(
  'casefile.history',
  `select at, actor_name, action, to_status, detail from (
     select at, id, actor_name, action, to_status, detail from application_action where tenant = $1 and application_id = $2
     union all
     select x.at, x.id, x.actor_name, x.action, x.to_status, x.detail
     from registration r join registration_action x on x.tenant = r.tenant and x.registration_id = r.id
     where r.tenant = $1 and r.application_id = $2 and x.action <> 'register'
   ) h order by at desc, id desc limit 200`,
);

export interface RegistrationRow {
  id: string;
  number: string;
  status: 'active' | 'exitProposed' | 'exited';
  division: string;
  office: string;
  registered_on: string;
  first_contact_due: string | null;
  first_contact_at: Date | null;
  class: string | null;
  exited_on: string | null;
  /** The same registration in the city it went to, or came from. */
  moved_to: string | null;
  came_from: string | null;
  /** The open question of one office to another about it. */
  transfer_asked: string | null;
  basis: unknown;
  version: number;
  assigned_to: string | null;
  assigned_name: string | null;
}

/** One row at most. */
export const caseRegistration = sql<RegistrationRow, Case>(
  'casefile.registration',
  `select r.id, r.number, r.status, r.division, r.office, r.registered_on, r.first_contact_due, r.first_contact_at, r.class, r.exited_on,
     r.moved_to, r.came_from, r.basis, r.version, r.assigned_to, h.display_name as assigned_name,
     (select case q.side when 'from' then q.office else q.from_office end from transfer_request q
      where q.tenant = r.tenant and q.registration_id = r.id and q.state = 'asked') as transfer_asked
   from registration r left join account h on h.id = r.assigned_to
   where r.tenant = $1 and r.application_id = $2 order by r.registered_at desc limit 1`,
);

export interface ContactRow {
  id: string;
  purpose: string;
  means: string;
  outcome: 'attempt' | 'contact';
  result: string;
  at: Date;
  officer_name: string;
  note: string;
  finding: string | null;
  finding_since: string | null;
  interview: Record<string, unknown> | null;
}

/** Contacts and attempts, newest first: one to three a month. */
export const caseContacts = sql<ContactRow, Case>(
  'casefile.contacts',
  `select c.id, c.purpose, c.means, c.outcome, c.result, c.at, c.officer_name, c.note, c.finding, c.finding_since, c.interview
   from registration r join contact_record c on c.tenant = r.tenant and c.registration_id = r.id
   where r.tenant = $1 and r.application_id = $2 order by c.at desc, c.id desc limit 200`,
);

export interface HandoverRow {
  contact_id: string;
  list: string;
  list_division: string;
  version: number;
  how: string;
}

export const caseHandovers = sql<HandoverRow, Case>(
  'casefile.handovers',
  `select l.contact_id, l.list, l.list_division, l.version, l.how
   from registration r join list_handover l on l.tenant = r.tenant and l.registration_id = r.id
   where r.tenant = $1 and r.application_id = $2 order by l.at, l.id`,
);

export interface ExitRow {
  id: string;
  serial: string;
  division: string;
  office: string;
  status: 'asked' | 'proposed' | 'awaitingReview' | 'confirmed' | 'rejected' | 'restored';
  source: 'clerk' | 'worker' | 'comparison' | 'policy';
  reason: string;
  sub_reason: string | null;
  evidence: unknown;
  exit_on: string;
  remark: string;
  proposed_at: Date;
  proposed_by: string | null;
  proposed_by_name: string;
  answer_due: string | null;
  answer: { agrees?: boolean; text?: string; at?: string } | null;
  reviewed_by_name: string | null;
  confirmed_at: Date | null;
  confirmed_by: string | null;
  confirmed_by_name: string | null;
  notice: { notify?: boolean; why?: string; clause?: string } | null;
  restored_reason: string | null;
  version: number;
  upload_state: string | null;
  business_date: string | null;
  faults: unknown;
  settled_at: Date | null;
  receipt: string | null;
}

/** Exits with what the platform said of them, newest first. The receipt is shown to those who may see batches. */
export const caseExits = sql<ExitRow, Case>(
  'casefile.exits',
  `select e.id, e.serial, e.division, e.office, e.status, e.source, e.reason, e.sub_reason, e.evidence, e.exit_on, e.remark, e.proposed_at,
     e.proposed_by, e.proposed_by_name, e.answer_due, e.answer, e.reviewed_by_name, e.confirmed_at, e.confirmed_by, e.confirmed_by_name,
     e.notice, e.restored_reason, e.version, u.state as upload_state, u.business_date, u.faults, u.settled_at, b.receipt
   from registration r
   join exit e on e.tenant = r.tenant and e.registration_id = r.id
   left join exit_record u on u.tenant = e.tenant and u.exit_id = e.id
   left join exchange_batch b on b.tenant = u.tenant and b.id = u.batch_id
   where r.tenant = $1 and r.application_id = $2 order by e.proposed_at desc, e.id desc`,
);

export interface MessageRow {
  created_at: Date;
  body: string;
  state: string;
  failure: string | null;
  sent_at: Date | null;
  settled_at: Date | null;
}

/** Messages about this case: the person's by index, a few dozen, filtered by subject. */
export const caseMessages = sql<MessageRow, Case>(
  'casefile.messages',
  `select m.created_at, m.body, m.state, m.failure, m.sent_at, m.settled_at
   from application a join message m on m.tenant = a.tenant and m.person_id = a.person_id
   where a.tenant = $1 and a.id = $2 and (m.subject_id = a.id
     or m.subject_id in (select r.id from registration r where r.tenant = $1 and r.application_id = $2)
     or m.subject_id in (select e.id from registration r join exit e on e.tenant = r.tenant and e.registration_id = r.id
                         where r.tenant = $1 and r.application_id = $2))
   order by m.created_at desc limit 100`,
);

/** When the telephone number of the case was last changed; index correction_registration. */
export const numberChanged = sql<{ at: Date }, Case>(
  'casefile.numberChanged',
  `select c.at from registration r join correction c on c.tenant = r.tenant and c.registration_id = r.id
   where r.tenant = $1 and r.application_id = $2 and 'mobile' = any(c.fields) and c.state in ('applied', 'accepted')
   order by c.at desc limit 1`,
);

export interface DuplicateRow {
  kind: 'registration' | 'application';
  id: string;
  application_id: string | null;
  number: string | null;
  office: string | null;
}

/** A valid registration anywhere (the claim) that is not this case's own, and other open applications of the person in this city. */
export const caseDuplicates = sql<DuplicateRow, Case>(
  'casefile.duplicates',
  `select 'registration' as kind, c.registration_id as id, r.application_id, r.number, r.office
   from application a
   join person p on p.tenant = a.tenant and p.id = a.person_id
   join registration_claim c on c.id_hash = p.id_hash
   left join registration r on r.tenant = c.tenant and r.id = c.registration_id
   where a.tenant = $1 and a.id = $2 and r.application_id is distinct from a.id
   union all
   select 'application', o.id, o.id, o.number, o.office
   from application a
   join application o on o.tenant = a.tenant and o.person_id = a.person_id and o.status = 'submitted'
   where a.tenant = $1 and a.id = $2 and o.id <> a.id`,
);

/** Which application a registration came of; primary key. */
export const applicationOfRegistration = sql<{ application_id: string }, [tenant: string, registration: string]>(
  'casefile.applicationOfRegistration',
  'select application_id from registration where tenant = $1 and id = $2',
);
