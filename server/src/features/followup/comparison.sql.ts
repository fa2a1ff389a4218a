import { sql } from '../../platform/sql.ts';

export interface ComparedRow {
  id: string;
  division: string;
  registered_on: string;
  class: 'A' | 'B' | 'C' | 'D' | null;
  next_contact_on: string;
  last_at: Date | null;
}

/**
 * One page of one county's registrations whose next contact is due by a day and that were registered by the day of the data, locked: index
 * registration_next_contact from the cursor on. The dead are nobody's follow-up; those whom the comparison found something about are left out.
 */
export const comparedPage = sql<
  ComparedRow,
  [
    tenant: string,
    division: string,
    lo: string,
    hi: string,
    dueBy: string,
    asOf: string,
    except: readonly string[],
    afterOn: string,
    afterId: string,
    limit: number,
  ]
>(
  'followup.comparedPage',
  `select r.id, r.division, r.registered_on, r.class, r.next_contact_on, l.at as last_at
   from registration r
   join person p on p.tenant = r.tenant and p.id = r.person_id and p.deceased_on is null
   left join lateral (select at from contact c
     where c.tenant = r.tenant and c.registration_id = r.id and c.outcome = 'contact' order by c.at desc limit 1) l on true
   where r.tenant = $1 and r.division = $2 and r.status <> 'exited' and r.office >= $3 and r.office < $4
     and r.next_contact_on <= $5::date and r.registered_on <= $6::date and r.id <> all($7::uuid[])
     and (r.next_contact_on, r.id) > ($8::date, $9::uuid)
   order by r.next_contact_on, r.id limit $10
   for update of r`,
);

/**
 * What a comparison found unchanged, a whole page in one statement: a row of the service record each, its id made of what was compared, so that the
 * same comparison is written once; and the month and next contact of those that were written.
 */
export const putCompared = sql<
  { id: string },
  [
    tenant: string,
    ids: readonly string[],
    contacts: readonly string[],
    nextOn: readonly string[],
    at: Date,
    month: string,
    officer: string | null,
    officerName: string,
    note: string,
  ]
>(
  'followup.putCompared',
  `with given as (
     select g.id, g.contact, g.next_on from unnest($2::uuid[], $3::uuid[], $4::date[]) g (id, contact, next_on)
   ), put as (
     insert into contact (tenant, id, registration_id, person_id, office, purpose, means, outcome, result, at, month, officer_id,
       officer_name, note)
     select r.tenant, g.contact, r.id, r.person_id, r.office, 'followUp', 'comparison', 'contact', 'compared', $5, $6, $7::uuid, $8, $9
     from given g join registration r on r.tenant = $1 and r.id = g.id
     on conflict (tenant, id) do nothing
     returning registration_id
   )
   update registration r set last_contact_month = greatest(r.last_contact_month, $6::char(7)), next_contact_on = g.next_on,
     version = r.version + 1
   from given g join put on put.registration_id = g.id
   where r.tenant = $1 and r.id = g.id
   returning r.id`,
);

/** Registrations by their numbers; index registration_number. */
export const byNumbers = sql<{ id: string; number: string }, [tenants: readonly string[], numbers: readonly string[]]>(
  'followup.byNumbers',
  'select id, number from registration where tenant = any($1::bpchar[]) and number = any($2)',
);
