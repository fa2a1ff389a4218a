import { sql } from '../../platform/sql.ts';

/** The message of a state of a subject; its id is derived from both, so a repeated effect writes no second one. */
export const insertMessage = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    person: string,
    office: string,
    template: string,
    body: string,
    to: Buffer | null,
    state: string,
    notBefore: Date,
    subjectKind: string,
    subjectId: string,
    now: Date,
  ]
>(
  'notice.insert',
  `insert into message (tenant, id, person_id, office, template, body, to_sealed, state, not_before, subject_kind, subject_id, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (tenant, id) do nothing`,
);

export interface WaitingMessage {
  tenant: string;
  id: string;
}

/** The outbox: partial index on not_before, some dozens at a time. No lock: the gateway knows a message by its id. */
export const takeWaiting = sql<WaitingMessage, [now: Date, limit: number]>(
  'notice.takeWaiting',
  "select tenant, id from message where state = 'waiting' and not_before <= $1 order by not_before limit $2",
);

export interface OutgoingMessage extends WaitingMessage {
  body: string;
  to_sealed: Buffer | null;
  template: string;
  attempts: number;
  resends: number;
  deceased: boolean;
}

/** A message as it is at the moment of sending: primary keys. Who died since it was written, or since the batch was read, is not written to. */
export const outgoing = sql<OutgoingMessage, [tenant: string, id: string]>(
  'notice.outgoing',
  `select m.tenant, m.id, m.body, m.to_sealed, m.template, m.attempts, m.resends, (p.deceased_on is not null) as deceased
   from message m join person p on p.tenant = m.tenant and p.id = m.person_id
   where m.tenant = $1 and m.id = $2 and m.state = 'waiting'`,
);

export const markSent = sql<
  Record<string, never>,
  [tenant: string, id: string, state: string, receipt: string | null, now: Date, next: Date]
>(
  'notice.markSent',
  `update message set state = $3, receipt = $4, sent_at = case when $3 = 'sent' then $5::timestamptz end, attempts = attempts + 1,
     receipt_checks = 0, not_before = $6
   where tenant = $1 and id = $2`,
);

export interface UnsettledMessage {
  tenant: string;
  id: string;
  office: string;
  receipt_checks: number;
  resends: number;
}

/** Messages whose delivery is to be asked for now: index message_unsettled, one question to the gateway. */
export const takeUnsettled = sql<UnsettledMessage, [now: Date, limit: number]>(
  'notice.takeUnsettled',
  `select tenant, id, office, receipt_checks, resends from message
   where state = 'sent' and receipt_checks < 10 and not_before <= $1 order by not_before limit $2`,
);

/**
 * What the gateway said of a page of messages, in one statement. Only what is still as it was asked about: an answer that comes twice changes nothing.
 */
export const settle = sql<
  Record<string, never>,
  [
    tenants: readonly string[],
    ids: readonly string[],
    states: readonly string[],
    failures: readonly (string | null)[],
    at: readonly (Date | null)[],
    resends: readonly number[],
    next: readonly Date[],
  ]
>(
  'notice.settle',
  `update message m set state = s.state, failure = coalesce(s.failure, m.failure), settled_at = s.at, resends = s.resends,
     receipt_checks = m.receipt_checks + 1, not_before = s.next
   from unnest($1::bpchar[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::int[], $7::timestamptz[])
     s (tenant, id, state, failure, at, resends, next)
   where m.tenant = s.tenant and m.id = s.id and m.state = 'sent'`,
);
