-- Public-welfare posts (公益性岗位, A21-4f): posts for people recognised as having difficulty, placements, monthly on-duty checks.

create table welfare_post (
  tenant char(4) not null,
  id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  employer text not null,
  title text not null,
  place text not null,
  duties text not null default '',
  wage int not null check (wage > 0),
  posts int not null check (posts > 0),
  taken int not null default 0,
  valid_to date not null,
  state text not null check (state in ('open', 'closed')),
  closed_reason text not null default '',
  entered_at timestamptz not null,
  entered_by_name text not null,
  version int not null default 1,
  primary key (tenant, id),
  check (left(office, 4) = tenant),
  check (left(division, 4) = tenant),
  check (taken between 0 and posts)
);
comment on table welfare_post is 'Public-welfare posts with employer, place, wage and number (A21-4f). taken: people placed now; never more than posts. No personal data.';
-- The posts of a city, newest first.
create index welfare_post_list on welfare_post (tenant, state, entered_at);

create table welfare_placement (
  tenant char(4) not null,
  id uuid not null,
  post_id uuid not null,
  registration_id uuid not null,
  application_id uuid not null,
  person_id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  difficulty_id uuid not null,
  state text not null check (state in ('placed', 'left')),
  starts_on date not null,
  ends_by date not null,
  pension_on date,
  pension_source text not null default '',
  basis jsonb not null,
  placed_at timestamptz not null,
  placed_by uuid,
  placed_by_name text not null,
  check_due date,
  exit_id uuid,
  left_on date,
  left_reason text,
  left_text text not null default '',
  left_at timestamptz,
  left_by_name text,
  version int not null default 1,
  primary key (tenant, id),
  check (left(office, 4) = tenant),
  check (left(office, 6) = division),
  check (ends_by >= starts_on),
  check (state <> 'left' or (left_on is not null and left_reason is not null and check_due is null))
);
comment on table welfare_placement is 'A person placed in a public-welfare post (A21-4f). ends_by: the day the provision ends it by; pension_on with its source: the stated exception near the pension; check_due: the day the next on-duty check is owed by.';
-- One post at a time.
create unique index welfare_placement_open on welfare_placement (tenant, person_id) where state = 'placed';
create index welfare_placement_person on welfare_placement (person_id, starts_on);
create index welfare_placement_post on welfare_placement (tenant, post_id);
create index welfare_placement_registration on welfare_placement (tenant, registration_id);
-- Whose check is owed in one county, earliest first.
create index welfare_placement_due on welfare_placement (division, check_due, id) where state = 'placed';
-- Whose time in the post ends soon.
create index welfare_placement_ends on welfare_placement (division, ends_by, id) where state = 'placed';

create table welfare_check (
  tenant char(4) not null,
  id uuid not null,
  placement_id uuid not null,
  person_id uuid not null,
  office text collate "C" not null,
  month char(7) not null,
  on_duty boolean not null,
  means text not null check (means in ('visit', 'attendance', 'telephone')),
  text text not null default '',
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  primary key (tenant, id),
  check (left(office, 4) = tenant)
);
comment on table welfare_check is 'Whether a placed person was on duty, once a calendar month (A21-4f). Append-only.';
create unique index welfare_check_month on welfare_check (tenant, placement_id, month);

alter table welfare_placement add constraint welfare_placement_post_fk foreign key (tenant, post_id) references welfare_post (tenant, id);
alter table welfare_placement add constraint welfare_placement_registration_fk foreign key (tenant, registration_id) references registration (tenant, id);
alter table welfare_check add constraint welfare_check_placement_fk foreign key (tenant, placement_id) references welfare_placement (tenant, id);

grant select, insert, update on welfare_post, welfare_placement to yingdeng_app;
grant select, insert on welfare_check to yingdeng_app;

-- Published by their nature: whoever is signed in reads posts; clerks write those of their range.
alter table welfare_post enable row level security;
create policy published on welfare_post for select using (current_setting('yingdeng.role', true) <> '');
create policy staff_insert on welfare_post for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on welfare_post for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));

do $$
declare
  t text;
begin
  foreach t in array array['welfare_placement', 'welfare_check'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy staff_range on %I for select using (office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
    execute format('create policy own_rows on %I for select using (person_id = nullif(current_setting(''yingdeng.person'', true), '''')::uuid)', t);
    execute format('create policy staff_insert on %I for insert with check (
      current_setting(''yingdeng.role'', true) = any (''{clerk,fieldWorker,system}'')
      and office >= current_setting(''yingdeng.lo'', true) and office < current_setting(''yingdeng.hi'', true))', t);
  end loop;
  create policy staff_update on welfare_placement for update using (
    current_setting('yingdeng.role', true) = any ('{clerk,fieldWorker,system}')
    and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
end
$$;
