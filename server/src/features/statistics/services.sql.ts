// What was due and given in a period, as records (rules/statistics/service-sheet.ts) of whole counties, one row an office, in no order: the same rows
// that supervision and follow-up count. Asked for their bytes (`Tx.fields`).
import { type ServiceFact, serviceFacts, serviceKindNames } from '@yingdeng/rules/statistics/service-sheet.ts';
import { sql } from '../../platform/sql.ts';
import { registeredAllMonth } from '../followup/index.ts';
import { contactsDue, decisionsDue } from '../worklist/index.ts';

type OfOffice = { office: string; records: Uint8Array };
type InRange = [divisions: readonly string[], lo: string, hi: string];

/** One record a row of \`from\`, which gives id, person_id and office; \`flags\`: its bits beside what it is. */
const records = (what: ServiceFact['what'], from: string, flags: string, on = '0') =>
  `select office, string_agg(uuid_send(id) || uuid_send(person_id)
     || int8send(((${serviceFacts.indexOf(what) + 1} | (${flags}))::bigint << 32) | ${on}) || int8send(0), '')
   from (${from}) one group by office`;
const day = (date: string) => `(${date} - date '1899-12-31')`;

export const decisionRecords = sql<OfOffice, [...InRange, from: string, before: string]>(
  'statistics.decisionRecords',
  records('decision', decisionsDue, 'case when kept then 8 else 0 end', day('due_on')),
);

export const contactRecords = sql<OfOffice, [...InRange, from: string, before: string]>(
  'statistics.contactRecords',
  records('contact', contactsDue, 'case when kept then 8 else 0 end', day('due_on')),
);

export const monthRecords = sql<OfOffice, [...InRange, month: string, start: string, end: string]>(
  'statistics.monthRecords',
  records('month', registeredAllMonth, 'case when seen then 8 else 0 end'),
);

const kind = `case kind ${serviceKindNames.map((name, n) => `when '${name}' then ${n + 1}`).join(' ')} else 0 end`;

/** Services given between two days, both included: index service_record_served. A person counts once in a county, with the first of them. */
export const givenRecords = sql<OfOffice, [divisions: readonly string[], from: string, to: string]>(
  'statistics.givenRecords',
  records(
    'service',
    `select registration_id as id, person_id, office, kind, served_on,
       row_number() over (partition by left(office, 6), registration_id order by office, served_on, id) = 1 as first
     from service_record where left(office, 6) = any($1::text[]) and served_on >= $2::date and served_on <= $3::date`,
    `8 | (case when first then 16 else 0 end) | ((${kind}) << 8)`,
    day('served_on'),
  ),
);

/** Of some people: those about whom a contact, a service or a decision was recorded after an instant, so that a service sheet that differs has its reason. */
export const servedSince = sql<{ person_id: string }, [tenant: string, people: readonly string[], since: Date]>(
  'statistics.servedSince',
  `select p.id as person_id from person p where p.tenant = $1 and p.id = any($2::uuid[]) and exists (
     select 1 from registration r where r.tenant = $1 and r.person_id = p.id and (r.registered_at > $3
       or exists (select 1 from service_record s where s.tenant = $1 and s.registration_id = r.id and s.at > $3)
       or exists (select 1 from contact_record c where c.tenant = $1 and c.registration_id = r.id and c.at > $3)
       or exists (select 1 from exit e where e.tenant = $1 and e.registration_id = r.id and greatest(e.confirmed_at, e.restored_at) > $3)
       or exists (select 1 from registration_transfer t where t.tenant = $1 and t.registration_id = r.id and t.at > $3)
       or exists (select 1 from application a where a.tenant = $1 and a.id = r.application_id and a.decided_at > $3)))`,
);
