import { sql } from '../../platform/sql.ts';

/** How the upload of something that moved in a period stands; `none`: there is no record of an upload. */
export interface UploadRow {
  registration_id: string;
  /** Undone before the period closed: the report does not count it. */
  undone: boolean;
  state: 'none' | 'waiting' | 'blocked' | 'sent' | 'accepted' | 'returned';
}

type Period = [tenant: string, division: string, opens: Date, closes: Date];

/** Exits a county confirmed within a period, with how their record stands with the platform; index exit_confirmed. */
export const exitUploads = sql<UploadRow, Period>(
  'statistics.exitUploads',
  `select e.registration_id, coalesce(e.restored_at < $4, false) as undone, coalesce(u.state, 'none') as state
   from exit e left join exit_record u on u.tenant = e.tenant and u.exit_id = e.id
   where e.tenant = $1 and e.division = $2 and e.status in ('confirmed', 'restored') and e.confirmed_at >= $3 and e.confirmed_at < $4`,
);

/**
 * How some registrations stand with the platform: by the decision on the application (M79-7a), or, where none was uploaded, by the record of the
 * back-load (H122-3c), which is as far as its batch has come.
 */
export const decisionUploads = sql<UploadRow, [tenant: string, registrations: readonly string[]]>(
  'statistics.decisionUploads',
  `select r.id as registration_id, false as undone, coalesce(u.state,
     case when l.state <> 'batched' then l.state when b.state = 'received' then 'accepted' when b.state = 'sent' then 'sent'
       when l.registration_id is not null then 'waiting' else 'none' end) as state
   from registration r left join decision_upload u on u.tenant = r.tenant and u.application_id = r.application_id
     left join registration_upload l on l.tenant = r.tenant and l.registration_id = r.id and u.application_id is null
     left join exchange_batch_state b on b.tenant = l.tenant and b.id = l.batch_id
   where r.tenant = $1 and r.id = any($2::uuid[])`,
);

export type Side = 'registers' | 'exits' | 'registrations';
/** How many the report counts, how many are there, how many differ. */
export type SideCounts = Record<Side, { counted: number; there: number; differing: number }>;
/** What a comparison came to; of a sealed report also what recomputing its seal found, nothing when it is as it was sealed. */
export interface Outcome extends SideCounts {
  readonly seal?: readonly string[];
}

/** A counted report of a county with its comparison; of one whose lists were frozen anew since, there is none. */
export interface ComparedRow {
  division: string;
  id: string;
  tenant: string;
  cut_at: Date;
  state: 'asked' | 'done' | 'failed' | null;
  done_at: Date | null;
  sides: Outcome | null;
  why: string | null;
}

/** The newest counted reports of a month in a range of divisions, each with its comparison; index report_month. */
export const comparisonsOf = sql<ComparedRow, [month: string, lo: string, hi: string]>(
  'statistics.comparisonsOf',
  `select r.division, r.id, r.tenant, r.cut_at, c.state, c.done_at, c.sides, c.why
   from (select distinct on (division) division, id, tenant, cut_at, computed_at from report
     where month = $1 and division >= $2 and division < $3 order by division, revision desc) r
     left join report_comparison c on c.tenant = r.tenant and c.report_id = r.id and c.of_cut = r.cut_at
   where r.computed_at is not null`,
);

/** Asks for a comparison; one that is asked for already stays where it is in the queue. */
export const askComparison = sql<
  Record<string, never>,
  [tenant: string, reportId: string, division: string, cut: Date, at: Date, by: string | null, byName: string]
>(
  'statistics.askComparison',
  `insert into report_comparison as c (tenant, report_id, division, office, state, of_cut, asked_at, asked_by, asked_by_name)
   values ($1, $2, $3::text, $3::text, 'asked', $4, $5, $6, $7)
   on conflict (tenant, report_id) do update set state = 'asked', of_cut = excluded.of_cut, asked_at = excluded.asked_at,
     asked_by = excluded.asked_by, asked_by_name = excluded.asked_by_name, done_at = null, sides = null, why = null
   where c.state <> 'asked' or c.of_cut <> excluded.of_cut`,
);

/** A comparison that waits. */
export interface AskedRow {
  tenant: string;
  report_id: string;
  asked_at: Date;
}

/** The comparison that has waited longest; index report_comparison_asked. */
export const oldestAsked = sql<AskedRow>(
  'statistics.oldestAsked',
  `select tenant, report_id, asked_at from report_comparison where state = 'asked' order by asked_at, tenant, report_id limit 1`,
);

/** Keeps what a comparison came to, unless it was asked for anew meanwhile. */
export const putCompared = sql<
  { division: string },
  [tenant: string, reportId: string, askedAt: Date, at: Date, sides: string | null, why: string | null]
>(
  'statistics.putCompared',
  `update report_comparison set state = case when $6::text is null then 'done' else 'failed' end, done_at = $4, sides = $5, why = $6
   where tenant = $1 and report_id = $2 and asked_at = $3 and state = 'asked' returning division`,
);

export const dropDifferences = sql<Record<string, never>, [tenant: string, reportId: string]>(
  'statistics.dropDifferences',
  `delete from report_difference where tenant = $1 and report_id = $2`,
);

/** Some who differ on a side, numbered on from `from`. */
export const putDifferences = sql<
  Record<string, never>,
  [
    tenant: string,
    reportId: string,
    office: string,
    side: Side,
    from: number,
    registrations: readonly string[],
    texts: readonly string[],
    explained: readonly boolean[],
  ]
>(
  'statistics.putDifferences',
  `insert into report_difference (tenant, report_id, office, side, n, registration_id, text, explained)
   select $1, $2, $3, $4, $5 + d.n, d.registration, d.text, d.explained
   from unnest($6::uuid[], $7::text[], $8::boolean[]) with ordinality d(registration, text, explained, n)`,
);

/** Who differs on a side from a number on. */
export const differencesFrom = sql<
  { n: number; registration_id: string; text: string; explained: boolean },
  [tenant: string, reportId: string, side: Side, after: number, limit: number]
>(
  'statistics.differencesFrom',
  `select n, registration_id, text, explained from report_difference
   where tenant = $1 and report_id = $2 and side = $3 and n > $4 order by n limit $5`,
);
