-- Files of vacancies: received whole, checked and shown before anything is kept, kept in steps that may be interrupted anywhere.

create table vacancy_import (
  tenant char(4) not null,
  id uuid not null,
  office text collate "C" not null,
  account_id uuid not null,
  account_name text not null,
  file_name text not null,
  format text not null check (format in ('csv', 'xlsx')),
  bytes bigint not null default 0,
  state text not null check (state in ('receiving', 'waiting', 'checking', 'preview', 'keeping', 'done', 'failed', 'cancelled')),
  fault text not null default '',
  header text[] not null default '{}',
  rows int not null default 0,
  faulty int not null default 0,
  fresh int not null default 0,
  changed int not null default 0,
  same int not null default 0,
  kept int not null default 0,
  created_at timestamptz not null,
  moved_at timestamptz not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table vacancy_import is 'One file of vacancies and how far it has come. moved_at: last sign of life of whoever works on it.';
create index vacancy_import_office on vacancy_import (tenant, created_at);
-- What the worker has to do next; a handful.
create index vacancy_import_todo on vacancy_import (moved_at) where state in ('waiting', 'checking', 'keeping');

create table vacancy_import_part (
  tenant char(4) not null,
  import_id uuid not null,
  office text collate "C" not null,
  part int not null,
  bytes bytea not null,
  primary key (tenant, import_id, part),
  check (left(office, 4) = tenant)
);
comment on table vacancy_import_part is 'The file as it came, in pieces; gone when it has been checked.';

create table vacancy_import_row (
  tenant char(4) not null,
  import_id uuid not null,
  office text collate "C" not null,
  line int not null,
  cells text[] not null,
  data jsonb,
  source_key text collate "C",
  warnings jsonb not null default '[]',
  faults text not null default '',
  outcome text not null check (outcome in ('faulty', 'fresh', 'changed', 'same', 'kept')),
  primary key (tenant, import_id, line),
  check (left(office, 4) = tenant)
);
comment on table vacancy_import_row is 'Rows of a file as they stand in it, with what is wrong with each; a month later they are gone. Faulty rows may hold what does not belong there, a mobile number among others.';
-- Rows still to be kept, in the order of the file; the faulty ones for the sheet that goes back.
create index vacancy_import_row_todo on vacancy_import_row (tenant, import_id, line) where outcome in ('fresh', 'changed');
create index vacancy_import_row_faulty on vacancy_import_row (tenant, import_id, line) where outcome = 'faulty';

alter table vacancy_import_part add constraint vacancy_import_part_fk foreign key (tenant, import_id) references vacancy_import (tenant, id);
alter table vacancy_import_row add constraint vacancy_import_row_fk foreign key (tenant, import_id) references vacancy_import (tenant, id);

grant select, insert, update on vacancy_import to yingdeng_app;
grant select, insert, update, delete on vacancy_import_part, vacancy_import_row to yingdeng_app;

do $$
declare
  t text;
begin
  foreach t in array array['vacancy_import', 'vacancy_import_part', 'vacancy_import_row'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy staff_range on %I using (
      current_setting(''yingdeng.role'', true) = any (''{clerk,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
end
$$;
