import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface DifficultyRow {
  tenant: string;
  id: string;
  person_id: string;
  registration_id: string;
  division: string;
  office: string;
  state: 'applied' | 'recognised' | 'refused' | 'withdrawn';
  category: string;
  applied_at: Date;
  due_on: string | null;
  decided_at: Date | null;
  decided_by_name: string | null;
  decision_text: string;
  valid_from: string | null;
  valid_to: string | null;
  recheck_due: string | null;
  withdrawn_on: string | null;
  withdrawn_reason: string | null;
  version: number;
}

const columns = `tenant, id, person_id, registration_id, division, office, state, category, applied_at, due_on, decided_at, decided_by_name,
     decision_text, valid_from, valid_to, recheck_due, withdrawn_on, withdrawn_reason, version`;

/** All of a person in one city, newest first; index difficulty_person. */
export const difficultiesOf = sql<DifficultyRow, [person: string, tenant: string]>(
  'difficulty.ofPerson',
  `select ${columns} from difficulty where person_id = $1 and tenant = $2 order by applied_at desc, id desc limit 20`,
);

export const lockDifficulty = sql<DifficultyRow, Key>(
  'difficulty.lock',
  `select ${columns} from difficulty where tenant = $1 and id = $2 for update`,
);

/** Applied for; nothing when one is open already (unique index difficulty_open). */
export const putDifficulty = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    person: string,
    registration: string,
    division: string,
    office: string,
    category: string,
    basis: string,
    now: Date,
    due: string | null,
  ]
>(
  'difficulty.put',
  `insert into difficulty (tenant, id, person_id, registration_id, division, office, state, category, basis, applied_at, due_on)
   values ($1, $2, $3, $4, $5, $6, 'applied', $7, $8, $9, $10) on conflict do nothing`,
);

/** A recognition that belongs to an ended registration does not outlive it: the next one is applied for anew. */
export const endOutlived = sql<Record<string, never>, [tenant: string, person: string, on: string]>(
  'difficulty.endOutlived',
  `update difficulty f set state = 'withdrawn', withdrawn_on = $3, withdrawn_reason = '失业登记已退出', version = f.version + 1
   from registration r
   where f.tenant = $1 and f.person_id = $2 and f.state in ('applied', 'recognised')
     and r.tenant = f.tenant and r.id = f.registration_id and r.status = 'exited'`,
);

export const recognise = sql<
  Record<string, never>,
  [
    ...Key,
    version: number,
    category: string,
    text: string,
    basis: string,
    from: string,
    to: string,
    now: Date,
    by: string | null,
    byName: string,
  ]
>(
  'difficulty.recognise',
  `update difficulty set state = 'recognised', category = $4, decision_text = $5, basis = $6, valid_from = $7, valid_to = $8, recheck_due = $8,
     decided_at = $9, decided_by = $10, decided_by_name = $11, version = version + 1
   where tenant = $1 and id = $2 and version = $3`,
);

export const refuse = sql<
  Record<string, never>,
  [...Key, version: number, text: string, now: Date, by: string | null, byName: string]
>(
  'difficulty.refuse',
  `update difficulty set state = 'refused', decision_text = $4, decided_at = $5, decided_by = $6, decided_by_name = $7, version = version + 1
   where tenant = $1 and id = $2 and version = $3`,
);

/** Looked at again: it goes on to hold. */
export const extend = sql<Record<string, never>, [...Key, version: number, to: string]>(
  'difficulty.extend',
  `update difficulty set valid_to = $4, recheck_due = $4, version = version + 1 where tenant = $1 and id = $2 and version = $3`,
);

export const withdraw = sql<Record<string, never>, [...Key, version: number, on: string, reason: string]>(
  'difficulty.withdraw',
  `update difficulty set state = 'withdrawn', withdrawn_on = $4, withdrawn_reason = $5, version = version + 1
   where tenant = $1 and id = $2 and version = $3`,
);

export interface OwedRow {
  id: string;
  application_id: string;
  office: string;
  name: string;
  identity_sealed: Buffer;
  category: string;
  applied_at: Date;
  due: string;
}

const page = (state: 'applied' | 'recognised', due: 'due_on' | 'recheck_due', upTo: string) => `
   select w.id, r.application_id, w.office, p.name, p.identity_sealed, w.category, w.applied_at, w.${due} as due
   from (
     select v.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select * from difficulty
       where division = d.division and state = '${state}' and office >= $2 and office < $3 and ${due} is not null
         and (${due}, id) > ($4::date, $5::uuid)${upTo}
       order by ${due}, id limit $6
     ) v order by v.${due}, v.id limit $6
   ) w
   join registration r on r.tenant = w.tenant and r.id = w.registration_id and r.status <> 'exited'
   join person p on p.tenant = w.tenant and p.id = w.person_id
   order by w.${due}, w.id`;

type PageOf = [divisions: readonly string[], lo: string, hi: string, afterDue: string, afterId: string, limit: number];

/** Applications to decide, earliest due first: index difficulty_due, a handful a county. */
export const owedDecisions = sql<OwedRow, PageOf>('difficulty.owedDecisions', page('applied', 'due_on', ''));

/** Recognitions whose time ends by a day and are to be looked at again: index difficulty_recheck. */
export const owedChecks = sql<OwedRow, [...PageOf, upTo: string]>(
  'difficulty.owedChecks',
  page('recognised', 'recheck_due', ' and recheck_due <= $7'),
);
