-- Timed jobs say that they live; lists of the exchange get their indexes.

alter table job_run add column heartbeat_at timestamptz;
comment on column job_run.heartbeat_at is 'Last sign of life: a run without one for a quarter of an hour is taken over, a job without one is missed.';

-- Records on their way: of one day and county in key order (forming a batch reads 1,000 of them), and the days that have any.
create index exit_upload_moving on exit_upload (tenant, business_date, division, exit_id) where state in ('waiting', 'sent');
-- Exits taken back, for the reconciliation of ten days; a handful.
create index exit_restored on exit (tenant, handled_on) where status = 'restored';
-- Forwarded applications that joined a case: answered when that case is decided.
create index forwarded_application_joined on forwarded_application (received_at) where state = 'joined' and application_id is not null;

-- Whoever may read the exchange (rules/access.ts) sees its batches, the statistician too.
alter policy exchange_range on exchange_batch using (
  current_setting('yingdeng.role', true) = any ('{exchangeOfficer,supervisor,statistician,auditor,administrator,system}')
  and division >= left(current_setting('yingdeng.lo', true), 6) and division < current_setting('yingdeng.hi', true));
alter policy exchange_roles on exchange_attempt using (
  current_setting('yingdeng.role', true) = any ('{exchangeOfficer,supervisor,statistician,auditor,administrator,system}')
  and tenant >= left(current_setting('yingdeng.lo', true), 4) and tenant <= left(current_setting('yingdeng.hi', true), 4));

-- Whether a number of the platform has been answered.
create index decision_upload_platform on decision_upload (tenant, platform_number) where platform_number is not null;
