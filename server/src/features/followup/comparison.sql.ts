import { sql } from '../../platform/sql.ts';

export interface ComparisonRow {
  tenant: string;
  id: string;
  office: string;
  office_end: string;
  source: string;
  as_of: string;
  month: string;
  at: Date;
  found: string[];
  covered: number;
  recorded_at: Date;
  officer_name: string;
  finished_at: Date | null;
  withdrawn_at: Date | null;
  withdrawn_by_name: string | null;
  withdrawn_reason: string | null;
  undone_at: Date | null;
}

const columns = `tenant, id, office, office_end, source, as_of, month, at, found, covered, recorded_at, officer_name, finished_at, withdrawn_at,
     withdrawn_by_name, withdrawn_reason, undone_at`;

type Run = [tenant: string, id: string];

/** Begins a run; none is written when the same data was recorded for the same range before (unique comparison_once). */
export const putRun = sql<
  Record<string, never>,
  [
    ...Run,
    office: string,
    officeEnd: string,
    source: string,
    asOf: string,
    month: string,
    at: Date,
    note: string,
    now: Date,
    officer: string | null,
    officerName: string,
  ]
>(
  'comparison.put',
  `insert into comparison (tenant, id, office, office_end, source, as_of, month, at, note, recorded_at, officer_id, officer_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (tenant, office, source, as_of) where withdrawn_at is null do nothing`,
);

/** The run of a range, a source and a day that counts, locked; index comparison_once. */
export const lockSame = sql<ComparisonRow, [tenant: string, office: string, source: string, asOf: string]>(
  'comparison.lockSame',
  `select ${columns} from comparison
   where tenant = $1 and office = $2 and source = $3 and as_of = $4::date and withdrawn_at is null for update`,
);

/** One run; primary key. */
export const findRun = sql<ComparisonRow, Run>(
  'comparison.find',
  `select ${columns} from comparison where tenant = $1 and id = $2`,
);

/** The oldest run that is not at its end, neither of covering nor of undoing; index comparison_unfinished. */
export const nextRun = sql<ComparisonRow>(
  'comparison.next',
  `select ${columns} from comparison
   where finished_at is null or (withdrawn_at is not null and undone_at is null) order by recorded_at limit 1`,
);

/** Runs that compared any of a range of offices, newest first; index comparison_recorded. */
export const listRuns = sql<
  ComparisonRow,
  [tenants: readonly string[], lo: string, hi: string, at: Date, id: string, limit: number]
>(
  'comparison.list',
  `select ${columns} from comparison
   where tenant = any ($1::bpchar[]) and office < $3 and office_end > $2 and (recorded_at, id) < ($4, $5::uuid)
   order by recorded_at desc, id desc limit $6`,
);

/** Registrations covered in one statement: a few tenths of a second. In its text, because a prepared plan guesses an unknown limit as a tenth of all. */
export const coveredAtOnce = 5_000;

/**
 * Covers one page of one county: registrations whose next contact is due by a day, that were registered by the day of the data and that the run does
 * not name yet, from a cursor on (index registration_next_contact). The dead are nobody's follow-up; those the data shows changed are left out.
 * The run is named on the registration, its month and next contact follow: no row is written. The next contact is a day a class (`next`, '-' for
 * none), except where somebody was met after the data's day. Answers with how many, and the last one for the cursor.
 */
export const coverPage = sql<
  { count: number; last_on: string | null; last_id: string | null },
  [
    ...Run,
    division: string,
    lo: string,
    hi: string,
    dueBy: string,
    asOf: string,
    except: readonly string[],
    afterOn: string,
    afterId: string,
    at: Date,
    month: string,
    next: string,
  ]
>(
  'comparison.cover',
  `with page as (
     select r.tenant, r.id, r.next_contact_on from registration r
     where r.tenant = $1 and r.division = $3 and r.status <> 'exited' and r.office >= $4 and r.office < $5
       and r.next_contact_on <= $6::date and r.registered_on <= $7::date and r.id <> all ($8::uuid[])
       and (r.next_contact_on, r.id) > ($9::date, $10::uuid) and $2::uuid <> all (r.compared)
       and exists (select 1 from person p where p.tenant = r.tenant and p.id = r.person_id and p.deceased_on is null)
     order by r.next_contact_on, r.id limit ${coveredAtOnce} for update of r
   ), put as (
     update registration r set compared = r.compared || $2::uuid, last_contact_month = greatest(r.last_contact_month, $12::char(7)),
       next_contact_on = case
         when r.last_contact_month >= $12::char(7) and exists (
           select 1 from contact_record c
           where c.tenant = r.tenant and c.registration_id = r.id and c.outcome = 'contact' and c.at > $11) then r.next_contact_on
         else ($13::jsonb ->> coalesce(r.class, '-'))::date end,
       version = r.version + 1
     from page where r.tenant = page.tenant and r.id = page.id
   ), told as (
     update comparison set covered = covered + (select count(*) from page) where tenant = $1 and id = $2
   )
   select count(*)::int as count, (array_agg(next_contact_on order by next_contact_on desc, id desc))[1] as last_on,
     (array_agg(id order by next_contact_on desc, id desc))[1] as last_id
   from page`,
);

