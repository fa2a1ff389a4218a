import { sql } from '../../../platform/sql.ts';

/** One process at a time forms files of decisions of a city, or for the civil affairs of a county; ends with the transaction. */
export const lockFiles = sql<Record<string, never>, [key: string]>(
  'exchange.lockFiles',
  'select pg_advisory_xact_lock(hashtextextended($1, 0))',
);

/** How many files of a kind there were on a day, or in a month: their names begin with the same letters. */
export const countFiles = sql<{ files: number }, [tenant: string, from: string, to: string]>(
  'exchange.countFiles',
  `select count(*) as files from exchange_file where tenant = $1 and name >= $2 and name < $3`,
);

/** Decisions that go in a file. */
export const bindDecisions = sql<Record<string, never>, [tenant: string, batch: string, ids: readonly string[]]>(
  'exchange.bindDecisions',
  'update decision_upload set batch_id = $2 where tenant = $1 and application_id = any($3::uuid[])',
);

export interface DecisionFileRow {
  name: string;
  division: string;
  batch_id: string;
  encoding: 'utf-8' | 'gb18030';
  digest: Buffer;
  count: number;
  content_sealed: Buffer;
}

/** Files of decisions to be written: never so far, or long ago without a receipt; index exchange_file_decisions. */
export const decisionFilesToWrite = sql<DecisionFileRow, [tenant: string, lostBefore: Date]>(
  'exchange.decisionFilesToWrite',
  `select name, division, batch_id, encoding, digest, count, content_sealed from exchange_file
   where tenant = $1 and kind = 'decisions' and receipt is null
     and (state = 'intended' or (state = 'written' and written_at < $2)) order by name`,
);

/** Another file has its name: its decisions go in the next one. */
export const closeDecisionFile = sql<Record<string, never>, [tenant: string, batch: string]>(
  'exchange.closeDecisionFile',
  `update exchange_file set state = 'closed' where tenant = $1 and batch_id = $2 and kind = 'decisions' and receipt is null`,
);
export const releaseDecisions = sql<Record<string, never>, [tenant: string, batch: string]>(
  'exchange.releaseDecisions',
  `update decision_upload set batch_id = null where tenant = $1 and batch_id = $2 and state = 'waiting'`,
);

/** A file of decisions that a receipt names. */
export const decisionFile = sql<
  DecisionFileRow & { state: 'intended' | 'written' | 'closed'; receipt: string | null },
  [tenant: string, batch: string]
>(
  'exchange.decisionFile',
  `select name, division, batch_id, encoding, digest, count, content_sealed, state, receipt from exchange_file
   where tenant = $1 and batch_id = $2 and kind = 'decisions'`,
);

/** The file has its receipt; no row when another run was first. */
export const receiveDecisionFile = sql<{ name: string }, [tenant: string, batch: string, receipt: string, now: Date]>(
  'exchange.receiveDecisionFile',
  `update exchange_file set receipt = $3, receipt_at = $4
   where tenant = $1 and batch_id = $2 and kind = 'decisions' and receipt is null and state <> 'closed' returning name`,
);
