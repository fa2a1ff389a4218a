// The ledger of registrations as the monthly report reads it: who stood in the stock at an instant, and what moved since another. Each statement
// answers whole lists, one row an office, its lines ready to be digested (rules/statistics/standing.ts tells what a line says).
import { sql } from '../../platform/sql.ts';

/** A list of an office: its lines in order of their ids. */
export interface ListRow {
  office: string;
  persons: number;
  lines: string;
}

type Where = [
  tenant: string,
  division: string,
  /** The instant the period closes. */
  closes: Date,
  /** Its last day. */
  day: string,
  /** Categories of difficulty that mean a household without anybody in work. */
  zeroEmployment: readonly string[],
];

/** Who stands on the lists that a line has marks of, by person, on the last day; small beside the stock. */
const marks = `
  recognised as (select person_id, bool_or(category = any($5)) as zero from difficulty
    where tenant = $1 and valid_from <= $4::date and valid_to >= $4::date and (withdrawn_on is null or withdrawn_on > $4::date)
    group by person_id),
  benefits as (select distinct person_id from sub_matter
    where tenant = $1 and kind = 'benefit' and state = 'accepted' and holds_from <= $4::date
      and (stopped_on is null or stopped_on > $4::date)
      and (months is null or holds_from + make_interval(months => months) > $4::date)),
  listed as (select person_id, bool_or(group_name = 'graduates') as graduate, bool_or(group_name = 'unemploymentSubsidy') as subsidy,
      bool_or(group_name = 'oneOffAllowance') as allowance from served_person
    where tenant = $1 and arrived_on <= $4::date and (ended_on is null or ended_on > $4::date)
      and (programme_from is null or programme_from <= $4::date) and (programme_to is null or programme_to >= $4::date)
    group by person_id)`;

/**
 * The lines of some registrations: \`from\` is a query that gives registrations \`r\` and whatever \`before\` needs. Residents of Hong Kong,
 * Macao and Taiwan are known by their document or by a household there; graduates by their list, or as people out of college who
 * registered for that reason.
 */
const lines = (from: string, office: string, before = "''", order = 'r.id') => `
  select ${office} as office, count(*) as persons,
    string_agg(${before} || r.id::text || e'\\t' || r.person_id::text || e'\\t' || to_char(r.registered_on, 'YYYYMMDD') || e'\\t'
      || coalesce(to_char(p.birth_date, 'YYYYMMDD'), '00000000') || e'\\t' || (case when p.sex in ('1', '2') then p.sex else '0' end) || e'\\t'
      || lpad(r.reason, 2, '0') || e'\\t' || (case r.channel when 'platform' then 'P' when 'portal' then 'O' when 'benefit' then 'B' else 'C' end) || e'\\t'
      || (case r.place_kind when 'household' then 'H' when 'residence' then 'R' when 'employment' then 'E' else 'I' end) || e'\\t'
      || coalesce(nullif(p.household_division, ''), '000000') || e'\\t'
      || (case when p.disability is not null or p.health like '6%' then '1' else '0' end)
      || (case when d.person_id is null then '0' else '1' end)
      || (case when d.zero then '1' else '0' end)
      || (case p.hukou when '20' then '1' when '10' then '0' else '?' end)
      || (case when b.person_id is null then '0' else '1' end)
      || (case when s.subsidy then '1' else '0' end)
      || (case when s.allowance then '1' else '0' end)
      || (case when s.graduate or (r.reason = '1' and left(p.education, 1) in ('1', '2', '3')) then '1' else '0' end)
      || (case when r.reason = '11' or p.veteran then '1' when not p.veteran then '0' else '?' end)
      || (case when p.document_type in ('04', '05', '17') or left(p.household_division, 2) in ('71', '81', '82') then '1' else '0' end)
      || (case when o.town then '1' else '0' end)
      || (case when p.residence_urban then '1' when not p.residence_urban then '0' else '?' end)
      || e'\\n', '' order by ${order}) as lines
  from (${from}) r
  join person p on p.tenant = $1 and p.id = r.person_id
  join office o on o.code = ${office}
  left join recognised d on d.person_id = r.person_id
  left join benefits b on b.person_id = r.person_id
  left join listed s on s.person_id = r.person_id
  group by 1`;

