import { sql } from '../../platform/sql.ts';

// One shape for the three lists: the counties of the actor's range, each read by its partial index in due order from the
// cursor on and no further than one page, then merged. A county costs one descent and at most a page of entries, so a city of
// twenty counties reads a thousand entries whatever the size of its tables. Offices below a county are a filter on those entries.
// The row-level policies hold besides; these predicates are there so that the index is used.
// Whose a case is, is a filter on those entries too: only open cases are in the index, a few hundred a county.

/** Parameters of a page: counties, range of offices, key of the last row shown, rows wanted, whose (an account, or nobody's only). */
export type PageOf = [
  divisions: readonly string[],
  lo: string,
  hi: string,
  afterKey: string,
  afterId: string,
  limit: number,
  account: string | null,
  nobodys: boolean,
];
/** Due dates wanted, both inclusive. */
export type DuePageOf = [...PageOf, from: string, to: string];
/** Whether only those that wait for the office again (null: all), and up to which day an answer's end counts as that; one stage or all. */
export type ExitPageOf = [...PageOf, ready: boolean | null, near: string, stage: string | null];

interface ItemRow {
  /** Of the row the list is ordered by. */
  id: string;
  application_id: string;
  number: string;
  office: string;
  channel: string;
  assigned_to: string | null;
  assigned_name: string | null;
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
export const decisionPage = sql<DecisionRow, DuePageOf>(
  'worklist.decisions',
  `select a.id, a.id as application_id, a.number, a.office, a.channel, a.submitted_at, a.due_on, a.checked_at,
     a.assigned_to, h.display_name as assigned_name,
     p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed,
     (select count(*) from check_result c where c.tenant = a.tenant and c.application_id = a.id and c.result = 'finding'
        and not exists (select 1 from check_result s where s.tenant = c.tenant and s.application_id = c.application_id
                        and s.settles = c.id))::int as open_findings
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select tenant, id, number, person_id, office, channel, submitted_at, due_on, checked_at, assigned_to, form, sealed
       from application
       where division = d.division and status = 'submitted' and office >= $2 and office < $3
         and (due_on, id) > ($4::date, $5::uuid) and due_on >= $9::date and due_on <= $10::date
         and ($7::uuid is null or assigned_to = $7) and (not $8::boolean or assigned_to is null)
       order by due_on, id limit $6
     ) w
     order by w.due_on, w.id limit $6
   ) a
   left join person p on p.tenant = a.tenant and p.id = a.person_id
   left join account h on h.id = a.assigned_to
   order by a.due_on, a.id`,
);

export interface ForwardedRow extends DecisionRow {
  form: Record<string, unknown>;
  /** A change of the application that nobody has looked at yet. */
  corrected: boolean;
}

/**
 * What came from the platform, or belongs to what came from there. Index application_from_platform (division, due_on, id): 50 rows,
 * each with a look into person, check_result and forwarded_task by key.
 */
export const forwardedPage = sql<ForwardedRow, DuePageOf>(
  'worklist.forwarded',
  `select a.id, a.id as application_id, a.number, a.office, a.channel, a.submitted_at, a.due_on, a.checked_at,
     a.assigned_to, h.display_name as assigned_name, a.form,
     p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed,
     exists (select 1 from forwarded_task t where t.tenant = a.tenant and t.application_id = a.id and t.state = 'open') as corrected,
     (select count(*) from check_result c where c.tenant = a.tenant and c.application_id = a.id and c.result = 'finding'
        and not exists (select 1 from check_result s where s.tenant = c.tenant and s.application_id = c.application_id
                        and s.settles = c.id))::int as open_findings
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select tenant, id, number, person_id, office, channel, submitted_at, due_on, checked_at, assigned_to, form, sealed
       from application
       where division = d.division and status = 'submitted' and (channel = 'platform' or platform_joined)
         and office >= $2 and office < $3
         and (due_on, id) > ($4::date, $5::uuid) and due_on >= $9::date and due_on <= $10::date
         and ($7::uuid is null or assigned_to = $7) and (not $8::boolean or assigned_to is null)
       order by due_on, id limit $6
     ) w
     order by w.due_on, w.id limit $6
   ) a
   left join person p on p.tenant = a.tenant and p.id = a.person_id
   left join account h on h.id = a.assigned_to
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
export const firstContactPage = sql<FirstContactRow, DuePageOf>(
  'worklist.firstContacts',
  `select r.id, r.application_id, r.number, r.office, r.channel, r.registered_at, r.first_contact_due,
     r.assigned_to, h.display_name as assigned_name,
     p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed,
     l.at as last_at, l.means as last_means, l.result as last_result
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select tenant, id, application_id, person_id, number, office, channel, registered_at, first_contact_due, assigned_to
       from registration
       where division = d.division and first_contact_at is null and status <> 'exited' and office >= $2 and office < $3
         and (first_contact_due, id) > ($4::date, $5::uuid) and first_contact_due >= $9::date and first_contact_due <= $10::date
         and ($7::uuid is null or assigned_to = $7) and (not $8::boolean or assigned_to is null)
       order by first_contact_due, id limit $6
     ) w
     order by w.first_contact_due, w.id limit $6
   ) r
   left join application a on a.tenant = r.tenant and a.id = r.application_id
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join account h on h.id = r.assigned_to
   left join lateral (
     select at, means, result from contact_record c where c.tenant = r.tenant and c.registration_id = r.id order by c.at desc limit 1
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

/**
 * Index exit_worklist (division, proposed_at, id). The key keeps the microseconds that a JavaScript date would drop.
 * An exit belongs to whoever has its registration: one look by key an entry.
 */
export const exitPage = sql<ExitItemRow, ExitPageOf>(
  'worklist.exits',
  `select e.id, e.application_id, e.number, e.office, e.channel, e.proposed_at, e.proposed_at::text as proposed_key, e.status,
     e.reason, e.answer_due, e.answered, e.assigned_to, h.display_name as assigned_name,
     p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select e.tenant, e.id, e.person_id, e.office, e.status, e.reason, e.proposed_at, e.answer_due,
         e.answer is not null as answered, r.application_id, r.number, r.channel, r.assigned_to
       from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id
       where e.division = d.division and e.status in ('asked', 'proposed', 'awaitingReview') and e.office >= $2 and e.office < $3
         and (e.proposed_at, e.id) > ($4::timestamptz, $5::uuid)
         and ($7::uuid is null or r.assigned_to = $7) and (not $8::boolean or r.assigned_to is null)
         and ($9::boolean is null or coalesce(e.answer is not null or e.answer_due <= $10::date, false) = $9)
         and ($11::text is null or e.status = $11)
       order by e.proposed_at, e.id limit $6
     ) w
     order by w.proposed_at, w.id limit $6
   ) e
   left join application a on a.tenant = e.tenant and a.id = e.application_id
   left join person p on p.tenant = e.tenant and p.id = e.person_id
   left join account h on h.id = e.assigned_to
   order by e.proposed_at, e.id`,
);

export interface LastRow {
  application_id: string;
  at: Date;
  actor_name: string;
  action: string;
  to_status: string;
}

/** What was done last with each case of a page: two look-ups by key a case. */
export const lastActions = sql<LastRow, [tenants: readonly string[], applications: readonly string[]]>(
  'worklist.lastActions',
  `select k.id as application_id, l.at, l.actor_name, l.action, l.to_status
   from unnest($1::bpchar[], $2::uuid[]) k (tenant, id)
   cross join lateral (
     select x.* from (
       (select at, actor_name, action, to_status from application_action
        where tenant = k.tenant and application_id = k.id order by at desc limit 1)
       union all
       (select y.at, y.actor_name, y.action, y.to_status
        from registration r join registration_action y on y.tenant = r.tenant and y.registration_id = r.id
        where r.tenant = k.tenant and r.application_id = k.id order by y.at desc limit 1)
     ) x order by x.at desc limit 1
   ) l`,
);

interface CountRow {
  open: number;
  near: number;
  late: number;
  /** Of the open ones, those of the account that asks. */
  mine: number;
}

type CountOf = [divisions: readonly string[], lo: string, hi: string, today: string, near: string, account: string];

/** Only open entries are in the partial index: a county has a few dozen to a few hundred. */
export const countDecisions = sql<CountRow, CountOf>(
  'worklist.countDecisions',
  `select count(*) as open, count(*) filter (where w.due_on between $4::date and $5::date) as near,
     count(*) filter (where w.due_on < $4::date) as late, count(*) filter (where w.assigned_to = $6::uuid) as mine
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select due_on, assigned_to from application
     where division = d.division and status = 'submitted' and office >= $2 and office < $3
   ) w`,
);

/** The same entries as forwardedPage. */
export const countForwarded = sql<CountRow, CountOf>(
  'worklist.countForwarded',
  `select count(*) as open, count(*) filter (where w.due_on between $4::date and $5::date) as near,
     count(*) filter (where w.due_on < $4::date) as late, count(*) filter (where w.assigned_to = $6::uuid) as mine
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select due_on, assigned_to from application
     where division = d.division and status = 'submitted' and (channel = 'platform' or platform_joined)
       and office >= $2 and office < $3
   ) w`,
);

/** What the exchange left to people of the range: indexes forwarded_task_open and decision_upload_returned. */
export const countExchangeTasks = sql<
  { faulty: number; returned: number },
  [divisions: readonly string[], tenants: readonly string[], lo: string, hi: string]
>(
  'worklist.countExchangeTasks',
  `select (select count(*) from unnest($1::bpchar[]) d (division) join forwarded_task t
             on t.division = d.division and t.state = 'open' and t.kind = 'faulty' and t.office >= $3 and t.office < $4) as faulty,
     (select count(*) from decision_upload u
      where u.tenant = any($2::bpchar[]) and u.state = 'returned' and u.office >= $3 and u.office < $4) as returned`,
);

export const countFirstContacts = sql<CountRow, CountOf>(
  'worklist.countFirstContacts',
  `select count(*) as open, count(*) filter (where w.due between $4::date and $5::date) as near,
     count(*) filter (where w.due < $4::date) as late, count(*) filter (where w.assigned_to = $6::uuid) as mine
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select first_contact_due as due, assigned_to from registration
     where division = d.division and first_contact_at is null and status <> 'exited' and office >= $2 and office < $3
   ) w`,
);

/** No clause sets the office a day for an exit: none is late. Near are those whose answer is in or whose waiting ends. */
export const countExits = sql<
  CountRow & { review: number },
  [divisions: readonly string[], lo: string, hi: string, near: string, account: string]
>(
  'worklist.countExits',
  `select count(*) as open, count(*) filter (where w.answered or w.answer_due <= $4::date) as near, 0::bigint as late,
     count(*) filter (where w.assigned_to = $5::uuid) as mine, count(*) filter (where w.status = 'awaitingReview') as review
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select e.status, e.answer_due, e.answer is not null as answered, r.assigned_to
     from exit e join registration r on r.tenant = e.tenant and r.id = e.registration_id
     where e.division = d.division and e.status in ('asked', 'proposed', 'awaitingReview') and e.office >= $2 and e.office < $3
   ) w`,
);
