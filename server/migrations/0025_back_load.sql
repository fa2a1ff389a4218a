-- Registrations loaded back to the national platform (M79-7b, M79-8b, H122-3c): resumable, in batches with receipts.

alter table exchange_batch drop constraint exchange_batch_kind_check;
alter table exchange_batch add constraint exchange_batch_kind_check check (kind in ('exits', 'decisions', 'registrations'));
alter table exchange_batch add column accepted int;
comment on column exchange_batch.accepted is 'Of a received batch of registrations: how many of its records the platform accepted.';

create table back_load (
  tenant char(4) not null,
  division char(6) not null,
  run text collate "C" not null,
  since date,
  until date not null,
  state text not null check (state in ('running', 'paused', 'done')),
  after_on date not null,
  after_id uuid not null,
  total int not null,
  passed int not null default 0,
  started_at timestamptz not null,
  started_by_name text not null,
  finished_at timestamptz,
  primary key (tenant, division, run),
  check (left(division, 4) = tenant)
);
comment on table back_load is 'One upload of registrations of one county: those made since a day (M79-7b), or all valid ones (since is null, M79-8b). after_on and after_id: how far it has come; they move with the batch that carries what lies before.';

create table registration_upload (
  tenant char(4) not null,
  registration_id uuid not null,
  office text collate "C" not null,
  division char(6) not null,
  serial text collate "C" not null,
  benefit boolean not null,
  state text not null check (state in ('waiting', 'blocked', 'batched', 'returned')),
  digest bytea not null,
  faults jsonb not null default '[]',
  batch_id text collate "C",
  attempts int not null default 0,
  built_at timestamptz not null,
  settled_at timestamptz,
  primary key (tenant, registration_id),
  check (left(office, 4) = tenant)
);
comment on table registration_upload is 'One registration loaded back, whichever load carried it: a second load does not send it again. batched: as far as its batch has come.';
comment on column registration_upload.benefit is 'The person applied for unemployment benefit with it, or came by the benefit office (H122-3c).';
-- What is in no batch or came back from one: mended and sent again, shown to the office (exchange.openRegistrations).
create index registration_upload_open on registration_upload (tenant, division, registration_id) where state <> 'batched';

-- Registrations of a county in the order they were made, a page at a time (exchange.registrationsToLoad).
create index registration_made on registration (tenant, division, registered_on, id);
-- Batches of registrations of a county, for progress and the upload statistics (exchange.loadedByDay).
create index exchange_batch_registrations on exchange_batch (tenant, division, business_date) where kind = 'registrations';

grant select, insert, update on back_load, registration_upload to yingdeng_app;
alter table registration_upload enable row level security;
create policy staff_range on registration_upload for select using (
  office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy system_insert on registration_upload for insert with check (current_setting('yingdeng.role', true) = 'system');
create policy system_update on registration_upload for update using (current_setting('yingdeng.role', true) = 'system');
alter table back_load enable row level security;
create policy exchange_range on back_load using (
  current_setting('yingdeng.role', true) = any ('{exchangeOfficer,supervisor,statistician,auditor,administrator,system}')
  and division >= left(current_setting('yingdeng.lo', true), 6) and division < current_setting('yingdeng.hi', true));

-- Accepted results of review by the day they were decided (exchange.acceptedDecisions).
create index decision_upload_accepted on decision_upload (tenant, decided_at) where state = 'accepted';
