-- Reference tables: organisation, accounts, calendar, provisions, lists. Small, copied to every node of a cluster,
-- never written in a business transaction.
-- A code of an office is a division code: 6 digits for a county (or city, province) office, 9 for a street or
-- township, 12 for a community. COLLATE "C" makes a prefix a range: everything below 410802 lies in [410802, 410803).

create table office (
  code text collate "C" primary key check (code ~ '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$'),
  kind text not null check (kind in ('nation', 'province', 'city', 'county', 'street', 'community')),
  name text not null,
  address text not null default '',
  telephone text not null default '',
  business text not null default '',
  responsible_person text not null default '',
  open boolean not null default true
);
comment on table office is 'Public employment institutions; the institution list shown to the public (A21-4c, A21-7b).';

create table account (
  id uuid primary key,
  username text not null unique,
  display_name text not null,
  role text not null check (role in ('clerk', 'fieldWorker', 'supervisor', 'statistician', 'exchangeOfficer', 'hotline',
    'surveyor', 'auditor', 'administrator')),
  office text collate "C" not null references office (code),
  password_hash text not null,
  second_factor_sealed bytea not null,
  last_code_step bigint not null default 0,
  failed_attempts int not null default 0,
  locked_until timestamptz,
  closed_at timestamptz,
  created_at timestamptz not null
);
create index account_office on account (office);
comment on column account.last_code_step is 'Time step of the last accepted one-time code: a code works once.';

create table calendar_day (
  day date primary key,
  working boolean not null,
  name text not null default '',
  source text not null
);
comment on table calendar_day is 'Every day the calendar is maintained for; a date beyond it is an error, never a guess.';

create table provision (
  id text primary key,
  parameter text not null,
  value jsonb not null,
  division text collate "C" not null,
  level text not null check (level in ('national', 'province', 'city', 'county')),
  document text not null,
  document_title text not null,
  clause text not null,
  clause_id text not null,
  valid_from date not null,
  valid_to date,
  note text not null default '',
  added_at timestamptz not null,
  added_by uuid
);
comment on table provision is 'One parameter set by one clause. Appended, never edited: a change of law is a new row.';

create table list_version (
  list text not null check (list in ('policies', 'services', 'institutions')),
  division text collate "C" not null,
  version int not null,
  items jsonb not null,
  valid_from date not null,
  approved_by text not null,
  created_at timestamptz not null,
  primary key (list, division, version)
);
comment on table list_version is 'The three lists with their mandated columns, versioned (A21-4c, M79-3b).';

create table city_load (
  division char(6) primary key,
  people bigint not null,
  seed bigint not null,
  as_of date not null,
  state text not null check (state in ('loading', 'loaded')),
  at timestamptz not null
);
comment on table city_load is 'Marks a synthetic city as loading or loaded, so that an interrupted load is cleaned and repeated.';

comment on table account is 'Staff accounts with role, office, password hash and sealed second factor.';