/** What a line says of a registration besides where it stood. */
const registration = 'r.id, r.person_id, r.registered_on, r.reason, r.channel';

/** Was out of the stock at the instant although the registration is valid again: restored afterwards. */
const outAtTheTime = `not exists (select 1 from exit x where x.tenant = $1 and x.registration_id = r.id and x.status = 'restored'
    and x.confirmed_at < $3 and x.restored_at >= $3)`;

/** The first transfer of each registration since an instant tells where it stood then; without one it stands where it stood. */
const movedSince = (
  instant: string,
  more = '',
) => `(select distinct on (registration_id) registration_id, from_division, from_office, from_place
    from registration_transfer where tenant = $1 and at >= ${instant} ${more} order by registration_id, at, id)`;

/** Everybody in the stock of a county at the instant (M79-10a): registered before it, not exited before it, and not elsewhere at the time. */
export const stockAt = sql<ListRow, Where>(
  'statistics.stockAt',
  `with ${marks}, moved as materialized ${movedSince('$3')} ${lines(
    `select ${registration}, r.place_kind, r.office from registration r
     where r.division = $2 and r.status <> 'exited' and r.registered_at < $3 and ${outAtTheTime}
       and not exists (select 1 from moved m where m.registration_id = r.id)
     union all
     select ${registration}, r.place_kind, r.office from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id
     where e.tenant = $1 and e.division = $2 and e.status = 'confirmed' and e.confirmed_at >= $3 and r.status = 'exited'
       and r.registered_at < $3 and ${outAtTheTime} and not exists (select 1 from moved m where m.registration_id = r.id)
     union all
     select ${registration}, m.from_place, m.from_office from moved m join registration r on r.tenant = $1 and r.id = m.registration_id
     where m.from_division = $2 and r.registered_at < $3 and ${outAtTheTime}
       and (r.status <> 'exited' or exists (select 1 from exit e
         where e.tenant = $1 and e.registration_id = r.id and e.status = 'confirmed' and e.confirmed_at >= $3))`,
    'r.office',
  )}`,
);

/** Of one registration in the order in which they can happen: new or restored, out and in by turns, exited. */
const step = `case r.kind when 'N' then 1 when 'R' then 1 when 'X' then 3 else 2 end`;

/**
 * What moved in a county from one instant to the next (M79-9): new registrations where they were made, exits that stood at its end,
 * registrations restored after an exit of an earlier period, transfers out of and into each office. An exit that was restored within the
 * period is no movement. $6: where the period begins.
 */
