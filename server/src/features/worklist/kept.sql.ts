import { sql } from '../../platform/sql.ts';

// How due days were kept: a range of days in an index that holds all it takes, office and person of each county of the range. Rows come back by
// office and person; adding them up to counties and cities is the program's.

export interface ByPlace {
  office: string;
  person: string | null;
}

/** `from` inclusive, `before` exclusive. */
export type WindowOf = [divisions: readonly string[], lo: string, hi: string, from: string, before: string];

export interface KeptRow extends ByPlace {
  due: number;
  kept: number;
}

/**
 * Applications whose decision was due in the window (M79-3a): those decided, by who decided them (index application_decided_due), and
 * those still open, by who has them (application_worklist). Withdrawn and handed over ones were not this office's to decide.
 */
export const keptDecisions = sql<KeptRow, WindowOf>(
  'worklist.keptDecisions',
  `select w.office, w.person, count(*) as due, count(*) filter (where w.kept) as kept
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select office, decided_by as person, (decided_at at time zone 'Asia/Shanghai')::date <= due_on as kept from application
     where division = d.division and status in ('registered', 'refused', 'duplicate')
       and due_on >= $4::date and due_on < $5::date and office >= $2 and office < $3
     union all
     select office, assigned_to, false from application
     where division = d.division and status = 'submitted' and due_on >= $4::date and due_on < $5::date and office >= $2 and office < $3
   ) w group by w.office, w.person`,
);

/**
 * Registrations whose first contact was due in the window (M79-3a), by who has them: contacted (index registration_contacted_due) or
 * not (registration_first_contact). Whoever left before the day came needed no contact; whoever left after it was not contacted in time.
 */
export const keptContacts = sql<KeptRow, WindowOf>(
  'worklist.keptContacts',
  `select w.office, w.person, count(*) as due, count(*) filter (where w.kept) as kept
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select office, assigned_to as person,
       coalesce((first_contact_at at time zone 'Asia/Shanghai')::date <= first_contact_due, false) as kept
     from registration
     where division = d.division and (first_contact_at is not null or status = 'exited')
       and first_contact_due >= $4::date and first_contact_due < $5::date and office >= $2 and office < $3
       and (first_contact_at is not null or exited_on > first_contact_due)
     union all
     select office, assigned_to, false from registration
     where division = d.division and first_contact_at is null and status <> 'exited'
       and first_contact_due >= $4::date and first_contact_due < $5::date and office >= $2 and office < $3
   ) w group by w.office, w.person`,
);
