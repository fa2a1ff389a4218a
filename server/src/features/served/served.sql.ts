import type { SpecialGroup } from '@yingdeng/rules/provisions/parameters.ts';
import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

/** What stands of the persons of a list: their row of the group, and whether they are registered anywhere now. */
export const knownServed = sql<
  {
    person_id: string;
    id: string | null;
    same: Buffer | null;
    programme_from: string | null;
    programme_to: string | null;
    note: string | null;
    office: string | null;
    ended_on: string | null;
    registration_id: string | null;
  },
  [tenant: string, group: string, people: readonly string[], hashes: readonly Buffer[]]
>(
  'served.known',
  `select k.person_id, s.id, s.contact_sealed as same, s.programme_from, s.programme_to, s.note, s.office, s.ended_on, c.registration_id
   from unnest($3::uuid[], $4::bytea[]) k (person_id, id_hash)
   left join served_person s on s.tenant = $1 and s.person_id = k.person_id and s.group_name = $2
   left join registration_claim c on c.id_hash = k.id_hash`,
);

/** What stands goes on: neither ended, nor linked with a registration that holds no more. */
const goesOn =
  '(served_person.ended_on is null and (served_person.registration_id is null or excluded.registration_id is not null))';

/**
 * Rows of a list: new ones are put, known ones renewed. Who ended, or was registered and is no more, and stands on a list that says something new
 * is served again, on new clocks.
 */
export const putServed = sql<
  Record<string, never>,
  [tenant: string, group: string, source: string, rows: string, now: Date, by: string, on: string]
>(
  'served.put',
  `insert into served_person (tenant, id, division, office, person_id, id_hash, group_name, source, name, identity_sealed, contact_sealed,
     programme_from, programme_to, note, arrived_on, first_contact_due, registration_id, linked_at, basis, imported_at, imported_by_name)
   select $1, r.id, left(r.office, 6), r.office, r.person_id, decode(r.id_hash, 'hex'), $2, $3, r.name, decode(r.identity, 'hex'),
     decode(r.contact, 'hex'), r.programme_from, r.programme_to, r.note, $7, r.due, r.registration_id,
     case when r.registration_id is null then null else $5::timestamptz end, r.basis, $5::timestamptz, $6
   from jsonb_to_recordset($4::jsonb) as r (id uuid, office text, person_id uuid, id_hash text, name text, identity text, contact text,
     programme_from date, programme_to date, note text, due date, registration_id uuid, basis jsonb)
   on conflict (tenant, person_id, group_name) do update set division = excluded.division, office = excluded.office, source = excluded.source,
     name = excluded.name, identity_sealed = excluded.identity_sealed, contact_sealed = excluded.contact_sealed,
     programme_from = excluded.programme_from, programme_to = excluded.programme_to, note = excluded.note,
     registration_id = excluded.registration_id,
     linked_at = case when served_person.registration_id = excluded.registration_id then served_person.linked_at else excluded.linked_at end,
     arrived_on = case when ${goesOn} then served_person.arrived_on else excluded.arrived_on end,
     first_contact_due = case when ${goesOn} then served_person.first_contact_due else excluded.first_contact_due end,
     first_contact_at = case when ${goesOn} then served_person.first_contact_at end,
     last_contact_month = case when ${goesOn} then served_person.last_contact_month end,
     ended_on = null, ended_reason = null, ended_by_name = null, version = served_person.version + 1`,
);

export const putImport = sql<
  Record<string, never>,
  [
    ...Key,
    office: string,
    group: string,
    source: string,
    file: string,
    rows: number,
    fresh: number,
    changed: number,
    same: number,
    faulty: number,
    registered: number,
    now: Date,
    account: string,
    name: string,
  ]
