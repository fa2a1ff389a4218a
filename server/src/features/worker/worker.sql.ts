import { sql } from '../../platform/sql.ts';

export const findDraft = sql<{ sealed: Buffer; version: number; updated_at: Date }, [person: string]>(
  'worker.findDraft',
  'select sealed, version, updated_at from draft where person_id = $1',
);

export const putDraft = sql<{ version: number }, [person: string, sealed: Buffer, now: Date]>(
  'worker.putDraft',
  `insert into draft (person_id, sealed, version, updated_at) values ($1, $2, 1, $3)
   on conflict (person_id) do update set sealed = excluded.sealed, version = draft.version + 1, updated_at = excluded.updated_at
   returning version`,
);

export interface MyApplicationRow {
  id: string;
  tenant: string;
  number: string;
  office: string;
  status: 'submitted' | 'registered' | 'refused' | 'withdrawn' | 'duplicate' | 'handedOver';
  submitted_on: string;
  due_on: string;
  basis: { decisionWorkingDays?: { value: number; citation: { document: string; clause: string; clauseId: string } } };
  ground: string | null;
}

/**
 * One person's applications, newest first; a handful. Row-level policy leaves the person's own rows; the predicate on person
 * finds them by index in each city (application_person).
 */
export const myApplications = sql<MyApplicationRow, [person: string]>(
  'worker.applications',
  `select id, tenant, number, office, status, submitted_on, due_on, basis, ground
   from application where person_id = $1 and status <> 'handedOver' order by submitted_at desc limit 20`,
);

export interface MyRegistrationRow {
  id: string;
  tenant: string;
  application_id: string;
  number: string;
  check_code: string;
  office: string;
  status: 'active' | 'exitProposed' | 'exited';
  registered_on: string;
  first_contact_due: string | null;
  first_contact_at: Date | null;
  exited_on: string | null;
  moved_to: string | null;
}

export const myRegistrations = sql<MyRegistrationRow, [person: string]>(
  'worker.registrations',
  `select id, tenant, application_id, number, check_code, office, status, registered_on, first_contact_due, first_contact_at, exited_on, moved_to
   from registration where person_id = $1 order by registered_at desc limit 20`,
);

export const myExits = sql<
  {
    id: string;
    registration_id: string;
    status: 'asked' | 'proposed' | 'awaitingReview' | 'confirmed' | 'rejected' | 'restored';
    reason: string;
    answer_due: string | null;
    answer: { agrees: boolean } | null;
    proposed_at: Date;
  },
  [person: string]
>(
  'worker.exits',
  `select e.id, e.registration_id, e.status, e.reason, e.answer_due, e.answer, e.proposed_at
   from registration r join exit e on e.tenant = r.tenant and e.registration_id = r.id
   where r.person_id = $1 order by e.proposed_at desc limit 20`,
);

/** Both histories in one. Registering stands in the application's; histories loaded from elsewhere may repeat it. */
export const myHistory = sql<
  { subject: string; action: string; to_status: string; at: Date; detail: Record<string, unknown> },
  [person: string]
>(
  'worker.history',
  `select h.application_id as subject, h.action, h.to_status, h.at, h.detail
   from application a join application_action h on h.tenant = a.tenant and h.application_id = a.id where a.person_id = $1
   union all
   select h.registration_id, h.action, h.to_status, h.at, h.detail
   from registration r join registration_action h on h.tenant = r.tenant and h.registration_id = r.id
   where r.person_id = $1 and h.action <> 'register'
   order by at desc limit 100`,
);

export const myContacts = sql<
  { registration_id: string; at: Date; means: string; outcome: 'attempt' | 'contact'; officer_name: string },
  [person: string]
>(
  'worker.contacts',
  `select c.registration_id, c.at, c.means, c.outcome, c.officer_name
   from registration r join contact_record c on c.tenant = r.tenant and c.registration_id = r.id
   where r.person_id = $1 order by c.at desc limit 50`,
);

export const myLists = sql<
  { registration_id: string; list: string; list_division: string; version: number; at: Date },
  [person: string]
>(
  'worker.lists',
  `select l.registration_id, l.list, l.list_division, l.version, l.at
   from registration r join list_handover l on l.tenant = r.tenant and l.registration_id = r.id
   where r.person_id = $1 order by l.at desc limit 50`,
);

/** Messages, newest first; keyset on (created_at, id). */
export const myMessages = sql<
  { id: string; created_at: Date; body: string; state: string; failure: string | null },
  [person: string, before: Date, beforeId: string, limit: number]
>(
  'worker.messages',
  `select id, created_at, body, state, failure from message
   where person_id = $1 and (created_at, id) < ($2, $3::uuid) order by created_at desc, id desc limit $4`,
);

/** Who looked: reads of the person's file by staff, newest first. */
export const myLooks = sql<
  {
    id: string;
    at: Date;
    actor_name: string;
    office: string;
    actor_office: string | null;
    action: string;
    reason: string;
  },
  [person: string, before: Date, beforeId: string, limit: number]
>(
  'worker.looks',
  `select e.id, e.at, e.actor_name, e.office, a.office as actor_office, e.action, e.reason
   from audit_event e left join account a on a.id::text = e.actor_id
   where e.person_id = $1 and e.actor_kind = 'staff' and e.action in ('look', 'reveal') and (e.at, e.id) < ($2, $3::uuid)
   order by e.at desc, e.id desc limit $4`,
);
