-- Vacancies, what people look for, referrals and how they went (A21-4d, M79-3b).

create table vacancy_counter (
  tenant char(4) primary key,
  revision bigint not null default 0,
  last_number int not null default 0
);
comment on table vacancy_counter is 'One row a city. Whoever writes vacancies takes the next revision first and so waits for whoever writes before: a reader who sees a revision sees every change up to it.';

create table vacancy (
  tenant char(4) not null,
  id uuid not null,
  office text collate "C" not null,
  number text collate "C" not null,
  employer_name text collate "C" not null,
  employer_code text collate "C" not null default '',
  employer_ref text collate "C" not null default '',
  employer_pinyin text collate "C" not null default '',
  employer_initials text collate "C" not null default '',
  title text collate "C" not null,
  title_pinyin text collate "C" not null default '',
  title_initials text collate "C" not null default '',
  occupation char(3) collate "C" not null,
  work_division char(6) collate "C" not null,
  work_place text not null,
  wage_from int not null,
  wage_to int not null,
  education smallint not null,
  skill smallint not null,
  posts int not null,
  kind text not null check (kind in ('fullTime', 'partTime', 'flexible', 'seasonal')),
  telephone text not null,
  description text not null default '',
  valid_from date not null,
  valid_to date not null,
  state text not null check (state in ('open', 'closed')),
  closed_reason text not null default '',
  warnings jsonb not null default '[]',
  source_key text collate "C",
  revision bigint not null,
  version int not null default 1,
  entered_at timestamptz not null,
  changed_at timestamptz not null,
  changed_by uuid,
  changed_by_name text not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant),
  check (wage_to >= wage_from),
  check (valid_to >= valid_from)
);
comment on table vacancy is 'Posts that employers offer. No personal data: the telephone is an office''s. Valid is a predicate: open and today within valid_from and valid_to.';
comment on column vacancy.source_key is 'Employer and the employer''s own number of the post: the same key is the same vacancy, however often it is imported. Null: the employer gave no number.';
comment on column vacancy.revision is 'Revision of the city''s vacancies at the last change of this one: what a process holding them in memory has not seen yet lies above its own.';
create unique index vacancy_number on vacancy (tenant, number);
create unique index vacancy_source on vacancy (tenant, source_key) where source_key is not null;
-- What changed since a revision: matching brings its copy up to date before it ranks; usually nothing.
create index vacancy_revision on vacancy (tenant, revision);
-- Search at the counter: employer or title, pinyin and initials by prefix range within one city.
create index vacancy_employer on vacancy (tenant, employer_name);
create index vacancy_employer_pinyin on vacancy (tenant, employer_pinyin);
create index vacancy_employer_initials on vacancy (tenant, employer_initials);
create index vacancy_title on vacancy (tenant, title);
create index vacancy_title_pinyin on vacancy (tenant, title_pinyin);
create index vacancy_title_initials on vacancy (tenant, title_initials);
-- The list, newest first, and by whether it is still open.
create index vacancy_list on vacancy (tenant, state, number);
-- Candidates of one person: work of a major group in the province, work in one county (match.sql.ts).
create index vacancy_major on vacancy (tenant, left(occupation::text, 1)) where state = 'open';
create index vacancy_county on vacancy (tenant, work_division) where state = 'open';

create table vacancy_change (
  tenant char(4) not null,
  id uuid not null,
  vacancy_id uuid not null,
  office text collate "C" not null,
  action text not null check (action in ('enter', 'change', 'close', 'reopen', 'import')),
  fields jsonb not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table vacancy_change is 'Who entered or changed a vacancy and what: {field: [before, after]}. Append-only.';
create index vacancy_change_vacancy on vacancy_change (tenant, vacancy_id, at);

create table job_wish (
  tenant char(4) not null,
  registration_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  wishes text[] not null,
  trained text[] not null,
  wage int,
  skill smallint not null,
  changed_at timestamptz not null,
  changed_by_name text not null,
  primary key (tenant, registration_id),
  check (left(office, 4) = tenant)
);
comment on table job_wish is 'What a person looks for and can do, in codes, as the person or a clerk put it. Without a row it is read from the form and the interview.';

create table referral (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  application_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  vacancy_id uuid not null,
  vacancy jsonb not null,
  points jsonb not null,
  means text not null check (means in ('counter', 'telephone', 'visit', 'message', 'self')),
  note text not null default '',
  consented_at timestamptz not null,
  referred_at timestamptz not null,
  referred_by uuid,
  referred_by_name text not null,
  ask_due date not null,
  basis jsonb not null,
  state text not null check (state in ('open', 'hired', 'notHired', 'declined', 'withdrawn')),
  told jsonb,
  reason text not null default '',
  learnt_by text,
  started_on date,
  suitable boolean,
  without_good_reason boolean,
  settled_at timestamptz,
  settled_by uuid,
  settled_by_name text,
  exit_id uuid,
  version int not null default 1,
  primary key (tenant, id),
  check (left(office, 4) = tenant),
  check (left(office, 6) = division),
  check (state = 'open' or settled_at is not null)
);
comment on table referral is 'A person sent to a vacancy with consent, and what came of it (A21-4d). vacancy: the vacancy as it was that day; told: what the person said in the portal; suitable, without_good_reason: a person''s judgement of a refusal, which ends nothing by itself (M79-4c).';
create index referral_registration on referral (tenant, registration_id, referred_at);
create index referral_person on referral (person_id, referred_at);
create index referral_vacancy on referral (tenant, vacancy_id);
-- One open referral of a person to a vacancy.
create unique index referral_open on referral (tenant, registration_id, vacancy_id) where state = 'open';
-- Who of one county is to be asked how it went, earliest first.
create index referral_ask on referral (division, ask_due, id) where state = 'open';

alter table vacancy_change add constraint vacancy_change_fk foreign key (tenant, vacancy_id) references vacancy (tenant, id);
alter table job_wish add constraint job_wish_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table referral add constraint referral_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);

grant select, insert, update on vacancy_counter, vacancy, job_wish, referral to yingdeng_app;
grant select, insert on vacancy_change to yingdeng_app;

-- Published by their nature: whoever is signed in reads vacancies; clerks write those of their range.
alter table vacancy enable row level security;
create policy published on vacancy for select using (current_setting('yingdeng.role', true) <> '');
create policy staff_insert on vacancy for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on vacancy for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));

alter table vacancy_change enable row level security;
create policy staff_range on vacancy_change for select using (
  office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_insert on vacancy_change for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));

do $$
declare
  t text;
begin
  foreach t in array array['job_wish', 'referral'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy staff_range on %I for select using (office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
    execute format('create policy own_rows on %I for select using (person_id = nullif(current_setting(''yingdeng.person'', true), '''')::uuid)', t);
    execute format('create policy staff_insert on %I for insert with check (
      current_setting(''yingdeng.role'', true) = any (''{clerk,fieldWorker,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
    execute format('create policy staff_update on %I for update using (
      current_setting(''yingdeng.role'', true) = any (''{clerk,fieldWorker,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
end
$$;
-- A worker says what is looked for, tries a vacancy and tells how it went; the result itself is the office's to keep.
create policy own_insert on job_wish for insert with check (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid);
create policy own_update on job_wish for update using (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid);
create policy own_insert on referral for insert with check (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid
  and means = 'self' and state = 'open' and referred_by is null);
create policy own_update on referral for update using (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid
  and state = 'open')
  with check (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid
  and state = 'open' and settled_at is null);
