import type { MatterKind, MatterState } from '@yingdeng/rules/one-matter.ts';
import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface MatterRow {
  tenant: string;
  id: string;
  application_id: string;
  person_id: string;
  division: string;
  office: string;
  kind: MatterKind;
  /** Of recognition of difficulty, once applied for: that of its row. */
  state: MatterState;
  wish: string;
  consented_on: string | null;
  consent_how: 'counter' | 'telephone' | 'visit' | 'portal' | null;
  asked_at: Date;
  asked_by_name: string;
  forwarded_at: Date | null;
  external_number: string | null;
  subject_id: string | null;
  decided_at: Date | null;
  decided_by_name: string | null;
  outcome: string;
  reason: string;
  months: number | null;
  monthly_fen: number | null;
  holds_from: string | null;
  stopped_on: string | null;
  stop_reason: string | null;
  told_exit_on: string | null;
  todo: 'introduce' | 'carry' | 'answer' | 'check' | null;
  todo_due: string | null;
  tries: number;
  version: number;
}

const own = `s.tenant, s.id, s.application_id, s.person_id, s.division, s.office, s.kind, s.state, s.wish, s.consented_on, s.consent_how,
     s.asked_at, s.asked_by_name, s.forwarded_at, s.external_number, s.subject_id, s.decided_at, s.decided_by_name, s.outcome, s.reason,
     s.months, s.monthly_fen, s.holds_from, s.stopped_on, s.stop_reason, s.told_exit_on, s.todo, s.todo_due, s.tries, s.version`;
/** Recognition has one truth, its own row: what is shown of the part is what stands there. */
const shown = `s.tenant, s.id, s.application_id, s.person_id, s.division, s.office, s.kind,
     case f.state when 'recognised' then 'accepted' when 'refused' then 'refused' when 'withdrawn' then 'withdrawn' else s.state end as state,
     s.wish, s.consented_on, s.consent_how, s.asked_at, s.asked_by_name, s.forwarded_at, s.external_number, s.subject_id,
     coalesce(f.decided_at, s.decided_at) as decided_at, coalesce(f.decided_by_name, s.decided_by_name) as decided_by_name,
     s.outcome, coalesce(nullif(coalesce(f.withdrawn_reason, f.decision_text), ''), s.reason) as reason, s.months, s.monthly_fen,
     coalesce(f.valid_from, s.holds_from) as holds_from, s.stopped_on, s.stop_reason, s.told_exit_on, s.todo,
     coalesce(s.todo_due, f.due_on) as todo_due, s.tries, s.version`;
const joined = 'sub_matter s left join difficulty f on f.tenant = s.tenant and f.id = s.subject_id';

/** Parts of an application in the order they were asked for; index sub_matter_application. */
export const mattersOf = sql<MatterRow, [tenant: string, application: string]>(
  'matter.ofApplication',
  `select ${shown} from ${joined} where s.tenant = $1 and s.application_id = $2 order by s.asked_at, s.id limit 50`,
);

export const findMatter = sql<MatterRow, Key>(
  'matter.find',
  `select ${own} from sub_matter s where s.tenant = $1 and s.id = $2`,
);

export const lockMatter = sql<MatterRow, Key>(
  'matter.lock',
  `select ${own} from sub_matter s where s.tenant = $1 and s.id = $2 for update`,
);

/** By the number the other side gave it; index sub_matter_external. */
export const matterByNumber = sql<{ id: string }, [tenant: string, kind: string, number: string]>(
  'matter.byNumber',
  'select id from sub_matter where tenant = $1 and kind = $2 and external_number = $3 order by asked_at desc limit 1',
);

/** Parts that go in together, with the first entry of their history; a kind that is open already stays as it is. */
export const putMatters = sql<
  { id: string },
  [
    tenant: string,
    application: string,
    digest: Buffer | null,
    now: Date,
    name: string,
    actorId: string | null,
    kinds: readonly string[],
    wishes: readonly string[],
    ids: readonly string[],
    actionIds: readonly string[],
    consentedOn: string | null,
    consentHow: string | null,
    next: Date | null,
  ]
>(
  'matter.put',
  `with asked as (
     select a.tenant, a.id as application_id, a.person_id, a.division, a.office, k.kind, k.wish, k.id, k.action_id
     from application a cross join unnest($7::text[], $8::text[], $9::uuid[], $10::uuid[]) k (kind, wish, id, action_id)
     where a.tenant = $1 and a.id = $2 and ($3::bytea is null or a.request_digest = $3)
   ), put as (
     insert into sub_matter (tenant, id, application_id, person_id, division, office, kind, state, wish, consented_on, consent_how, asked_at,
       asked_by_name, next_try_at)
     select tenant, id, application_id, person_id, division, office, kind, 'asked', wish, $11::date, $12, $4, $5, $13 from asked
     on conflict do nothing
     returning id
   )
   insert into sub_matter_action (tenant, id, sub_matter_id, person_id, office, action, from_state, to_state, at, actor_id, actor_name, text)
   select q.tenant, q.action_id, q.id, q.person_id, q.office, 'ask', '', 'asked', $4, $6::uuid, $5, '提出'
   from asked q join put p on p.id = q.id
   returning sub_matter_id as id`,
);

/** Something happened to the case: the programme looks at its parts at once. */
export const wakeMatters = sql<Record<string, never>, [tenant: string, application: string, now: Date]>(
  'matter.wake',
  `update sub_matter set next_try_at = $3 where tenant = $1 and application_id = $2
     and (state in ('asked', 'forwarded') or (state = 'accepted' and kind = 'benefit'))`,
);

