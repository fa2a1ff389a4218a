-- How a record stands, from its own state and that of its batch: said once, for the view and for counts that look at each batch once.
create function exit_record_state(record text, batch text) returns text language sql immutable parallel safe
return case when record <> 'batched' then record
  when batch = 'received' then 'accepted'
  when batch = 'sent' then 'sent'
  else 'waiting' end;
comment on function exit_record_state is 'waiting, blocked, sent, accepted or returned: exit_upload.state with the state of its batch.';
grant execute on function exit_record_state to yingdeng_app;

create or replace view exit_record with (security_invoker = true) as
select u.tenant, u.exit_id, u.office, u.division, u.serial, u.business_date,
  exit_record_state(u.state, b.state) as state,
  u.record_sealed, u.digest, u.faults, u.batch_id, u.earlier_batches, u.attempts, u.built_at,
  coalesce(u.settled_at, case when u.state = 'batched' then b.receipt_at end) as settled_at
from exit_upload u
left join exchange_batch_state b on b.tenant = u.tenant and b.id = u.batch_id;