>(
  'served.putImport',
  `insert into served_import (tenant, id, office, group_name, source, file_name, rows, fresh, changed, same, faulty, registered, at, account_id,
     account_name) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
);

export interface ServedRow {
  tenant: string;
  id: string;
  person_id: string;
  office: string;
  group_name: SpecialGroup;
  source: string;
  name: string;
  identity_sealed: Buffer;
  contact_sealed: Buffer;
  programme_from: string | null;
  programme_to: string | null;
  note: string;
  arrived_on: string;
  first_contact_due: string | null;
  first_contact_at: Date | null;
  last_contact_month: string | null;
  registration_id: string | null;
  ended_on: string | null;
  version: number;
}

const columns = `s.tenant, s.id, s.person_id, s.office, s.group_name, s.source, s.name, s.identity_sealed, s.contact_sealed, s.programme_from,
     s.programme_to, s.note, s.arrived_on, s.first_contact_due, s.first_contact_at, s.last_contact_month, s.registration_id, s.ended_on, s.version`;
/** Who registers leaves the worklists that very instant, before the link is written. */
const unregistered = 'not exists (select 1 from registration_claim c where c.id_hash = s.id_hash)';

type PageOf = [divisions: readonly string[], lo: string, hi: string, after: string, afterId: string, limit: number];

/** First contacts owed, earliest due first: index served_person_first, a page a county. */
export const firstOwed = sql<ServedRow, PageOf>(
  'served.firstOwed',
  `select w.* from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select ${columns} from served_person s
     where s.division = d.division and s.first_contact_at is null and s.registration_id is null and s.ended_on is null
       and s.office >= $2 and s.office < $3 and (s.first_contact_due, s.id) > ($4::date, $5::uuid) and ${unregistered}
     order by s.first_contact_due, s.id limit $6
   ) w order by w.first_contact_due, w.id limit $6`,
);

/** Not seen since the beginning of a month, longest unseen first: index served_person_follow. */
export const monthOwed = sql<ServedRow, [...PageOf, month: string]>(
  'served.monthOwed',
  `select w.* from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select ${columns} from served_person s
     where s.division = d.division and s.first_contact_at is not null and s.registration_id is null and s.ended_on is null
       and s.last_contact_month < $7::bpchar and s.office >= $2 and s.office < $3
       and (s.last_contact_month, s.id) > ($4::bpchar, $5::uuid) and ${unregistered}
     order by s.last_contact_month, s.id limit $6
   ) w order by w.last_contact_month, w.id limit $6`,
);

export const lockServed = sql<ServedRow & { registered: boolean }, Key>(
  'served.lock',
  `select ${columns}, not ${unregistered} as registered from served_person s where s.tenant = $1 and s.id = $2 for update of s`,
);

/** The latest contacts of some, newest first; index served_contact_person. */
export const contactsOf = sql<
  { served_id: string; at: Date; means: string; result: string; officer_name: string; note: string },
  [tenants: readonly string[], ids: readonly string[]]
>(
  'served.contacts',
  `select l.* from unnest($1::bpchar[], $2::uuid[]) k (tenant, id)
   cross join lateral (
     select served_id, at, means, result, officer_name, note from served_contact
     where tenant = k.tenant and served_id = k.id order by at desc limit 3
   ) l order by l.at desc`,
);

export const putContact = sql<
  Record<string, never>,
  [
    ...Key,
    served: string,
    person: string,
    office: string,
    means: string,
    outcome: string,
    result: string,
    now: Date,
    month: string,
    officer: string,
    name: string,
    note: string,
  ]
>(
  'served.putContact',
  `insert into served_contact (tenant, id, served_id, person_id, office, means, outcome, result, at, month, officer_id, officer_name, note)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
);

/** The two spoke: the month is covered. A note from the field may come in after others: the earliest is the first, the latest month counts. */
export const markSeen = sql<Record<string, never>, [...Key, now: Date, month: string]>(
  'served.seen',
  `update served_person set first_contact_at = least(first_contact_at, $3), last_contact_month = greatest(last_contact_month, $4::bpchar),
     version = version + 1
   where tenant = $1 and id = $2`,
);

export const end = sql<Record<string, never>, [...Key, version: number, on: string, reason: string, by: string]>(
  'served.end',
  `update served_person set ended_on = $4, ended_reason = $5, ended_by_name = $6, version = version + 1
   where tenant = $1 and id = $2 and version = $3`,
);

/** Up to where registrations were joined, and on which day everybody was. */
export const linkPosition = sql<{ position: Date; whole_on: string }>(
  'served.linkPosition',
  "select position, whole_on from served_link where name = 'registrations'",
);
export const moveLink = sql<Record<string, never>, [position: Date, wholeOn: string]>(
  'served.moveLink',
  `insert into served_link (name, position, whole_on) values ('registrations', $1, $2)
   on conflict (name) do update set position = excluded.position, whole_on = excluded.whole_on`,
);

