import { sql } from '../../../platform/sql.ts';

/** A record goes again under its own number: what it was told before no longer counts. Those on the way stay where they are. */
export const sendAgain = sql<Record<string, never>, [tenant: string, exit: string]>(
  'reconcile.sendAgain',
  `update exit_upload u set state = 'waiting', batch_id = null, settled_at = null, faults = '[]',
     earlier_batches = case when u.batch_id is null then u.earlier_batches else array_append(u.earlier_batches, u.batch_id) end
   where u.tenant = $1 and u.exit_id = $2 and (u.state in ('accepted', 'returned', 'blocked') or (u.state = 'batched' and exists (
     select 1 from exchange_batch_state b where b.tenant = u.tenant and b.id = u.batch_id and b.state = 'received')))`,
);

/** The digest of a record becomes that of what stands in its batch. */
export const takeSent = sql<Record<string, never>, [tenant: string, exit: string, batch: string, digest: Buffer]>(
  'reconcile.takeSent',
  'update exit_upload set digest = $4 where tenant = $1 and exit_id = $2 and batch_id = $3',
);

export const putAct = sql<
  { id: string },
  [tenant: string, id: string, now: Date, by: string, byName: string, act: string, note: string, state: string]
>(
  'reconcile.putAct',
  `update exchange_difference set acted_at = $3, acted_by = $4, acted_by_name = $5, act = $6, note = $7, state = $8
   where tenant = $1 and id = $2 and state <> 'solved' returning id`,
);
