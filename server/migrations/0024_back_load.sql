-- Corrections carry their form: a case handed on to another city is read there.
alter table forwarded_task add column later_sealed bytea;
comment on column forwarded_task.later_sealed is 'Of a correction: the form as the platform delivered it.';

