-- Credit (A21-5c, A21-8a): three levels with notice, hearing, decision by a second person, objection, repair, expiry. Never an effect on a registration.

create table credit_record (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  application_id uuid not null,
  person_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  cause text not null check (cause in ('falseForm', 'fraud', 'overclaim')),
  level text not null check (level in ('note', 'record', 'serious')),
  state text not null check (state in ('noticed', 'inForce', 'dropped', 'revoked', 'repaired')),
  facts jsonb not null,
  evidence text not null,
  basis jsonb not null,
  proposed_at timestamptz not null,
  proposed_by uuid not null,
  proposed_by_name text not null,
  answer_due date,
  answer text not null default '',
  decided_at timestamptz,
  decided_by uuid,
  decided_by_name text,
  decision_text text not null default '',
  expires_on date,
  objection text not null default '',
  objection_answer text not null default '',
  repair_text text not null default '',
  ended_on date,
  version int not null default 1,
  primary key (tenant, id),
  check (left(office, 4) = tenant),
  check (left(office, 6) = division),
  -- A false form alone is an internal note and never more.
  check (cause <> 'falseForm' or level = 'note'),
  -- Beyond a note nothing holds that a second person has not decided.
  check (level = 'note' or state <> 'inForce' or (decided_by is not null and decided_by <> proposed_by)),
  check (state <> 'inForce' or expires_on is not null)
);
comment on table credit_record is 'What false information led to, in three levels (A21-5c, A21-8a). In force is a predicate: state inForce and today not after expires_on. It never touches a registration (M79-2).';
create index credit_record_person on credit_record (person_id, proposed_at);
create index credit_record_registration on credit_record (tenant, registration_id);
-- What one county's second person has to decide, the earliest due first.
create index credit_record_due on credit_record (division, answer_due, id) where state = 'noticed';

alter table credit_record add constraint credit_record_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);

grant select, insert, update on credit_record to yingdeng_app;

alter table credit_record enable row level security;
create policy staff_range on credit_record for select using (
  current_setting('yingdeng.role', true) = any ('{clerk,supervisor,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy own_rows on credit_record for select using (person_id = nullif(current_setting('yingdeng.person', true), '')::uuid);
create policy staff_insert on credit_record for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on credit_record for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,supervisor,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
-- The person answers and objects; what was decided stays the office's.
create policy own_update on credit_record for update using (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid);
