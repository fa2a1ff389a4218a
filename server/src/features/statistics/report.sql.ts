import type { SheetCheck } from '@yingdeng/rules/statistics/balance.ts';
import type { ReportState } from '@yingdeng/rules/statistics/report-state.ts';
import type { ListKind } from '@yingdeng/rules/statistics/seal.ts';
import type { KeptFigures } from '@yingdeng/rules/statistics/sheet.ts';
import { sql } from '../../platform/sql.ts';

/** A report as it is kept. */
export interface ReportRow {
  tenant: string;
  id: string;
  division: string;
  month: string;
  revision: number;
  state: ReportState;
  period_from: string;
  period_to: string;
  due_on: string | null;
  last_id: string | null;
  figures: KeptFigures | null;
  besides: Record<string, number> | null;
  checks: SheetCheck[] | null;
  basis: Record<string, unknown>;
  cut_at: Date | null;
  computed_at: Date | null;
  checked_at: Date | null;
  checked_by: string | null;
  checked_by_name: string | null;
  approved_at: Date | null;
  approved_by_name: string | null;
  sealed_at: Date | null;
  sealed_by_name: string | null;
  rate: unknown;
  page: string | null;
  digest: Buffer | null;
  replaces: string | null;
  replaces_reason: string | null;
  version: number;
}

const columns = `tenant, id, division, month, revision, state, period_from, period_to, due_on, last_id, figures, besides, checks, basis, cut_at,
  computed_at, checked_at, checked_by, checked_by_name, approved_at, approved_by_name, sealed_at, sealed_by_name, rate, page, digest,
  replaces, replaces_reason, version`;

type Key = [tenant: string, id: string];

/** Every revision of a division's month, newest first; index report_key. */
export const revisionsOf = sql<ReportRow, [tenant: string, division: string, month: string]>(
  'statistics.revisionsOf',
  `select ${columns} from report where tenant = $1 and division = $2 and month = $3 order by revision desc`,
);

/** The newest revisions of a month in a range of divisions; index report_month. */
export const reportsOfMonth = sql<ReportRow, [month: string, lo: string, hi: string]>(
  'statistics.ofMonth',
  `select distinct on (division) ${columns} from report where month = $1 and division >= $2 and division < $3
   order by division, revision desc`,
);

/** The newest sealed revision of a division's month. */
export const sealedOf = sql<ReportRow, [tenant: string, division: string, month: string]>(
  'statistics.sealedOf',
  `select ${columns} from report where tenant = $1 and division = $2 and month = $3 and sealed_at is not null
   order by revision desc limit 1`,
);

export const findReport = sql<ReportRow, Key>(
  'statistics.find',
  `select ${columns} from report where tenant = $1 and id = $2`,
);

export const lockReport = sql<ReportRow, Key>(
  'statistics.lock',
  `select ${columns} from report where tenant = $1 and id = $2 for update`,
);

/** Opens a report of a month; nothing when that revision is there. */
export const openReport = sql<
  { id: string },
  [
    ...Key,
    division: string,
    month: string,
    revision: number,
    from: string,
    to: string,
    due: string | null,
    replaces: string | null,
    reason: string | null,
  ]
>(
  'statistics.open',
  `insert into report (tenant, id, division, office, month, revision, state, period_from, period_to, due_on, replaces, replaces_reason)
   values ($1, $2, $3::text, $3::text, $4, $5, 'open', $6, $7, $8, $9, $10) on conflict (tenant, division, month, revision) do nothing returning id`,
);

/** The lists are frozen: what the report opens with, and what was found while they were taken. */
export const putCut = sql<Record<string, never>, [...Key, lastId: string | null, basis: string, at: Date]>(
  'statistics.putCut',
  `update report set state = 'cut', last_id = $3, basis = $4, cut_at = $5, figures = null, besides = null, checks = null, version = version + 1
   where tenant = $1 and id = $2`,
);

/** Keeps the figures that were counted from the frozen lists. */
export const putFigures = sql<
  Record<string, never>,
  [...Key, figures: string, besides: string, checks: string, at: Date]
>(
  'statistics.putFigures',
  `update report set state = 'computed', figures = $3, besides = $4, checks = $5, computed_at = $6, version = version + 1
   where tenant = $1 and id = $2`,
);

export const markChecked = sql<Record<string, never>, [...Key, at: Date, by: string, name: string]>(
  'statistics.markChecked',
  `update report set state = 'checked', checked_at = $3, checked_by = $4, checked_by_name = $5, version = version + 1
   where tenant = $1 and id = $2`,
);

export const markApproved = sql<Record<string, never>, [...Key, at: Date, by: string, name: string]>(
  'statistics.markApproved',
  `update report set state = 'approved', approved_at = $3, approved_by = $4, approved_by_name = $5, version = version + 1
   where tenant = $1 and id = $2`,
);

export const markSealed = sql<
  Record<string, never>,
  [...Key, at: Date, name: string, rate: string | null, page: string, digest: Buffer]
