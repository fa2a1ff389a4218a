import { sql } from '../../platform/sql.ts';

/** A vacancy as it is stored. */
export interface VacancyRow {
  tenant: string;
  id: string;
  office: string;
  number: string;
  employer_name: string;
  employer_code: string;
  employer_ref: string;
  title: string;
  occupation: string;
  work_division: string;
  work_place: string;
  wage_from: number;
  wage_to: number;
  education: number;
  skill: number;
  posts: number;
  kind: 'fullTime' | 'partTime' | 'flexible' | 'seasonal';
  telephone: string;
  description: string;
  valid_from: string;
  valid_to: string;
  state: 'open' | 'closed';
  closed_reason: string;
  warnings: { kind: string; message: string }[];
  source_key: string | null;
  version: number;
  changed_at: Date;
  changed_by_name: string;
}

const columns = `tenant, id, office, number, employer_name, employer_code, employer_ref, title, occupation, work_division, work_place,
   wage_from, wage_to, education, skill, posts, kind, telephone, description, valid_from, valid_to, state, closed_reason, warnings,
   source_key, version, changed_at, changed_by_name`;

/** One vacancy; primary key. */
export const findVacancy = sql<VacancyRow, [tenant: string, id: string]>(
  'vacancy.find',
  `select ${columns} from vacancy where tenant = $1 and id = $2`,
);

/** Some vacancies by key, those that were ranked best; in any order. */
export const vacanciesOf = sql<VacancyRow, [tenants: readonly string[], ids: readonly string[]]>(
  'vacancy.of',
  `select ${columns} from vacancy where (tenant, id) in (select * from unnest($1::bpchar[], $2::uuid[]))`,
);

/** The vacancies an employer's own numbers name: index vacancy_source, one descent a key. */
export const vacanciesBySource = sql<VacancyRow, [tenant: string, keys: readonly string[]]>(
  'vacancy.bySource',
  `select ${columns} from vacancy where tenant = $1 and source_key = any ($2::text[]) and source_key is not null`,
);

/**
 * The next revision of a city's vacancies and as many numbers as asked for. Holds the row to the end of the transaction: changes of one city
 * follow each other, and who sees a revision sees all before it.
 */
export const takeRevision = sql<{ revision: number; last_number: number }, [tenant: string, numbers: number]>(
  'vacancy.takeRevision',
  `insert into vacancy_counter (tenant, revision, last_number) values ($1, 1, $2)
   on conflict (tenant) do update set revision = vacancy_counter.revision + 1, last_number = vacancy_counter.last_number + $2
   returning revision, last_number`,
);

const fields = `id uuid, number text, employer_name text, employer_code text, employer_ref text, employer_pinyin text, employer_initials text,
   title text, title_pinyin text, title_initials text, occupation text, work_division text, work_place text, wage_from int, wage_to int,
   education smallint, skill smallint, posts int, kind text, telephone text, description text, valid_from date, valid_to date,
   warnings jsonb, source_key text`;

type Written = [
  tenant: string,
  office: string,
  rows: string,
  revision: number,
  now: Date,
  account: string | null,
  name: string,
];

/** New vacancies, one or a chunk of an import. A row that is there already, from a step that was interrupted, stays. */
export const insertVacancies = sql<Record<string, never>, Written>(
  'vacancy.insert',
  `insert into vacancy (tenant, office, id, number, employer_name, employer_code, employer_ref, employer_pinyin, employer_initials, title,
     title_pinyin, title_initials, occupation, work_division, work_place, wage_from, wage_to, education, skill, posts, kind, telephone,
     description, valid_from, valid_to, state, warnings, source_key, revision, entered_at, changed_at, changed_by, changed_by_name)
   select $1, $2, r.id, r.number, r.employer_name, r.employer_code, r.employer_ref, r.employer_pinyin, r.employer_initials, r.title,
     r.title_pinyin, r.title_initials, r.occupation, r.work_division, r.work_place, r.wage_from, r.wage_to, r.education, r.skill, r.posts,
     r.kind, r.telephone, r.description, r.valid_from, r.valid_to, 'open', r.warnings, r.source_key, $4, $5, $5, $6::uuid, $7
   from jsonb_to_recordset($3::jsonb) as r (${fields})
   on conflict (tenant, id) do nothing`,
);

/** Changed vacancies of one office's range; each gets the new revision, so that matching reads it again. */
export const updateVacancies = sql<
  Record<string, never>,
  [tenant: string, rows: string, revision: number, now: Date, account: string | null, name: string]
