import { sql } from '../../platform/sql.ts';
import {
  type ByPlace,
  contactedBefore,
  contactedElsewhere,
  dayOf,
  decidedBefore,
  decidedElsewhere,
  type WindowOf,
} from '../worklist/index.ts';
import { type MissedOf, type MissedRow, movedContacts, movedDecisions, ofHand, ofPerson } from './figures.sql.ts';

// How long things took, of the same window and the same ranges of the same indexes as how days were kept (figures.sql.ts). What comes back is
// a tally, days by how often, by office and person: tallies add up to those of a city exactly, medians would not. Days are of the calendar,
// in Shanghai; the day of submission or of registration is day 0, as for the due date.

export interface DaysRow extends ByPlace {
  days: number;
  count: number;
}

/** Submission → decision, of decisions that were due in the window: index application_decided_due. */
export const decisionDays = sql<DaysRow, WindowOf>(
  'supervision.decisionDays',
  `select w.office, w.person, w.days, count(*) as count
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select office, decided_by as person, (decided_at at time zone 'Asia/Shanghai')::date - submitted_on as days from application
     where division = d.division and status in ('registered', 'refused', 'duplicate')
       and due_on >= $4::date and due_on < $5::date and office >= $2 and office < $3 and not ${decidedElsewhere('application')}
     union all
     select from_office, (decision->>'by')::uuid, ${dayOf("decision->>'decidedAt'")} - (decision->>'submittedOn')::date from ${decidedBefore}
   ) w group by w.office, w.person, w.days`,
);

/** Registration → first contact, of contacts that were due in the window: index registration_contacted_due. */
export const contactDays = sql<DaysRow, WindowOf>(
  'supervision.contactDays',
  `select w.office, w.person, w.days, count(*) as count
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select office, assigned_to as person, (first_contact_at at time zone 'Asia/Shanghai')::date - registered_on as days from registration
     where division = d.division and (first_contact_at is not null or status = 'exited') and first_contact_at is not null
       and first_contact_due >= $4::date and first_contact_due < $5::date and office >= $2 and office < $3
       and not ${contactedElsewhere('registration')}
     union all
     select from_office, (contact->>'by')::uuid, ${dayOf("contact->>'contactedAt'")} - (contact->>'registeredOn')::date from ${contactedBefore}
   ) w group by w.office, w.person, w.days`,
);

/** The list behind decisionDays, case by case. */
export const doneDecisions = sql<MissedRow, MissedOf>(
  'supervision.doneDecisions',
  `select a.id, a.id as application_id, a.number, a.office, a.channel, a.person as assigned_to, h.display_name as assigned_name,
     p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed, a.submitted_at as at, a.due_on as due,
     a.decided_at as done_at, a.decided_by_name as done_by, null::date as gone_on, a.submitted_on as from_on, a.moved
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       (select tenant, id, number, office, channel, person_id, form, sealed, submitted_at, submitted_on, due_on, decided_at, decided_by_name,
         decided_by as person, false as moved
       from application
       where division = d.division and status in ('registered', 'refused', 'duplicate') and office >= $2 and office < $3
         and (due_on, id) > ($4::date, $5::uuid) and due_on >= $9::date and due_on < $10::date
         and ($7::uuid is null or decided_by = $7) and (not $8::boolean or decided_by is null) and not ${decidedElsewhere('application')}
       order by due_on, id limit $6)
       union all
       (select * from (${movedDecisions}) m where ${ofPerson} order by due_on, id limit $6)
     ) w
     order by w.due_on, w.id limit $6
   ) a
   left join person p on p.tenant = a.tenant and p.id = a.person_id
   left join account h on h.id = a.person
   order by a.due_on, a.id`,
);

/** The list behind contactDays, case by case. */
export const doneContacts = sql<MissedRow, MissedOf>(
  'supervision.doneContacts',
  `select r.id, r.application_id, r.number, r.office, r.channel, r.assigned_to, h.display_name as assigned_name,
     p.name, coalesce(r.name, a.form->>'name') as form_name, p.identity_sealed, a.sealed as form_sealed, r.registered_at as at, r.first_contact_due as due,
     r.first_contact_at as done_at, null::text as done_by, null::date as gone_on, r.registered_on as from_on, r.moved
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       (select tenant, id, application_id, number, office, channel, person_id, registered_at, registered_on, first_contact_due,
         first_contact_at, assigned_to, null::text as name, false as moved
       from registration
       where division = d.division and (first_contact_at is not null or status = 'exited') and first_contact_at is not null
         and office >= $2 and office < $3
         and (first_contact_due, id) > ($4::date, $5::uuid) and first_contact_due >= $9::date and first_contact_due < $10::date
         and ($7::uuid is null or assigned_to = $7) and (not $8::boolean or assigned_to is null) and not ${contactedElsewhere('registration')}
       order by first_contact_due, id limit $6)
       union all
       (select * from (${movedContacts}) m where ${ofHand} order by first_contact_due, id limit $6)
     ) w
     order by w.first_contact_due, w.id limit $6
   ) r
   left join application a on a.tenant = r.tenant and a.id = r.application_id
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join account h on h.id = r.assigned_to
   order by r.first_contact_due, r.id`,
);
