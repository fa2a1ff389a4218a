import type { MatterKind, MatterState } from '@yingdeng/rules/one-matter.ts';
import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface CaseRow {
  tenant: string;
  id: string;
  person_id: string;
  division: string;
  office: string;
  number: string;
  status: 'submitted' | 'registered' | 'refused' | 'withdrawn' | 'duplicate' | 'handedOver';
  unemployed_month: string;
  reason: string;
  disabled: boolean;
  birth_date: string | null;
  sex: string;
  name: string;
  identity_sealed: Buffer;
  contact_sealed: Buffer | null;
  deceased_on: string | null;
  registration_id: string | null;
  registration_number: string | null;
  registration_status: 'active' | 'exitProposed' | 'exited' | null;
  registered_on: string | null;
  exited_on: string | null;
  first_contact_due: string | null;
  first_contact_at: Date | null;
  allowance_from: string | null;
  allowance_to: string | null;
  allowance_told_on: string | null;
}

const found = `select a.tenant, a.id, a.person_id, a.division, a.office, a.number, a.status, a.unemployed_month, a.reason,
     p.disability is not null as disabled, p.birth_date, p.sex, p.name, p.identity_sealed, p.contact_sealed, p.deceased_on,
     r.id as registration_id, r.number as registration_number, r.status as registration_status, r.registered_on, r.exited_on,
     r.first_contact_due, r.first_contact_at, r.allowance_from, r.allowance_to, r.allowance_told_on
   from application a
   join person p on p.tenant = a.tenant and p.id = a.person_id
   left join registration r on r.tenant = a.tenant and r.application_id = a.id`;

/** The case of the parts with its registration; primary keys and registration_application. */
export const findCase = sql<CaseRow, Key>('bundle.case', `${found} where a.tenant = $1 and a.id = $2`);

/** Where a case that was handed over goes on. */
export const caseWentTo = sql<{ id: string | null }, Key>(
  'bundle.wentTo',
  `select decision->>'id' as id from application where tenant = $1 and id = $2 and status = 'handedOver'`,
);

/** The worker's latest application. */
export const myCase = sql<{ tenant: string; id: string }, [person: string]>(
  'bundle.myCase',
  `select tenant, id from application where person_id = $1 and status <> 'handedOver' order by submitted_at desc limit 1`,
);

/** A valid registration of a person in a city, and the application it came of. */
export const validRegistration = sql<{ application_id: string }, [tenant: string, person: string]>(
  'bundle.validRegistration',
  `select application_id from registration where tenant = $1 and person_id = $2 and status <> 'exited' limit 1`,
);

export interface OwedRow {
  id: string;
  application_id: string;
  office: string;
  name: string;
  identity_sealed: Buffer;
  kind: MatterKind;
  state: MatterState;
  todo_due: string;
  stopped_on: string | null;
  stop_reason: string | null;
}

/** Work with the parts of one stage, earliest first: index sub_matter_todo, a page a county. */
export const owedMatters = sql<
  OwedRow,
  [
    divisions: readonly string[],
    lo: string,
    hi: string,
    afterDue: string,
    afterId: string,
    limit: number,
    stage: string,
  ]
>(
  'bundle.owed',
  `select w.id, w.application_id, w.office, p.name, p.identity_sealed, w.kind, w.state, w.todo_due, w.stopped_on, w.stop_reason
   from (
     select v.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select * from sub_matter
       where division = d.division and todo = $7 and office >= $2 and office < $3 and (todo_due, id) > ($4::date, $5::uuid)
       order by todo_due, id limit $6
     ) v order by v.todo_due, v.id limit $6
   ) w
   join person p on p.tenant = w.tenant and p.id = w.person_id
   order by w.todo_due, w.id`,
);

/** What the programme has to look at; index sub_matter_next. */
export const mattersToTry = sql<
  { tenant: string; id: string; application_id: string; kind: MatterKind },
  [now: Date, limit: number]
>(
  'bundle.toTry',
  `select tenant, id, application_id, kind from sub_matter where next_try_at is not null and next_try_at <= $1
   order by next_try_at, id limit $2`,
);

/** How many wait for an outside system; index sub_matter_next holds only what is to be tried. */
export const waitingFor = sql<{ kind: MatterKind; count: number }>(
  'bundle.waitingFor',
  `select kind, count(*)::int as count from sub_matter where next_try_at is not null and tries > 0 group by kind`,
);