>(
  'vacancy.update',
  `update vacancy v set employer_name = r.employer_name, employer_code = r.employer_code, employer_ref = r.employer_ref,
     employer_pinyin = r.employer_pinyin, employer_initials = r.employer_initials, title = r.title, title_pinyin = r.title_pinyin,
     title_initials = r.title_initials, occupation = r.occupation, work_division = r.work_division, work_place = r.work_place,
     wage_from = r.wage_from, wage_to = r.wage_to, education = r.education, skill = r.skill, posts = r.posts, kind = r.kind,
     telephone = r.telephone, description = r.description, valid_from = r.valid_from, valid_to = r.valid_to, warnings = r.warnings,
     source_key = r.source_key, state = 'open', closed_reason = '', revision = $3, version = v.version + 1, changed_at = $4,
     changed_by = $5::uuid, changed_by_name = $6
   from jsonb_to_recordset($2::jsonb) as r (${fields})
   where v.tenant = $1 and v.id = r.id`,
);

export const setVacancyState = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    state: string,
    reason: string,
    revision: number,
    now: Date,
    account: string | null,
    name: string,
  ]
>(
  'vacancy.setState',
  `update vacancy set state = $3, closed_reason = $4, revision = $5, version = version + 1, changed_at = $6, changed_by = $7::uuid,
     changed_by_name = $8
   where tenant = $1 and id = $2`,
);

export const putChanges = sql<
  Record<string, never>,
  [tenant: string, rows: string, action: string, now: Date, account: string | null, name: string]
>(
  'vacancy.putChanges',
  `insert into vacancy_change (tenant, id, vacancy_id, office, action, fields, at, actor_id, actor_name)
   select $1, r.id, r.vacancy_id, r.office, $3, r.fields, $4, $5::uuid, $6
   from jsonb_to_recordset($2::jsonb) as r (id uuid, vacancy_id uuid, office text, fields jsonb)
   on conflict (tenant, id) do nothing`,
);

export interface ChangeRow {
  action: 'enter' | 'change' | 'close' | 'reopen' | 'import';
  fields: Record<string, [before: unknown, after: unknown]>;
  at: Date;
  actor_name: string;
}

/** Index vacancy_change_vacancy. */
export const changesOf = sql<ChangeRow, [tenant: string, vacancy: string]>(
  'vacancy.changes',
  `select action, fields, at, actor_name from vacancy_change where tenant = $1 and vacancy_id = $2 order by at desc, id desc limit 50`,
);

/** What came of a vacancy in the cities of the reader's range: index referral_vacancy. */
export const referralsTo = sql<{ referred: number; hired: number }, [tenant: string, vacancy: string]>(
  'vacancy.referralsTo',
  `select count(*)::int as referred, (count(*) filter (where state = 'hired'))::int as hired
   from referral where tenant = $1 and vacancy_id = $2`,
);

type ListOf = [
  tenants: readonly string[],
  limit: number,
  before: string,
  states: readonly string[],
  valid: boolean | null,
  today: string,
  lo: string,
  hi: string,
  doubted: boolean,
];

const validity = `($5::boolean is null or (state = 'open' and valid_from <= $6::date and valid_to >= $6::date) = $5)`;

/**
 * The list, newest first: one descent of vacancy_list a city and state, then the page; validity, office and doubts are filters on it.
 * `valid` false: closed or out of its days.
 */
export const listVacancies = sql<VacancyRow, ListOf>(
  'vacancy.list',
  `select w.* from unnest($1::bpchar[]) t (tenant) cross join unnest($4::text[]) s (state)
   cross join lateral (
     select ${columns} from vacancy
     where tenant = t.tenant and state = s.state and number < $3 and ${validity} and office >= $7 and office < $8
       and (not $9::boolean or warnings <> '[]')
     order by number desc limit $2
   ) w
   order by w.number desc limit $2`,
);

type SearchOf = [
  tenants: readonly string[],
  limit: number,
  lo: string,
  hi: string,
  valid: boolean | null,
  today: string,
  officeLo: string,
  officeHi: string,
];

/** By the beginning of the employer's name or of the title: two index ranges; what is longest valid first. */
const byPrefix = (employer: string, title: string) => `select ${columns} from (
     select ${columns} from vacancy where tenant = any ($1::bpchar[]) and ${employer} >= $3 and ${employer} < $4
     union
     select ${columns} from vacancy where tenant = any ($1::bpchar[]) and ${title} >= $3 and ${title} < $4
   ) v
   where ${validity} and office >= $7 and office < $8
   order by valid_to desc, number desc limit $2`;

export const vacanciesByName = sql<VacancyRow, SearchOf>('vacancy.byName', byPrefix('employer_name', 'title'));
export const vacanciesByPinyin = sql<VacancyRow, SearchOf>(
  'vacancy.byPinyin',
  byPrefix('employer_pinyin', 'title_pinyin'),
);
export const vacanciesByInitials = sql<VacancyRow, SearchOf>(
  'vacancy.byInitials',
  byPrefix('employer_initials', 'title_initials'),
);
/** Index vacancy_number. */
export const vacanciesByNumber = sql<VacancyRow, [tenants: readonly string[], number: string]>(
  'vacancy.byNumber',
  `select ${columns} from vacancy where tenant = any ($1::bpchar[]) and number = $2`,
);
