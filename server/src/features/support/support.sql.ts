import type { GivenLoan, JudgedCondition, SupportState } from '@yingdeng/rules/support-policy.ts';
import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface SupportRow {
  tenant: string;
  id: string;
  registration_id: string;
  person_id: string;
  office: string;
  policy: string;
  state: SupportState;
  conditions: JudgedCondition[];
  note: string;
  terms: GivenLoan | null;
  accepted_on: string;
  accepted_by_name: string;
  due_on: string | null;
  forwarded_to: string;
  forwarded_on: string | null;
  settled_on: string | null;
  result: string;
  version: number;
}

const columns = `tenant, id, registration_id, person_id, office, policy, state, conditions, note, terms, accepted_on, accepted_by_name, due_on,
     forwarded_to, forwarded_on, settled_on, result, version`;

/** All of a person, newest first; index policy_application_person. */
export const supportOf = sql<SupportRow, [person: string]>(
  'support.ofPerson',
  `select ${columns} from policy_application where person_id = $1 order by accepted_at desc, id desc limit 50`,
);

export const lockSupport = sql<SupportRow, Key>(
  'support.lock',
  `select ${columns} from policy_application where tenant = $1 and id = $2 for update`,
);

/** Accepted; nothing when one for the same policy is open (unique index policy_application_open). */
export const putSupport = sql<
  Record<string, never>,
  [
    ...Key,
    registration: string,
    application: string,
    person: string,
    division: string,
    office: string,
    policy: string,
    conditions: string,
    note: string,
    basis: string,
    on: string,
    now: Date,
    by: string | null,
    byName: string,
    due: string | null,
    terms: string | null,
  ]
>(
  'support.put',
  `insert into policy_application (tenant, id, registration_id, application_id, person_id, division, office, policy, state, conditions, note,
     basis, accepted_on, accepted_at, accepted_by, accepted_by_name, due_on, terms)
   values ($1, $2, $3, $4, $5, $6, $7, $8, 'accepted', $9, $10, $11, $12, $13, $14, $15, $16, $17) on conflict do nothing`,
);

export const forwardSupport = sql<Record<string, never>, [...Key, to: string, on: string]>(
  'support.forward',
  `update policy_application set state = 'forwarded', forwarded_to = $3, forwarded_on = $4, version = version + 1
   where tenant = $1 and id = $2`,
);

export const settleSupport = sql<
  Record<string, never>,
  [...Key, state: SupportState, result: string, on: string, by: string]
>(
  'support.settle',
  `update policy_application set state = $3, result = $4, settled_on = $5, settled_by_name = $6, version = version + 1
   where tenant = $1 and id = $2`,
);

export interface StepRow {
  policy_application_id: string;
  to_state: SupportState;
  text: string;
  at: Date;
  actor_name: string;
}

/** Steps of some applications, in order; index policy_application_action_of. */
export const stepsOf = sql<StepRow, [tenant: string, ids: readonly string[]]>(
  'support.stepsOf',
  `select policy_application_id, to_state, text, at, actor_name from policy_application_action
   where tenant = $1 and policy_application_id = any($2::uuid[]) order by at, id`,
);

export const putStep = sql<
  Record<string, never>,
  [
    ...Key,
    of: string,
    person: string,
    office: string,
    state: SupportState,
    text: string,
    now: Date,
    by: string | null,
    byName: string,
  ]
>(
  'support.putStep',
  `insert into policy_application_action (tenant, id, policy_application_id, person_id, office, to_state, text, at, actor_id, actor_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

export interface OpenRow {
  id: string;
  application_id: string;
  office: string;
  name: string;
  identity_sealed: Buffer;
  policy: string;
  accepted_on: string;
  forwarded_to: string;
  due_on: string | null;
}

/** Open applications of a state, the oldest first: index policy_application_open_list, one descent a county. */
export const openSupport = sql<
  OpenRow,
  [
    divisions: readonly string[],
    lo: string,
    hi: string,
    afterOn: string,
    afterId: string,
    limit: number,
    state: 'accepted' | 'forwarded',
  ]
>(
  'support.open',
  `select w.id, w.application_id, w.office, p.name, p.identity_sealed, w.policy, w.accepted_on, w.forwarded_to, w.due_on
   from (
     select v.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select * from policy_application
       where division = d.division and state = $7 and state in ('accepted', 'forwarded') and office >= $2 and office < $3
         and (accepted_on, id) > ($4::date, $5::uuid)
       order by accepted_on, id limit $6
     ) v order by v.accepted_on, v.id limit $6
   ) w
   join person p on p.tenant = w.tenant and p.id = w.person_id
   order by w.accepted_on, w.id`,
);
