import { sql } from '../../platform/sql.ts';

/** What matching reads of a vacancy, with its key. */
export interface OfferRow {
  tenant: string;
  id: string;
  number: string;
  occupation: string;
  work_division: string;
  work_place: string;
  wage_from: number;
  wage_to: number;
  education: number;
  skill: number;
  valid_from: string;
  valid_to: string;
  state: 'open' | 'closed';
  revision: number;
}

/** The revision of each city's vacancies, as this transaction sees it; primary key. A city without vacancies has none. */
export const revisionsOf = sql<{ tenant: string; revision: number }, [tenants: readonly string[]]>(
  'match.revisions',
  'select tenant, revision from vacancy_counter where tenant = any ($1::bpchar[])',
);

/** What changed in one city since a revision: index vacancy_revision. From 0 on, everything. */
export const offersSince = sql<OfferRow, [tenant: string, revision: number]>(
  'match.since',
  `select tenant, id, number, occupation, work_division, work_place, wage_from, wage_to, education, skill, valid_from, valid_to, state, revision
   from vacancy where tenant = $1 and revision > $2`,
);

type RankOf = [
  tenants: readonly string[],
  today: string,
  wishes: readonly string[],
  trained: readonly string[],
  division: string,
  wage: number | null,
  education: number,
  skill: number,
  worth: string,
  limit: number,
  town: string | null,
];

/**
 * The same ranking in SQL: candidates by vacancy_major (major groups of wishes and qualifications, work in the person's province) and
 * vacancy_county (work in the person's county), points of rules/matching.ts from the provision's JSON, best first, newer before older. The
 * command line proves with it that what is ranked in memory is what stands in the database.
 */
export const rankInSql = sql<{ id: string; number: string; score: number }, RankOf>(
  'match.rank',
  `with worth as (
     select * from jsonb_to_record($9::jsonb) as w ("wishFirst" int, "wishOther" int, trained int, related int, "sameTown" int, "sameCounty" int,
       "sameCity" int, "sameProvince" int, "wageMet" int, "wageWithin" int, "educationMet" int, "skillMet" int)
   ), candidate as (
     select id, number, occupation, work_division, work_place, wage_from, wage_to, education, skill from vacancy
     where tenant = any ($1::bpchar[]) and state = 'open' and valid_from <= $2::date and valid_to >= $2::date
       and left(occupation::text, 1) = any (select left(code, 1) from unnest($3::text[] || $4::text[]) code)
       and left(work_division, 2) = left($5, 2)
     union
     select id, number, occupation, work_division, work_place, wage_from, wage_to, education, skill from vacancy
     where tenant = any ($1::bpchar[]) and state = 'open' and valid_from <= $2::date and valid_to >= $2::date
       and work_division = $5::bpchar
   )
   select c.id, c.number,
     (case when c.occupation = ($3::text[])[1] then w."wishFirst"
           when c.occupation = any ($3::text[]) then w."wishOther"
           when c.occupation = any ($4::text[]) then w.trained
           when left(c.occupation::text, 1) = any (select left(code, 1) from unnest($3::text[] || $4::text[]) code) then w.related
           else 0 end
      + case when c.work_division = $5::bpchar and position($11 in c.work_place) > 0 then coalesce(w."sameTown", w."sameCounty")
             when c.work_division = $5::bpchar then w."sameCounty"
             when left(c.work_division, 4) = left($5, 4) then w."sameCity"
             when left(c.work_division, 2) = left($5, 2) then w."sameProvince" else 0 end
      + case when $6::int is null then 0 when c.wage_from >= $6 then w."wageMet" when c.wage_to >= $6 then w."wageWithin" else 0 end
      + case when $7::int >= c.education then w."educationMet" else 0 end
      + case when $8::int >= c.skill then w."skillMet" else 0 end) as score
   from candidate c, worth w
   order by score desc, c.number desc limit $10`,
);
