// The ledger of registrations as the monthly report reads it: who stood in the stock at an instant, and what moved since another. Statements
// answer records (rules/statistics/standing.ts) of whole counties at once, one row an office, in no order; `ledger.ts` puts them together.
// They are asked for their bytes (`Tx.fields`).
import type { SpecialGroup } from '@yingdeng/rules/provisions/parameters.ts';
import {
  type MovementKind,
  movementKinds,
  places,
  sources,
  type Trait,
  traitBits,
  traitNames,
} from '@yingdeng/rules/statistics/standing.ts';
import { sql } from '../../platform/sql.ts';

/** Records of an office. */
type OfOffice = { office: string; records: Uint8Array };
type Counties = [tenant: string, divisions: readonly string[]];

const day = (date: string) => `(${date} - date '1899-12-31')`;
const yes = (test: string) => `case when ${test} then 1 else 0 end`;
const numbered = (value: string, words: Readonly<Record<string, number>>, other: number) =>
  `case ${value} ${Object.entries(words)
    .map(([word, number]) => `when '${word}' then ${number}`)
    .join(' ')} else ${other} end`;

/**
 * Traits that person, registration and office tell. Residents of Hong Kong, Macao and Taiwan are known by their document or by a household there;
 * graduates by their list (\`marks\`), or as people out of college who registered for that reason.
 */
const traits: Readonly<Partial<Record<Trait, string>>> = {
  disabled: yes("p.disability is not null or p.health like '6%'"),
  ruralWorker: numbered('p.hukou', { 20: 1, 10: 0 }, 2),
  graduate: yes("r.reason = '1' and left(p.education, 1) in ('1', '2', '3')"),
  veteran: "case when r.reason = '11' or p.veteran then 1 when not p.veteran then 0 else 2 end",
  hkMacaoTaiwan: yes("p.document_type in ('04', '05', '17') or left(p.household_division, 2) in ('71', '81', '82')"),
  townRegistered: yes('o.town'),
  townResident: 'case when p.residence_urban then 1 when not p.residence_urban then 0 else 2 end',
};
const traitWord = traitNames
  .flatMap((name, n) => (traits[name] ? [`((${traits[name]}) << ${2 * n})`] : []))
  .join(' | ');

const sexWord = numbered('p.sex', { 1: 1, 2: 2 }, 0);
const sourceWord = numbered(
  'r.channel',
  { platform: sources.indexOf('platform'), portal: sources.indexOf('online'), benefit: sources.indexOf('benefit') },
  sources.indexOf('counter'),
);
const placeWord = (place: string) =>
  numbered(place, { household: 0, residence: 1, employment: 2 }, places.indexOf('insurance'));

/** What happened, as a record of movements says it. */
interface Moved {
  readonly kind: string;
  readonly on: string;
  readonly code: string;
}

/** The record of a registration \`r\` of a person \`p\` that stands, or stood, at an office \`o\` on a place of registration. */
const record = (place: string, moved?: Moved) => `uuid_send(r.id) || uuid_send(r.person_id)
  || int8send(((greatest(${day('p.birth_date')}, 0) | ((${sexWord}) << 17) | (r.reason::int << 19)
    | ((${sourceWord}) << 26) | ((${placeWord(place)}) << 28))::bigint << 32)
    | (${day('r.registered_on')}${moved ? ` | (${moved.code}::int << 17) | ((${moved.kind}) << 24)` : ''}))
  || int8send((case when p.household_division = '' then 0 else p.household_division::int end::bigint << 24)
    | (${traitWord})${moved ? ` | (${day(moved.on)}::bigint << 44)` : ''})`;

/** A person of the three groups is on the list on a day. */
const onList = (date: string) => `arrived_on <= ${date} and (ended_on is null or ended_on > ${date})
       and (programme_from is null or programme_from <= ${date}) and (programme_to is null or programme_to >= ${date})`;

/** What a record says of a registration besides where it stood. */
const registration = 'r.id, r.person_id, r.registered_on, r.reason, r.channel';
const people = 'join person p on p.tenant = $1 and p.id = r.person_id join office o on o.code = r.office';

/**
 * Who is in the stock of some counties today and was registered before an instant, by whether it was before another one too. Most of a list of the
 * stock, and the only statement that reads everybody; nothing in it keeps the server from sharing it among its processes.
 */
export const validNow = sql<
  { office: string; before: Uint8Array; since: Uint8Array },
  [...Counties, opens: Date, closes: Date]
>(
  'statistics.validNow',
  `select r.office, string_agg(${record('r.place_kind')}, '') filter (where r.registered_at < $3::timestamptz),
     string_agg(${record('r.place_kind')}, '') filter (where r.registered_at >= $3::timestamptz)
   from registration r ${people}
   where r.division = any($2::bpchar[]) and r.status <> 'exited' and r.registered_at < $4::timestamptz
   group by r.office`,
);

