import { sql } from '../../platform/sql.ts';

// Search reads the cities of the actor's range only, by equality or by a prefix written as a range on an index in "C" order:
// under row-level security LIKE would scan the table. At most `limit` people a statement.

export interface FoundRow {
  tenant: string;
  id: string;
  name: string;
  sex: string;
  birth_date: string | null;
  office: string;
  identity_sealed: Buffer;
  /** The latest case and how it stands; absent when it belongs to an office outside the range. */
  application_id: string | null;
  application_status: string | null;
  registration_status: 'active' | 'exitProposed' | 'exited' | null;
  /** It goes on in another city. */
  moved: boolean;
}

/** What is shown of a person found, with the latest case: two look-ups by key a person. */
const shown = (where: string) => `select p.tenant, p.id, p.name, p.sex, p.birth_date, p.office, p.identity_sealed,
     a.id as application_id, a.status as application_status, r.status as registration_status,
     r.moved_to is not null as moved
   from person p
   left join lateral (
     select id, status from application where tenant = p.tenant and person_id = p.id order by submitted_at desc limit 1
   ) a on true
   left join lateral (
     select status, moved_to from registration where tenant = p.tenant and application_id = a.id order by registered_at desc limit 1
   ) r on true
   where p.tenant = any ($1::bpchar[]) and ${where}
   limit $2`;

type By<Key extends readonly unknown[]> = [tenants: readonly string[], limit: number, ...Key];

/** Index person_name. `hi` is the first text after every text with the prefix. */
export const byName = sql<FoundRow, By<[lo: string, hi: string]>>(
  'people.byName',
  shown('p.name collate "C" >= $3 and p.name collate "C" < $4'),
);

/** Index person_pinyin. */
export const byPinyin = sql<FoundRow, By<[lo: string, hi: string]>>(
  'people.byPinyin',
  shown('p.name_pinyin >= $3 and p.name_pinyin < $4'),
);

/** Index person_initials. */
export const byInitials = sql<FoundRow, By<[lo: string, hi: string]>>(
  'people.byInitials',
  shown('p.name_initials >= $3 and p.name_initials < $4'),
);

/** Index person_tail: one in ten thousand people has the same last four digits. */
export const byTail = sql<FoundRow, By<[tail: string]>>('people.byTail', shown('p.id_tail = $3'));

/** Index person_id_hash: one person a city. */
export const byIdentity = sql<FoundRow, By<[hash: Buffer]>>('people.byIdentity', shown('p.id_hash = $3'));

/** Index person_mobile. */
export const byMobile = sql<FoundRow, By<[hash: Buffer]>>('people.byMobile', shown('p.mobile_hash = $3'));

/** Indexes application_number, registration_number; then the person by primary key. */
export const byNumber = sql<FoundRow, By<[number: string]>>(
  'people.byNumber',
  shown(`p.id in (
     select person_id from application where tenant = any ($1::bpchar[]) and number = $3
     union all select person_id from registration where tenant = any ($1::bpchar[]) and number = $3)`),
);

interface SealedPersonRow {
  tenant: string;
  office: string;
  household_division: string;
  residence_division: string;
  identity_sealed: Buffer;
  contact_sealed: Buffer;
}

/** One person's sealed data; primary key. */
export const sealedPerson = sql<SealedPersonRow, [tenants: readonly string[], id: string]>(
  'people.sealed',
  `select tenant, office, household_division, residence_division, identity_sealed, contact_sealed
   from person where tenant = any ($1::bpchar[]) and id = $2 order by updated_at desc limit 1`,
);
