-- Who of the office has a case in hand, and the small ranges that supervision counts.

alter table application add column assigned_to uuid, add column assigned_at timestamptz;
alter table registration add column assigned_to uuid, add column assigned_at timestamptz;
comment on column application.assigned_to is 'Account that has the application in hand; null: whoever comes first. No foreign key: accounts are of the installation, not of a city.';
comment on column registration.assigned_to is 'Account responsible for first contact and exit; an exit follows its registration.';

-- Decisions by the day they were due: what was decided in time of a county and a month is one range, read from the index alone.
-- (person_id because the row-level policies read it). Nothing is written at submission: only a decided application is in it.
create index application_decided_due on application (division, due_on, id) include (office, person_id, decided_by, decided_at)
  where status in ('registered', 'refused', 'duplicate');
-- The same for first contacts: the complement of registration_first_contact.
create index registration_contacted_due on registration (division, first_contact_due, id)
  include (office, person_id, assigned_to, first_contact_at, exited_on)
  where first_contact_at is not null or status = 'exited';
