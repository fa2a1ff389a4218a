import { sql } from '../../platform/sql.ts';
import { type ByPlace, contactedElsewhere, decidedElsewhere, type PageOf } from '../worklist/index.ts';

// Each figure set is one statement over the counties of the range. Open work is read from the partial indexes of the worklists: a
// few hundred entries a county, whatever the size of the tables. Kept and missed days are a range of thirty days in an index that
// holds all it takes: in a city with two million cases of many years some 2,000 entries a county, of the index alone.
// Rows come back by office and person; adding them up to counties and cities is the program's.

type Range = [divisions: readonly string[], lo: string, hi: string];
type OpenOf = [...Range, today: string, near: string];

export interface OpenRow extends ByPlace {
  open: number;
  near: number;
  late: number;
}

/** Index application_worklist. */
export const openDecisions = sql<OpenRow, OpenOf>(
  'supervision.openDecisions',
  `select w.office, w.person, count(*) as open, count(*) filter (where w.due between $4::date and $5::date) as near,
     count(*) filter (where w.due < $4::date) as late
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select office, assigned_to as person, due_on as due from application
     where division = d.division and status = 'submitted' and office >= $2 and office < $3
   ) w group by w.office, w.person`,
);

/** Index registration_first_contact. */
export const openContacts = sql<OpenRow, OpenOf>(
  'supervision.openContacts',
  `select w.office, w.person, count(*) as open, count(*) filter (where w.due between $4::date and $5::date) as near,
     count(*) filter (where w.due < $4::date) as late
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select office, assigned_to as person, first_contact_due as due from registration
     where division = d.division and first_contact_at is null and status <> 'exited' and office >= $2 and office < $3
   ) w group by w.office, w.person`,
);

export interface ExitsRow extends ByPlace {
  open: number;
  review: number;
}

/** Index exit_worklist, and the registration of each by key. */
export const openExits = sql<ExitsRow, Range>(
  'supervision.openExits',
  `select w.office, w.person, count(*) as open, count(*) filter (where w.status = 'awaitingReview') as review
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select e.office, r.assigned_to as person, e.status
     from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id
     where e.division = d.division and e.status in ('asked', 'proposed', 'awaitingReview') and e.office >= $2 and e.office < $3
   ) w group by w.office, w.person`,
);

/** Blocked forbidden grounds since an instant: index supervision_event_office, a few a day. */
export const forbiddenGrounds = sql<
  ByPlace & { count: number },
  [tenants: readonly string[], lo: string, hi: string, since: Date]
>(
  'supervision.forbiddenGrounds',
  `select e.office, e.actor_id as person, count(*) as count from supervision_event e
   where e.tenant = any ($1::bpchar[]) and e.at >= $4::timestamptz and e.kind = 'forbiddenGround' and e.office >= $2 and e.office < $3
   group by e.office, e.actor_id`,
);

/** A page of days not kept: the key is the due date, then the id; `from` inclusive, `before` exclusive. */
export type MissedOf = [...PageOf, from: string, before: string];

export interface MissedRow {
  id: string;
  application_id: string;
  number: string;
  office: string;
  channel: string;
  assigned_to: string | null;
  assigned_name: string | null;
  name: string | null;
  form_name: string | null;
  identity_sealed: Buffer | null;
  form_sealed: Buffer | null;
  at: Date;
  due: string;
  done_at: Date | null;
  done_by: string | null;
  gone_on: string | null;
  /** Day 0 of what was done; only of done ones. */
  from_on?: string;
  /** The case has gone on to another office since. */
  moved: boolean;
}

const pageOf = (due: string, id: string) => `from_division = d.division and from_office >= $2 and from_office < $3
         and (${due}, ${id}) > ($4::date, $5::uuid) and ${due} >= $9::date and ${due} < $10::date`;
/** Decisions made before a transfer, with the columns of an application; whoever counts them cannot open the case any more. */
export const movedDecisions = `select tenant, application_id as id, decision->>'number' as number, from_office as office,
         decision->>'channel' as channel, person_id, jsonb_build_object('name', decision->>'name') as form, null::bytea as sealed,
         (decision->>'submittedAt')::timestamptz as submitted_at, (decision->>'submittedOn')::date as submitted_on, decision_due as due_on,
         (decision->>'decidedAt')::timestamptz as decided_at, decision->>'byName' as decided_by_name, (decision->>'by')::uuid as person,
         true as moved
       from registration_transfer where decision is not null and ${pageOf('decision_due', 'application_id')}`;
export const ofPerson = '($7::uuid is null or person = $7) and (not $8::boolean or person is null)';
/** The same of first contacts, with the columns of a registration. */
export const movedContacts = `select tenant, registration_id as id, application_id, contact->>'number' as number, from_office as office,
         contact->>'channel' as channel, person_id, (contact->>'registeredAt')::timestamptz as registered_at,
         (contact->>'registeredOn')::date as registered_on, contact_due as first_contact_due,
         (contact->>'contactedAt')::timestamptz as first_contact_at, (contact->>'by')::uuid as assigned_to, contact->>'name' as name,
         true as moved
       from registration_transfer where contact is not null and ${pageOf('contact_due', 'registration_id')}`;
