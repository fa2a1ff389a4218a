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
  /** What the list is ordered by: latest covered month, or 0000-00. */
  covered: string;
}

/** What is shown of each registration of a page: the file or the form, the latest contact; three look-ups by key. */
const beside = `left join application a on a.tenant = r.tenant and a.id = r.application_id
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join lateral (
     select at, means, outcome from contact c where c.tenant = r.tenant and c.registration_id = r.id order by c.at desc limit 1
   ) l on true`;
const shown = `r.id, r.application_id, r.number, r.office, r.registered_on, r.last_contact_month, p.name, a.form->>'name' as form_name,
     p.identity_sealed, a.sealed as form_sealed, p.contact_sealed, l.at as last_at, l.means as last_means, l.outcome as last_outcome`;

/**
 * Not followed up since the beginning of a month, longest unseen first: index registration_follow_up (division, month, id), one page a
 * county. Those registered within the month owe nothing yet; they stand among the never seen and are passed over.
 */
export const followUpPage = sql<
  FollowUpRow,
  [
    divisions: readonly string[],
    lo: string,
    hi: string,
    afterMonth: string,
    afterId: string,
    limit: number,
    month: string,
    monthStart: string,
  ]
>(
  'followup.page',
  `select ${shown}, r.covered
   from (
     select w.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select tenant, id, application_id, person_id, number, office, registered_on, last_contact_month,
         coalesce(last_contact_month, '0000-00') as covered
       from registration
       where division = d.division and status <> 'exited' and office >= $2 and office < $3
         and coalesce(last_contact_month, '0000-00') < $7::bpchar
         and (coalesce(last_contact_month, '0000-00'), id) > ($4::bpchar, $5::uuid)
         and registered_on < $8::date
       order by coalesce(last_contact_month, '0000-00'), id limit $6
     ) w
     order by w.covered, w.id limit $6
   ) r
   ${beside}
   order by r.covered, r.id`,
);

/**
 * Coverage of a month by office. Registered the whole month: from before its first day, and either still registered or gone after its last.
 * Seen: a contact of that month. The valid ones by registration_follow_up, those who left later by registration_exited; each with one
 * descent into contact. For the running month `end` is in the future, so that nobody who left counts.
 */
export const coverage = sql<
  { office: string; registered: number; seen: number },
  [divisions: readonly string[], lo: string, hi: string, month: string, start: string, end: string]
>(
  'followup.coverage',
  `select m.office, count(*)::int as registered,
     count(*) filter (where m.last_contact_month = $4::bpchar or exists (
       select 1 from contact c where c.tenant = m.tenant and c.registration_id = m.id and c.month = $4::bpchar and c.outcome = 'contact'
     ))::int as seen
   from unnest($1::bpchar[]) d (division)
   cross join lateral (
     select tenant, id, office, last_contact_month from registration
     where division = d.division and status <> 'exited' and office >= $2 and office < $3 and registered_on < $5::date
     union all
     select tenant, id, office, last_contact_month from registration
     where division = d.division and status = 'exited' and exited_on > $6::date and office >= $2 and office < $3
       and registered_on < $5::date
   ) m
   group by m.office order by m.office`,
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
