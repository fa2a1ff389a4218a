import { sql } from '../../platform/sql.ts';

export const findHandover = sql<{ state: string }, [tenant: string, number: string]>(
  'handover.find',
  'select state from benefit_handover where tenant = $1 and number = $2',
);

export const putHandover = sql<
  Record<string, never>,
  [
    tenant: string,
    number: string,
    division: string,
    office: string,
    submittedAt: Date,
    now: Date,
    content: Buffer,
    state: string,
    application: string | null,
    faults: string,
  ]
>(
  'handover.put',
  `insert into benefit_handover (tenant, number, division, office, submitted_at, received_at, content_sealed, state, application_id, faults)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
);

/** The application of a registration; primary key. */
export const applicationOf = sql<{ application_id: string; division: string }, [tenant: string, registration: string]>(
  'handover.applicationOf',
  'select application_id, division from registration where tenant = $1 and id = $2',
);

/** Faulty ones of the range, oldest first; index benefit_handover_faulty. */
export const faultyHandovers = sql<
  { number: string; office: string; submitted_at: Date; content_sealed: Buffer; faults: string },
  [divisions: readonly string[], lo: string, hi: string]
>(
  'handover.faulty',
  `select number, office, submitted_at, content_sealed, faults from benefit_handover
   where division = any ($1::bpchar[]) and state = 'faulty' and office >= $2 and office < $3
   order by submitted_at, number limit 100`,
);

export const settleHandover = sql<
  Record<string, never>,
  [tenant: string, number: string, lo: string, hi: string, now: Date, by: string, text: string]
>(
  'handover.settle',
  `update benefit_handover set state = 'settled', settled_at = $5, settled_by_name = $6, settled_text = $7
   where tenant = $1 and number = $2 and office >= $3 and office < $4 and state = 'faulty'`,
);
