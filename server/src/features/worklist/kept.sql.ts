import { sql } from '../../platform/sql.ts';

// How due days were kept: a range of days in an index that holds all it takes, office and person of each county of the range. Rows come back by
// office and person; adding them up to counties and cities is the program's.

export interface ByPlace {
  office: string;
  person: string | null;
}

/** `from` inclusive, `before` exclusive. */
export type WindowOf = [divisions: readonly string[], lo: string, hi: string, from: string, before: string];

/**
 * A case that went on elsewhere after it was decided, or after the first contact, counts where that was done: its transfer keeps what is counted
 * (registration_transfer.decision, .contact), and the office that holds it now leaves it out. Transfers are few beside the cases.
 */
export const decidedElsewhere = (a: string): string => `exists (select 1 from registration_transfer t
       where t.tenant = left(${a}.division, 4) and t.application_id = ${a}.id and (t.decision is not null or left(t.from_office, 4) <> t.tenant))`;
export const contactedElsewhere = (r: string): string => `exists (select 1 from registration_transfer t
       where t.tenant = left(${r}.division, 4) and t.registration_id = ${r}.id
         and (t.contact is not null or (left(t.from_office, 4) <> t.tenant and t.at >= ${r}.first_contact_at)))`;
/** Decisions and first contacts made before a transfer, due in the window; $2 to $5 as in WindowOf, for a county `d`. */
const inWindow = (due: string) =>
  `from_division = d.division and ${due} >= $4::date and ${due} < $5::date and from_office >= $2 and from_office < $3`;
export const decidedBefore = `registration_transfer where decision is not null and ${inWindow('decision_due')}`;
export const contactedBefore = `registration_transfer where contact is not null and ${inWindow('contact_due')}`;
/** The day something in them was done, in Shanghai. */
export const dayOf = (instant: string): string => `((${instant})::timestamptz at time zone 'Asia/Shanghai')::date`;

export interface KeptRow extends ByPlace {
  due: number;
  kept: number;
}

/**
 * Applications whose decision was due in the window (M79-3a), one a row: those decided, by who decided them (index application_decided_due), and
 * those still open, by who has them (application_worklist). Withdrawn and handed over ones were not this office's to decide.
 */
export const decisionsDue = `select w.* from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select id, person_id, office, due_on, decided_by as person, (decided_at at time zone 'Asia/Shanghai')::date <= due_on as kept from application
     where division = d.division and status in ('registered', 'refused', 'duplicate')
       and due_on >= $4::date and due_on < $5::date and office >= $2 and office < $3 and not ${decidedElsewhere('application')}
     union all
     select application_id, person_id, from_office, decision_due, (decision->>'by')::uuid,
       ${dayOf("decision->>'decidedAt'")} <= decision_due from ${decidedBefore}
     union all
     select id, person_id, office, due_on, assigned_to, false from application
     where division = d.division and status = 'submitted' and due_on >= $4::date and due_on < $5::date and office >= $2 and office < $3
   ) w`;

/**
 * Registrations whose first contact was due in the window (M79-3a), one a row, by who has them: contacted (index registration_contacted_due) or
 * not (registration_first_contact). Whoever left before the day came needed no contact; whoever left after it was not contacted in time.
 */
export const contactsDue = `select w.* from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select id, person_id, office, first_contact_due as due_on, assigned_to as person,
       coalesce((first_contact_at at time zone 'Asia/Shanghai')::date <= first_contact_due, false) as kept
     from registration
     where division = d.division and (first_contact_at is not null or status = 'exited')
       and first_contact_due >= $4::date and first_contact_due < $5::date and office >= $2 and office < $3
       and (first_contact_at is not null or exited_on > first_contact_due) and not ${contactedElsewhere('registration')}
     union all
     select registration_id, person_id, from_office, contact_due, (contact->>'by')::uuid,
       ${dayOf("contact->>'contactedAt'")} <= contact_due from ${contactedBefore}
     union all
     select id, person_id, office, first_contact_due, assigned_to, false from registration
     where division = d.division and first_contact_at is null and status <> 'exited'
       and first_contact_due >= $4::date and first_contact_due < $5::date and office >= $2 and office < $3
   ) w`;

const byOfficeAndPerson = (rows: string) =>
  `select w.office, w.person, count(*) as due, count(*) filter (where w.kept) as kept from (${rows}) w group by w.office, w.person`;

/** How many decisions were due, and how many were taken in time. */
export const keptDecisions = sql<KeptRow, WindowOf>('worklist.keptDecisions', byOfficeAndPerson(decisionsDue));

/** How many first contacts were due, and how many were made in time. */
export const keptContacts = sql<KeptRow, WindowOf>('worklist.keptContacts', byOfficeAndPerson(contactsDue));
