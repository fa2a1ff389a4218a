-- Business tables. Tenant (four digits of the prefecture) leads every key; ids come from the application, never from
-- the database; foreign keys are added after the tables so that a cluster can distribute them in between.
-- Personal data: *_sealed columns are encrypted envelopes that carry their key version; *_hash columns are keyed hashes.

create table person (
  tenant char(4) not null,
  id uuid not null,
  office text collate "C" not null,
  id_hash bytea not null,
  name text not null,
  name_pinyin text collate "C" not null default '',
  name_initials text collate "C" not null default '',
  id_tail text collate "C" not null default '',
  sex char(1) not null check (sex in ('0', '1', '2', '9')),
  birth_date date,
  ethnic char(2) not null,
  political text,
  education text not null,
  health text not null,
  disability jsonb,
  document_type char(2) not null,
  household_division char(6) not null,
  residence_division char(6) not null,
  residence_urban boolean,
  mobile_hash bytea,
  identity_sealed bytea not null,
  contact_sealed bytea not null,
  deceased_on date,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on column person.id is 'First 128 bits of id_hash as a UUID: the person is known before anything is read.';
comment on column person.identity_sealed is 'AAC002 and AAC044, encrypted.';
comment on column person.contact_sealed is 'Telephones, e-mail, detailed addresses, encrypted.';
comment on column person.office is 'Office of the person''s latest case in this city; the row-level policy reads it.';
create unique index person_id_hash on person (tenant, id_hash);
-- Search at the counter: name, pinyin and initials by prefix range within one city, last four digits by equality.
create index person_name on person (tenant, name collate "C");
create index person_pinyin on person (tenant, name_pinyin);
create index person_initials on person (tenant, name_initials);
create index person_tail on person (tenant, id_tail);
create index person_mobile on person (tenant, mobile_hash);

create table draft (
  person_id uuid primary key,
  sealed bytea not null,
  version int not null,
  updated_at timestamptz not null
);
comment on table draft is 'A worker''s unfinished form, resumed on any device; one a person; removed at submission.';

create table application (
  tenant char(4) not null,
  id uuid not null,
  number text collate "C" not null,
  person_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  channel text not null check (channel in ('portal', 'counter', 'platform', 'benefit')),
  status text not null check (status in ('submitted', 'registered', 'refused', 'withdrawn', 'duplicate', 'handedOver')),
  place_kind text not null check (place_kind in ('household', 'residence', 'employment', 'insurance')),
  -- One of the thirteen boxes of the form (formReasons).
  reason text not null,
  wants_benefit boolean not null,
  unemployed_month char(7) not null,
  form jsonb not null,
  sealed bytea not null,
  commitment_version text not null,
  commitment_digest bytea not null,
  signature_sealed bytea,
  signed_at timestamptz not null,
  submitted_at timestamptz not null,
  submitted_on date not null,
  due_on date not null,
  basis jsonb not null,
  checked_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  ground text,
  decision jsonb,
  platform_number text,
  entered_by uuid,
  request_digest bytea not null,
  version int not null default 1,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division)
);
comment on column application.status is 'handedOver: the case goes on under another id in another city; this row stays as the record of the first one.';
comment on column application.form is 'Annex 1 as submitted, without what is sealed (A21-8a).';
comment on column application.basis is 'The provisions used for the due date, with document and clause.';
comment on column application.due_on is 'Decision due date, from provisions and calendar of the day of submission (A21-3a, M79-3a).';
comment on column application.request_digest is 'Digest of the submitted content: the same key with other content is refused.';
-- One open application a person and city: the same person through two channels makes one case (A21-2d).
create unique index application_open on application (tenant, person_id) where status = 'submitted';
create unique index application_number on application (tenant, number);
create unique index application_platform on application (tenant, platform_number) where platform_number is not null;
-- A worker's own cases, in whichever city they lie.
create index application_person on application (person_id, tenant);
-- The decision worklist: one county, oldest due date first, 50 rows; equality column first, so it reads 50 entries
-- whatever the size of the table. Only open applications are in it.
create index application_worklist on application (division, due_on, id) where status = 'submitted';
-- Automatic checks not yet run: the row is the queue; a handful of entries at any time.
create index application_unchecked on application (submitted_at) where status = 'submitted' and checked_at is null;

