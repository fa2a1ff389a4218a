-- Messages that the gateway took and never said anything of: an alarm (M79-6a). A handful beside those that arrived.
create index message_unconfirmed on message (sent_at) include (office, person_id) where state = 'sent' and receipt_checks between 1 and 10;
