import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface ImportRow {
  tenant: string;
  id: string;
  office: string;
  account_id: string;
  account_name: string;
  file_name: string;
  format: 'csv' | 'xlsx';
  state: 'receiving' | 'waiting' | 'checking' | 'preview' | 'keeping' | 'done' | 'failed' | 'cancelled';
  fault: string;
  header: string[];
  rows: number;
  faulty: number;
  fresh: number;
  changed: number;
  same: number;
  kept: number;
  created_at: Date;
}

const columns = `tenant, id, office, account_id, account_name, file_name, format, state, fault, header, rows, faulty, fresh, changed, same,
   kept, created_at`;

export const putImport = sql<
  Record<string, never>,
  [...Key, office: string, account: string, name: string, file: string, format: string, now: Date]
>(
  'import.put',
  `insert into vacancy_import (tenant, id, office, account_id, account_name, file_name, format, state, created_at, moved_at)
   values ($1, $2, $3, $4, $5, $6, $7, 'receiving', $8, $8)`,
);

export const putPart = sql<Record<string, never>, [...Key, office: string, part: number, bytes: Buffer]>(
  'import.putPart',
  'insert into vacancy_import_part (tenant, import_id, office, part, bytes) values ($1, $2, $3, $4, $5)',
);

export const findPart = sql<{ bytes: Buffer }, [...Key, part: number]>(
  'import.findPart',
  'select bytes from vacancy_import_part where tenant = $1 and import_id = $2 and part = $3',
);

export const dropParts = sql<Record<string, never>, Key>(
  'import.dropParts',
  'delete from vacancy_import_part where tenant = $1 and import_id = $2',
);

export const findImport = sql<ImportRow, Key>(
  'import.find',
  `select ${columns} from vacancy_import where tenant = $1 and id = $2`,
);

/** One import to the end of the transaction: two who work on it take turns. */
export const lockImport = sql<ImportRow, Key>(
  'import.lock',
  `select ${columns} from vacancy_import where tenant = $1 and id = $2 for update`,
);

/** Index vacancy_import_todo: what is to be done next, longest waiting first. */
export const nextImport = sql<ImportRow>(
  'import.next',
  `select ${columns} from vacancy_import where state in ('waiting', 'checking', 'keeping') order by moved_at limit 1`,
);

/** Index vacancy_import_office; newest first. */
export const listImports = sql<ImportRow, [tenants: readonly string[], at: Date, id: string, limit: number]>(
  'import.list',
  `select ${columns} from vacancy_import where tenant = any ($1::bpchar[]) and (created_at, id) < ($2, $3::uuid)
   order by created_at desc, id desc limit $4`,
);

/** Moves an import on from one of some states; nobody's move overtakes another's. */
export const moveImport = sql<{ id: string }, [...Key, from: readonly string[], to: string, now: Date, fault: string]>(
  'import.move',
  `update vacancy_import set state = $4, moved_at = $5, fault = $6 where tenant = $1 and id = $2 and state = any ($3::text[])
   returning id`,
);

export const putHeader = sql<Record<string, never>, [...Key, header: readonly string[]]>(
  'import.putHeader',
  'update vacancy_import set header = $3 where tenant = $1 and id = $2',
);

/** Rows as they were read; a line that is there from a reading that was interrupted stays. */
export const putRows = sql<Record<string, never>, [...Key, office: string, rows: string]>(
  'import.putRows',
  `insert into vacancy_import_row (tenant, import_id, office, line, cells, data, source_key, warnings, faults, outcome)
   select $1, $2, $3, r.line, r.cells, r.data, r.source_key, r.warnings, r.faults, r.outcome
   from jsonb_to_recordset($4::jsonb) as r (line int, cells text[], data jsonb, source_key text, warnings jsonb, faults text, outcome text)
   on conflict (tenant, import_id, line) do nothing`,
);

/** How far the reading has come. */
export const putProgress = sql<Record<string, never>, [...Key, rows: number, now: Date]>(
  'import.progress',
  `update vacancy_import set rows = $3, moved_at = $4 where tenant = $1 and id = $2 and state = 'checking'`,
);

/** The counts of an import are those of its rows. */
export const countRows = sql<Record<string, never>, Key>(
  'import.count',
  `update vacancy_import i set rows = c.rows, faulty = c.faulty, fresh = c.fresh, changed = c.changed, same = c.same, kept = c.kept
   from (select count(*)::int as rows, (count(*) filter (where outcome = 'faulty'))::int as faulty,
           (count(*) filter (where outcome = 'fresh'))::int as fresh, (count(*) filter (where outcome = 'changed'))::int as changed,
           (count(*) filter (where outcome = 'same'))::int as same, (count(*) filter (where outcome = 'kept'))::int as kept
         from vacancy_import_row where tenant = $1 and import_id = $2) c
   where i.tenant = $1 and i.id = $2`,
);

export interface ImportLineRow {
  line: number;
  cells: string[];
  data: Record<string, unknown> | null;
  source_key: string | null;
  warnings: { kind: string; message: string }[];
  faults: string;
  outcome: 'faulty' | 'fresh' | 'changed' | 'same' | 'kept';
}

const lines = 'line, cells, data, source_key, warnings, faults, outcome';

/** Rows for a look, in the order of the file. */
export const readRows = sql<ImportLineRow, [...Key, after: number, outcome: string | null, limit: number]>(
  'import.rows',
  `select ${lines} from vacancy_import_row where tenant = $1 and import_id = $2 and line > $3 and ($4::text is null or outcome = $4)
   order by line limit $5`,
);

/** Index vacancy_import_row_faulty: a page of the rows that go back. */
export const faultyRows = sql<ImportLineRow, [...Key, after: number, limit: number]>(
  'import.faulty',
  `select ${lines} from vacancy_import_row where tenant = $1 and import_id = $2 and line > $3 and outcome = 'faulty' order by line limit $4`,
);

/** Index vacancy_import_row_todo: the next rows to keep. */
export const rowsToKeep = sql<ImportLineRow, [...Key, limit: number, after: number]>(
  'import.toKeep',
  `select ${lines} from vacancy_import_row where tenant = $1 and import_id = $2 and line > $4 and outcome in ('fresh', 'changed')
   order by line limit $3`,
);

export const markRows = sql<Record<string, never>, [...Key, lines: readonly number[], outcome: string, fault: string]>(
  'import.mark',
  `update vacancy_import_row set outcome = $4, faults = $5 where tenant = $1 and import_id = $2 and line = any ($3::int[])`,
);

export const addKept = sql<Record<string, never>, [...Key, kept: number, now: Date]>(
  'import.addKept',
  'update vacancy_import set kept = kept + $3, moved_at = $4 where tenant = $1 and id = $2',
);

/** Rows and pieces of files that were settled, or abandoned, a month ago. */
export const forgetRows = sql<Record<string, never>, [before: Date]>(
  'import.forgetRows',
  `delete from vacancy_import_row r using vacancy_import i
   where i.tenant = r.tenant and i.id = r.import_id and i.created_at < $1 and i.state in ('done', 'failed', 'cancelled', 'preview')`,
);
export const forgetParts = sql<Record<string, never>, [before: Date]>(
  'import.forgetParts',
  `delete from vacancy_import_part p using vacancy_import i
   where i.tenant = p.tenant and i.id = p.import_id and i.created_at < $1 and i.state in ('receiving', 'failed', 'cancelled')`,
);
