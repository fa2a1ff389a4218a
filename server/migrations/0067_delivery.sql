-- What the SMS gateway reports of a message after it took it: delivered, or why not. Asked a limited number of times, sent again a limited number of times.

alter table message
  add column settled_at timestamptz,
  add column failure text,
  add column receipt_checks smallint not null default 0,
  add column resends smallint not null default 0;
comment on column message.settled_at is 'When the gateway says it was delivered, or failed.';
comment on column message.failure is 'Why it did not arrive (rules/messages/delivery.ts); with state waiting: it is sent again.';
comment on column message.receipt_checks is 'How often the gateway has been asked; after the last time a sent message stays as it is.';
-- Messages that the gateway has taken and said nothing of yet, next to ask first. Those of before are not asked about.
update message set receipt_checks = 32767 where state = 'sent';
create index message_unsettled on message (not_before) where state = 'sent' and receipt_checks < 10;