/** Who is in the stock of some counties today and was registered before an instant: 16 bytes each, from the index registration_next_contact alone. */
export const validIds = sql<{ office: string; town: boolean; ids: Uint8Array }, [...Counties, closes: Date]>(
  'statistics.validIds',
  `select v.office, o.town, v.ids
   from (select office, string_agg(uuid_send(id), '') as ids from registration
     where division = any($2::bpchar[]) and tenant = $1 and status <> 'exited' and registered_at < $3::timestamptz group by office) v
     join office o on o.code = v.office`,
);

/**
 * Registrations of which a record frozen earlier may no longer say what is so: the person's facts were changed since, the registration was transferred
 * since, or the person stood on a list of graduates and no longer does, for a record does not say whether it was the list or the education that made
 * a graduate. 16 bytes each; indexes person_updated, registration_person.
 */
export const changedFacts = sql<
  { ids: Uint8Array },
  [tenant: string, changed: Date, opens: Date, day: string, graduates: SpecialGroup]
>(
  'statistics.changedFacts',
  `select string_agg(uuid_send(id), '') from (
     select r.id from person p join registration r on r.tenant = p.tenant and r.person_id = p.id where p.tenant = $1 and p.updated_at >= $2::timestamptz
     union select registration_id from registration_transfer where tenant = $1 and at >= $3::timestamptz
     union select r.id from served_person s join registration r on r.tenant = s.tenant and r.person_id = s.person_id
       where s.tenant = $1 and s.group_name = $5 and not (${onList('$4::date')})) one`,
);

/** The records of some registrations as they are today. */
export const recordsNow = sql<OfOffice, [tenant: string, registrations: readonly string[]]>(
  'statistics.recordsNow',
  `select r.office, string_agg(${record('r.place_kind')}, '')
   from registration r ${people}
   where r.tenant = $1 and r.id = any($2::uuid[])
   group by r.office`,
);

/** Was out of the stock at the instant although the registration is valid again: restored afterwards. */
const outAtTheTime = `exists (select 1 from exit x where x.tenant = $1 and x.registration_id = r.id and x.status = 'restored'
    and x.confirmed_at < $3::timestamptz and x.restored_at >= $3::timestamptz)`;

/** The first transfer of each registration since an instant tells where it stood then; without one it stands where it stood. */
const movedSince = (
  instant: string,
) => `select distinct on (registration_id) registration_id, from_division, from_office, from_place
    from registration_transfer where tenant = $1 and at >= ${instant}::timestamptz order by registration_id, at, id`;

/** Registrations that are not, or may not be, where they were at the instant: 16 bytes each. */
export const displacedSince = sql<{ ids: Uint8Array }, [...Counties, instant: Date]>(
  'statistics.displacedSince',
  `select string_agg(uuid_send(id), '') from (
     select registration_id as id from exit
     where division = any($2::bpchar[]) and status = 'restored' and restored_at >= $3::timestamptz and confirmed_at < $3::timestamptz
     union select registration_id from registration_transfer where tenant = $1 and at >= $3::timestamptz) one`,
);

/** Who was in the stock at the instant and is no longer, or stood elsewhere then (M79-10a). */
export const stoodAt = sql<OfOffice, [...Counties, instant: Date]>(
  'statistics.stoodAt',
  `with moved as materialized (${movedSince('$3')})
   select r.office, string_agg(${record('r.place')}, '')
   from (
     select ${registration}, r.place_kind as place, r.office
     from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id
     where e.tenant = $1 and e.division = any($2::bpchar[]) and e.status = 'confirmed' and e.confirmed_at >= $3::timestamptz and r.status = 'exited'
       and r.registered_at < $3::timestamptz and not ${outAtTheTime} and not exists (select 1 from moved m where m.registration_id = r.id)
     union all
     select ${registration}, m.from_place, m.from_office from moved m join registration r on r.tenant = $1 and r.id = m.registration_id
     where m.from_division = any($2::bpchar[]) and r.registered_at < $3::timestamptz and not ${outAtTheTime}
       and (r.status <> 'exited' or r.moved_to is not null or exists (select 1 from exit e
         where e.tenant = $1 and e.registration_id = r.id and e.status = 'confirmed' and e.confirmed_at >= $3::timestamptz))
   ) r ${people}
   group by r.office`,
);

const kindOf = (kind: MovementKind) => movementKinds.indexOf(kind) + 1;

/**
 * What moved in some counties from one instant to the next (M79-9): new registrations where they were made, exits that stood at its end,
 * registrations restored after an exit of an earlier period, transfers out of and into each office. An exit that was restored within the
 * period is no movement.
 */
