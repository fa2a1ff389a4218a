import type { RegistrationPlace } from '@yingdeng/rules/provisions/parameters.ts';
import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, registration: string];

/** A registration with what of the person's file the message needs. */
export interface TransferRow {
  tenant: string;
  id: string;
  number: string;
  application_id: string;
  person_id: string;
  division: string;
  office: string;
  place_kind: RegistrationPlace;
  status: 'active' | 'exitProposed' | 'exited';
  version: number;
  contact_sealed: Buffer | null;
  deceased_on: string | null;
  last_actor: string | null;
  last_at: Date | null;
  asked: string | null;
}

/** Locked: two transfers follow each other. `asked`: the question about it that is open. */
export const lockForTransfer = sql<TransferRow, Key>(
  'transfer.lock',
  `select r.tenant, r.id, r.number, r.application_id, r.person_id, r.division, r.office, r.place_kind, r.status, r.version,
     p.contact_sealed, p.deceased_on, l.actor_name as last_actor, l.at as last_at, q.id as asked
   from registration r
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join lateral (select actor_name, at from registration_action
     where tenant = r.tenant and registration_id = r.id order by at desc, id desc limit 1) l on true
   left join transfer_request q on q.tenant = r.tenant and q.registration_id = r.id and q.state = 'asked'
   where r.tenant = $1 and r.id = $2 for update of r`,
);

/**
 * A transfer out of the city that holds the registration, with the decision and the first contact that were made before it and that no earlier
 * one has: supervision counts them where they were made.
 */
export const putTransfer = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    division: string,
    office: string,
    place: string,
    now: Date,
    actorId: string | null,
    actorName: string,
    reason: string,
  ]
>(
  'transfer.put',
  `insert into registration_transfer (tenant, id, registration_id, application_id, person_id, from_division, from_office, from_place,
     division, office, place_kind, at, actor_id, actor_name, reason, decision_due, decision, contact_due, contact)
   select r.tenant, $2, r.id, r.application_id, r.person_id, r.division, r.office, r.place_kind, $4, $5, $6, $7, $8, $9, $10,
     d.due, d.of, c.due, c.of
   from registration r join application a on a.tenant = r.tenant and a.id = r.application_id
   join person p on p.tenant = r.tenant and p.id = r.person_id
   left join lateral (
     select a.due_on as due, jsonb_build_object('number', a.number, 'channel', a.channel, 'submittedOn', a.submitted_on,
       'submittedAt', a.submitted_at, 'decidedAt', a.decided_at, 'by', a.decided_by, 'byName', a.decided_by_name,
       'name', p.name) as of
     where r.made_here and a.decided_at is not null and not exists (
       select 1 from registration_transfer e where e.tenant = r.tenant and e.registration_id = r.id and e.decision is not null)
   ) d on true
   left join lateral (
     select r.first_contact_due as due, jsonb_build_object('number', r.number, 'channel', r.channel, 'registeredOn', r.registered_on,
       'registeredAt', r.registered_at, 'contactedAt', r.first_contact_at, 'by', r.assigned_to, 'name', p.name) as of
     where r.first_contact_due is not null and r.first_contact_at is not null and not exists (
       select 1 from registration_transfer e where e.tenant = r.tenant and e.registration_id = r.id
         and (e.contact is not null or (left(e.from_office, 4) <> e.tenant and e.at >= r.first_contact_at)))
   ) c on true
   where r.tenant = $1 and r.id = $3`,
);

/** Nobody has it in hand at the new office; days and clocks stay as they are. */
export const moveRegistration = sql<Record<string, never>, [...Key, division: string, office: string, place: string]>(
  'transfer.moveRegistration',
  `update registration set division = $3, office = $4, place_kind = $5, assigned_to = null, assigned_at = null, version = version + 1
   where tenant = $1 and id = $2`,
);

type Moved = [...Key, division: string, office: string];

/** Rows of a table that go with the registration: those that are still open. The rest stays where it was done. */
const follow = (table: string, open: string) =>
  sql<Record<string, never>, Moved>(
    `transfer.follow.${table}`,
    `update ${table} set division = $3, office = $4 where tenant = $1 and registration_id = $2 and ${open}`,
  );

/** What is open about a registration: the new office goes on with it. */
export const followRegistration = [
  follow('plan', "status <> 'closed'"),
  follow('plan_step', "status = 'open'"),
  follow('difficulty', "state in ('applied', 'recognised')"),
  follow('referral', "state = 'open'"),
  follow('training_enrolment', "state in ('wished', 'enrolled')"),
  follow('policy_application', "state in ('accepted', 'forwarded')"),
  // What is in force may still be objected to, and is then answered where the registration is.
  follow('credit_record', "state in ('noticed', 'inForce')"),
] as const;

/** The same for what names the office alone. */
export const followByOffice = [
  sql<Record<string, never>, [...Key, office: string]>(
    'transfer.follow.job_wish',
    'update job_wish set office = $3 where tenant = $1 and registration_id = $2',
  ),
  sql<Record<string, never>, [...Key, office: string]>(
    'transfer.follow.correction',
    "update correction set office = $3 where tenant = $1 and registration_id = $2 and state = 'question'",
  ),
] as const;

/** The decided application is the file of the case: it lies where the registration is. */
export const moveFile = sql<
  Record<string, never>,
  [tenant: string, application: string, division: string, office: string]
>(
  'transfer.moveFile',
  'update application set division = $3, office = $4, version = version + 1 where tenant = $1 and id = $2',
);

/** What of the back-load is in no batch or came back: it is mended where the registration is, and goes again from there (H122-3c). */
export const moveLoaded = sql<Record<string, never>, [...Key, division: string, office: string]>(
  'transfer.moveLoaded',
  "update registration_upload set division = $3, office = $4 where tenant = $1 and registration_id = $2 and state <> 'batched'",
);

/** The result of review, as long as the platform has not accepted it: who holds the case mends what comes back (M79-7a). */
export const moveDecision = sql<Record<string, never>, [tenant: string, application: string, office: string]>(
  'transfer.moveDecision',
  "update decision_upload set office = $3 where tenant = $1 and application_id = $2 and state <> 'accepted'",
);
