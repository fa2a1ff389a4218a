-- A version of a list is written by one person and approved by another; a change of what a list says is registered and published in time (A21-4c).

create table list_draft (
  id uuid primary key,
  list text not null check (list in ('policies', 'services')),
  division text collate "C" not null,
  after int not null,
  items jsonb not null,
  valid_from date not null,
  state text not null check (state in ('waiting', 'published', 'returned')),
  author_id uuid not null,
  author text not null,
  created_at timestamptz not null,
  settled_by_id uuid,
  settled_by text,
  settled_at timestamptz,
  note text not null default '',
  check (settled_by_id is distinct from author_id)
);
comment on table list_draft is 'Versions of lists that wait for a second person, or were returned; an approved one becomes a list_version.';
create unique index list_draft_waiting on list_draft (list, division) where state = 'waiting';
create index list_draft_division on list_draft (division, created_at);

create table list_change (
  id uuid primary key,
  list text not null check (list in ('policies', 'services')),
  division text collate "C" not null,
  changed_on date not null,
  reason text not null,
  due_on date not null,
  registered_by_id uuid not null,
  registered_by text not null,
  registered_at timestamptz not null,
  published_version int,
  published_at timestamptz
);
comment on table list_change is 'Changes of a policy or service that a list must follow, with the day by which the new version is published.';
create index list_change_open on list_change (due_on, id) where published_at is null;
create index list_change_division on list_change (division, registered_at);

alter table list_version add column written_by text;
comment on column list_version.written_by is 'Who wrote it; approved_by is the second person. Null: shipped, or of before.';

grant select, insert, update on list_draft, list_change to yingdeng_app;
