-- What a worker does after registration: monthly report, correction, objection; and the month's follow-up list.

-- What the person says about the month (A21-5a, A21-5b). Reports of one month follow each other; the latest stands.
alter table contact add column report text check (report in ('looking', 'foundWork', 'training', 'other'));
comment on column contact.report is 'Of the worker''s own monthly report: what the person says. Only with means selfReport.';

create table correction (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  source text not null check (source in ('worker', 'staff')),
  fields text[] not null,
  before_sealed bytea not null,
  after_sealed bytea not null,
  state text not null check (state in ('applied', 'question', 'accepted', 'left')),
  reason text not null default '',
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  settled_at timestamptz,
  settled_by uuid,
  settled_by_name text,
  settled_note text,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table correction is 'Corrections after registration (A21-5a): both values are kept, sealed. question: an address in another county that a clerk looks at first.';
create index correction_registration on correction (tenant, registration_id, at);
-- One address at a time waits for a clerk.
create unique index correction_question on correction (tenant, registration_id) where state = 'question';

create table objection (
  tenant char(4) not null,
  id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  application_id uuid not null,
  subject_kind text not null check (subject_kind in ('application', 'exit')),
  subject_id uuid not null,
  text text not null,
  state text not null check (state in ('open', 'answered')),
  at timestamptz not null,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  answered_by_name text,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table objection is 'What a worker writes against a refusal or an exit, and the supervisor''s answer (M79-14).';
-- One open objection a decision; a second one after the answer is possible.
create unique index objection_open on objection (tenant, subject_id) where state = 'open';
create index objection_person on objection (person_id, at);
create index objection_waiting on objection (tenant, at, id) where state = 'open';
create index objection_answered on objection (tenant, answered_at, id) where state = 'answered';
create index objection_application on objection (tenant, application_id);

alter table correction add constraint correction_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table objection add constraint objection_application_fk foreign key (tenant, application_id) references application (tenant, id);

grant select, insert, update on correction, objection to yingdeng_app;

alter table correction enable row level security;
alter table objection enable row level security;
do $$
declare
  t text;
begin
  foreach t in array array['correction', 'objection'] loop
    execute format('create policy staff_range on %I for select using (office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
    execute format('create policy own_rows on %I for select using (person_id = nullif(current_setting(''yingdeng.person'', true), '''')::uuid)', t);
    execute format('create policy own_insert on %I for insert with check (
      current_setting(''yingdeng.role'', true) = ''worker'' and person_id = nullif(current_setting(''yingdeng.person'', true), '''')::uuid)', t);
  end loop;
end
$$;
-- A worker's correction counts as nothing but a correction by the worker.
alter policy own_insert on correction with check (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid
  and source = 'worker' and actor_id is null and state in ('applied', 'question'));
alter policy own_insert on objection with check (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid
  and state = 'open' and answer is null);
create policy staff_insert on correction for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on correction for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on objection for update using (
  current_setting('yingdeng.role', true) = any ('{supervisor,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));

-- A worker reports about the own month, and in no other way becomes part of the service record.
create policy own_report on contact for insert with check (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid
  and means = 'selfReport' and purpose = 'followUp' and report is not null and officer_id is null and interview is null);

-- Who of one county has not been seen this month, who was never seen first: one range, so that pages follow each other.
drop index registration_follow_up;
create index registration_follow_up on registration (division, coalesce(last_contact_month, '0000-00'), id) where status <> 'exited';
-- Coverage of a past month also counts those who left after its end.
create index registration_exited on registration (division, exited_on) where status = 'exited';
