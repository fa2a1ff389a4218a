-- Decisions that travel as files (M79-7a): the file keeps what it says, since a decision has no batch otherwise.
alter table exchange_file add column kind text not null default 'exits' check (kind in ('exits', 'decisions')),
  add column count int, add column content_sealed bytea, add column receipt text, add column receipt_at timestamptz;
alter table exchange_file drop constraint exchange_file_state_check;
alter table exchange_file add constraint exchange_file_state_check check (state in ('intended', 'written', 'closed'));
comment on column exchange_file.content_sealed is 'Decisions as JSON, in the order of the file; exits are kept by their batch.';
comment on column exchange_file.state is 'closed: another file had the name; what was in it goes in the next one.';
-- Files of decisions without a receipt; a few.
create index exchange_file_decisions on exchange_file (tenant, name) where kind = 'decisions' and receipt is null;

alter table decision_upload add column batch_id text collate "C";
comment on column decision_upload.batch_id is 'The file it went in, where files are the transport.';
-- The decisions of a file, when its receipt comes; a handful.
create index decision_upload_batch on decision_upload (tenant, batch_id) where batch_id is not null;
