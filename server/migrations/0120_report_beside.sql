-- What stands beside the sheet of a month: services and the stock by age and sex; and indexes from which trends and the live picture are counted
-- without a look into the tables.

alter table report add column services jsonb;
alter table report add column ages jsonb;
comment on column report.services is 'Service sheet (M79-3a, M79-4a, A21-4a) by office, of a whole by part: counted from the registers when the lists were frozen.';
comment on column report.ages is 'Closing stock by age and sex, by office, of a whole by part.';

-- office and person_id because the row-level policies read them; tenant and reason because they are asked for.
drop index registration_registered;
create index registration_registered on registration (division, registered_at) include (tenant, id, office, person_id, reason);
drop index exit_confirmed;
create index exit_confirmed on exit (division, confirmed_at) include (tenant, office, person_id, reason, status, restored_at)
  where status in ('confirmed', 'restored');

-- Services given in a period, a county each.
create index service_record_served on service_record (left(office, 6), served_on)
  include (tenant, office, person_id, registration_id, kind);
