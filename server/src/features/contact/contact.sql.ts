import { sql } from '../../platform/sql.ts';

export interface RegistrationRow {
  tenant: string;
  id: string;
  person_id: string;
  division: string;
  office: string;
  status: 'active' | 'exitProposed' | 'exited';
  registered_on: string;
  first_contact_at: Date | null;
  class: 'A' | 'B' | 'C' | 'D' | null;
  /** Of the latest contact that covers its month. */
  last_contact_at: Date | null;
  deceased_on: string | null;
  last_actor: string | null;
  last_at: Date | null;
}

/** The registration a contact is about, locked: two clerks' contacts follow each other. Primary keys and one index. */
export const lockRegistration = sql<RegistrationRow, [tenant: string, id: string]>(
  'contact.lockRegistration',
  `select r.tenant, r.id, r.person_id, r.division, r.office, r.status, r.registered_on, r.first_contact_at, r.class, c.at as last_contact_at,
     p.deceased_on, l.actor_name as last_actor, l.at as last_at
   from registration r
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join lateral (select at from contact_record
     where tenant = $1 and registration_id = $2 and outcome = 'contact' order by at desc limit 1) c on true
   left join lateral (select actor_name, at from registration_action
     where tenant = $1 and registration_id = $2 order by at desc, id desc limit 1) l on true
   where r.tenant = $1 and r.id = $2 for update of r`,
);

export interface ListInForce {
  list: 'policies' | 'services' | 'institutions';
  division: string;
  version: number;
}

/** The version of each list in force on a day, nearest the place first; a few rows. */
export const listsInForce = sql<ListInForce, [divisions: string[], on: string]>(
  'contact.listsInForce',
  `select distinct on (list) list, division, version from list_version
   where division = any ($1) and valid_from <= $2 order by list, division desc, version desc`,
);

export const putContact = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    person: string,
    office: string,
    purpose: string,
    means: string,
    outcome: string,
    result: string,
    at: Date,
    month: string,
    officer: string | null,
    officerName: string,
    note: string,
    interview: string | null,
    finding: string | null,
    findingSince: string | null,
  ]
>(
  'contact.put',
  `insert into contact (tenant, id, registration_id, person_id, office, purpose, means, outcome, result, at, month, officer_id,
     officer_name, note, interview, finding, finding_since)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
);

/** The worker's own report of a month; the row-level policy lets a worker write nothing else into the service record. */
export const putReport = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    person: string,
    office: string,
    at: Date,
    month: string,
    name: string,
    note: string,
    report: string,
  ]
>(
  'contact.putReport',
  `insert into contact (tenant, id, registration_id, person_id, office, purpose, means, outcome, result, at, month, officer_name, note, report)
   values ($1, $2, $3, $4, $5, 'followUp', 'selfReport', 'contact', 'received', $6, $7, $8, $9, $10)`,
);

/**
 * The latest thing somebody else did with a registration after an instant: what a note written before it could not know.
 * Index registration_action_registration, a handful of rows.
 */
export const doneSince = sql<
  { actor_name: string; at: Date; action: string; to_status: string; detail: { text?: unknown } },
  [tenant: string, registration: string, since: Date, actor: string]
>(
  'contact.doneSince',
  `select actor_name, at, action, to_status, detail from registration_action
   where tenant = $1 and registration_id = $2 and at > $3 and actor_id is distinct from $4::uuid
   order by at desc, id desc limit 1`,
);

export const putHandover = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    contact: string,
    registration: string,
    person: string,
    office: string,
    list: string,
    division: string,
    version: number,
    how: string,
    at: Date,
  ]
>(
  'contact.putHandover',
  `insert into list_handover (tenant, id, contact_id, registration_id, person_id, office, list, list_division, version, how, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);

/** What a contact means for its registration: the first one, the month it covers, when the next is owed. Earlier facts sent later stay right. */
export const markContact = sql<
  Record<string, never>,
  [tenant: string, id: string, firstAt: Date | null, month: string, nextOn: string]
>(
  'contact.mark',
  `update registration set first_contact_at = least(first_contact_at, $3::timestamptz),
     last_contact_month = greatest(last_contact_month, $4::char(7)), next_contact_on = $5::date,
     version = version + 1
   where tenant = $1 and id = $2`,
);
