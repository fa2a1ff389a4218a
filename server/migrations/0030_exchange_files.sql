-- Files as a transport: offices without a line to the platform carry files there and receipts back.

create table exchange_file (
  tenant char(4) not null,
  name text collate "C" not null,
  division char(6) not null,
  batch_id text collate "C" not null,
  encoding text not null check (encoding in ('utf-8', 'gb18030')),
  bytes int not null,
  digest bytea not null,
  state text not null check (state in ('intended', 'written')),
  trouble text not null default '',
  made_at timestamptz not null,
  written_at timestamptz,
  primary key (tenant, name),
  check (left(division, 4) = tenant)
);
-- The file of a batch, when its receipt comes or it is sent again.
create unique index exchange_file_batch on exchange_file (tenant, batch_id);
-- Files on the exchange page: those of the last weeks, a handful a county and day.
create index exchange_file_made on exchange_file (tenant, made_at);
comment on table exchange_file is 'One file on its way to the platform: named and digested before it is written, so that it is always written as the same bytes.';
comment on column exchange_file.trouble is 'Why it could not be written the last time, in words for people; empty when it could.';

-- Files that came in, of this installation: a foreign file belongs to no city.
create table exchange_incoming (
  key text collate "C" primary key,
  name text not null,
  first_seen_at timestamptz not null,
  state text not null check (state in ('arriving', 'applied', 'repeated', 'aside')),
  reason text not null default '',
  batch_id text,
  receipt text,
  settled_at timestamptz,
  cleared_at timestamptz
);
-- Files set aside that somebody still has to look at.
create index exchange_incoming_aside on exchange_incoming (settled_at) where state = 'aside' and cleared_at is null;
comment on table exchange_incoming is 'Receipts and other files from the inbox: applied once, or set aside with the reason.';
comment on column exchange_incoming.key is 'Digest of name and content, so that the same file met again is the same row; of the name alone while it is arriving.';

grant select, insert, update on exchange_file to yingdeng_app;
grant select, insert, update, delete on exchange_incoming to yingdeng_app;
alter table exchange_file enable row level security;
create policy exchange_range on exchange_file using (
  current_setting('yingdeng.role', true) = any ('{exchangeOfficer,supervisor,statistician,auditor,administrator,system}')
  and division >= left(current_setting('yingdeng.lo', true), 6) and division < current_setting('yingdeng.hi', true));
alter table exchange_incoming enable row level security;
create policy exchange_roles on exchange_incoming using (
  current_setting('yingdeng.role', true) = any ('{exchangeOfficer,supervisor,statistician,auditor,administrator,system}'));
