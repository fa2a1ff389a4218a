-- A counted report beside the registers of today and what the national platform accepted (H122-3e, A21-6b): asked for, worked off county by county,
-- kept with every person who differs until the next one is asked for.

create table report_comparison (
  tenant char(4) not null,
  report_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  state text not null check (state in ('asked', 'done', 'failed')),
  of_cut timestamptz not null,
  asked_at timestamptz not null,
  asked_by uuid,
  asked_by_name text not null,
  done_at timestamptz,
  sides jsonb,
  why text,
  primary key (tenant, report_id),
  check (left(division, 4) = tenant),
  check (office = division),
  check ((state = 'asked') = (done_at is null)),
  check ((state = 'done') = (sides is not null)),
  check ((state = 'failed') = (why is not null))
);
comment on table report_comparison is 'Comparison of a county''s report with registers and platform: as of done_at, of the lists frozen at of_cut; asked for again, it is replaced.';
comment on column report_comparison.sides is 'By side: how many the report counts, how many are there, how many differ.';
create index report_comparison_asked on report_comparison (asked_at) where state = 'asked';

create table report_difference (
  tenant char(4) not null,
  report_id uuid not null,
  side text not null check (side in ('registers', 'exits', 'registrations')),
  n int not null,
  office text collate "C" not null,
  registration_id uuid not null,
  text text not null,
  explained boolean not null,
  primary key (tenant, report_id, side, n),
  check (left(office, 4) = tenant)
);
comment on table report_difference is 'Who differs in a comparison, by side, with what differs; explained: a later record says why, and the report stays right.';

alter table report_comparison add constraint report_comparison_fk foreign key (tenant, report_id) references report (tenant, id);
alter table report_difference add constraint report_difference_fk foreign key (tenant, report_id) references report (tenant, id);

grant select, insert, update on report_comparison to yingdeng_app;
grant select, insert, delete on report_difference to yingdeng_app;

do $$
declare
  t text;
begin
  foreach t in array array['report_comparison', 'report_difference'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy staff_range on %I for select using (office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
end
$$;
-- Whoever reads reports may ask; what was found is written by the job alone.
create policy staff_insert on report_comparison for insert with check (
  current_setting('yingdeng.role', true) = any ('{statistician,supervisor,auditor,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on report_comparison for update using (
  current_setting('yingdeng.role', true) = any ('{statistician,supervisor,auditor,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy system_insert on report_difference for insert with check (current_setting('yingdeng.role', true) = 'system');
create policy system_delete on report_difference for delete using (current_setting('yingdeng.role', true) = 'system');
