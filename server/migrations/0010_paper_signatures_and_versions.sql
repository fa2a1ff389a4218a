-- A commitment signed by hand on the printed form, kept on the counter's shelf; and who changed an account or an office last.

alter table application
  add column paper_signature jsonb,
  add constraint application_paper_signature
    check (paper_signature is null or (channel = 'counter' and signature_sealed is null));
comment on column application.paper_signature is 'Signed on paper (A21-2b): code of the sheet, who witnessed, file and shelf number, who recorded it. The content stands in commitment_digest; nothing of the paper is stored.';

-- Two administrators on one row: the later one names the version it saw, and is told when it is no longer the newest.
alter table office
  add column version int not null default 1,
  add column changed_at timestamptz,
  add column changed_by text not null default '';
alter table account
  add column version int not null default 1,
  add column changed_at timestamptz,
  add column changed_by text not null default '';
grant update (version, changed_at, changed_by) on account to yingdeng_app;
comment on column office.changed_by is 'Name of the administrator who changed the row last, for whoever comes second.';
comment on column account.changed_by is 'Name of the administrator who changed the row last, for whoever comes second. Signing in changes no version.';
