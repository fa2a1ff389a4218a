-- People of the three groups (M79-1b, H122-3a): served as registrants are, without being registered.

create table served_person (
  tenant char(4) not null,
  id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  person_id uuid not null,
  id_hash bytea not null,
  group_name text not null check (group_name in ('graduates', 'unemploymentSubsidy', 'oneOffAllowance', 'temporaryAllowance')),
  source text not null,
  name text not null,
  identity_sealed bytea not null,
  contact_sealed bytea not null,
  programme_from date,
  programme_to date,
  note text not null default '',
  arrived_on date not null,
  first_contact_due date,
  first_contact_at timestamptz,
  last_contact_month char(7),
  registration_id uuid,
  linked_at timestamptz,
  ended_on date,
  ended_reason text,
  ended_by_name text,
  basis jsonb not null default '{}',
  imported_at timestamptz not null,
  imported_by_name text not null,
  version int not null default 1,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division),
  check ((ended_on is null) = (ended_reason is null))
);
comment on table served_person is 'People of the three groups as the lists brought them: served on the same clocks, tagged for statistics, linked and off the worklists once registered. registration_id may lie in another city.';
-- One row a person and group.
create unique index served_person_key on served_person (tenant, person_id, group_name);
-- Who is registered now: by the hash, both ways.
create index served_person_hash on served_person (id_hash) where registration_id is null and ended_on is null;
create index served_person_registration on served_person (registration_id) where registration_id is not null;
-- First contacts owed: one county, earliest first.
create index served_person_first on served_person (division, first_contact_due, id)
  where first_contact_at is null and registration_id is null and ended_on is null;
-- Monthly follow-up: one county, longest unseen first.
create index served_person_follow on served_person (division, last_contact_month, id)
  where first_contact_at is not null and registration_id is null and ended_on is null;

create table served_contact (
  tenant char(4) not null,
  id uuid not null,
  served_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  means text not null,
  outcome text not null check (outcome in ('attempt', 'contact')),
  result text not null,
  at timestamptz not null,
  month char(7) not null,
  officer_id uuid,
  officer_name text not null,
  note text not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table served_contact is 'Attempts and contacts with people of the three groups. Append-only.';
create index served_contact_person on served_contact (tenant, served_id, at);

create table served_import (
  tenant char(4) not null,
  id uuid not null,
  office text collate "C" not null,
  group_name text not null,
  source text not null,
  file_name text not null,
  rows int not null,
  fresh int not null,
  changed int not null,
  same int not null,
  faulty int not null,
  registered int not null,
  at timestamptz not null,
  account_id uuid not null,
  account_name text not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table served_import is 'Lists that were taken in, with their counts. Rows that were refused are not kept: they go back with the answer. Append-only.';
create index served_import_office on served_import (tenant, at);

alter table served_contact add constraint served_contact_fk foreign key (tenant, served_id) references served_person (tenant, id);

grant select, insert, update on served_person to yingdeng_app;
grant select, insert on served_contact, served_import to yingdeng_app;

do $$
declare
  t text;
begin
  foreach t in array array['served_person', 'served_contact', 'served_import'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy staff_range on %I for select using (office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
    execute format('create policy staff_insert on %I for insert with check (
      current_setting(''yingdeng.role'', true) = any (''{clerk,fieldWorker,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
end
$$;
create policy staff_update on served_person for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,fieldWorker,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
