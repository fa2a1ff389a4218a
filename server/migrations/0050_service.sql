-- Service after registration (A21-4a to A21-4h, M79-3b): what was done, the class and why, the plan and its steps, recognised difficulty.

create table service_record (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  kind text not null,
  content text not null,
  result text not null check (result in ('done', 'going', 'declined', 'noFit')),
  outcome text not null default '',
  served_on date not null,
  at timestamptz not null,
  officer_id uuid,
  officer_name text not null,
  step_id uuid,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table service_record is 'Services as they were given, each with content and result (A21-4a, A21-5a). Append-only.';
create index service_record_registration on service_record (tenant, registration_id, served_on, id);

create table service_class (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  class char(1) not null check (class in ('A', 'B', 'C', 'D')),
  computed char(1) check (computed in ('A', 'B', 'C', 'D')),
  points jsonb not null default '[]',
  profile jsonb not null,
  reason text not null default '',
  basis jsonb not null default '[]',
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table service_class is 'Each classing with the facts and named points it came of, and the reason where a clerk classed otherwise (M79-3b). The latest is registration.class. Append-only.';
create index service_class_registration on service_class (tenant, registration_id, at);

create table difficulty (
  tenant char(4) not null,
  id uuid not null,
  person_id uuid not null,
  registration_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  state text not null check (state in ('applied', 'recognised', 'refused', 'withdrawn')),
  category text not null,
  facts jsonb not null default '{}',
  basis jsonb not null default '[]',
  applied_at timestamptz not null,
  due_on date,
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decision_text text not null default '',
  valid_from date,
  valid_to date,
  recheck_due date,
  withdrawn_on date,
  withdrawn_reason text,
  version int not null default 1,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division),
  check (state <> 'recognised' or (valid_from is not null and valid_to is not null))
);
comment on table difficulty is 'Recognition of people who have difficulty finding work (就业困难人员, A21-4f, M79-5a) by the province''s table of categories.';
-- One recognition or open application at a time.
create unique index difficulty_open on difficulty (tenant, person_id) where state in ('applied', 'recognised');
create index difficulty_person on difficulty (person_id, applied_at);
create index difficulty_registration on difficulty (tenant, registration_id);
-- Decisions owed, and yearly checks owed: one county, earliest first.
create index difficulty_due on difficulty (division, due_on, id) where state = 'applied';
create index difficulty_recheck on difficulty (division, recheck_due, id) where state = 'recognised';

create table plan (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  division char(6) not null,
  kind text not null check (kind in ('ordinary', 'difficulty')),
  goal text not null,
  officer_id uuid not null,
  officer_name text not null,
  status text not null check (status in ('draft', 'agreed', 'closed')),
  made_at timestamptz not null,
  made_by uuid,
  made_by_name text not null,
  agreed_at timestamptz,
  agreed_how text check (agreed_how in ('portal', 'counter', 'telephone', 'visit')),
  closed_at timestamptz,
  closed_reason text,
  changed_at timestamptz not null,
  changed_by_name text not null,
  version int not null default 1,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division)
);
comment on table plan is 'Plans with a goal, a named officer and steps of both sides (A21-4f); a renewed one closes the earlier, which is kept.';
create unique index plan_open on plan (tenant, registration_id) where status <> 'closed';
create index plan_registration on plan (tenant, registration_id, made_at);
create index plan_person on plan (person_id, made_at);

create table plan_step (
  tenant char(4) not null,
  id uuid not null,
  plan_id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  division char(6) not null,
  n smallint not null,
  whose text not null check (whose in ('office', 'worker')),
  service text not null,
  what text not null,
  due_on date not null,
  status text not null check (status in ('open', 'done', 'dropped')),
  result text not null default '',
  settled_at timestamptz,
  settled_by_name text,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division)
);
comment on table plan_step is 'Steps of plans, each with who owes it, by when, and what came of it. Late ends nothing (M79-4c).';
create index plan_step_plan on plan_step (tenant, plan_id, n);
-- Steps owed: one county, earliest due first, 50 a page; only open ones are in it.
create index plan_step_due on plan_step (division, due_on, id) where status = 'open';

alter table service_record add constraint service_record_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table service_class add constraint service_class_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table difficulty add constraint difficulty_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table plan add constraint plan_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table plan_step add constraint plan_step_plan_fk foreign key (tenant, plan_id) references plan (tenant, id);

grant select, insert on service_record, service_class to yingdeng_app;
grant select, insert, update on difficulty, plan, plan_step to yingdeng_app;

do $$
declare
  t text;
begin
  foreach t in array array['service_record', 'service_class', 'difficulty', 'plan', 'plan_step'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy staff_range on %I for select using (office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
    execute format('create policy own_rows on %I for select using (person_id = nullif(current_setting(''yingdeng.person'', true), '''')::uuid)', t);
    execute format('create policy staff_insert on %I for insert with check (
      current_setting(''yingdeng.role'', true) = any (''{clerk,fieldWorker,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
  foreach t in array array['difficulty', 'plan', 'plan_step'] loop
    execute format('create policy staff_update on %I for update using (
      current_setting(''yingdeng.role'', true) = any (''{clerk,fieldWorker,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
  -- The worker agrees to the own plan and finishes the own steps.
  foreach t in array array['plan', 'plan_step'] loop
    execute format('create policy own_update on %I for update using (
      current_setting(''yingdeng.role'', true) = ''worker'' and person_id = nullif(current_setting(''yingdeng.person'', true), '''')::uuid)', t);
  end loop;
end
$$;