create table application_action (
  tenant char(4) not null,
  id uuid not null,
  application_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  action text not null,
  from_status text,
  to_status text not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  detail jsonb not null default '{}',
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
create index application_action_application on application_action (tenant, application_id, at);
comment on table application_action is 'What was done with an application, by whom, when, on which basis. Append-only.';

create table check_result (
  tenant char(4) not null,
  id uuid not null,
  application_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  source text not null,
  by_hand boolean not null,
  result text not null check (result in ('clear', 'finding', 'silent', 'settled')),
  as_of date,
  finding jsonb not null default '{}',
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  note text not null default '',
  settles uuid,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
create index check_result_application on check_result (tenant, application_id, at);
comment on table check_result is 'Automatic and manual verification (A21-3b, H122-2d). Silence of a source neither delays nor refuses. Append-only: settling a finding is a row that names it.';

create table registration (
  tenant char(4) not null,
  id uuid not null,
  number text collate "C" not null,
  check_code text not null,
  application_id uuid not null,
  person_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  status text not null check (status in ('active', 'exitProposed', 'exited')),
  place_kind text not null,
  channel text not null,
  reason text not null,
  registered_at timestamptz not null,
  registered_on date not null,
  registered_by uuid,
  first_contact_due date,
  first_contact_at timestamptz,
  last_contact_month char(7),
  class char(1) check (class in ('A', 'B', 'C', 'D')),
  basis jsonb not null,
  exited_on date,
  version int not null default 1,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division)
);
create unique index registration_number on registration (tenant, number);
create index registration_person on registration (person_id, tenant);
create index registration_application on registration (tenant, application_id);
-- First contacts by due date: registrations without a contact of one county, in due order.
create index registration_first_contact on registration (division, first_contact_due, id)
  where first_contact_at is null and status <> 'exited';
-- Monthly follow-up: who of one county has not been seen this month.
create index registration_follow_up on registration (division, last_contact_month, id) where status <> 'exited';

create table registration_claim (
  id_hash bytea primary key,
  tenant char(4) not null,
  registration_id uuid not null
);
comment on table registration_claim is 'One active registration a person in the whole country: written and removed with the registration. Also the list that bulk comparison joins.';

create table registration_action (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  action text not null,
  from_status text,
  to_status text not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  detail jsonb not null default '{}',
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
create index registration_action_registration on registration_action (tenant, registration_id, at);

create table contact (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  purpose text not null check (purpose in ('first', 'followUp', 'lastChance', 'service')),
  means text not null check (means in ('telephone', 'visit', 'message', 'counter', 'comparison', 'selfReport')),
  outcome text not null check (outcome in ('attempt', 'contact')),
  result text not null default '',
  at timestamptz not null,
  month char(7) not null,
  officer_id uuid,
  officer_name text not null,
  note text not null default '',
  interview jsonb,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
create index contact_registration on contact (tenant, registration_id, at);
comment on table contact is 'Attempts and contacts (M79-3a, H122-2f, A21-5b). Append-only.';

create table list_handover (
  tenant char(4) not null,
  id uuid not null,
  contact_id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  list text not null,
  list_division text collate "C" not null,
  version int not null,
  how text not null,
  at timestamptz not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
create index list_handover_registration on list_handover (tenant, registration_id);
create index list_handover_contact on list_handover (tenant, contact_id);
comment on table list_handover is 'Which version of which list was given to whom, when, how (A21-4c). Append-only.';

create table exit (
  tenant char(4) not null,
  id uuid not null,
  serial text collate "C" not null,
  registration_id uuid not null,
  person_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  status text not null check (status in ('asked', 'proposed', 'awaitingReview', 'confirmed', 'rejected', 'restored')),
  source text not null check (source in ('clerk', 'worker', 'comparison', 'policy')),
  reason char(2) not null,
  sub_reason text,
  evidence jsonb not null,
  exit_on date not null,
  remark text not null default '',
  proposed_at timestamptz not null,
  proposed_by uuid,
  proposed_by_name text not null,
  answer_due date,
  answer jsonb,
  reviewed_at timestamptz,
  reviewed_by uuid,
  reviewed_by_name text,
  confirmed_at timestamptz,
  confirmed_by uuid,
  confirmed_by_name text,
  handled_on date,
  notice jsonb,
  basis jsonb not null,
  restored_at timestamptz,
  restored_by uuid,
  restored_reason text,
  version int not null default 1,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division)
);
-- AAZ341: never repeated within a division of exit (M79X-2).
create unique index exit_serial on exit (tenant, division, serial);
create unique index exit_open on exit (tenant, registration_id) where status in ('asked', 'proposed', 'awaitingReview', 'confirmed');
create index exit_registration on exit (tenant, registration_id);
create index exit_worklist on exit (division, proposed_at, id) where status in ('asked', 'proposed', 'awaitingReview');
-- Tonight's exits: those handled on a business date, in key order (keyset pages of the nightly batch).
create index exit_handled on exit (tenant, handled_on, id) where status = 'confirmed';

create table message (
  tenant char(4) not null,
  id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  template text not null,
  body text not null,
  to_sealed bytea,
  state text not null check (state in ('waiting', 'sent', 'delivered', 'failed', 'inAppOnly')),
  attempts int not null default 0,
  not_before timestamptz not null,
  sent_at timestamptz,
  receipt text,
  subject_kind text not null,
  subject_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
create index message_person on message (person_id, created_at);
create index message_waiting on message (not_before) where state = 'waiting';
comment on table message is 'Messages to workers: outbox and inbox in one. The dead are never written to.';

create table supervision_event (
  tenant char(4) not null,
  id uuid not null,
  office text collate "C" not null,
  kind text not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  subject_kind text not null,
  subject_id uuid,
  detail jsonb not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
create index supervision_event_office on supervision_event (tenant, at);
comment on table supervision_event is 'What supervision must hear of: a forbidden ground that was blocked, and the like (M79-2, M79-14). Append-only.';

comment on table person is 'A person''s file in one city; numbers, telephones and detailed addresses sealed.';
comment on table application is 'Applications (A21-2a): the form as submitted, its due date with the provisions it stands on, its outcome.';
comment on table registration is 'Valid and ended registrations (A21-1a, M79-10a); one valid one a person is kept by registration_claim.';
comment on table registration_action is 'What was done with a registration, by whom, when. Append-only.';
comment on table exit is 'Exits from proposal to confirmation and restoring (A21-5d, M79-4b, M79-4c); source of the exit record (M79X-3).';

alter table application add constraint application_person_fk foreign key (tenant, person_id) references person (tenant, id);
alter table application_action add constraint application_action_fk foreign key (tenant, application_id) references application (tenant, id);
alter table check_result add constraint check_result_fk foreign key (tenant, application_id) references application (tenant, id);
alter table registration add constraint registration_person_fk foreign key (tenant, person_id) references person (tenant, id);
alter table registration add constraint registration_application_fk foreign key (tenant, application_id) references application (tenant, id);
alter table registration_action add constraint registration_action_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table contact add constraint contact_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table list_handover add constraint list_handover_contact_fk foreign key (tenant, contact_id) references contact (tenant, id);
alter table exit add constraint exit_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);
