-- The next contact owed stands on the registration: no row is made for a month that begins, nothing runs at night.

alter table registration add column next_contact_on date;
comment on column registration.next_contact_on is 'Last day for the next contact (A21-5b, M79-4a): latest contact plus the days of the class, never past the end of the calendar month owed next. Written with each contact, report, comparison and classing.';
-- What is there is due by the calendar month; the rhythm of the class follows with the next contact.
update registration set next_contact_on =
  (date_trunc('month', greatest(registered_on, coalesce((last_contact_month || '-01')::date, registered_on))::timestamp) + interval '2 months' - interval '1 day')::date;
alter table registration add constraint registration_next_contact check (status = 'exited' or next_contact_on is not null);

-- Follow-up: who of one county is owed a contact, earliest first. Coverage of a month counts from the same index alone
-- (office and person_id because the row-level policies read them). It takes the place of the one by the latest month.
drop index registration_follow_up;
create index registration_next_contact on registration (division, next_contact_on, id)
  include (tenant, office, person_id, registered_on, last_contact_month) where status <> 'exited';
