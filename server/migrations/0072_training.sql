-- Training projects and enrolment (A21-4d, A21-4e): seats never oversold, the result of each, what a worker says.

create table training_project (
  tenant char(4) not null,
  id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  name text not null,
  kind text not null check (kind in ('skill', 'startUp')),
  occupation char(3) collate "C",
  institution text not null,
  place text not null,
  starts_on date not null,
  ends_on date not null,
  apply_by date not null,
  seats int not null check (seats > 0),
  taken int not null default 0,
  fee int not null check (fee >= 0),
  telephone text not null,
  content text not null default '',
  state text not null check (state in ('open', 'closed')),
  closed_reason text not null default '',
  entered_at timestamptz not null,
  entered_by_name text not null,
  version int not null default 1,
  primary key (tenant, id),
  check (left(office, 4) = tenant),
  check (left(division, 4) = tenant),
  check (taken between 0 and seats),
  check (ends_on >= starts_on),
  check (apply_by <= ends_on),
  check (kind = 'startUp' or occupation is not null)
);
comment on table training_project is 'Training courses offered to registrants (A21-4d), start-up courses among them (A21-4e). fee in yuan, 0: free. No personal data: the telephone is an institution''s.';
-- The projects of a city that still take people, the soonest first; and those that are over.
create index training_project_list on training_project (tenant, state, apply_by, id);

create table training_enrolment (
  tenant char(4) not null,
  id uuid not null,
  project_id uuid not null,
  registration_id uuid not null,
  application_id uuid not null,
  person_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  state text not null check (state in ('wished', 'enrolled', 'finished', 'dropped', 'declined')),
  asked_at timestamptz not null,
  due_on date not null,
  consented_at timestamptz,
  enrolled_by uuid,
  enrolled_by_name text,
  settled_on date,
  certificate text not null default '',
  result text not null default '',
  settled_by_name text,
  version int not null default 1,
  primary key (tenant, id),
  check (left(office, 4) = tenant),
  check (left(office, 6) = division),
  check (state not in ('enrolled', 'finished') or consented_at is not null)
);
comment on table training_enrolment is 'A person in a course (A21-4d): wished for by the worker, enrolled with consent, finished or dropped. due_on: the last day to apply while it is a wish, the end of the course once enrolled: then its result is owed.';
create unique index training_enrolment_open on training_enrolment (tenant, project_id, person_id) where state in ('wished', 'enrolled');
create index training_enrolment_project on training_enrolment (tenant, project_id);
create index training_enrolment_registration on training_enrolment (tenant, registration_id);
create index training_enrolment_person on training_enrolment (person_id, asked_at);
-- Of one county: wishes to answer and results that are owed, the soonest first.
create index training_enrolment_due on training_enrolment (division, state, due_on, id) where state in ('wished', 'enrolled');

alter table training_enrolment add constraint training_enrolment_project_fk foreign key (tenant, project_id) references training_project (tenant, id);
alter table training_enrolment add constraint training_enrolment_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);

grant select, insert, update on training_project, training_enrolment to yingdeng_app;

-- Published by their nature: whoever is signed in reads projects; clerks write those of their range.
alter table training_project enable row level security;
create policy published on training_project for select using (current_setting('yingdeng.role', true) <> '');
create policy staff_insert on training_project for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on training_project for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));

alter table training_enrolment enable row level security;
create policy staff_range on training_enrolment for select using (
  office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy own_rows on training_enrolment for select using (person_id = nullif(current_setting('yingdeng.person', true), '')::uuid);
create policy staff_insert on training_enrolment for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,fieldWorker,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on training_enrolment for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,fieldWorker,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
-- A worker says 想参加 for himself or herself; a seat is the office's to give.
create policy own_insert on training_enrolment for insert with check (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid
  and state = 'wished' and consented_at is null);
