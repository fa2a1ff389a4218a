-- What a contact found out about the person, and since when, where it is a circumstance of exit (A21-5a, A21-5d).
alter table contact add column finding text check (finding in ('seeking', 'training', 'hired', 'individual', 'enterprise', 'flexible',
  'studying', 'serving', 'pension'));
alter table contact add column finding_since date;
comment on column contact.finding is 'What the person said of himself or herself (rules/contact-finding.ts). It ends nothing: an exit is proposed and the person asked.';