export const ofHand = '($7::uuid is null or assigned_to = $7) and (not $8::boolean or assigned_to is null)';

/** The list behind keptDecisions: due less kept. */
export const missedDecisions = sql<MissedRow, MissedOf>(
  'supervision.missedDecisions',
  `select a.id, a.id as application_id, a.number, a.office, a.channel, a.person as assigned_to, h.display_name as assigned_name,
     p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed, a.submitted_at as at, a.due_on as due,
     a.decided_at as done_at, a.decided_by_name as done_by, null::date as gone_on, a.moved
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       (select tenant, id, number, office, channel, person_id, form, sealed, submitted_at, due_on, decided_at, decided_by_name, decided_by as person,
          false as moved
        from application
        where division = d.division and status in ('registered', 'refused', 'duplicate') and office >= $2 and office < $3
          and (due_on, id) > ($4::date, $5::uuid) and due_on >= $9::date and due_on < $10::date
          and (decided_at at time zone 'Asia/Shanghai')::date > due_on
          and ($7::uuid is null or decided_by = $7) and (not $8::boolean or decided_by is null)
          and not ${decidedElsewhere('application')}
        order by due_on, id limit $6)
       union all
       (select tenant, id, number, office, channel, person_id, form, sealed, submitted_at, due_on, decided_at, decided_by_name, person, moved
        from (${movedDecisions}) m
        where (decided_at at time zone 'Asia/Shanghai')::date > due_on and ${ofPerson}
        order by due_on, id limit $6)
       union all
       (select tenant, id, number, office, channel, person_id, form, sealed, submitted_at, due_on, null, null, assigned_to, false
        from application
        where division = d.division and status = 'submitted' and office >= $2 and office < $3
          and (due_on, id) > ($4::date, $5::uuid) and due_on >= $9::date and due_on < $10::date
          and ($7::uuid is null or assigned_to = $7) and (not $8::boolean or assigned_to is null)
        order by due_on, id limit $6)
     ) w
     order by w.due_on, w.id limit $6
   ) a
   left join person p on p.tenant = a.tenant and p.id = a.person_id
   left join account h on h.id = a.person
   order by a.due_on, a.id`,
);

/** The list behind keptContacts: due less kept. */
export const missedContacts = sql<MissedRow, MissedOf>(
  'supervision.missedContacts',
  `select r.id, r.application_id, r.number, r.office, r.channel, r.assigned_to, h.display_name as assigned_name,
     p.name, coalesce(r.name, a.form->>'name') as form_name, p.identity_sealed, a.sealed as form_sealed, r.registered_at as at, r.first_contact_due as due,
     r.first_contact_at as done_at, null::text as done_by, r.exited_on as gone_on, r.moved
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       (select tenant, id, application_id, number, office, channel, person_id, registered_at, first_contact_due, first_contact_at, exited_on, assigned_to,
          null::text as name, false as moved
        from registration
        where division = d.division and (first_contact_at is not null or status = 'exited') and office >= $2 and office < $3
          and (first_contact_due, id) > ($4::date, $5::uuid) and first_contact_due >= $9::date and first_contact_due < $10::date
          and coalesce((first_contact_at at time zone 'Asia/Shanghai')::date > first_contact_due, exited_on > first_contact_due)
          and ($7::uuid is null or assigned_to = $7) and (not $8::boolean or assigned_to is null)
          and not ${contactedElsewhere('registration')}
        order by first_contact_due, id limit $6)
       union all
       (select tenant, id, application_id, number, office, channel, person_id, registered_at, first_contact_due, first_contact_at, null::date,
          assigned_to, name, moved
        from (${movedContacts}) m
        where (first_contact_at at time zone 'Asia/Shanghai')::date > first_contact_due and ${ofHand}
        order by first_contact_due, id limit $6)
       union all
       (select tenant, id, application_id, number, office, channel, person_id, registered_at, first_contact_due, null, null, assigned_to,
          null, false
        from registration
        where division = d.division and first_contact_at is null and status <> 'exited' and office >= $2 and office < $3
          and (first_contact_due, id) > ($4::date, $5::uuid) and first_contact_due >= $9::date and first_contact_due < $10::date
          and ($7::uuid is null or assigned_to = $7) and (not $8::boolean or assigned_to is null)
        order by first_contact_due, id limit $6)
     ) w
     order by w.first_contact_due, w.id limit $6
   ) r
   left join application a on a.tenant = r.tenant and a.id = r.application_id
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join account h on h.id = r.assigned_to
   order by r.first_contact_due, r.id`,
);
