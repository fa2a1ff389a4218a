-- One matter (一件事, M79-5a, A21-4h, H122-2e): what is asked for together with the registration, each part decided by itself.

create table sub_matter (
  tenant char(4) not null,
  id uuid not null,
  application_id uuid not null,
  person_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  kind text not null check (kind in ('introduction', 'benefit', 'difficulty', 'livingAllowance')),
  state text not null check (state in ('asked', 'forwarded', 'accepted', 'refused', 'withdrawn')),
  wish text not null default '',
  consented_on date,
  consent_how text check (consent_how in ('counter', 'telephone', 'visit', 'portal')),
  asked_at timestamptz not null,
  asked_by_name text not null,
  forwarded_at timestamptz,
  external_number text,
  subject_id uuid,
  decided_at timestamptz,
  decided_by_name text,
  outcome text not null default '',
  reason text not null default '',
  months smallint check (months between 1 and 24),
  monthly_fen int check (monthly_fen > 0),
  holds_from date,
  stopped_on date,
  stop_reason text,
  told_exit_on date,
  todo text check (todo in ('introduce', 'carry', 'answer', 'check')),
  todo_due date,
  next_try_at timestamptz,
  tries int not null default 0,
  version int not null default 1,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division),
  check (kind <> 'livingAllowance' or consented_on is not null),
  check (todo is null or todo_due is not null)
);
comment on table sub_matter is 'Parts of one matter beside the registration: job introduction, unemployment benefit, recognition of difficulty, referral to civil affairs. No state of them touches the registration (M79-2e). subject_id: the row of difficulty, whose state is theirs. todo: what a member of staff has to do with it. next_try_at: when the programme looks at it next.';
-- One open part of a kind at a time.
create unique index sub_matter_open on sub_matter (tenant, application_id, kind) where state in ('asked', 'forwarded');
create index sub_matter_application on sub_matter (tenant, application_id, asked_at);
create index sub_matter_person on sub_matter (person_id, asked_at);
create index sub_matter_external on sub_matter (tenant, kind, external_number) where external_number is not null;
-- Work of the office: one county and stage, earliest first.
create index sub_matter_todo on sub_matter (division, todo, todo_due, id) where todo is not null;
-- What the programme forwards or tries again; a handful.
create index sub_matter_next on sub_matter (next_try_at, id) where next_try_at is not null;

create table sub_matter_action (
  tenant char(4) not null,
  id uuid not null,
  sub_matter_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  action text not null,
  from_state text not null,
  to_state text not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  text text not null default '',
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table sub_matter_action is 'History of each part of one matter. Append-only.';
create index sub_matter_action_matter on sub_matter_action (tenant, sub_matter_id, at);

-- Applications taken by the benefit office, as they came (A21-4h).
create table benefit_handover (
  tenant char(4) not null,
  number text collate "C" not null,
  division char(6) not null,
  office text collate "C" not null,
  submitted_at timestamptz not null,
  received_at timestamptz not null,
  content_sealed bytea not null,
  state text not null check (state in ('taken', 'joined', 'faulty', 'settled')),
  application_id uuid,
  faults text not null default '',
  settled_at timestamptz,
  settled_by_name text,
  settled_text text,
  primary key (tenant, number),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division)
);
comment on table benefit_handover is 'People who applied at the benefit office and are registered from there (A21-4h): taken in, joined to what stands, or faulty and settled by a clerk with the person.';
-- Faulty ones for the office, oldest first.
create index benefit_handover_faulty on benefit_handover (division, submitted_at, number) where state = 'faulty';

-- Where we are with each outside system, and since when it is silent.
create table outside_line (
  system text primary key,
  position text not null default '',
  answered_at timestamptz,
  silent_since timestamptz,
  tries int not null default 0,
  next_ask_at timestamptz not null
);
comment on table outside_line is 'Benefit system and civil affairs: how far their notices were read, and since when they do not answer.';

alter table sub_matter add constraint sub_matter_application_fk foreign key (tenant, application_id) references application (tenant, id);
alter table sub_matter_action add constraint sub_matter_action_fk foreign key (tenant, sub_matter_id) references sub_matter (tenant, id);

grant select, insert, update on sub_matter, benefit_handover, outside_line to yingdeng_app;
grant select, insert on sub_matter_action to yingdeng_app;

do $$
declare
  t text;
begin
  foreach t in array array['sub_matter', 'sub_matter_action', 'benefit_handover'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy staff_range on %I for select using (office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
    execute format('create policy staff_insert on %I for insert with check (
      current_setting(''yingdeng.role'', true) = any (''{clerk,fieldWorker,supervisor,exchangeOfficer,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
  foreach t in array array['sub_matter', 'benefit_handover'] loop
    execute format('create policy staff_update on %I for update using (
      current_setting(''yingdeng.role'', true) = any (''{clerk,fieldWorker,supervisor,exchangeOfficer,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
  -- A worker asks for parts, sees them, and takes them back.
  foreach t in array array['sub_matter', 'sub_matter_action'] loop
    execute format('create policy own_rows on %I for select using (person_id = nullif(current_setting(''yingdeng.person'', true), '''')::uuid)', t);
    execute format('create policy own_insert on %I for insert with check (
      current_setting(''yingdeng.role'', true) = ''worker'' and person_id = nullif(current_setting(''yingdeng.person'', true), '''')::uuid)', t);
  end loop;
end
$$;
create policy own_update on sub_matter for update using (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid);
