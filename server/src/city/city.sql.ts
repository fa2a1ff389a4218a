import { sql } from '../platform/sql.ts';

/** What stands of a city in `city_load`; one row a prefecture. */
export const findLoad = sql<
  { people: number; seed: number; as_of: string; state: 'loading' | 'loaded' },
  [division: string]
>(
  'city.findLoad',
  'select people::float8 as people, seed::float8 as seed, as_of::text as as_of, state from city_load where division = $1',
);

export const beginLoad = sql<Record<string, never>, [division: string, people: number, seed: number, asOf: string]>(
  'city.beginLoad',
  `insert into city_load (division, people, seed, as_of, state, at) values ($1, $2, $3, $4, 'loading', now())`,
);

export const endLoad = sql<Record<string, never>, [division: string]>(
  'city.endLoad',
  `update city_load set state = 'loaded', at = now() where division = $1`,
);

export const forgetLoad = sql<Record<string, never>, [division: string]>(
  'city.forgetLoad',
  'delete from city_load where division = $1',
);

/** Whether anybody of the city is known: a city with people who were not drawn is never touched. */
export const anyPerson = sql<{ found: boolean }, [tenant: string]>(
  'city.anyPerson',
  'select exists (select 1 from person where tenant = $1) as found',
);

/** Whether the whole register is empty: only then are constraints taken off while a large city is loaded. */
export const anyBody = sql<{ found: boolean }>('city.anyBody', 'select exists (select 1 from person) as found');

/** Referrals to civil affairs that wait for an answer: the other side must know them to give one. */
export const openReferrals = sql<
  {
    id: string;
    number: string;
    division: string;
    registration: string;
    name: string;
    identity_sealed: Buffer;
    at: Date;
  },
  [tenant: string]
>(
  'city.openReferrals',
  `select s.id, s.external_number as number, s.division, r.number as registration, p.name, p.identity_sealed, s.forwarded_at as at
   from sub_matter s
   join registration r on r.tenant = s.tenant and r.application_id = s.application_id
   join person p on p.tenant = s.tenant and p.id = s.person_id
   where s.tenant = $1 and s.kind = 'livingAllowance' and s.state = 'forwarded' and s.external_number is not null
   order by s.id limit 500`,
);

/** Usernames that another city has taken already. */
export const takenUsernames = sql<{ username: string }, [usernames: string[]]>(
  'city.takenUsernames',
  'select username from account where username = any ($1)',
);

/** Username of an account that the city made: tells the prefix it was loaded with. */
export const accountOfId = sql<{ username: string }, [id: string]>(
  'city.accountOfId',
  'select username from account where id = $1',
);

/** Foreign keys among the tables that are loaded, with the text that makes them again. */
export const foreignKeys = sql<ForeignKey, [tables: readonly string[]]>(
  'city.foreignKeys',
  `select conrelid::regclass::text as table_name, conname as name, pg_get_constraintdef(oid) as definition
   from pg_constraint where contype = 'f' and conrelid::regclass::text = any ($1) order by 1, 2`,
);

/** A foreign key of the catalogue, as `foreignKeys` tells it. */
interface ForeignKey {
  table_name: string;
  name: string;
  definition: string;
}

/** Takes a foreign key off, and puts it back; the names come from the catalogue. */
export const takeOff = (key: ForeignKey): string => `alter table ${key.table_name} drop constraint ${key.name}`;
export const putBack = (key: ForeignKey): string =>
  `alter table ${key.table_name} add constraint ${key.name} ${key.definition}`;
export const dropIndex = (name: string): string => `drop index ${name}`;

/** Indexes of the loaded tables that no constraint and no uniqueness stands on, with the text that makes them again. */
export const plainIndexes = sql<{ name: string; definition: string }, [tables: readonly string[]]>(
  'city.plainIndexes',
  `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
   from pg_index where indrelid::regclass::text = any ($1) and not indisunique order by 1`,
);

/** One load at a time in a database. */
export const lockLoads = sql<{ got: boolean }>('city.lock', 'select pg_try_advisory_lock(7240002) as got');

