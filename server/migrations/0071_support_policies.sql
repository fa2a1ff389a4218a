-- Support policies (A21-4g): what a person may get by the facts, applied for in the same visit, forwarded and answered.

create table policy_application (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  application_id uuid not null,
  person_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  policy text not null,
  state text not null check (state in ('accepted', 'forwarded', 'granted', 'refused', 'withdrawn')),
  conditions jsonb not null,
  note text not null default '',
  basis jsonb not null,
  accepted_on date not null,
  accepted_at timestamptz not null,
  accepted_by uuid,
  accepted_by_name text not null,
  due_on date,
  forwarded_to text not null default '',
  forwarded_on date,
  settled_on date,
  result text not null default '',
  settled_by_name text,
  version int not null default 1,
  primary key (tenant, id),
  check (left(office, 4) = tenant),
  check (left(office, 6) = division),
  check (state not in ('granted', 'refused') or (settled_on is not null and result <> ''))
);
comment on table policy_application is 'An application for a support policy accepted in the same visit (A21-4g): the conditions as they stood, where it was forwarded, what came of it. Decided by whoever grants the policy, never here.';
-- One open application of a person for a policy.
create unique index policy_application_open on policy_application (tenant, person_id, policy) where state in ('accepted', 'forwarded');
create index policy_application_person on policy_application (person_id, accepted_at);
create index policy_application_registration on policy_application (tenant, registration_id);
-- Of one county: those to forward, and those whose result is awaited, the oldest first.
create index policy_application_open_list on policy_application (division, state, accepted_on, id) where state in ('accepted', 'forwarded');

create table policy_application_action (
  tenant char(4) not null,
  id uuid not null,
  policy_application_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  to_state text not null,
  text text not null default '',
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table policy_application_action is 'Each step of a policy application: who, when, to which state, in which words. Append-only.';
create index policy_application_action_of on policy_application_action (tenant, policy_application_id, at);

alter table policy_application add constraint policy_application_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table policy_application_action add constraint policy_application_action_fk foreign key (tenant, policy_application_id) references policy_application (tenant, id);

grant select, insert, update on policy_application to yingdeng_app;
grant select, insert on policy_application_action to yingdeng_app;

do $$
declare
  t text;
begin
  foreach t in array array['policy_application', 'policy_application_action'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy staff_range on %I for select using (office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
    execute format('create policy own_rows on %I for select using (person_id = nullif(current_setting(''yingdeng.person'', true), '''')::uuid)', t);
    execute format('create policy staff_insert on %I for insert with check (
      current_setting(''yingdeng.role'', true) = any (''{clerk,fieldWorker,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
  create policy staff_update on policy_application for update using (
    current_setting('yingdeng.role', true) = any ('{clerk,system}')
    and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
end
$$;