/**
 * For the rest of the transaction pages follow the index: the policies make a county look like a handful of rows, and each page would sort it whole. Only a
 * hint: where it does not reach (a cluster's workers) the same pages come more slowly.
 */
export const followIndex = sql<Record<string, never>>(
  'comparison.followIndex',
  "select set_config('enable_bitmapscan', 'off', true)",
);

/** Everybody due is covered. */
export const finishRun = sql<Record<string, never>, [...Run, now: Date]>(
  'comparison.finish',
  'update comparison set finished_at = coalesce(finished_at, $3) where tenant = $1 and id = $2',
);

/**
 * Registrations the data shows changed: each gets a row of the service record that fulfils nothing and says whom to ask (A21-5b); the run knows them.
 * Answers with those the run had covered before and covers no longer.
 */
export const putFound = sql<
  { id: string },
  [...Run, ids: readonly string[], contacts: readonly string[], note: string]
>(
  'comparison.putFound',
  `with run as (
     update comparison set found = found || $3::uuid[], covered = covered - (
         select count(*) from registration where tenant = $1 and id = any ($3::uuid[]) and $2::uuid = any (compared))
     where tenant = $1 and id = $2 returning tenant, id, at, month, officer_id, officer_name
   ), put as (
     insert into contact (tenant, id, registration_id, person_id, office, purpose, means, outcome, result, at, month, officer_id, officer_name, note)
     select r.tenant, g.contact, r.id, r.person_id, r.office, 'followUp', 'comparison', 'attempt', 'changed', run.at, run.month, run.officer_id,
       run.officer_name, $5
     from run, unnest($3::uuid[], $4::uuid[]) g (id, contact) join registration r on r.tenant = $1 and r.id = g.id
     on conflict (tenant, id) do nothing
   )
   update registration r set compared = array_remove(r.compared, $2::uuid), version = r.version + 1
   where r.tenant = $1 and r.id = any ($3::uuid[]) and $2::uuid = any (r.compared)
   returning r.id`,
);

export const withdrawRun = sql<
  Record<string, never>,
  [...Run, now: Date, by: string | null, byName: string, reason: string]
>(
  'comparison.withdraw',
  `update comparison set withdrawn_at = $3, withdrawn_by = $4, withdrawn_by_name = $5, withdrawn_reason = $6
   where tenant = $1 and id = $2 and withdrawn_at is null`,
);

export const endUndoing = sql<Record<string, never>, [...Run, now: Date]>(
  'comparison.endUndoing',
  'update comparison set undone_at = $3, finished_at = coalesce(finished_at, $3) where tenant = $1 and id = $2',
);

/** Whom a run covered, a page in the order of their keys. */
export const namedPage = sql<{ id: string }, [...Run, after: string, limit: number]>(
  'comparison.named',
  `select id from registration where tenant = $1 and $2::uuid = any (compared) and id > $3::uuid order by id limit $4`,
);

export interface RhythmRow {
  id: string;
  division: string;
  status: 'active' | 'exitProposed' | 'exited';
  registered_on: string;
  class: 'A' | 'B' | 'C' | 'D' | null;
  last_at: Date | null;
  last_month: string | null;
}

/** What month and next contact of some registrations follow from, locked. */
export const rhythmOf = sql<RhythmRow, [tenant: string, ids: readonly string[]]>(
  'comparison.rhythm',
  `select r.id, r.division, r.status, r.registered_on, r.class, l.at as last_at, l.month as last_month
   from registration r
   left join lateral (select max(c.at) as at, max(c.month) as month from contact_record c
     where c.tenant = r.tenant and c.registration_id = r.id and c.outcome = 'contact') l on true
   where r.tenant = $1 and r.id = any ($2::uuid[]) order by r.id for update of r`,
);

export const putRhythm = sql<
  Record<string, never>,
  [tenant: string, ids: readonly string[], months: readonly (string | null)[], nextOn: readonly string[]]
>(
  'comparison.putRhythm',
  `update registration r set last_contact_month = g.month, next_contact_on = g.next_on, version = r.version + 1
   from unnest($2::uuid[], $3::bpchar[], $4::date[]) g (id, month, next_on)
   where r.tenant = $1 and r.id = g.id`,
);

/** Registrations by their numbers; index registration_number. */
export const byNumbers = sql<{ id: string; number: string }, [tenants: readonly string[], numbers: readonly string[]]>(
  'followup.byNumbers',
  'select id, number from registration where tenant = any($1::bpchar[]) and number = any($2)',
);
