-- A month that follows a sealed one reads only what changed since: who is valid, from an index alone, and whose facts were changed.

-- registered_at beside what it had, because a report asks who was registered before an instant.
drop index registration_next_contact;
create index registration_next_contact on registration (division, next_contact_on, id)
  include (tenant, office, person_id, registered_on, last_contact_month, registered_at) where status <> 'exited';
create index person_updated on person (tenant, updated_at);
