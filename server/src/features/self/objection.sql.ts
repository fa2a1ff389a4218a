import { sql } from '../../platform/sql.ts';

export interface ObjectionRow {
  tenant: string;
  id: string;
  person_id: string;
  office: string;
  application_id: string;
  subject_kind: 'application' | 'exit';
  subject_id: string;
  text: string;
  state: 'open' | 'answered';
  at: Date;
  answer: string | null;
  answered_at: Date | null;
  answered_by_name: string | null;
  number: string;
  reason: string | null;
  decided_on: string | null;
}

const columns = (
  from: string,
) => `o.tenant, o.id, o.person_id, o.office, o.application_id, o.subject_kind, o.subject_id, o.text, o.state,
     o.at, o.answer, o.answered_at, o.answered_by_name, a.number, x.reason, coalesce(x.exit_on, a.decided_at::date)::text as decided_on
   from ${from} o
   join application a on a.tenant = o.tenant and a.id = o.application_id
   left join exit x on x.tenant = o.tenant and x.id = o.subject_id`;

/** A person's own objections, newest first; index objection_person. */
export const myObjections = sql<ObjectionRow, [person: string]>(
  'self.myObjections',
  `select ${columns('objection')} where o.person_id = $1 order by o.at desc limit 30`,
);

export interface SubjectRow {
  kind: 'application' | 'exit';
  id: string;
  application_id: string;
  tenant: string;
  office: string;
  number: string;
  reason: string | null;
  decided_on: string | null;
}

/** Decisions a person may object to: refusals and confirmed exits; a handful, by the indexes on person. */
export const mySubjects = sql<SubjectRow, [person: string]>(
  'self.mySubjects',
  `select 'application' as kind, a.id, a.id as application_id, a.tenant, a.office, a.number, null as reason,
     a.decided_at::date::text as decided_on, a.decided_at as at
   from application a where a.person_id = $1 and a.status = 'refused'
   union all
   select 'exit', x.id, r.application_id, x.tenant, x.office, r.number, x.reason, x.exit_on::text, x.confirmed_at
   from registration r join exit x on x.tenant = r.tenant and x.registration_id = r.id
   where r.person_id = $1 and x.status = 'confirmed'
   order by at desc limit 30`,
);

export const putObjection = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    person: string,
    office: string,
    application: string,
    kind: string,
    subject: string,
    text: string,
    at: Date,
  ]
>(
  'self.putObjection',
  `insert into objection (tenant, id, person_id, office, application_id, subject_kind, subject_id, text, state, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9)`,
);

/** With the name as the file has it, or the form. */
export interface StaffObjectionRow extends ObjectionRow {
  name: string;
}

const page = (state: 'open' | 'answered', key: string, order: 'asc' | 'desc') => {
  const after = order === 'asc' ? '>' : '<';
  return `select ${columns(`(
     select w.* from unnest($1::bpchar[]) t (tenant)
     cross join lateral (
       select * from objection where tenant = t.tenant and state = '${state}' and (${key}, id) ${after} ($2::timestamptz, $3::uuid)
       order by ${key} ${order}, id ${order} limit $4
     ) w order by w.${key} ${order}, w.id ${order} limit $4
   )`).replace('a.number,', "a.number, coalesce(p.name, a.form->>'name', '') as name,")}
   left join person p on p.tenant = o.tenant and p.id = o.person_id
   order by o.${key} ${order}, o.id ${order}`;
};

type PageOf = [tenants: readonly string[], after: Date, afterId: string, limit: number];

/** Open ones, longest waiting first: index objection_waiting, one page a city. */
export const openObjections = sql<StaffObjectionRow, PageOf>('self.openObjections', page('open', 'at', 'asc'));
/** Answered ones, newest answer first: index objection_answered. */
export const answeredObjections = sql<StaffObjectionRow, PageOf>(
  'self.answeredObjections',
  page('answered', 'answered_at', 'desc'),
);

export const findObjection = sql<
  StaffObjectionRow & { mobile_sealed: Buffer | null; deceased_on: string | null },
  [tenant: string, id: string]
>(
  'self.findObjection',
  `select ${columns('objection').replace(
    'a.number,',
    "a.number, coalesce(p.name, a.form->>'name', '') as name, coalesce(p.contact_sealed, a.sealed) as mobile_sealed, p.deceased_on,",
  )}
   left join person p on p.tenant = o.tenant and p.id = o.person_id
   where o.tenant = $1 and o.id = $2`,
);

/** No row when somebody else answered first. */
export const putAnswer = sql<
  Record<string, never>,
  [tenant: string, id: string, answer: string, now: Date, by: string, byName: string]
>(
  'self.putAnswer',
  `update objection set state = 'answered', answer = $3, answered_at = $4, answered_by = $5, answered_by_name = $6
   where tenant = $1 and id = $2 and state = 'open'`,
);
