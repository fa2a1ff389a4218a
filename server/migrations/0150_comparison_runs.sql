-- A comparison with data of another department covers the month of everybody it found unchanged (A21-5b). It is one row, however many it
-- covers; that it covers somebody stands on the registration. Only whom it found something about gets a row of the service record.
create table comparison (
  tenant char(4) not null,
  id uuid not null,
  office text collate "C" not null,
  office_end text collate "C" not null,
  source text not null,
  as_of date not null,
  month char(7) not null,
  at timestamptz not null,
  note text not null,
  found uuid[] not null default '{}',
  covered int not null default 0,
  recorded_at timestamptz not null,
  officer_id uuid,
  officer_name text not null,
  finished_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_by_name text,
  withdrawn_reason text,
  undone_at timestamptz,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table comparison is 'Runs of comparison as a means of the monthly follow-up (A21-5b): a row a run and city, never a row a person. Whom a run covers names it in registration.compared.';
comment on column comparison.office is 'First office code of the range that was compared; office_end is the first code after it.';
comment on column comparison.at is 'The instant the data speaks of: noon of its day, or the instant of recording on that day itself.';
comment on column comparison.found is 'Registrations the data shows changed: not covered, contacted by a person.';
comment on column comparison.finished_at is 'Everybody who was due is covered; until then the job goes on.';
comment on column comparison.undone_at is 'Of a withdrawn run: month and due date of everybody it covered are computed anew.';
-- The same data for the same range is one run, unless it was withdrawn.
create unique index comparison_once on comparison (tenant, office, source, as_of) where withdrawn_at is null;
create index comparison_recorded on comparison (tenant, recorded_at, id);
-- What the job looks for; a handful at any time.
create index comparison_unfinished on comparison (recorded_at) where finished_at is null or (withdrawn_at is not null and undone_at is null);

alter table registration add column compared uuid[] not null default '{}';
comment on column registration.compared is 'Runs of comparison that covered this registration, in order; a withdrawn run stays named and counts for nothing.';

-- The one place that says what a follow-up was: rows of the service record, and the runs of comparison that a registration names.
create view contact_record with (security_invoker = true) as
select tenant, id, registration_id, person_id, purpose, means, outcome, result, at, month, officer_id, officer_name, note, interview, report,
  finding, finding_since
from contact
union all
select r.tenant, u.id, r.id, r.person_id, 'followUp', 'comparison', 'contact', 'compared', u.at, u.month, u.officer_id, u.officer_name, u.note,
  null, null, null, null
from registration r
cross join lateral unnest(r.compared) as c (id)
join comparison u on u.tenant = r.tenant and u.id = c.id and u.withdrawn_at is null;
comment on view contact_record is 'Attempts and contacts of a registration with the comparisons that covered it, as if a row stood there. Policies of contact, registration and comparison apply.';

grant select, insert, update on comparison to yingdeng_app;
grant select on contact_record to yingdeng_app;
alter table comparison enable row level security;
-- A run holds nothing personal. All of a city read its runs, because a registration goes from office to office with what covered it; who acts on a
-- run must have all of its range.
create policy staff_city on comparison for select using (
  tenant >= left(current_setting('yingdeng.lo', true), 4) and tenant <= left(current_setting('yingdeng.hi', true), 4));
create policy own_runs on comparison for select using (exists (
  select 1 from registration r where r.tenant = comparison.tenant and comparison.id = any (r.compared)
    and r.person_id = nullif(current_setting('yingdeng.person', true), '')::uuid));
create policy staff_insert on comparison for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,fieldWorker,supervisor,system}')
  and office >= current_setting('yingdeng.lo', true) and office_end <= current_setting('yingdeng.hi', true));
create policy staff_update on comparison for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,fieldWorker,supervisor,system}')
  and office >= current_setting('yingdeng.lo', true) and office_end <= current_setting('yingdeng.hi', true));
