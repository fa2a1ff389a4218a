import { sql } from '../../platform/sql.ts';

interface PersonRow {
  id: string;
  application_id: string;
  number: string;
  office: string;
  registered_on: string;
  last_contact_month: string | null;
  name: string | null;
  form_name: string | null;
  identity_sealed: Buffer | null;
  form_sealed: Buffer | null;
  contact_sealed: Buffer | null;
  last_at: Date | null;
  last_means: string | null;
  last_outcome: 'attempt' | 'contact' | null;
}

export interface FollowUpRow extends PersonRow {
  /** Last day for the next contact: what the list is ordered by. */
  next_contact_on: string;
  class: 'A' | 'B' | 'C' | 'D' | null;
}

/** What is shown of each registration of a page: the file or the form, the latest contact; three look-ups by key. */
const beside = `left join application a on a.tenant = r.tenant and a.id = r.application_id
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join lateral (
     select at, means, outcome from contact_record c where c.tenant = r.tenant and c.registration_id = r.id order by c.at desc limit 1
   ) l on true`;
const shown = `r.id, r.application_id, r.number, r.office, r.registered_on, r.last_contact_month, p.name, a.form->>'name' as form_name,
     p.identity_sealed, a.sealed as form_sealed, p.contact_sealed, l.at as last_at, l.means as last_means, l.outcome as last_outcome`;

/** Counties, range of offices, key of the last row shown, rows wanted. */
type PageOf = [divisions: readonly string[], lo: string, hi: string, afterOn: string, afterId: string, limit: number];

const listed = `tenant, id, application_id, person_id, number, office, registered_on, last_contact_month, class`;

/**
 * Contacts owed between two days, both inclusive, earliest first: index registration_next_contact (division, next_contact_on, id), one page
 * a county.
 */
export const followUpPage = sql<FollowUpRow, [...PageOf, from: string, to: string]>(
  'followup.page',
  `select ${shown}, r.class, r.next_contact_on
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select ${listed}, next_contact_on
       from registration
       where division = d.division and status <> 'exited' and office >= $2 and office < $3
         and (next_contact_on, id) > ($4::date, $5::uuid) and next_contact_on >= $7::date and next_contact_on <= $8::date
       order by next_contact_on, id limit $6
     ) w
     order by w.next_contact_on, w.id limit $6
   ) r
   ${beside}
   order by r.next_contact_on, r.id`,
);

/** The counts of the same list, from the same index alone: overdue, due until a near day, all until the end of the month. */
export const countFollowUps = sql<
  { late: number; near: number; open: number },
  [divisions: readonly string[], lo: string, hi: string, today: string, near: string, monthEnd: string]
>(
  'followup.count',
  `select count(*) filter (where next_contact_on < $4::date)::int as late,
     count(*) filter (where next_contact_on >= $4::date and next_contact_on <= $5::date)::int as near, count(*)::int as open
   from unnest($1::bpchar[]) d (division)
   join registration r on r.division = d.division and r.status <> 'exited' and r.next_contact_on <= $6::date
     and r.office >= $2 and r.office < $3`,
);

/**
 * Whether a registration was seen in month $4. Every contact raises last_contact_month to its month at least, so that only a later one needs
 * a look into contact_record; by key, one at a time: as an exists it would be hashed over every contact there is. By case and not by or: who was
 * never seen has no month, and of nothing with a look the look has to be taken.
 */
const seen = (m: string) => `(case when ${m}.last_contact_month = $4::bpchar then true
     when ${m}.last_contact_month > $4::bpchar then coalesce((
       select true from contact_record c
       where c.tenant = ${m}.tenant and c.registration_id = ${m}.id and c.month = $4::bpchar and c.outcome = 'contact' limit 1
     ), false) else false end)`;

/** Came from another city after the month ($6: its last day) was over: that city saw to it then, and counts it. Transfers are few: one hash. */
const cameLater = (
  r: string,
) => `exists (select 1 from registration_transfer t where t.tenant = ${r}.tenant and t.registration_id = ${r}.id
       and left(t.from_office, 4) <> t.tenant and t.at >= ($6::date + 1)::timestamp at time zone 'Asia/Shanghai')`;
/** Went on in another city after the month was over. */
const wentLater = `exited_on is null and moved_to is not null and exists (select 1 from registration_transfer t where t.tenant = g.tenant
       and t.registration_id = g.id and left(t.office, 4) <> t.tenant and t.at >= ($6::date + 1)::timestamp at time zone 'Asia/Shanghai')`;

/**
 * Who was registered the whole month, one a row: from before its first day, and either still registered or gone after its last; and whether a
 * contact of that month has seen them. The valid ones by registration_next_contact alone, those who left later by registration_exited. For the
 * running month `end` is in the future, so that nobody who left counts.
 */