export const movementsIn = sql<OfOffice, [...Counties, opens: Date, closes: Date]>(
  'statistics.movementsIn',
  `with moved as materialized (${movedSince('$3')})
   select r.office, string_agg(${record('r.place', { kind: 'r.kind', on: 'r.on_day', code: 'r.code' })}, '')
   from (
     select ${registration}, r.place_kind as place, r.office, ${kindOf('new')} as kind, r.registered_on as on_day, '00' as code
     from registration r
     where r.division = any($2::bpchar[]) and r.registered_at >= $3::timestamptz and r.registered_at < $4::timestamptz
       and not exists (select 1 from moved m where m.registration_id = r.id)
     union all
     select ${registration}, m.from_place, m.from_office, ${kindOf('new')}, r.registered_on, '00'
     from moved m join registration r on r.tenant = $1 and r.id = m.registration_id
     where m.from_division = any($2::bpchar[]) and r.registered_at >= $3::timestamptz and r.registered_at < $4::timestamptz
     union all
     select ${registration}, r.place_kind, e.office, ${kindOf('exit')}, e.exit_on, e.reason
     from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id
     where e.tenant = $1 and e.division = any($2::bpchar[]) and e.status in ('confirmed', 'restored')
       and e.confirmed_at >= $3::timestamptz and e.confirmed_at < $4::timestamptz
       and (e.restored_at is null or e.restored_at >= $4::timestamptz)
     union all
     select ${registration}, r.place_kind, e.office, ${kindOf('restored')}, (e.restored_at at time zone 'Asia/Shanghai')::date, e.reason
     from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id
     where e.tenant = $1 and e.division = any($2::bpchar[]) and e.status = 'restored' and e.restored_at >= $3::timestamptz
       and e.restored_at < $4::timestamptz and e.confirmed_at < $3::timestamptz
     union all
     select ${registration}, case k.kind when ${kindOf('transferOut')} then t.from_place else t.place_kind end,
       case k.kind when ${kindOf('transferOut')} then t.from_office else t.office end, k.kind, (t.at at time zone 'Asia/Shanghai')::date, '00'
     from registration_transfer t join registration r on r.tenant = t.tenant and r.id = t.registration_id
       cross join (values (${kindOf('transferOut')}), (${kindOf('transferIn')})) k(kind)
     where t.tenant = $1 and t.at >= $3::timestamptz and t.at < $4::timestamptz
       and (case k.kind when ${kindOf('transferOut')} then t.from_division else t.division end) = any($2::bpchar[])
   ) r ${people}
   group by r.office`,
);

/**
 * Marks of the people on the lists that a record has traits of, on a day: 20 bytes each, the person and the traits that are so. Small beside the
 * stock, and kept out of its statement, which the server would not share among its processes with them in it. $3: categories of difficulty that
 * mean a household without anybody in work.
 */
export const marks = sql<{ marks: Uint8Array }, [tenant: string, day: string, zeroEmployment: readonly string[]]>(
  'statistics.marks',
  `select string_agg(uuid_send(person_id) || int4send(bits), '') from (
     select person_id, case when category = any($3::text[]) then ${traitBits('difficulty', 'zeroEmploymentHousehold')}
         else ${traitBits('difficulty')} end as bits
     from difficulty where tenant = $1 and valid_from <= $2::date and valid_to >= $2::date and (withdrawn_on is null or withdrawn_on > $2::date)
     union all
     select person_id, ${traitBits('benefit')} from sub_matter
     where tenant = $1 and kind = 'benefit' and state = 'accepted' and holds_from <= $2::date and (stopped_on is null or stopped_on > $2::date)
       and (months is null or holds_from + make_interval(months => months) > $2::date)
     union all
     select person_id, case group_name when 'graduates' then ${traitBits('graduate')}
         when 'unemploymentSubsidy' then ${traitBits('unemploymentSubsidy')} else ${traitBits('oneOffAllowance')} end
     from served_person where tenant = $1 and group_name in ('graduates', 'unemploymentSubsidy', 'oneOffAllowance')
       and arrived_on <= $2::date and (ended_on is null or ended_on > $2::date)
       and (programme_from is null or programme_from <= $2::date) and (programme_to is null or programme_to >= $2::date)
   ) one`,
);

/**
 * Who counts besides the registrants (H122-3a, domain R091): people on a counted list on the last day who were not registered, each once
 * with the first of the groups in the order given. Whether the link is written already decides nothing; index registration_person.
 * The number of the group stands where a registrant has traits.
 */
export const besidesAt = sql<
  OfOffice,
  [...Counties, closes: Date, day: string, groups: readonly string[], numbers: readonly number[]]
>(
  'statistics.besidesAt',
  `select office, string_agg(uuid_send(id) || uuid_send(person_id) || int8send(0) || int8send(number), '')
   from (select distinct on (s.division, s.person_id) s.office, s.id, s.person_id, g.number
     from served_person s join unnest($5::text[], $6::bigint[]) with ordinality g(name, number, place) on g.name = s.group_name
     where s.tenant = $1 and s.division = any($2::bpchar[]) and s.arrived_on <= $4::date and (s.ended_on is null or s.ended_on > $4::date)
       and (s.registration_id is null or s.linked_at >= $3::timestamptz)
       and not exists (select 1 from registration r where r.tenant = s.tenant and r.person_id = s.person_id
         and r.registered_at < $3::timestamptz and (r.status <> 'exited' or r.moved_to is not null or r.exited_on > s.arrived_on))
       and (s.programme_from is null or s.programme_from <= $4::date) and (s.programme_to is null or s.programme_to >= $4::date)
     order by s.division, s.person_id, g.place) one
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