/** Who is in the posts of a city: they are drawn by themselves, so a post has at least as many places as people. */
export const countPlaces = sql<Record<string, never>, [tenant: string]>(
  'city.countPlaces',
  `update welfare_post o set taken = w.n, posts = greatest(o.posts, w.n)
   from (select post_id, count(*)::int as n from welfare_placement where tenant = $1 and state = 'placed' group by post_id) w
   where o.tenant = $1 and o.id = w.post_id`,
);

/** Seats that are taken; who dropped out took one. */
export const countSeats = sql<Record<string, never>, [tenant: string]>(
  'city.countSeats',
  `update training_project o set taken = e.n, seats = greatest(o.seats, e.n)
   from (select project_id, count(*)::int as n from training_enrolment
         where tenant = $1 and state in ('enrolled', 'finished', 'dropped') group by project_id) e
   where o.tenant = $1 and o.id = e.project_id`,
);

/** The tables a city fills, parents before children, with the columns in the order of the rows. */
export const copyColumns = {
  office: 'code, kind, name, address, telephone, business, responsible_person, town',
  account: 'id, username, display_name, role, office, password_hash, second_factor_sealed, created_at',
  person:
    'tenant, id, office, id_hash, name, name_pinyin, name_initials, id_tail, sex, birth_date, ethnic, political, education, ' +
    'health, disability, document_type, household_division, residence_division, residence_urban, mobile_hash, ' +
    'identity_sealed, contact_sealed, deceased_on, created_at, updated_at, hukou, veteran',
  application:
    'tenant, id, number, person_id, division, office, channel, status, place_kind, reason, wants_benefit, unemployed_month, ' +
    'form, sealed, commitment_version, commitment_digest, signature_sealed, signed_at, submitted_at, submitted_on, due_on, basis, checked_at, ' +
    'decided_at, decided_by, decided_by_name, ground, decision, platform_number, entered_by, request_digest, version',
  application_action:
    'tenant, id, application_id, person_id, office, action, from_status, to_status, at, actor_id, actor_name, detail',
  registration:
    'tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind, channel, reason, ' +
    'registered_at, registered_on, registered_by, first_contact_due, first_contact_at, last_contact_month, class, basis, ' +
    'exited_on, next_contact_on, version',
  registration_claim: 'id_hash, tenant, registration_id',
  registration_action:
    'tenant, id, registration_id, person_id, office, action, from_status, to_status, at, actor_id, actor_name, detail',
  contact:
    'tenant, id, registration_id, person_id, office, purpose, means, outcome, result, at, month, officer_id, officer_name, ' +
    'note, interview',
  list_handover: 'tenant, id, contact_id, registration_id, person_id, office, list, list_division, version, how, at',
  service_class:
    'tenant, id, registration_id, person_id, office, class, computed, points, profile, reason, basis, at, actor_id, actor_name',
  service_record:
    'tenant, id, registration_id, person_id, office, kind, content, result, outcome, served_on, at, officer_id, officer_name, step_id',
  difficulty:
    'tenant, id, person_id, registration_id, division, office, state, category, basis, applied_at, due_on, decided_at, decided_by, ' +
    'decided_by_name, decision_text, valid_from, valid_to, recheck_due, withdrawn_on, withdrawn_reason, version',
  plan:
    'tenant, id, registration_id, person_id, office, division, kind, goal, officer_id, officer_name, status, made_at, made_by, ' +
    'made_by_name, agreed_at, agreed_how, closed_at, closed_reason, changed_at, changed_by_name, version',
  plan_step:
    'tenant, id, plan_id, registration_id, person_id, office, division, n, whose, service, what, due_on, status, result, settled_at, ' +
    'settled_by_name',
  welfare_post:
    'tenant, id, division, office, employer, title, place, duties, wage, posts, valid_to, state, entered_at, entered_by_name',
  training_project:
    'tenant, id, division, office, name, kind, occupation, institution, place, starts_on, ends_on, apply_by, seats, fee, telephone, content, ' +
    'state, entered_at, entered_by_name',
  vacancy_counter: 'tenant, revision, last_number',
  vacancy:
    'tenant, office, id, number, employer_name, employer_code, employer_ref, title, occupation, work_division, work_place, wage_from, ' +
    'wage_to, education, skill, posts, kind, telephone, description, valid_from, valid_to, employer_pinyin, employer_initials, ' +
    'title_pinyin, title_initials, warnings, source_key, state, revision, entered_at, changed_at, changed_by, changed_by_name',
  vacancy_change: 'tenant, id, vacancy_id, office, action, fields, at, actor_id, actor_name',
  referral:
    'tenant, id, registration_id, person_id, application_id, division, office, vacancy_id, vacancy, points, means, note, consented_at, ' +
    'referred_at, referred_by, referred_by_name, ask_due, basis, state, told, reason, learnt_by, suitable, without_good_reason, settled_at, ' +
    'settled_by, settled_by_name, version',
  sub_matter:
    'tenant, id, application_id, person_id, division, office, kind, state, wish, consented_on, consent_how, asked_at, asked_by_name, ' +
    'forwarded_at, external_number, subject_id, decided_at, decided_by_name, outcome, reason, months, monthly_fen, holds_from, stopped_on, stop_reason, todo, todo_due',
  sub_matter_action:
    'tenant, id, sub_matter_id, person_id, office, action, from_state, to_state, at, actor_id, actor_name, text',
  served_person:
    'tenant, id, division, office, person_id, id_hash, group_name, source, name, identity_sealed, contact_sealed, programme_from, ' +
    'programme_to, note, arrived_on, first_contact_due, first_contact_at, last_contact_month, basis, imported_at, imported_by_name',
  served_contact:
    'tenant, id, served_id, person_id, office, means, outcome, result, at, month, officer_id, officer_name, note',
  job_wish: 'tenant, registration_id, person_id, office, wishes, trained, wage, skill, changed_at, changed_by_name',
  welfare_placement:
    'tenant, id, post_id, registration_id, application_id, person_id, division, office, difficulty_id, state, starts_on, ends_by, ' +
    'pension_on, pension_source, basis, placed_at, placed_by, placed_by_name, check_due, exit_id, left_on, left_reason, left_text, ' +
    'left_at, left_by_name, version',
  welfare_check: 'tenant, id, placement_id, person_id, office, month, on_duty, means, text, at, actor_id, actor_name',
  training_enrolment:
    'tenant, id, project_id, registration_id, application_id, person_id, division, office, state, asked_at, due_on, consented_at, ' +
    'enrolled_by, enrolled_by_name, settled_on, certificate, result, settled_by_name, version',
  policy_application:
    'tenant, id, registration_id, application_id, person_id, division, office, policy, state, conditions, note, basis, accepted_on, ' +
    'accepted_at, accepted_by, accepted_by_name, due_on, forwarded_to, forwarded_on, settled_on, result, settled_by_name, terms, version',
  policy_application_action:
    'tenant, id, policy_application_id, person_id, office, to_state, text, at, actor_id, actor_name',
  credit_record:
    'tenant, id, registration_id, application_id, person_id, division, office, cause, level, state, facts, evidence, basis, ' +
    'proposed_at, proposed_by, proposed_by_name, answer_due, answer, decided_at, decided_by, decided_by_name, decision_text, ' +
    'expires_on, objection, objection_due, objection_answer, repair_text, ended_on, version',
  benefit_handover:
    'tenant, number, division, office, submitted_at, received_at, content_sealed, state, application_id, faults, settled_at, ' +
    'settled_by_name, settled_text',
  exit:
    'tenant, id, serial, registration_id, person_id, division, office, status, source, reason, sub_reason, evidence, exit_on, ' +
    'remark, proposed_at, proposed_by, proposed_by_name, answer, confirmed_at, confirmed_by, confirmed_by_name, handled_on, notice, ' +
    'basis, version',
  decision_upload:
    'tenant, application_id, office, platform_number, outcome, decided_at, state, attempts, sent_at, settled_at',
  exit_upload:
    'tenant, exit_id, office, division, serial, business_date, state, record_sealed, digest, attempts, built_at, settled_at',
} as const;

/** A table that a city fills. */
export type CopyTable = keyof typeof copyColumns;

/** The COPY statement of a table. */
export const copyStatement = (table: CopyTable): string => `copy ${table} (${copyColumns[table]}) from stdin`;

/** Takes one city out of a table; offices and accounts by the range of their codes. */
export function cleanStatement(table: CopyTable): string {
  if (table === 'office') return 'delete from office where left(code, 4) = $1';
  if (table === 'account') return 'delete from account where left(office, 4) = $1';
  return `delete from ${table} where tenant = $1`;
}
