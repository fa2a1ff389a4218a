-- A valid registration goes on in another city (M79-1a). Moving is no circumstance of exit (M79-4b), so nothing ends: the same number, day and
-- clocks stand under a new id there (decision 3); the row here stays as the record of the former city and is valid no longer.
alter table registration add column moved_to uuid, add column came_from uuid, add column made_here boolean not null default true;
comment on column registration.moved_to is 'The same registration in the city it went to: valid there, no longer here. Its status is exited although there is no exit, so that no list and no count takes it for valid.';
comment on column registration.came_from is 'The same registration in the city it came from, whose rows are its history (decision 3).';
comment on column registration.made_here is 'False: registered in another city first, which loads it back (H122-3c).';
alter table registration add constraint registration_moved check (moved_to is null or (status = 'exited' and exited_on is null));

-- Each city keeps its own entry of such a transfer: out of here, or in.
alter table registration_transfer drop constraint registration_transfer_check, drop constraint registration_transfer_check2;
alter table registration_transfer add constraint registration_transfer_city check (left(division, 4) = tenant or left(from_division, 4) = tenant);
comment on table registration_transfer is 'Registrations that went from one office to another: from where, to where, on which place of registration, when, why. Between cities each city has its own entry. Append-only.';

-- Supervision counts a decision and a first contact where they were made: the first transfer after one keeps what is counted of it.
alter table registration_transfer add column decision_due date, add column decision jsonb, add column contact_due date, add column contact jsonb,
  add constraint registration_transfer_decision check ((decision_due is null) = (decision is null)),
  add constraint registration_transfer_contact check ((contact_due is null) = (contact is null));
comment on column registration_transfer.decision is 'Decision made at from_office before this transfer: number, channel, submittedOn, submittedAt, decidedAt, by, byName, name; null when an earlier transfer has it.';
comment on column registration_transfer.contact is 'First contact made at from_office before this transfer: number, channel, registeredOn, registeredAt, contactedAt, by, name; null when there was none or an earlier transfer has it.';
update registration_transfer t set decision_due = a.due_on, decision = jsonb_build_object('number', a.number, 'channel', a.channel,
    'submittedOn', a.submitted_on, 'submittedAt', a.submitted_at, 'decidedAt', a.decided_at, 'by', a.decided_by, 'byName', a.decided_by_name,
    'name', p.name)
  from application a join person p on p.tenant = a.tenant and p.id = a.person_id
  where a.tenant = t.tenant and a.id = t.application_id and a.decided_at is not null and not exists (
    select 1 from registration_transfer e where e.tenant = t.tenant and e.registration_id = t.registration_id and (e.at, e.id) < (t.at, t.id));
update registration_transfer t set contact_due = r.first_contact_due, contact = jsonb_build_object('number', r.number, 'channel', r.channel,
    'registeredOn', r.registered_on, 'registeredAt', r.registered_at, 'contactedAt', r.first_contact_at, 'by', null,
    'name', p.name)
  from registration r join person p on p.tenant = r.tenant and p.id = r.person_id
  where r.tenant = t.tenant and r.id = t.registration_id and r.first_contact_at <= t.at and r.first_contact_due is not null and not exists (
    select 1 from registration_transfer e
    where e.tenant = t.tenant and e.registration_id = t.registration_id and (e.at, e.id) < (t.at, t.id) and e.at >= r.first_contact_at);
create index registration_transfer_decision_due on registration_transfer (from_division, decision_due) where decision is not null;
create index registration_transfer_contact_due on registration_transfer (from_division, contact_due) where contact is not null;
-- Whoever holds the registration knows the whole way it came.
create policy held_rows on registration_transfer for select using (exists (
  select 1 from registration r where r.tenant = registration_transfer.tenant and r.id = registration_transfer.registration_id
    and r.office >= current_setting('yingdeng.lo', true) and r.office < current_setting('yingdeng.hi', true)));

-- What came back of the back-load is mended by the office that holds the registration, as other returned results are.
create policy clerk_moves on registration_upload for update using (
  current_setting('yingdeng.role', true) = 'clerk'
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true));
update registration_upload u set office = r.office, division = r.division
  from registration r where r.tenant = u.tenant and r.id = u.registration_id and u.state <> 'batched' and u.office <> r.office;

-- One office asks, the other agrees: to another city, or of the office that holds it. side: which of the two asked.
create table transfer_request (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  person_id uuid not null,
  from_division char(6) not null,
  from_office text collate "C" not null,
  division char(6) not null,
  office text collate "C" not null,
  place_kind text not null check (place_kind in ('household', 'residence', 'employment', 'insurance')),
  side text not null check (side in ('from', 'to')),
  reason text not null,
  asked_at timestamptz not null,
  asked_by uuid,
  asked_by_name text not null,
  due_on date not null,
  basis jsonb not null,
  state text not null check (state in ('asked', 'accepted', 'declined', 'withdrawn')),
  ground text,
  answer text not null default '',
  settled_at timestamptz,
  settled_by uuid,
  settled_by_name text,
  version int not null default 1,
  primary key (tenant, id),
  check (left(from_division, 4) = tenant),
  check (left(from_office, 6) = from_division),
  check (left(office, 6) = division),
  check (office <> from_office),
  check ((state = 'asked') = (settled_at is null)),
  check ((state = 'declined') = (ground is not null))
);
comment on table transfer_request is 'A transfer one office asks of the other (M79-1a): of the office in another city that it take the registration (side from), or of the office that holds it that it let it go (side to). Kept in the city that holds it.';
-- One question about a registration at a time.
create unique index transfer_request_open on transfer_request (tenant, registration_id) where state = 'asked';
create index transfer_request_registration on transfer_request (tenant, registration_id);
-- Open ones by due day: a handful in the whole country beside the registrations, so that either city finds its own.
create index transfer_request_due on transfer_request (due_on, id) where state = 'asked';
create index transfer_request_settled on transfer_request (settled_at, id) where state <> 'asked';
alter table transfer_request add constraint transfer_request_fk foreign key (tenant, registration_id) references registration (tenant, id);
grant select, insert, update on transfer_request to yingdeng_app;
alter table transfer_request enable row level security;
-- Both offices know of it, and so does the person.
create policy staff_range on transfer_request for select using (
  (office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true))
  or (from_office >= current_setting('yingdeng.lo', true) and from_office < current_setting('yingdeng.hi', true)));
create policy own_rows on transfer_request for select using (person_id = nullif(current_setting('yingdeng.person', true), '')::uuid);
create policy staff_insert on transfer_request for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true)
  and from_office >= current_setting('yingdeng.lo', true) and from_office < current_setting('yingdeng.hi', true));
create policy staff_update on transfer_request for update using (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true)
  and from_office >= current_setting('yingdeng.lo', true) and from_office < current_setting('yingdeng.hi', true));