/** The registration ended, or was restored. */
export const wakeByRegistration = sql<Record<string, never>, [tenant: string, registration: string, now: Date]>(
  'matter.wakeByRegistration',
  `update sub_matter s set next_try_at = $3 from registration r
   where r.tenant = $1 and r.id = $2 and s.tenant = r.tenant and s.application_id = r.application_id
     and (s.state in ('asked', 'forwarded') or (s.state = 'accepted' and s.kind = 'benefit'))`,
);

/** The case went to another office of the city. */
export const moveMatters = sql<
  Record<string, never>,
  [tenant: string, application: string, division: string, office: string]
>('matter.move', 'update sub_matter set division = $3, office = $4 where tenant = $1 and application_id = $2');

/** A part that goes on in another city, as it stands; its number is still that of the other side, which answers by it. */
export const carryMatter = sql<
  Record<string, never>,
  [...Key, tenant: string, id: string, application: string, division: string, office: string, next: Date]
>(
  'matter.carry',
  `insert into sub_matter (tenant, id, application_id, person_id, division, office, kind, state, wish, consented_on, consent_how, asked_at,
     asked_by_name, forwarded_at, external_number, decided_at, decided_by_name, outcome, reason, months, monthly_fen, holds_from, stopped_on,
     stop_reason, told_exit_on, next_try_at)
   select $3, $4, $5, person_id, $6, $7, kind, state, wish, consented_on, consent_how, asked_at, asked_by_name, forwarded_at, external_number,
     decided_at, decided_by_name, outcome, reason, months, monthly_fen, holds_from, stopped_on, stop_reason, told_exit_on, $8
   from sub_matter where tenant = $1 and id = $2
   on conflict do nothing`,
);

/** What stays behind of it. */
export const leaveMatter = sql<Record<string, never>, [...Key, now: Date, by: string, why: string]>(
  'matter.leave',
  `update sub_matter set state = 'withdrawn', decided_at = $3, decided_by_name = $4, reason = $5, todo = null, todo_due = null,
     next_try_at = null, version = version + 1
   where tenant = $1 and id = $2`,
);

/** A new state with what it brings; the version tells who came second. */
export const settleMatter = sql<
  Record<string, never>,
  [
    ...Key,
    version: number,
    state: string,
    now: Date,
    by: string,
    outcome: string,
    reason: string,
    months: number | null,
    monthlyFen: number | null,
    from: string | null,
  ]
>(
  'matter.settle',
  `update sub_matter set state = $4, decided_at = $5, decided_by_name = $6, outcome = $7, reason = $8, months = $9, monthly_fen = $10,
     holds_from = $11, todo = null, todo_due = null, next_try_at = null, version = version + 1
   where tenant = $1 and id = $2 and version = $3`,
);

/** Gone to the other side, with its number; `subject` is the row of the recognition. */
export const forwardMatter = sql<
  Record<string, never>,
  [
    ...Key,
    version: number,
    now: Date,
    number: string | null,
    subject: string | null,
    todo: string | null,
    todoDue: string | null,
  ]
>(
  'matter.forward',
  `update sub_matter set state = 'forwarded', forwarded_at = $4, external_number = coalesce($5, external_number), subject_id = $6, todo = $7,
     todo_due = $8, next_try_at = null, tries = 0, version = version + 1
   where tenant = $1 and id = $2 and version = $3`,
);

/** What a member of staff has to do with it next; nothing more for the programme. */
export const setTodo = sql<Record<string, never>, [...Key, todo: string | null, due: string | null]>(
  'matter.setTodo',
  'update sub_matter set todo = $3, todo_due = $4, next_try_at = null, version = version + 1 where tenant = $1 and id = $2',
);

/** When the programme looks at it again. */
export const setNextTry = sql<Record<string, never>, [...Key, next: Date | null, tries: number]>(
  'matter.setNextTry',
  'update sub_matter set next_try_at = $3, tries = $4 where tenant = $1 and id = $2',
);

export const markStopped = sql<Record<string, never>, [...Key, on: string, reason: string, due: string]>(
  'matter.stopped',
  `update sub_matter set stopped_on = $3, stop_reason = $4, todo = 'check', todo_due = $5, version = version + 1
   where tenant = $1 and id = $2 and stopped_on is distinct from $3::date`,
);

/** The other side was told of the end of the registration; null when the registration was restored and it was told of that. */
export const markExitTold = sql<Record<string, never>, [...Key, on: string | null]>(
  'matter.exitTold',
  'update sub_matter set told_exit_on = $3, next_try_at = null, tries = 0 where tenant = $1 and id = $2',
);

export const putMatterAction = sql<
  Record<string, never>,
  [
    ...Key,
    matter: string,
    person: string,
    office: string,
    action: string,
    from: string,
    to: string,
    now: Date,
    actorId: string | null,
    actorName: string,
    text: string,
  ]
>(
  'matter.putAction',
  `insert into sub_matter_action (tenant, id, sub_matter_id, person_id, office, action, from_state, to_state, at, actor_id, actor_name, text)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);

/** History of all parts of an application, oldest first. */
export const matterHistory = sql<
  { sub_matter_id: string; at: Date; actor_name: string; text: string },
  [tenant: string, application: string]
>(
  'matter.history',
  `select h.sub_matter_id, h.at, h.actor_name, h.text
   from sub_matter s join sub_matter_action h on h.tenant = s.tenant and h.sub_matter_id = s.id
   where s.tenant = $1 and s.application_id = $2 order by h.at, h.id limit 500`,
);
