-- What comes from the national platform and waits for a person, and what is kept of each decision sent there.

alter table application add column platform_joined boolean not null default false;
comment on column application.platform_joined is 'The person applied on the national platform too; that application joined this case and is answered with its decision.';
-- The worklist of forwarded applications: one county, earliest due date first, 50 entries whatever the size of the table.
create index application_from_platform on application (division, due_on, id)
  where status = 'submitted' and (channel = 'platform' or platform_joined);

create table forwarded_task (
  tenant char(4) not null,
  id uuid not null,
  platform_number text collate "C" not null,
  revision int not null,
  division char(6) not null,
  office text collate "C" not null,
  kind text not null check (kind in ('faulty', 'correction')),
  application_id uuid,
  submitted_at timestamptz not null,
  due_on date not null,
  at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'settled')),
  outcome text check (outcome in ('takenIn', 'replaced', 'joined', 'answered', 'closed', 'adopted', 'kept')),
  taken text[] not null default '{}',
  before_sealed bytea,
  entries jsonb not null default '[]',
  settled_at timestamptz,
  settled_by uuid,
  settled_by_name text,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 4) = tenant),
  check ((state = 'open') = (outcome is null))
);
comment on table forwarded_task is 'What of a forwarded application a person has to settle: one that names nobody or no office (faulty), or a change of a case that is open (correction) (M79-7a, H122-2c).';
comment on column forwarded_task.entries is 'What was tried meanwhile: instant, who, what, note. Appended, never rewritten.';
comment on column forwarded_task.before_sealed is 'The form as it was before fields of a correction were adopted: both stay readable.';
-- Faulty ones of one county, earliest due date first.
create index forwarded_task_open on forwarded_task (division, due_on, id) where state = 'open' and kind = 'faulty';
-- Corrections of one case, for the case page and for the note of the worklist.
create index forwarded_task_application on forwarded_task (tenant, application_id);
-- All tasks of one number of the platform: a later delivery settles earlier ones.
create index forwarded_task_number on forwarded_task (tenant, platform_number);
alter table forwarded_task add constraint forwarded_task_application_fk foreign key (tenant, application_id) references application (tenant, id);

-- An application whose place was changed to another city comes under its number in that city's download.
create index forwarded_application_number on forwarded_application (platform_number, revision);
create index forwarded_application_case on forwarded_application (tenant, application_id) where application_id is not null;

-- Evidence of a decision: content as sent, its digest, the receipt; and what a person changed before sending again.
alter table decision_upload add column content_sealed bytea, add column digest bytea, add column sent_at timestamptz,
  add column receipt text, add column mended jsonb;
alter table decision_upload drop constraint decision_upload_state_check;
alter table decision_upload add constraint decision_upload_state_check check (state in ('waiting', 'accepted', 'returned', 'superseded'));
comment on column decision_upload.mended is 'Set by a person after a return: words for the applicant, or that it goes under division and own number.';
comment on column decision_upload.state is 'superseded: the platform already has a later decision of ours on the same application.';
-- Returned decisions, for the list of the office that owns them; a handful.
create index decision_upload_returned on decision_upload (tenant, decided_at, application_id) where state = 'returned';

grant select, insert, update on forwarded_task to yingdeng_app;
alter table forwarded_task enable row level security;
create policy staff_range on forwarded_task for select using (
  office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_insert on forwarded_task for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,exchangeOfficer,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on forwarded_task for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,exchangeOfficer,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
