-- How many days a decision and a first contact took, of a county and a month: the same range as for days kept, of the index alone, so the
-- day of submission and of registration join what the two indexes hold.

drop index application_decided_due;
create index application_decided_due on application (division, due_on, id)
  include (office, person_id, decided_by, decided_at, submitted_on)
  where status in ('registered', 'refused', 'duplicate');
drop index registration_contacted_due;
create index registration_contacted_due on registration (division, first_contact_due, id)
  include (office, person_id, assigned_to, first_contact_at, exited_on, registered_on)
  where first_contact_at is not null or status = 'exited';
