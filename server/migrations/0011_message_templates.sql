-- Texts of messages as data: what an office writes to workers on an occasion, by version. What ships with the program holds where none is.

create table message_template (
  template text not null,
  division text collate "C" not null check (division ~ '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$'),
  version int not null check (version > 0),
  body text,
  valid_from date not null,
  reason text not null,
  author_id uuid not null,
  author text not null,
  created_at timestamptz not null,
  primary key (template, division, version)
);
comment on table message_template is 'Texts of messages by occasion and place (A21-3d, A21-5d), append-only: a change is the next version, what was sent stays in message.body.';
comment on column message_template.division is 'Office or division it is for, and all below it; 000000 the whole installation.';
comment on column message_template.body is 'Text with named placeholders in braces; null: from valid_from on the place follows the one above it again.';
grant select, insert on message_template to yingdeng_app;
