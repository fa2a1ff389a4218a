import type { WelfareLimits } from '@yingdeng/rules/provisions/parameters.ts';
import type { Citation } from '@yingdeng/rules/provisions/provision.ts';
import type { CheckMeans, LeaveReason } from '@yingdeng/rules/welfare-post.ts';
import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface PlacementRow {
  tenant: string;
  id: string;
  post_id: string;
  registration_id: string;
  application_id: string;
  person_id: string;
  office: string;
  state: 'placed' | 'left';
  starts_on: string;
  ends_by: string;
  pension_on: string | null;
  pension_source: string;
  basis: { welfareLimits: { value: WelfareLimits; citation: Citation } };
  placed_by_name: string;
  check_due: string | null;
  exit_id: string | null;
  left_on: string | null;
  left_reason: LeaveReason | null;
  left_text: string;
  version: number;
  employer: string;
  title: string;
  place: string;
  wage: number;
}

const columns = `w.tenant, w.id, w.post_id, w.registration_id, w.application_id, w.person_id, w.office, w.state, w.starts_on, w.ends_by,
     w.pension_on, w.pension_source, w.basis, w.placed_by_name, w.check_due, w.exit_id, w.left_on, w.left_reason, w.left_text, w.version,
     o.employer, o.title, o.place, o.wage`;
const from = 'from welfare_placement w join welfare_post o on o.tenant = w.tenant and o.id = w.post_id';

/** All of a person in one city, newest first; index welfare_placement_person. */
export const placementsOf = sql<PlacementRow, [person: string, tenant: string]>(
  'welfare.placementsOf',
  `select ${columns} ${from} where w.person_id = $1 and w.tenant = $2 order by w.starts_on desc, w.id desc limit 20`,
);

/** A person's own, in any city; index welfare_placement_person. */
export const myPlacements = sql<PlacementRow, [person: string]>(
  'welfare.myPlacements',
  `select ${columns} ${from} where w.person_id = $1 order by w.starts_on desc, w.id desc limit 20`,
);

export const lockPlacement = sql<PlacementRow, Key>(
  'welfare.lockPlacement',
  `select ${columns} ${from} where w.tenant = $1 and w.id = $2 for update of w`,
);

/** Placed; nothing when the person is in a post already (unique index welfare_placement_open). */
export const putPlacement = sql<
  Record<string, never>,
  [
    ...Key,
    post: string,
    registration: string,
    application: string,
    person: string,
    division: string,
    office: string,
    difficulty: string,
    startsOn: string,
    endsBy: string,
    pensionOn: string | null,
    pensionSource: string,
    basis: string,
    now: Date,
    by: string | null,
    byName: string,
    checkDue: string,
  ]
>(
  'welfare.putPlacement',
  `insert into welfare_placement (tenant, id, post_id, registration_id, application_id, person_id, division, office, difficulty_id, state,
     starts_on, ends_by, pension_on, pension_source, basis, placed_at, placed_by, placed_by_name, check_due)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'placed', $10, $11, $12, $13, $14, $15, $16, $17, $18) on conflict do nothing`,
);

export const setPlacementExit = sql<Record<string, never>, [...Key, exit: string]>(
  'welfare.setExit',
  'update welfare_placement set exit_id = $3 where tenant = $1 and id = $2',
);

/** The next check is owed by another day; an earlier month written late leaves it. */
export const moveCheckDue = sql<Record<string, never>, [...Key, due: string]>(
  'welfare.moveCheckDue',
  'update welfare_placement set check_due = greatest(check_due, $3::date), version = version + 1 where tenant = $1 and id = $2',
);

export const leave = sql<
  Record<string, never>,
  [...Key, on: string, reason: LeaveReason, text: string, now: Date, by: string]
>(
  'welfare.leave',
  `update welfare_placement set state = 'left', check_due = null, left_on = $3, left_reason = $4, left_text = $5, left_at = $6,
     left_by_name = $7, version = version + 1
   where tenant = $1 and id = $2`,
);

export interface CheckRow {
  placement_id: string;
  month: string;
  on_duty: boolean;
  means: CheckMeans;
  text: string;
  at: Date;
  actor_name: string;
}

/** Checks of some placements, newest first; unique index welfare_check_month. */
export const checksOf = sql<CheckRow, [tenant: string, placements: readonly string[]]>(
  'welfare.checksOf',
  `select placement_id, month, on_duty, means, text, at, actor_name from welfare_check
   where tenant = $1 and placement_id = any($2::uuid[]) order by month desc`,
);

/** One check a month: nothing when that month has one. */
export const putCheck = sql<
  Record<string, never>,
  [
    ...Key,
    placement: string,
    person: string,
    office: string,
    month: string,
    onDuty: boolean,
    means: CheckMeans,
    text: string,
    now: Date,
    by: string | null,
    byName: string,
  ]
>(
  'welfare.putCheck',
  `insert into welfare_check (tenant, id, placement_id, person_id, office, month, on_duty, means, text, at, actor_id, actor_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
);

export interface OwedRow {
  id: string;
  application_id: string;
  office: string;
  name: string;
  identity_sealed: Buffer;
  employer: string;
  title: string;
  starts_on: string;
  ends_by: string;
  due: string;
}

const page = (due: 'check_due' | 'ends_by') => `
   select w.id, w.application_id, w.office, p.name, p.identity_sealed, o.employer, o.title, w.starts_on, w.ends_by, w.${due} as due
   from (
     select v.* from unnest($1::bpchar[]) d (division)
     cross join lateral (
       select * from welfare_placement
       where division = d.division and state = 'placed' and office >= $2 and office < $3
         and (${due}, id) > ($4::date, $5::uuid) and ${due} <= $7
       order by ${due}, id limit $6
     ) v order by v.${due}, v.id limit $6
   ) w
   join welfare_post o on o.tenant = w.tenant and o.id = w.post_id
   join person p on p.tenant = w.tenant and p.id = w.person_id
   order by w.${due}, w.id`;

type PageOf = [
  divisions: readonly string[],
  lo: string,
  hi: string,
  afterDue: string,
  afterId: string,
  limit: number,
  upTo: string,
];

/** Checks owed by the end of this month or before: index welfare_placement_due. */
export const owedChecks = sql<OwedRow, PageOf>('welfare.owedChecks', page('check_due'));
/** Placements whose time ends soon: index welfare_placement_ends. */
export const endingPlacements = sql<OwedRow, PageOf>('welfare.ending', page('ends_by'));