export const registeredAllMonth = `select m.id, m.person_id, m.office, ${seen('m')} as seen
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select tenant, id, person_id, office, last_contact_month from registration v
     where division = d.division and status <> 'exited' and office >= $2 and office < $3 and registered_on < $5::date and not ${cameLater('v')}
     union all
     select tenant, id, person_id, office, last_contact_month from registration
     where division = d.division and status = 'exited' and exited_on > $6::date and office >= $2 and office < $3
       and registered_on < $5::date
     union all
     select tenant, id, person_id, office, last_contact_month from registration g
     where division = d.division and status = 'exited' and office >= $2 and office < $3 and registered_on < $5::date and ${wentLater}
   ) m`;

/** Coverage of a month by office. */
export const coverage = sql<
  { office: string; registered: number; seen: number },
  [divisions: readonly string[], lo: string, hi: string, month: string, start: string, end: string]
>(
  'followup.coverage',
  `select office, count(*)::int as registered, count(*) filter (where seen)::int as seen from (${registeredAllMonth}) m
   group by office order by office`,
);

/**
 * Who is missing from the coverage of a month: the same people as `registered` without `seen` above, a page at a time. Those of the running month
 * stand at the beginning of registration_next_contact, because what is not covered is due first; of a past month, who was seen again later is
 * passed over.
 */
export const missingPage = sql<
  FollowUpRow & { exited_on: string | null },
  [
    divisions: readonly string[],
    lo: string,
    hi: string,
    month: string,
    start: string,
    end: string,
    afterOn: string,
    afterId: string,
    limit: number,
  ]
>(
  'followup.missing',
  `select ${shown}, r.class, r.next_contact_on, r.exited_on
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       (select ${listed}, next_contact_on, exited_on from registration v
        where division = d.division and status <> 'exited' and office >= $2 and office < $3 and registered_on < $5::date
          and (next_contact_on, id) > ($7::date, $8::uuid) and not ${seen('v')} and not ${cameLater('v')}
        order by next_contact_on, id limit $9)
       union all
       (select ${listed}, coalesce(next_contact_on, exited_on), exited_on from registration g
        where division = d.division and status = 'exited' and exited_on > $6::date and office >= $2 and office < $3
          and registered_on < $5::date and (coalesce(next_contact_on, exited_on), id) > ($7::date, $8::uuid) and not ${seen('g')}
        order by coalesce(next_contact_on, exited_on), id limit $9)
       union all
       (select ${listed}, next_contact_on, exited_on from registration g
        where division = d.division and status = 'exited' and office >= $2 and office < $3 and registered_on < $5::date and ${wentLater}
          and (next_contact_on, id) > ($7::date, $8::uuid) and not ${seen('g')}
        order by next_contact_on, id limit $9)
     ) w
     order by w.next_contact_on, w.id limit $9
   ) r
   ${beside}
   order by r.next_contact_on, r.id`,
);

export interface FirstContactRow extends PersonRow {
  due: string;
}

/** First contacts still owed, earliest due first: index registration_first_contact. */
export const firstContactsOf = sql<
  FirstContactRow,
  [divisions: readonly string[], lo: string, hi: string, limit: number]
>(
  'followup.firstContacts',
  `select ${shown}, r.first_contact_due as due
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select tenant, id, application_id, person_id, number, office, registered_on, last_contact_month, first_contact_due
       from registration
       where division = d.division and first_contact_at is null and status <> 'exited' and office >= $2 and office < $3
         and first_contact_due is not null
       order by first_contact_due, id limit $4
     ) w
     order by w.first_contact_due, w.id limit $4
   ) r
   ${beside}
   order by r.first_contact_due, r.id`,
);

export interface RoundStepRow extends PersonRow {
  step_due: string;
  what: string;
}

/** Steps the office owes by a day, earliest first, with the person: index plan_step_due, one page a county. */
export const roundSteps = sql<
  RoundStepRow,
  [divisions: readonly string[], lo: string, hi: string, until: string, limit: number]
>(
  'followup.roundSteps',
  `select ${shown}, s.due_on as step_due, s.what
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select tenant, id, registration_id, due_on, what from plan_step
       where division = d.division and status = 'open' and whose = 'office' and office >= $2 and office < $3 and due_on <= $4::date
       order by due_on, id limit $5
     ) w
     order by w.due_on, w.id limit $5
   ) s
   join registration r on r.tenant = s.tenant and r.id = s.registration_id and r.status <> 'exited'
   ${beside}
   order by s.due_on, s.id`,
);
