-- Reconciliation of exits (M79-8a, M79X-2): how each county and day compared with the platform, and each difference person by person.

create table reconciliation (
  tenant char(4) not null,
  division char(6) not null,
  business_date date not null,
  at timestamptz not null,
  exits int not null,
  waiting int not null,
  blocked int not null,
  sent int not null,
  accepted int not null,
  returned int not null,
  platform_count int,
  platform_counted int,
  ours_digest bytea not null,
  platform_digest bytea,
  outcome text not null check (outcome in ('equal', 'differs', 'notAnswered')),
  found int not null,
  primary key (tenant, division, business_date),
  check (left(division, 4) = tenant)
);
comment on table reconciliation is 'The last comparison of a county and day: our exits, what was sent, what the platform says it has. platform_count: items it lists; platform_counted: what its statistics say; found: differences, also those beyond the list.';
-- The last ten days of a city on one screen: a dozen counties a day.
create index reconciliation_day on reconciliation (tenant, business_date);

create table exchange_difference (
  tenant char(4) not null,
  id uuid not null,
  office text collate "C" not null,
  division char(6) not null,
  business_date date not null,
  kind text not null,
  serial text collate "C" not null default '',
  exit_id uuid,
  detail jsonb not null default '{}',
  state text not null check (state in ('open', 'told', 'solved')),
  found_at timestamptz not null,
  seen_at timestamptz not null,
  acted_at timestamptz,
  acted_by uuid,
  acted_by_name text,
  act text,
  note text not null default '',
  solved_at timestamptz,
  primary key (tenant, id),
  check (left(office, 4) = tenant),
  check (left(division, 4) = tenant)
);
comment on table exchange_difference is 'One difference of a reconciliation: open, told to the platform''s operator, or solved since solved_at. acted_*: who did what about it last.';
-- One open line for one thing, however often it is found.
create unique index exchange_difference_one on exchange_difference (tenant, division, business_date, kind, serial) where state <> 'solved';
-- The list, newest day first; and the solved ones of the same days.
create index exchange_difference_list on exchange_difference (tenant, state, business_date, id);

grant select, insert, update on reconciliation, exchange_difference to yingdeng_app;

-- Who may read the exchange (rules/access.ts), for the own range.
alter table reconciliation enable row level security;
create policy exchange_range on reconciliation using (
  current_setting('yingdeng.role', true) = any ('{exchangeOfficer,supervisor,statistician,auditor,administrator,system}')
  and division >= left(current_setting('yingdeng.lo', true), 6) and division < current_setting('yingdeng.hi', true));
alter table exchange_difference enable row level security;
create policy staff_range on exchange_difference for select using (
  current_setting('yingdeng.role', true) = any ('{exchangeOfficer,supervisor,statistician,auditor,administrator,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_insert on exchange_difference for insert with check (
  current_setting('yingdeng.role', true) = 'system'
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_update on exchange_difference for update using (
  current_setting('yingdeng.role', true) = any ('{exchangeOfficer,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
