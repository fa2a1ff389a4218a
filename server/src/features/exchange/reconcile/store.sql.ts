import type { DifferenceKind } from '@yingdeng/rules/exchange/differences.ts';
import { sql } from '../../../platform/sql.ts';

export const putReconciliation = sql<
  Record<string, never>,
  [
    tenant: string,
    division: string,
    date: string,
    at: Date,
    exits: number,
    waiting: number,
    blocked: number,
    sent: number,
    accepted: number,
    returned: number,
    platformCount: number | null,
    platformCounted: number | null,
    oursDigest: Buffer,
    platformDigest: Buffer | null,
    outcome: string,
    found: number,
  ]
>(
  'reconcile.put',
  `insert into reconciliation (tenant, division, business_date, at, exits, waiting, blocked, sent, accepted, returned, platform_count,
     platform_counted, ours_digest, platform_digest, outcome, found)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
   on conflict (tenant, division, business_date) do update set at = excluded.at, exits = excluded.exits, waiting = excluded.waiting,
     blocked = excluded.blocked, sent = excluded.sent, accepted = excluded.accepted, returned = excluded.returned,
     platform_count = excluded.platform_count, platform_counted = excluded.platform_counted, ours_digest = excluded.ours_digest,
     platform_digest = excluded.platform_digest, outcome = excluded.outcome, found = excluded.found`,
);

/** What stands open of a county and day, locked: two runs of the same day follow each other. */
export const openDifferences = sql<
  { id: string; kind: DifferenceKind; serial: string },
  [tenant: string, division: string, date: string]
>(
  'reconcile.open',
  `select id, kind, serial from exchange_difference
   where tenant = $1 and division = $2 and business_date = $3 and state <> 'solved' for update`,
);

/** New differences, and those found again with what is known now; one statement. */
export const putDifferences = sql<
  Record<string, never>,
  [
    tenant: string,
    division: string,
    date: string,
    now: Date,
    ids: readonly string[],
    offices: readonly string[],
    kinds: readonly string[],
    serials: readonly string[],
    exits: readonly (string | null)[],
    details: readonly string[],
  ]
>(
  'reconcile.putDifferences',
  `insert into exchange_difference (tenant, id, office, division, business_date, kind, serial, exit_id, detail, state, found_at, seen_at)
   select $1, n.id, n.office, $2, $3, n.kind, n.serial, n.exit, n.detail::jsonb, 'open', $4, $4
   from unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::text[]) as n (id, office, kind, serial, exit, detail)
   on conflict (tenant, division, business_date, kind, serial) where state <> 'solved'
     do update set seen_at = excluded.seen_at, detail = excluded.detail, office = excluded.office, exit_id = excluded.exit_id`,
);

export const solveDifferences = sql<Record<string, never>, [tenant: string, now: Date, ids: readonly string[]]>(
  'reconcile.solve',
  `update exchange_difference set state = 'solved', solved_at = $2 where tenant = $1 and id = any($3::uuid[]) and state <> 'solved'`,
);
