-- Exchange with the national platform, audit, sessions.

create table exit_upload (
  tenant char(4) not null,
  exit_id uuid not null,
  office text collate "C" not null,
  division char(6) not null,
  serial text collate "C" not null,
  business_date date not null,
  state text not null check (state in ('waiting', 'blocked', 'sent', 'accepted', 'returned')),
  record_sealed bytea not null,
  digest bytea not null,
  faults jsonb not null default '[]',
  batch_id text,
  attempts int not null default 0,
  built_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant, exit_id),
  check (left(office, 4) = tenant)
);
create unique index exit_upload_key on exit_upload (tenant, division, serial);
create index exit_upload_date on exit_upload (tenant, business_date, state, exit_id);
create index exit_upload_open on exit_upload (tenant, state, office) where state in ('blocked', 'returned');
create index exit_upload_batch on exit_upload (tenant, batch_id);
comment on table exit_upload is 'One exit record as the annex has it (M79X-3): content sealed, SM3 digest, state, faults by check id.';

create table exchange_batch (
  tenant char(4) not null,
  id text collate "C" not null,
  kind text not null check (kind in ('exits', 'decisions')),
  division char(6) not null,
  business_date date not null,
  count int not null,
  digest bytea not null,
  content_sealed bytea not null,
  state text not null check (state in ('built', 'sent', 'received')),
  attempts int not null default 0,
  built_at timestamptz not null,
  sent_at timestamptz,
  receipt text,
  receipt_at timestamptz,
  primary key (tenant, id),
  check (left(division, 4) = tenant)
);
create index exchange_batch_date on exchange_batch (tenant, business_date);
comment on table exchange_batch is 'What was sent: content as sent (sealed), SM3 digest, attempts, receipt. A day without exits has a batch of count 0.';

create table exchange_attempt (
  tenant char(4) not null,
  id uuid not null,
  batch_id text collate "C" not null,
  at timestamptz not null,
  outcome text not null,
  detail jsonb not null default '{}',
  primary key (tenant, id)
);
create index exchange_attempt_batch on exchange_attempt (tenant, batch_id, at);

create table decision_upload (
  tenant char(4) not null,
  application_id uuid not null,
  office text collate "C" not null,
  platform_number text,
  outcome text not null,
  decided_at timestamptz not null,
  state text not null check (state in ('waiting', 'accepted', 'returned')),
  attempts int not null default 0,
  faults jsonb not null default '[]',
  settled_at timestamptz,
  primary key (tenant, application_id),
  check (left(office, 4) = tenant)
);
create index decision_upload_waiting on decision_upload (tenant, decided_at) where state = 'waiting';

create table forwarded_application (
  tenant char(4) not null,
  platform_number text not null,
  revision int not null,
  office text collate "C" not null,
  submitted_at timestamptz not null,
  received_at timestamptz not null,
  content_sealed bytea not null,
  digest bytea not null,
  state text not null check (state in ('applied', 'joined', 'faulty')),
  application_id uuid,
  faults jsonb not null default '[]',
  primary key (tenant, platform_number, revision),
  check (left(office, 4) = tenant)
);
comment on table forwarded_application is 'Applications handed over by the national platform (M79-7a, H122-2c), as received.';

create table exchange_cursor (
  tenant char(4) not null,
  kind text not null,
  position text not null,
  at timestamptz not null,
  primary key (tenant, kind)
);

create table audit_event (
  tenant char(4) not null,
  id uuid not null,
  at timestamptz not null,
  office text collate "C" not null,
  actor_kind text not null check (actor_kind in ('staff', 'worker', 'system', 'public')),
  actor_id text not null,
  actor_name text not null,
  role text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  person_id uuid,
  reason text not null default '',
  detail jsonb not null default '{}',
  mac bytea not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
create index audit_event_at on audit_event (tenant, at);
create index audit_event_person on audit_event (person_id, at) where person_id is not null;
comment on column audit_event.mac is 'Keyed digest over every other column: a changed row is found even before its seal. Append-only.';

create table audit_seal (
  tenant char(4) not null,
  sequence bigint not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  count int not null,
  previous bytea not null,
  digest bytea not null,
  at timestamptz not null,
  primary key (tenant, sequence)
);
comment on table audit_seal is 'A chain over closed time windows of audit_event: digest = SM3(previous, window, row macs in id order). No row is hot: the chain is written by one job. Append-only.';

-- Local tables: of this installation, not of a tenant.
create table session (
  token_hash bytea primary key,
  kind text not null check (kind in ('staff', 'worker')),
  account_id uuid,
  person_id uuid,
  id_hash bytea,
  profile_sealed bytea,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_expires on session (expires_at);
create index session_account on session (account_id);

create table one_time_code (
  id uuid primary key,
  mobile_hash bytea not null,
  code_hash bytea not null,
  profile_sealed bytea not null,
  tries int not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index one_time_code_mobile on one_time_code (mobile_hash, created_at);

create table idempotency (
  actor text not null,
  key text not null,
  route text not null,
  request_digest bytea not null,
  status smallint not null,
  response jsonb not null,
  at timestamptz not null,
  primary key (actor, key)
);
create index idempotency_at on idempotency (at);
comment on table idempotency is 'The answer given to a request key: asking again with the same key gives the same answer and no second effect.';

create table attempt_count (
  bucket text not null,
  window_start timestamptz not null,
  count int not null,
  primary key (bucket, window_start)
);
comment on table attempt_count is 'Attempts by account and by source, for limits that hold over all web processes.';

create table job_run (
  job text not null,
  business_date date not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome text not null default 'running',
  detail jsonb not null default '{}',
  primary key (job, business_date)
);
comment on table job_run is 'When each timed job last ran and for which date: a silent job is noticed here.';

comment on table exchange_attempt is 'Every attempt at sending a batch and what came of it. Append-only.';
comment on table decision_upload is 'Decisions on their way to the platform (M79-7a: at once).';
comment on table exchange_cursor is 'How far downloads from the platform have come, by city.';
comment on table audit_event is 'Who did and saw what. Append-only; each row carries a keyed digest, closed windows are chained in audit_seal.';
comment on table session is 'Sessions of staff; the cookie''s hash, never the cookie. Workers'' sessions are sealed into the cookie itself.';
comment on table one_time_code is 'One-time codes sent by short message: hashed, few minutes, few tries.';
