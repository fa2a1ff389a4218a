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
  body: string;
  to_sealed: Buffer | null;
  template: string;
  attempts: number;
  deceased: boolean;
}

/** The outbox: partial index on not_before, some dozens at a time. No lock: the gateway knows a message by its id. */
export const takeWaiting = sql<WaitingMessage, [now: Date, limit: number]>(
  'notice.takeWaiting',
  `select m.tenant, m.id, m.body, m.to_sealed, m.template, m.attempts, (p.deceased_on is not null) as deceased
   from message m join person p on p.tenant = m.tenant and p.id = m.person_id
   where m.state = 'waiting' and m.not_before <= $1
   order by m.not_before limit $2`,
);

export const markSent = sql<
  Record<string, never>,
  [tenant: string, id: string, state: string, receipt: string | null, now: Date, next: Date]
>(
  'notice.markSent',
  `update message set state = $3, receipt = $4, sent_at = case when $3 = 'sent' then $5::timestamptz end, attempts = attempts + 1, not_before = $6
   where tenant = $1 and id = $2`,
);
