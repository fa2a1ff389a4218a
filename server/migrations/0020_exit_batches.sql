-- An exit record is written once, bound to the batch it travels in; a receipt settles the whole batch by one row.

alter table exit_upload drop constraint exit_upload_state_check;
alter table exit_upload add constraint exit_upload_state_check
  check (state in ('waiting', 'blocked', 'batched', 'returned', 'accepted'));
update exit_upload set state = 'batched' where state = 'sent';
alter table exit_upload alter column record_sealed drop not null;
alter table exit_upload add column earlier_batches text[] collate "C";
comment on column exit_upload.state is 'batched: as far as its batch has come (view exit_record). The others stand for themselves: waiting for a batch, blocked by our checks, returned by the platform, accepted with a receipt outside these batches.';
comment on column exit_upload.record_sealed is 'Content of a record that is in no batch. That of a batched or returned one stands in its batch, as it was sent.';
comment on column exit_upload.earlier_batches is 'Batches it travelled in before batch_id: refused ones, and those it came back from.';

-- Fewer indexes on the table that a night fills.
drop index exit_upload_key;
drop index exit_upload_date;
drop index exit_upload_open;
drop index exit_upload_batch;
drop index exit_upload_moving;
-- M79X-2: a number once in a division; leads from a serial to its record (exchange.itemBySerial).
create unique index exit_upload_key on exit_upload (tenant, serial, division);
-- Records of a day in key order (exchange.itemsOfDay, exchange.recordsByDay).
create index exit_upload_day on exit_upload (tenant, business_date, exit_id);
-- What is in no batch or came back from one: built again every night, shown to the office to mend (exchange.exitsToRebuild, exchange.itemsToMend).
create index exit_upload_apart on exit_upload (tenant, business_date, exit_id) where state in ('waiting', 'blocked', 'returned');

-- Content is cipher text: trying to compress it only costs time.
alter table exchange_batch alter column content_sealed set storage external;
alter table exchange_batch drop constraint exchange_batch_state_check;
alter table exchange_batch add constraint exchange_batch_state_check check (state in ('built', 'sent', 'received', 'closed'));
update exchange_batch set state = 'closed' where state = 'received' and receipt is null;
comment on column exchange_batch.state is 'built: never tried. sent: tried, its receipt is missing. received: it has its receipt. closed: the platform kept nothing of it, or it was given up before it was tried; its records go in another batch.';
-- Batches without a receipt: sent again, watched by the alarms (exchange.openBatches, exchange.movingDays).
create index exchange_batch_open on exchange_batch (tenant, business_date, division) where state in ('built', 'sent');

-- How far a batch has come, without its content: for everybody who may see one of its records. Owner's rights on purpose.
create view exchange_batch_state as select tenant, id, state, receipt_at from exchange_batch;
comment on view exchange_batch_state is 'State and time of receipt of every batch; nothing personal.';

-- The one place that says how a record stands: waiting, blocked, sent, accepted or returned.
create view exit_record with (security_invoker = true) as
select u.tenant, u.exit_id, u.office, u.division, u.serial, u.business_date,
  case when u.state <> 'batched' then u.state
    when b.state = 'received' then 'accepted'
    when b.state = 'sent' then 'sent'
    else 'waiting' end as state,
  u.record_sealed, u.digest, u.faults, u.batch_id, u.earlier_batches, u.attempts, u.built_at,
  coalesce(u.settled_at, case when u.state = 'batched' then b.receipt_at end) as settled_at
from exit_upload u
left join exchange_batch_state b on b.tenant = u.tenant and b.id = u.batch_id;
comment on view exit_record is 'Exit records as the screens show them: exit_upload with the state of its batch. Policies of exit_upload apply.';
grant select on exchange_batch_state, exit_record to yingdeng_app;
