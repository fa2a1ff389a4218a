-- The monthly report (M79-9, M79-10a, M79-11): a report a division and month, frozen lists of persons under it, its history, and the figures
-- of urban employed persons that are entered for the rate.

-- Facts of persons that only the report asks for; nobody is obliged to know them.
alter table person add column hukou char(2) check (hukou in ('10', '20'));
alter table person add column veteran boolean;
comment on column person.hukou is 'AAC009: 10 non-agricultural, 20 agricultural; null: not known.';
comment on column person.veteran is 'Served in the forces; null: not known.';
-- Whether an office lies in a town: who registers there is registered in an urban area (M79-10a).
alter table office add column town boolean not null default true;
comment on column office.town is 'The office serves an urban area; registrations there count as urban (M79-10a).';

create table report (
  tenant char(4) not null,
  id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  month char(7) not null,
  revision int not null,
  state text not null check (state in ('open', 'cut', 'computed', 'checked', 'approved', 'sealed')),
  period_from date not null,
  period_to date not null,
  due_on date,
  last_id uuid,
  figures jsonb,
  besides jsonb,
  checks jsonb,
  basis jsonb not null default '{}',
  cut_at timestamptz,
  computed_at timestamptz,
  checked_at timestamptz,
  checked_by uuid,
  checked_by_name text,
  approved_at timestamptz,
  approved_by uuid,
  approved_by_name text,
  sealed_at timestamptz,
  sealed_by_name text,
  rate jsonb,
  page text,
  digest bytea,
  replaces uuid,
  replaces_reason text,
  version int not null default 1,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (office = division),
  check ((sealed_at is null) = (digest is null)),
  check ((state = 'sealed') = (sealed_at is not null))
);
comment on table report is 'Monthly reports by division (M79-9): state, figures by row and column, seal. A sealed one is never changed; a restatement is a new revision that names the old.';
comment on column report.last_id is 'The report of the month before whose closing is this opening.';
comment on column report.page is 'The page of digests under the seal; digest is its SM3.';
create unique index report_key on report (tenant, division, month, revision);
create index report_month on report (month, division);

create table report_list (
  tenant char(4) not null,
  report_id uuid not null,
  office text collate "C" not null,
  kind text not null check (kind in ('opening', 'stock', 'movements', 'besides')),
  persons int not null,
  digest bytea not null,
  content bytea not null,
  primary key (tenant, report_id, office, kind),
  check (left(office, 4) = tenant)
);
comment on table report_list is 'Frozen lists of persons of a report, an office and a kind each: plain lines of fixed width, compressed; digest: SM3 of the lines.';
alter table report_list alter column content set storage external;

create table report_action (
  tenant char(4) not null,
  id uuid not null,
  report_id uuid not null,
  office text collate "C" not null,
  action text not null,
  from_state text not null,
  to_state text not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  reason text not null default '',
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table report_action is 'History of each report. Append-only.';
create index report_action_report on report_action (tenant, report_id, at);

create table urban_employed (
  tenant char(4) not null,
  id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  month char(7) not null,
  kind text not null check (kind in ('reported', 'estimated')),
  value bigint not null check (value > 0),
  as_of date not null,
  source text not null,
  method text not null,
  uncertainty numeric(4, 1) not null check (uncertainty between 0 and 50),
  entered_at timestamptz not null,
  entered_by uuid,
  entered_by_name text not null,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (office = division)
);
comment on table urban_employed is 'Urban employed persons at the end of a period, as entered with date, source and method (M79-10b); the newest entry of a month holds. Append-only.';
create index urban_employed_month on urban_employed (tenant, division, month, entered_at);

alter table report_list add constraint report_list_fk foreign key (tenant, report_id) references report (tenant, id);
alter table report_action add constraint report_action_fk foreign key (tenant, report_id) references report (tenant, id);

-- What the lists of a month are made from, a county each: registrations and exits by their instant.
create index registration_registered on registration (division, registered_at);
create index exit_confirmed on exit (division, confirmed_at) where status in ('confirmed', 'restored');
create index exit_undone on exit (division, restored_at) where status = 'restored';

grant select, insert, update on report to yingdeng_app;
grant select, insert, delete on report_list to yingdeng_app;
grant select, insert on report_action, urban_employed to yingdeng_app;

do $$
declare
  t text;
begin
  foreach t in array array['report', 'report_list', 'report_action', 'urban_employed'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy staff_range on %I for select using (office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
    execute format('create policy staff_insert on %I for insert with check (
      current_setting(''yingdeng.role'', true) = any (''{statistician,supervisor,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
end
$$;
-- What is sealed stays as it is.
create policy staff_update on report for update using (
  current_setting('yingdeng.role', true) = any ('{statistician,supervisor,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true)
  and sealed_at is null)
  with check (office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy unsealed_delete on report_list for delete using (
  current_setting('yingdeng.role', true) = any ('{statistician,supervisor,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true)
  and exists (select 1 from report r where r.tenant = report_list.tenant and r.id = report_list.report_id and r.sealed_at is null));
