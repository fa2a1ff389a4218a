-- The monthly exchange with civil affairs by files (M79-5b).

-- Who draws the minimum living allowance, as civil affairs said: on the registration, so that it goes where the registration goes.
alter table registration add column allowance_from date, add column allowance_to date, add column allowance_told_on date,
  add column allowance_by char(6),
  add constraint registration_allowance check (allowance_from is not null or allowance_to is null);
comment on column registration.allowance_from is 'Draws the minimum living allowance since, by the word of civil affairs (M79-5b); allowance_by: the county whose list says so, which may be another one than that of the registration; allowance_to: no longer on that list since.';
-- Registrants of one county who draw the allowance; a few of a hundred.
create index registration_allowance on registration (division, id) where allowance_from is not null and allowance_to is null;
create index registration_allowance_by on registration (allowance_by, id) where allowance_from is not null and allowance_to is null;

-- Referrals of one county without an answer, and those taken back since the last file.
create index sub_matter_referral on sub_matter (division, asked_at, id) where kind = 'livingAllowance' and state in ('asked', 'forwarded');
create index sub_matter_referral_back on sub_matter (division, decided_at) where kind = 'livingAllowance' and state = 'withdrawn';

-- Files of any kind: what they are is known to the program that writes them.
alter table exchange_file drop constraint exchange_file_kind_check;
comment on column exchange_file.kind is 'exits, decisions, civil …: who is written to and what (features/exchange/files/names.ts).';

alter table exchange_incoming add column line text not null default 'platform';
comment on column exchange_incoming.line is 'Whose inbox it lay in: that of the platform or of civil affairs.';

create table civil_answer (
  tenant char(4) not null,
  receipt text collate "C" not null,
  batch_id text collate "C" not null,
  division char(6) not null,
  result text not null check (result in ('received', 'refused')),
  reason text not null default '',
  digest bytea not null,
  received_at timestamptz not null,
  read_at timestamptz not null,
  settled int not null,
  pending int not null,
  has_list boolean not null,
  recipients int not null,
  registered int not null,
  faults jsonb not null default '[]',
  content_sealed bytea not null,
  primary key (tenant, receipt),
  check (left(division, 4) = tenant)
);
comment on table civil_answer is 'Answers of civil affairs to monthly files (M79-5b): digest of the file as it came, and of its content what concerns registrants. Nobody else is kept. Append-only.';
create index civil_answer_batch on civil_answer (tenant, batch_id, read_at);

grant select, insert on civil_answer to yingdeng_app;
alter table civil_answer enable row level security;
create policy exchange_range on civil_answer using (
  current_setting('yingdeng.role', true) = any ('{exchangeOfficer,supervisor,statistician,auditor,administrator,system}')
  and division >= left(current_setting('yingdeng.lo', true), 6) and division < current_setting('yingdeng.hi', true));
