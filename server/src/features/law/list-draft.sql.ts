import { sql } from '../../platform/sql.ts';

export interface DraftRow {
  id: string;
  list: 'policies' | 'services';
  division: string;
  after: number;
  items: Record<string, string>[];
  valid_from: string;
  state: 'waiting' | 'published' | 'returned';
  author_id: string;
  author: string;
  created_at: Date;
  settled_by: string | null;
  note: string;
}

const columns = 'id, list, division, after, items, valid_from, state, author_id, author, created_at, settled_by, note';

/** What waits in a range, and what came back in the last month; a few dozen rows of a small table. */
export const draftsIn = sql<DraftRow, [lo: string, hi: string, since: Date]>(
  'law.drafts',
  `select ${columns} from list_draft
   where division >= $1 and division < $2 and (state = 'waiting' or (state = 'returned' and settled_at >= $3))
   order by state desc, created_at limit 200`,
);

/** Primary key, locked: of two who settle it one is told. */
export const lockDraft = sql<DraftRow, [id: string]>(
  'law.lockDraft',
  `select ${columns} from list_draft where id = $1 for update`,
);

export const putDraft = sql<
  Record<string, never>,
  [
    id: string,
    list: string,
    division: string,
    after: number,
    items: string,
    validFrom: string,
    authorId: string,
    author: string,
    now: Date,
  ]
>(
  'law.putDraft',
  `insert into list_draft (id, list, division, after, items, valid_from, state, author_id, author, created_at)
   values ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9)`,
);

export const settleDraft = sql<
  Record<string, never>,
  [id: string, state: string, byId: string, by: string, now: Date, note: string]
>(
  'law.settleDraft',
  'update list_draft set state = $2, settled_by_id = $3, settled_by = $4, settled_at = $5, note = $6 where id = $1',
);

export interface ChangeRow {
  id: string;
  list: 'policies' | 'services';
  division: string;
  changed_on: string;
  reason: string;
  due_on: string;
  registered_by: string;
}

/** Changes of a range that no version follows yet, earliest due first: index list_change_open. */
export const openChanges = sql<ChangeRow, [lo: string, hi: string]>(
  'law.openChanges',
  `select id, list, division, changed_on, reason, due_on, registered_by from list_change
   where published_at is null and division >= $1 and division < $2 order by due_on, id limit 200`,
);

export const putChange = sql<
  Record<string, never>,
  [
    id: string,
    list: string,
    division: string,
    changedOn: string,
    reason: string,
    dueOn: string,
    byId: string,
    by: string,
    now: Date,
  ]
>(
  'law.putChange',
  `insert into list_change (id, list, division, changed_on, reason, due_on, registered_by_id, registered_by, registered_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

/** A published version follows every change of its place that was registered before it was written. */
export const settleChanges = sql<
  Record<string, never>,
  [list: string, division: string, writtenAt: Date, version: number, now: Date]
>(
  'law.settleChanges',
  `update list_change set published_version = $4, published_at = $5
   where list = $1 and division = $2 and published_at is null and registered_at <= $3`,
);
