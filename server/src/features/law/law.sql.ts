import type { ProvisionRow } from '../../platform/reference.sql.ts';
import { sql } from '../../platform/sql.ts';

/**
 * Provisions of a place, of those above it and those below it, oldest first: some hundreds of rows of a small table. Of one that was shipped anew,
 * the wording that counts (reference.provisions).
 */
export const provisionsAt = sql<
  ProvisionRow & { added_at: Date; added_by: string | null; added_by_name: string | null },
  [prefix: string]
>(
  'law.provisions',
  `select * from (
     select distinct on (split_part(p.id, '~', 1)) split_part(p.id, '~', 1) as id, p.parameter, p.value, p.division, p.level, p.document,
       p.document_title, p.clause, p.clause_id, p.valid_from, p.valid_to, p.note, p.added_at, p.added_by, a.display_name as added_by_name
     from provision p left join account a on a.id = p.added_by
     where starts_with(p.division, $1) or starts_with($1, p.division)
     order by split_part(p.id, '~', 1), p.added_at desc, p.id desc) p
   order by p.valid_from, p.id`,
);

export const addProvision = sql<
  Record<string, never>,
  [
    id: string,
    parameter: string,
    value: string,
    division: string,
    level: string,
    document: string,
    title: string,
    clause: string,
    clauseId: string,
    from: string,
    to: string | null,
    note: string,
    now: Date,
    by: string,
  ]
>(
  'law.addProvision',
  `insert into provision (id, parameter, value, division, level, document, document_title, clause, clause_id, valid_from,
     valid_to, note, added_at, added_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
);

/** A year of days in one statement; a day that is there already means that another administrator was first. */
export const addDays = sql<
  Record<string, never>,
  [days: readonly string[], working: readonly boolean[], names: readonly string[], source: string]
>(
  'law.addDays',
  `insert into calendar_day (day, working, name, source)
   select d.day, d.working, d.name, $4 from unnest($1::date[], $2::boolean[], $3::text[]) d (day, working, name)`,
);

/** Primary key. */
export const changeDay = sql<Record<string, never>, [day: string, working: boolean, name: string, source: string]>(
  'law.changeDay',
  'update calendar_day set working = $2, name = $3, source = $4 where day = $1',
);

export interface ListVersionRow {
  list: 'policies' | 'services';
  version: number;
  valid_from: string;
  approved_by: string;
  written_by: string | null;
  created_at: Date;
  items: Record<string, string>[];
}

/** Versions of one place, newest first; primary key. */
export const listVersions = sql<ListVersionRow, [division: string]>(
  'law.listVersions',
  `select list, version, valid_from, approved_by, written_by, created_at, items from list_version
   where division = $1 and list in ('policies', 'services') order by list, version desc`,
);

export const addListVersion = sql<
  Record<string, never>,
  [
    list: string,
    division: string,
    version: number,
    items: string,
    validFrom: string,
    approvedBy: string,
    writtenBy: string,
    now: Date,
  ]
>(
  'law.addListVersion',
  `insert into list_version (list, division, version, items, valid_from, approved_by, written_by, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