export const movementsIn = sql<ListRow, [...Where, opens: Date]>(
  'statistics.movementsIn',
  `with ${marks}, moved as materialized ${movedSince('$6')} ${lines(
    `select ${registration}, r.place_kind, r.office, 'N' as kind, r.registered_on as on_day, '00' as code, r.registered_at as at from registration r
     where r.division = $2 and r.registered_at >= $6 and r.registered_at < $3
       and not exists (select 1 from moved m where m.registration_id = r.id)
     union all
     select ${registration}, m.from_place, m.from_office, 'N', r.registered_on, '00', r.registered_at
     from moved m join registration r on r.tenant = $1 and r.id = m.registration_id
     where m.from_division = $2 and r.registered_at >= $6 and r.registered_at < $3
     union all
     select ${registration}, r.place_kind, e.office, 'X', e.exit_on, e.reason, e.confirmed_at
     from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id
     where e.tenant = $1 and e.division = $2 and e.status in ('confirmed', 'restored') and e.confirmed_at >= $6 and e.confirmed_at < $3
       and (e.restored_at is null or e.restored_at >= $3)
     union all
     select ${registration}, r.place_kind, e.office, 'R', (e.restored_at at time zone 'Asia/Shanghai')::date, e.reason, e.restored_at
     from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id
     where e.tenant = $1 and e.division = $2 and e.status = 'restored' and e.restored_at >= $6 and e.restored_at < $3 and e.confirmed_at < $6
     union all
     select ${registration}, case k.kind when 'O' then t.from_place else t.place_kind end, case k.kind when 'O' then t.from_office else t.office end,
       k.kind, (t.at at time zone 'Asia/Shanghai')::date, '00', t.at
     from registration_transfer t join registration r on r.tenant = t.tenant and r.id = t.registration_id
       cross join (values ('O'), ('I')) k(kind)
     where t.tenant = $1 and t.at >= $6 and t.at < $3 and $2 = case k.kind when 'O' then t.from_division else t.division end`,
    'r.office',
    "r.kind || e'\\t' || to_char(r.on_day, 'YYYYMMDD') || e'\\t' || r.code || e'\\t'",
    `r.id, ${step}, r.at, r.kind desc`,
  )}`,
);

/**
 * Who counts besides the registrants (H122-3a, domain R091): people on a counted list on the last day who were not registered, each once
 * with the first of the groups in the order given. Whether the link is written already decides nothing; index registration_person.
 */
export const besidesAt = sql<
  ListRow,
  [tenant: string, division: string, closes: Date, day: string, groups: readonly string[], letters: readonly string[]]
>(
  'statistics.besidesAt',
  `select office, count(*) as persons, string_agg(id::text || e'\\t' || person_id::text || e'\\t' || letter || e'\\n', '' order by id) as lines
   from (select distinct on (s.person_id) s.office, s.id, s.person_id, g.letter
     from served_person s join unnest($5::text[], $6::text[]) with ordinality g(name, letter, place) on g.name = s.group_name
     where s.tenant = $1 and s.division = $2 and s.arrived_on <= $4::date and (s.ended_on is null or s.ended_on > $4::date)
       and (s.registration_id is null or s.linked_at >= $3)
       and not exists (select 1 from registration r where r.tenant = s.tenant and r.person_id = s.person_id and r.registered_at < $3
         and (r.status <> 'exited' or r.exited_on > s.arrived_on))
       and (s.programme_from is null or s.programme_from <= $4::date) and (s.programme_to is null or s.programme_to >= $4::date)
     order by s.person_id, g.place) one
   group by office`,
);

/** Of registrations that are no longer in the stock: those whose exit was decided before the period began (an exit recorded late) and stood at its end. */
export const exitedBefore = sql<
  { registration_id: string },
  [tenant: string, ids: readonly string[], opens: Date, closes: Date]
>(
  'statistics.exitedBefore',
  `select distinct registration_id from exit
   where tenant = $1 and registration_id = any($2::uuid[]) and confirmed_at < $3
     and (status = 'confirmed' or (status = 'restored' and restored_at >= $4))`,
);

/** Of some people: those about whom something was recorded after an instant, so that a fact that differs has its reason. */
export const changedSince = sql<{ person_id: string }, [tenant: string, people: readonly string[], since: Date]>(
  'statistics.changedSince',
  `select p.id as person_id from person p where p.tenant = $1 and p.id = any($2::uuid[]) and (p.updated_at > $3
     or exists (select 1 from difficulty d where d.tenant = $1 and d.person_id = p.id and d.decided_at > $3)
     or exists (select 1 from served_person s where s.tenant = $1 and s.person_id = p.id and (s.imported_at > $3 or s.linked_at > $3))
     or exists (select 1 from sub_matter m where m.tenant = $1 and m.person_id = p.id and m.decided_at > $3)
     or exists (select 1 from registration r where r.tenant = $1 and r.person_id = p.id and r.registered_at > $3))`,
);