/**
 * Links who was registered since an instant, in any county: new registrations by registration_registered, whoever of them stands on a list by
 * served_person_unlinked. It costs what was registered, not what the lists hold. `linked_at` is the instant of the registration.
 */
export const linkSince = sql<{ id: string }, [divisions: readonly string[], since: Date]>(
  'served.linkSince',
  `update served_person s set registration_id = w.registration_id, linked_at = greatest(w.registered_at, s.imported_at), version = s.version + 1
   from (
     select p.tenant, p.id, max(r.id::text)::uuid as registration_id, max(r.registered_at) as registered_at
     from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select id, person_id, registered_at from registration
       where division = d.division and registered_at > $2 and status <> 'exited' offset 0
     ) r
     join served_person p on p.person_id = r.person_id and p.registration_id is null and p.ended_on is null
     group by p.tenant, p.id
   ) w where s.tenant = w.tenant and s.id = w.id and s.registration_id is null returning s.id`,
);

/**
 * Links of a page of the unlinked whoever holds a claim: what a registration with an old instant (a load, a restored one) brought. Primary keys of
 * list, claim and registration. @returns the last key of the page; nothing when there is none behind the given one
 */
export const linkPage = sql<
  { tenant: string; id: string; linked: number },
  [afterTenant: string, afterId: string, limit: number]
>(
  'served.linkPage',
  `with page as (
     select tenant, id, id_hash from served_person
     where registration_id is null and ended_on is null and (tenant, id) > ($1::bpchar, $2::uuid) order by tenant, id limit $3
   ), linked as (
     update served_person s set registration_id = c.registration_id, linked_at = greatest(r.registered_at, s.imported_at), version = s.version + 1
     from page join registration_claim c on c.id_hash = page.id_hash
       join registration r on r.tenant = c.tenant and r.id = c.registration_id
     where s.tenant = page.tenant and s.id = page.id and s.registration_id is null returning 1
   )
   select tenant, id, (select count(*)::int from linked) as linked from page order by tenant desc, id desc limit 1`,
);

/** Groups of a registrant; index served_person_registration, or the person where the link is not written yet. */
export const groupsOf = sql<
  { group_name: SpecialGroup; source: string; arrived_on: string; programme_to: string | null },
  [tenant: string, registration: string]
>(
  'served.groupsOf',
  `select s.group_name, s.source, s.arrived_on, s.programme_to from registration r
   join served_person s on s.tenant = r.tenant and s.person_id = r.person_id
   where r.tenant = $1 and r.id = $2 order by s.arrived_on`,
);

/**
 * Persons by the groups they stand on, registered or not, ended or not: one line a combination, so that who stands on two lists is one
 * person (H122-3a). One reading of the range's rows.
 */
export const combinations = sql<
  { groups: SpecialGroup[]; registered: boolean; ended: boolean; count: number },
  [lo: string, hi: string]
>(
  'served.combinations',
  `select groups, registered, ended, count(*)::int as count from (
     select s.person_id, array_agg(s.group_name order by s.group_name) as groups,
       bool_or(s.registration_id is not null or not ${unregistered}) as registered, bool_and(s.ended_on is not null) as ended
     from served_person s where s.office >= $1 and s.office < $2 group by s.tenant, s.person_id
   ) p group by groups, registered, ended`,
);

/** Valid registrations of the range. */
export const registrants = sql<{ count: number }, [divisions: readonly string[], lo: string, hi: string]>(
  'served.registrants',
  `select count(*)::int as count from registration
   where division = any ($1::bpchar[]) and status <> 'exited' and office >= $2 and office < $3`,
);

export const imports = sql<
  {
    id: string;
    group_name: SpecialGroup;
    source: string;
    file_name: string;
    rows: number;
    fresh: number;
    changed: number;
    same: number;
    faulty: number;
    registered: number;
    at: Date;
    account_name: string;
  },
  [tenants: readonly string[], lo: string, hi: string]
>(
  'served.imports',
  `select id, group_name, source, file_name, rows, fresh, changed, same, faulty, registered, at, account_name from served_import
   where tenant = any ($1::bpchar[]) and office >= $2 and office < $3 order by at desc limit 20`,
);
