import type { CreditCause, CreditFacts, CreditLevel, CreditState } from '@yingdeng/rules/credit.ts';
import type { CreditLimits } from '@yingdeng/rules/provisions/parameters.ts';
import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface CreditRow {
  tenant: string;
  id: string;
  registration_id: string;
  person_id: string;
  office: string;
  cause: CreditCause;
  level: CreditLevel;
  state: CreditState;
  facts: CreditFacts;
  basis: { creditLimits: { value: CreditLimits } };
  evidence: string;
  proposed_at: Date;
  proposed_by: string;
  proposed_by_name: string;
  answer_due: string | null;
  answer: string;
  decided_by: string | null;
  decided_by_name: string | null;
  decision_text: string;
  expires_on: string | null;
  objection: string;
  objection_due: string | null;
  objection_answer: string;
  repair_text: string;
  version: number;
}

const columns = `tenant, id, registration_id, person_id, office, cause, level, state, facts, basis, evidence, proposed_at, proposed_by, proposed_by_name,
     answer_due, answer, decided_by, decided_by_name, decision_text, expires_on, objection, objection_due, objection_answer, repair_text, version`;

/** All of a person, newest first; index credit_record_person. */
export const creditOf = sql<CreditRow, [person: string]>(
  'credit.ofPerson',
  `select ${columns} from credit_record where person_id = $1 order by proposed_at desc, id desc limit 50`,
);

export const lockCredit = sql<CreditRow, Key>(
  'credit.lock',
  `select ${columns} from credit_record where tenant = $1 and id = $2 for update`,
);

export const putCredit = sql<
  Record<string, never>,
  [
    ...Key,
    registration: string,
    application: string,
    person: string,
    division: string,
    office: string,
    cause: CreditCause,
    level: CreditLevel,
    state: CreditState,
    facts: string,
    evidence: string,
    basis: string,
    now: Date,
    by: string,
    byName: string,
    answerDue: string | null,
    expiresOn: string | null,
  ]
>(
  'credit.put',
  `insert into credit_record (tenant, id, registration_id, application_id, person_id, division, office, cause, level, state, facts, evidence,
     basis, proposed_at, proposed_by, proposed_by_name, answer_due, expires_on)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
);

export const decideCredit = sql<
  Record<string, never>,
  [...Key, state: CreditState, text: string, expiresOn: string | null, now: Date, by: string, byName: string]
>(
  'credit.decide',
  `update credit_record set state = $3, decision_text = $4, expires_on = $5, decided_at = $6, decided_by = $7, decided_by_name = $8,
     version = version + 1
   where tenant = $1 and id = $2`,
);

/** The objection's answer; the record is revoked or goes on. */
export const answerObjection = sql<
  Record<string, never>,
  [...Key, state: CreditState, text: string, on: string | null]
>(
  'credit.answerObjection',
  `update credit_record set state = $3, objection_answer = $4, ended_on = $5, version = version + 1 where tenant = $1 and id = $2`,
);

export const repairCredit = sql<Record<string, never>, [...Key, text: string, on: string]>(
  'credit.repair',
  `update credit_record set state = 'repaired', repair_text = $3, ended_on = $4, version = version + 1 where tenant = $1 and id = $2`,
);

/** What the person says before the decision, or against it. */
export const sayAnswer = sql<Record<string, never>, [...Key, text: string]>(
  'credit.sayAnswer',
  'update credit_record set answer = $3, version = version + 1 where tenant = $1 and id = $2',
);
export const sayObjection = sql<Record<string, never>, [...Key, text: string, due: string]>(
  'credit.sayObjection',
  'update credit_record set objection = $3, objection_due = $4, version = version + 1 where tenant = $1 and id = $2',
);

export interface OwedRow {
  id: string;
  application_id: string;
  office: string;
  name: string;
  identity_sealed: Buffer;
  cause: CreditCause;
  level: CreditLevel;
  due: string;
  answered: boolean;
  objected: boolean;
}

/** Records to decide and objections to answer, the earliest due first: index credit_record_owed, one descent a county. */
export const owedCredit = sql<
  OwedRow,
  [divisions: readonly string[], lo: string, hi: string, afterDue: string, afterId: string, limit: number]
>(
  'credit.owed',
  `select w.id, w.application_id, w.office, p.name, p.identity_sealed, w.cause, w.level, w.due, w.answer <> '' as answered,
     w.state <> 'noticed' as objected
   from (
     select v.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select *, coalesce(objection_due, answer_due) as due from credit_record
       where division = d.division and (state = 'noticed' or (state = 'inForce' and objection_due is not null and objection_answer = ''))
         and office >= $2 and office < $3 and (coalesce(objection_due, answer_due), id) > ($4::date, $5::uuid)
       order by coalesce(objection_due, answer_due), id limit $6
     ) v order by v.due, v.id limit $6
   ) w
   join person p on p.tenant = w.tenant and p.id = w.person_id
   order by w.due, w.id`,
);
