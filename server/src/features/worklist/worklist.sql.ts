import { sql } from '../../platform/sql.ts';

// One shape for the three lists: the counties of the actor's range, each read by its partial index in due order from the
// cursor on and no further than one page, then merged. A county costs one descent and at most a page of entries, so a city of
// twenty counties reads a thousand entries whatever the size of its tables. Offices below a county are a filter on those entries.
// The row-level policies hold besides; these predicates are there so that the index is used.

/** Parameters of a page: counties, range of offices, key of the last row shown, rows wanted. */
export type PageOf = [
  divisions: readonly string[],
  lo: string,
  hi: string,
  afterKey: string,
  afterId: string,
  limit: number,
];

interface ItemRow {
  /** Of the row the list is ordered by. */
  id: string;
  application_id: string;
  number: string;
  office: string;
  channel: string;
  /** Name and sealed numbers: of the person's file, or of the form when the file belongs to another office now. */
  name: string | null;
  form_name: string | null;
  identity_sealed: Buffer | null;
  form_sealed: Buffer | null;
}

export interface DecisionRow extends ItemRow {
  submitted_at: Date;
  due_on: string;
  checked_at: Date | null;
  open_findings: number;
}

/** Index application_worklist (division, due_on, id); 50 rows, each with a look into person and check_result by key. */
export const decisionPage = sql<DecisionRow, PageOf>(
  'worklist.decisions',
  `select a.id, a.id as application_id, a.number, a.office, a.channel, a.submitted_at, a.due_on, a.checked_at,
     p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed,
     (select count(*) from check_result c where c.tenant = a.tenant and c.application_id = a.id and c.result = 'finding'
        and not exists (select 1 from check_result s where s.tenant = c.tenant and s.application_id = c.application_id
                        and s.settles = c.id))::int as open_findings
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select tenant, id, number, person_id, office, channel, submitted_at, due_on, checked_at, form, sealed
       from application
       where division = d.division and status = 'submitted' and office >= $2 and office < $3
         and (due_on, id) > ($4::date, $5::uuid)
       order by due_on, id limit $6
     ) w
     order by w.due_on, w.id limit $6
   ) a
   left join person p on p.tenant = a.tenant and p.id = a.person_id
   order by a.due_on, a.id`,
);

export interface FirstContactRow extends ItemRow {
  registered_at: Date;
  first_contact_due: string;
  last_at: Date | null;
  last_means: string | null;
  last_result: string | null;
}

/** Index registration_first_contact (division, first_contact_due, id). */
export const firstContactPage = sql<FirstContactRow, PageOf>(
  'worklist.firstContacts',
  `select r.id, r.application_id, r.number, r.office, r.channel, r.registered_at, r.first_contact_due,
     p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed,
     l.at as last_at, l.means as last_means, l.result as last_result
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select tenant, id, application_id, person_id, number, office, channel, registered_at, first_contact_due
       from registration
       where division = d.division and first_contact_at is null and status <> 'exited' and office >= $2 and office < $3
         and (first_contact_due, id) > ($4::date, $5::uuid)
       order by first_contact_due, id limit $6
     ) w
     order by w.first_contact_due, w.id limit $6
   ) r
   left join application a on a.tenant = r.tenant and a.id = r.application_id
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join lateral (
     select at, means, result from contact c where c.tenant = r.tenant and c.registration_id = r.id order by c.at desc limit 1
   ) l on true
   order by r.first_contact_due, r.id`,
);

export interface ExitItemRow extends ItemRow {
  proposed_at: Date;
  proposed_key: string;
  status: 'asked' | 'proposed' | 'awaitingReview';
  reason: string;
  answer_due: string | null;
  answered: boolean;
}

/** Index exit_worklist (division, proposed_at, id). The key keeps the microseconds that a JavaScript date would drop. */
export const exitPage = sql<ExitItemRow, PageOf>(
  'worklist.exits',
  `select e.id, r.application_id, r.number, e.office, r.channel, e.proposed_at, e.proposed_at::text as proposed_key, e.status,
     e.reason, e.answer_due, e.answer is not null as answered,
     p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select tenant, id, registration_id, person_id, office, status, reason, proposed_at, answer_due, answer
       from exit
       where division = d.division and status in ('asked', 'proposed', 'awaitingReview') and office >= $2 and office < $3
         and (proposed_at, id) > ($4::timestamptz, $5::uuid)
       order by proposed_at, id limit $6
     ) w
     order by w.proposed_at, w.id limit $6
   ) e
   join registration r on r.tenant = e.tenant and r.id = e.registration_id
   left join application a on a.tenant = r.tenant and a.id = r.application_id
   left join person p on p.tenant = e.tenant and p.id = e.person_id
   order by e.proposed_at, e.id`,
);

interface CountRow {
  open: number;
  near: number;
  late: number;
}

type CountOf = [divisions: readonly string[], lo: string, hi: string, today: string, near: string];

/** Only open entries are in the partial index: a county has a few dozen to a few hundred. */
export const countDecisions = sql<CountRow, CountOf>(
  'worklist.countDecisions',
  `select count(*) as open, count(*) filter (where w.due_on between $4::date and $5::date) as near,
     count(*) filter (where w.due_on < $4::date) as late
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select due_on from application
     where division = d.division and status = 'submitted' and office >= $2 and office < $3
   ) w`,
);

export const countFirstContacts = sql<CountRow, CountOf>(
  'worklist.countFirstContacts',
  `select count(*) as open, count(*) filter (where w.due between $4::date and $5::date) as near,
     count(*) filter (where w.due < $4::date) as late
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select first_contact_due as due from registration
     where division = d.division and first_contact_at is null and status <> 'exited' and office >= $2 and office < $3
   ) w`,
);

/** No clause sets the office a day for an exit: none is late. Near are those whose answer is in or whose waiting ends. */
export const countExits = sql<CountRow, [divisions: readonly string[], lo: string, hi: string, near: string]>(
  'worklist.countExits',
  `select count(*) as open, count(*) filter (where w.answered or w.answer_due <= $4::date) as near, 0::bigint as late
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select answer_due, answer is not null as answered from exit
     where division = d.division and status in ('asked', 'proposed', 'awaitingReview') and office >= $2 and office < $3
   ) w`,
);
