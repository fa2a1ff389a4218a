-- People of the three groups are joined with registrations from the delta, and once a day as a whole (H122-3a).

-- Who of the lists is not linked, by person: a person's id is the same in every city.
create index served_person_unlinked on served_person (person_id) where registration_id is null and ended_on is null;

create table served_link (
  name text primary key,
  position timestamptz not null,
  whole_on date not null
);
comment on table served_link is 'Up to which instant registrations were joined with the lists of the three groups, and on which day all were.';
grant select, insert, update on served_link to yingdeng_app;

-- Linked is since when the person is registered, not when the job saw it: a month that closes between the two counts nobody twice.
update served_person s set linked_at = greatest(r.registered_at, s.imported_at) from registration r
  where s.registration_id = r.id and r.tenant = left(s.registration_id::text, 4) and s.linked_at > greatest(r.registered_at, s.imported_at);
