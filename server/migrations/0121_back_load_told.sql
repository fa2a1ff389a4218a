-- How far the back-load has come at a system this one is not connected to (H122-3c): as the people who carried it say, with day and name.
create table back_load_told (
  tenant char(4) not null,
  id uuid not null,
  division char(6) not null,
  office text collate "C" not null,
  to_system text not null check (to_system in ('nationalPlatform', 'provincialSystem')),
  by_on date not null,
  wanted int not null check (wanted > 0),
  persons int not null check (persons >= 0 and persons <= wanted),
  as_of date not null,
  told_at timestamptz not null,
  told_by uuid,
  told_by_name text not null,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (office = division)
);
comment on table back_load_told is 'Progress of a back-load at a system without a connection, as told; the newest entry of a division and target holds. Append-only.';
create index back_load_told_target on back_load_told (tenant, division, told_at);
grant select, insert on back_load_told to yingdeng_app;
alter table back_load_told enable row level security;
create policy staff_range on back_load_told for select using (
  office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
create policy staff_insert on back_load_told for insert with check (
  current_setting('yingdeng.role', true) = 'exchangeOfficer'
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
