/** The month that is measured, as SQL over plain tables: what the report counts, by PostgreSQL as the owner in a bare pass, and by DuckDB. */

/** The month, its instants (UTC) and days, and the calendar month of its follow-up. */
export const month = {
  name: '2020-11',
  opens: '2020-10-20 16:00:00',
  closes: '2020-11-20 16:00:00',
  day: '2020-11-20',
} as const;
const followUp = { from: '2020-10-01', to: '2020-10-31' } as const;
const day = month.day.replaceAll('-', '');

/** The columns over one person; those the bench has no rows for are looked up all the same. */
export const columns: Readonly<Record<string, string>> = {
  all: 'true',
  women: "p.sex = '2'",
  age16to24: `${day} - born between 160000 and 249999`,
  age25to45: `${day} - born between 250000 and 459999`,
  age46up: `${day} - born >= 460000`,
  graduates: "s.graduate or (r.reason = '1' and left(p.education, 1) in ('1', '2', '3'))",
  longTerm: `r.registered_on <= date '${month.day}' - interval '1 year'`,
  difficulty: 'd.person_id is not null',
  disabled: "p.disability is not null or p.health like '6%'",
  zeroEmploymentHousehold: 'd.zero',
  ruralWorkers: "p.hukou = '20'",
  nonLocal: "left(p.household_division, 4) <> '4108'",
  benefit: 'b.person_id is not null',
  unemploymentSubsidy: 's.subsidy',
  oneOffAllowance: 's.allowance',
  veterans: "r.reason = '11' or p.veteran",
  hkMacaoTaiwan: "p.document_type in ('04', '05', '17') or left(p.household_division, 2) in ('71', '81', '82')",
  townRegistered: 'o.town',
  townResident: 'p.residence_urban',
};

/** Which numbers of the report a statement gives. */
export const counted = ['closing', 'new', 'exits', 'ages', 'months'] as const;

/** The statements in the order of `counted`. `born`: a day of birth as a number YYYYMMDD, in the dialect of the database. */
export function statements(born: string): string[] {
  const filters = Object.entries(columns)
    .map(([name, test]) => `count(*) filter (where ${test}) as "${name}"`)
    .join(', ');
  const joins = `join (select *, ${born} as born from person where tenant = '4108') p on p.id = r.person_id
    join office o on o.code = r.office
    left join (select person_id, bool_or(category like '%零就业%') as zero from difficulty where tenant = '4108' and valid_from <= '${month.day}' and valid_to >= '${month.day}' group by 1) d on d.person_id = r.person_id
    left join (select distinct person_id from sub_matter where tenant = '4108' and kind = 'benefit' and state = 'accepted') b on b.person_id = r.person_id
    left join (select person_id, bool_or(group_name = 'graduates') as graduate, bool_or(group_name = 'unemploymentSubsidy') as subsidy,
      bool_or(group_name = 'oneOffAllowance') as allowance from served_person where tenant = '4108' group by 1) s on s.person_id = r.person_id`;
  const standing = `r.tenant = '4108' and r.status <> 'exited' and r.registered_at < '${month.closes}'`;
  return [
    `select r.division, ${filters} from registration r ${joins} where ${standing} group by 1`,
    `select r.division, r.reason, r.channel, ${filters} from registration r ${joins}
     where r.tenant = '4108' and r.registered_at >= '${month.opens}' and r.registered_at < '${month.closes}' group by 1, 2, 3`,
    `select e.division, e.reason as code, ${filters} from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id ${joins}
     where e.tenant = '4108' and e.status = 'confirmed' and e.confirmed_at >= '${month.opens}' and e.confirmed_at < '${month.closes}' group by 1, 2`,
    `select r.division, least(60, greatest(15, floor((${day} - born) / 50000) * 5)) as band, p.sex, count(*) as "all"
     from registration r join (select *, ${born} as born from person where tenant = '4108') p on p.id = r.person_id where ${standing} group by 1, 2, 3`,
    `select r.division, count(*) as "all" from registration r where r.tenant = '4108' and r.registered_on < '${followUp.from}'
       and (r.status <> 'exited' or r.exited_on > '${followUp.to}') group by 1`,
  ];
}

/** Rows of a statement, as either database gives them. */
export type Rows = readonly Readonly<Record<string, unknown>>[];

/** The sum of a column. */
export const sum = (rows: Rows | undefined, column: string): number =>
  (rows ?? []).reduce((total, row) => total + Number(row[column]), 0);
