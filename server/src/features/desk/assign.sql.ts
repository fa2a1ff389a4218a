import { sql } from '../../platform/sql.ts';

/** A case that is to change hands, locked. `open`: there is still something to do of the kind asked for. */
export interface HandRow {
  id: string;
  application_id: string;
  number: string;
  office: string;
  assigned_to: string | null;
  assigned_name: string | null;
  to_decide: boolean;
  to_contact: boolean;
  to_exit: boolean;
}

type Cases = [tenant: string, applications: readonly string[]];

// One city each, so that a cluster asks one node; in order of id, so that two supervisors do not lock crosswise.

/** Up to 200 applications by primary key. */
export const lockApplications = sql<HandRow, Cases>(
  'desk.lockApplications',
  `select a.id, a.id as application_id, a.number, a.office, a.assigned_to, h.display_name as assigned_name,
     a.status = 'submitted' as to_decide, false as to_contact, false as to_exit
   from application a left join account h on h.id = a.assigned_to
   where a.tenant = $1 and a.id = any ($2::uuid[]) order by a.id for update of a`,
);

/** Up to 200 registrations by index registration_application. */
export const lockRegistrations = sql<HandRow, Cases>(
  'desk.lockRegistrations',
  `select r.id, r.application_id, r.number, r.office, r.assigned_to, h.display_name as assigned_name, false as to_decide,
     r.first_contact_at is null and r.status <> 'exited' as to_contact,
     exists (select 1 from exit e where e.tenant = r.tenant and e.registration_id = r.id
             and e.status in ('asked', 'proposed', 'awaitingReview')) as to_exit
   from registration r left join account h on h.id = r.assigned_to
   where r.tenant = $1 and r.application_id = any ($2::uuid[]) order by r.id for update of r`,
);

type Give = [tenant: string, ids: readonly string[], to: string | null, now: Date | null];

/** The version stays: whoever has the case open may go on deciding it. */
export const giveApplications = sql<Record<string, never>, Give>(
  'desk.giveApplications',
  'update application set assigned_to = $3, assigned_at = $4 where tenant = $1 and id = any ($2::uuid[])',
);

export const giveRegistrations = sql<Record<string, never>, Give>(
  'desk.giveRegistrations',
  'update registration set assigned_to = $3, assigned_at = $4 where tenant = $1 and id = any ($2::uuid[])',
);

export interface ColleagueRow {
  id: string;
  display_name: string;
  role: string;
  office: string;
  closed: boolean;
}

/** Accounts still open of some roles in a range of offices: index account_office; a few hundred in a city. */
export const colleaguesOf = sql<ColleagueRow, [roles: readonly string[], lo: string, hi: string]>(
  'desk.colleagues',
  `select id, display_name, role, office, false as closed from account
   where office >= $2 and office < $3 and role = any ($1::text[]) and closed_at is null
   order by office, display_name, id limit 500`,
);

/** Accounts by id, closed ones too. */
export const accountsOf = sql<ColleagueRow, [ids: readonly string[]]>(
  'desk.accounts',
  'select id, display_name, role, office, closed_at is not null as closed from account where id = any ($1::uuid[])',
);