>(
  'statistics.markSealed',
  `update report set state = 'sealed', sealed_at = $3, sealed_by_name = $4, rate = $5, page = $6, digest = $7, version = version + 1
   where tenant = $1 and id = $2`,
);

/** Given back: its lists are taken anew. */
export const reopen = sql<Record<string, never>, Key>(
  'statistics.reopen',
  `update report set state = 'open', figures = null, besides = null, checks = null, cut_at = null, computed_at = null, checked_at = null,
     checked_by = null, checked_by_name = null, approved_at = null, approved_by = null, approved_by_name = null, version = version + 1
   where tenant = $1 and id = $2`,
);

export const putAction = sql<
  Record<string, never>,
  [
    ...Key,
    reportId: string,
    office: string,
    action: string,
    from: string,
    to: string,
    at: Date,
    actorId: string | null,
    actorName: string,
    reason: string,
  ]
>(
  'statistics.putAction',
  `insert into report_action (tenant, id, report_id, office, action, from_state, to_state, at, actor_id, actor_name, reason)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

export const actionsOf = sql<
  { action: string; to_state: ReportState; at: Date; actor_name: string; reason: string },
  Key
>(
  'statistics.actionsOf',
  `select action, to_state, at, actor_name, reason from report_action where tenant = $1 and report_id = $2 order by at, id`,
);

interface KeptListRow {
  office: string;
  kind: ListKind;
  persons: number;
  digest: Buffer;
  content: Buffer;
}

/** The frozen lists of a report by office, of some kinds; read by `keptLists`. */
export const listsOf = sql<KeptListRow, [...Key, kinds: readonly ListKind[]]>(
  'statistics.listsOf',
  `select office, kind, persons, digest, content from report_list where tenant = $1 and report_id = $2 and kind = any($3::text[])
   order by office, kind`,
);

/** The same without what they hold. */
export const listHeadsOf = sql<Omit<KeptListRow, 'content'>, Key>(
  'statistics.listHeadsOf',
  `select office, kind, persons, digest from report_list where tenant = $1 and report_id = $2 order by office, kind`,
);

export const dropLists = sql<Record<string, never>, Key>(
  'statistics.dropLists',
  `delete from report_list where tenant = $1 and report_id = $2`,
);

export const putList = sql<
  Record<string, never>,
  [...Key, office: string, kind: ListKind, persons: number, digest: Buffer, content: Uint8Array]
>(
  'statistics.putList',
  `insert into report_list (tenant, report_id, office, kind, persons, digest, content) values ($1, $2, $3, $4, $5, $6, $7)`,
);

/** Urban employed as entered for a month; the newest entry holds. */
export interface DenominatorRow {
  kind: 'reported' | 'estimated';
  value: number;
  as_of: string;
  source: string;
  method: string;
  uncertainty: string;
  entered_at: Date;
  entered_by_name: string;
}

export const denominatorsOf = sql<DenominatorRow, [tenant: string, division: string, month: string]>(
  'statistics.denominatorsOf',
  `select kind, value, as_of, source, method, uncertainty, entered_at, entered_by_name from urban_employed
   where tenant = $1 and division = $2 and month = $3 order by entered_at desc`,
);

export const putDenominator = sql<
  Record<string, never>,
  [
    ...Key,
    division: string,
    month: string,
    kind: string,
    value: number,
    asOf: string,
    source: string,
    method: string,
    uncertainty: number,
    at: Date,
    by: string,
    name: string,
  ]
>(
  'statistics.putDenominator',
  `insert into urban_employed (tenant, id, division, office, month, kind, value, as_of, source, method, uncertainty, entered_at, entered_by,
     entered_by_name) values ($1, $2, $3::text, $3::text, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
);

/** Who stands behind a figure, for the screen; people of the own range. */
export const personsOf = sql<
  {
    id: string;
    name: string;
    sex: string;
    birth_date: string | null;
    registered_on: string;
    office: string;
    identity_sealed: Buffer;
  },
  [tenant: string, registrations: readonly string[]]
>(
  'statistics.personsOf',
  `select r.id, p.name, p.sex, p.birth_date, r.registered_on, r.office, p.identity_sealed
   from registration r join person p on p.tenant = r.tenant and p.id = r.person_id
   where r.tenant = $1 and r.id = any($2::uuid[])`,
);

/** The people of some records of a frozen list, each with the registration of the record where it is one. */
export const peopleOf = sql<
  {
    person_id: string;
    registration_id: string | null;
    registered_on: string | null;
    name: string;
    sex: string;
    birth_date: string | null;
    identity_sealed: Buffer;
  },
  [tenant: string, people: readonly string[], subjects: readonly string[]]
>(
  'statistics.peopleOf',
  `select p.id as person_id, r.id as registration_id, r.registered_on, p.name, p.sex, p.birth_date, p.identity_sealed
   from unnest($2::uuid[], $3::uuid[]) s (person, subject) join person p on p.tenant = $1 and p.id = s.person
   left join registration r on r.tenant = $1 and r.id = s.subject`,
);
