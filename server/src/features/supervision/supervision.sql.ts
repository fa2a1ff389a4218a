import { sql } from '../../platform/sql.ts';

type PageOf = [tenants: readonly string[], before: Date, beforeId: string, limit: number];
/** Narrowed to a kind, a range of offices, a person, and since an instant; null leaves a filter out. */
type EventsOf = [...PageOf, kind: string | null, lo: string, hi: string, person: string | null, since: Date | null];

interface EventRow {
  id: string;
  at: Date;
  kind: string;
  office: string;
  actor_name: string;
  detail: { text?: unknown };
  application_id: string | null;
}

/** Events of the cities of the range, newest first: index supervision_event_office read backwards, one page a city. */
export const eventPage = sql<EventRow, EventsOf>(
  'supervision.events',
  `select e.id, e.at, e.kind, e.office, e.actor_name, e.detail, coalesce(a.id, r.application_id, x.application_id) as application_id
   from (
     select w.* from unnest($1::bpchar[]) t (tenant)
     cross join lateral (
       select tenant, id, at, kind, office, actor_name, detail, subject_id from supervision_event
       where tenant = t.tenant and (at, id) < ($2::timestamptz, $3::uuid) and ($5::text is null or kind = $5)
         and office >= $6 and office < $7 and ($8::uuid is null or actor_id = $8) and at >= coalesce($9::timestamptz, '-infinity')
       order by at desc, id desc limit $4
     ) w
     order by w.at desc, w.id desc limit $4
   ) e
   left join application a on a.tenant = e.tenant and a.id = e.subject_id
   left join registration r on r.tenant = e.tenant and r.id = e.subject_id
   left join lateral (
     select y.application_id from exit z join registration y on y.tenant = z.tenant and y.id = z.registration_id
     where z.tenant = e.tenant and z.id = e.subject_id
   ) x on true
   order by e.at desc, e.id desc`,
);

export interface AuditRow {
  id: string;
  at: Date;
  actor_name: string;
  role: string;
  office: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  subject_number: string | null;
  reason: string;
}

/**
 * The audit of the range, newest first: index audit_event_at read backwards, one page a city. With a filter the city's rows are
 * read until a page is full; days bound what is read. The number of the case is looked up for what is shown only.
 */
export const auditPage = sql<
  AuditRow,
  [...PageOf, actions: readonly string[] | null, who: string | null, from: Date | null, before: Date | null]
>(
  'supervision.audit',
  `select e.id, e.at, e.actor_name, e.role, e.office, e.action, e.subject_kind, e.subject_id,
     coalesce(a.number, r.number, x.serial) as subject_number, e.reason
   from (
     select w.* from unnest($1::bpchar[]) t (tenant)
     cross join lateral (
       select tenant, id, at, actor_name, role, office, action, subject_kind, subject_id, reason from audit_event
       where tenant = t.tenant and (at, id) < ($2::timestamptz, $3::uuid) and ($5::text[] is null or action = any ($5))
        and ($6::text is null or starts_with(actor_name, $6)) and ($7::timestamptz is null or at >= $7)
        and ($8::timestamptz is null or at < $8)
       order by at desc, id desc limit $4
     ) w
     order by w.at desc, w.id desc limit $4
   ) e
   left join application a on a.tenant = e.tenant and a.id = case when e.subject_kind = 'application' then e.subject_id::uuid end
   left join registration r on r.tenant = e.tenant and r.id = case when e.subject_kind = 'registration' then e.subject_id::uuid end
   left join exit x on x.tenant = e.tenant and x.id = case when e.subject_kind = 'exit' then e.subject_id::uuid end
   order by e.at desc, e.id desc`,
);
