import { sql } from '../../platform/sql.ts';

/** The vacancy as it was on the day of the referral, and how it scored. */
export interface ReferredVacancy {
  number: string;
  title: string;
  employerName: string;
  telephone: string;
  placeText: string;
}

export interface ReferralRow {
  tenant: string;
  id: string;
  registration_id: string;
  person_id: string;
  application_id: string;
  division: string;
  office: string;
  vacancy_id: string;
  vacancy: ReferredVacancy;
  points: { name: string; points: number; why: string }[];
  means: 'counter' | 'telephone' | 'visit' | 'message' | 'self';
  note: string;
  referred_at: Date;
  referred_by_name: string;
  ask_due: string;
  basis: { referralAskWorkingDays?: { citation: { document: string; clause: string; clauseId: string } } };
  state: 'open' | 'hired' | 'notHired' | 'declined' | 'withdrawn';
  told: { result: 'hired' | 'notHired' | 'declined'; reason: string; at: string } | null;
  reason: string;
  started_on: string | null;
  suitable: boolean | null;
  without_good_reason: boolean | null;
  settled_at: Date | null;
  settled_by_name: string | null;
  exit_id: string | null;
  version: number;
}

const columns = `f.tenant, f.id, f.registration_id, f.person_id, f.application_id, f.division, f.office, f.vacancy_id, f.vacancy, f.points,
   f.means, f.note, f.referred_at, f.referred_by_name, f.ask_due, f.basis, f.state, f.told, f.reason, f.started_on, f.suitable,
   f.without_good_reason, f.settled_at, f.settled_by_name, f.exit_id, f.version`;

/** Referrals of one registration, newest first: index referral_registration. */
export const referralsOf = sql<ReferralRow, [tenant: string, registration: string]>(
  'referral.of',
  `select ${columns} from referral f where f.tenant = $1 and f.registration_id = $2 order by f.referred_at desc, f.id desc limit 50`,
);

export const findReferral = sql<ReferralRow, [tenant: string, id: string]>(
  'referral.find',
  `select ${columns} from referral f where f.tenant = $1 and f.id = $2`,
);

/** One referral to the end of the transaction. */
export const lockReferral = sql<ReferralRow, [tenant: string, id: string]>(
  'referral.lock',
  `select ${columns} from referral f where f.tenant = $1 and f.id = $2 for update`,
);

export const putReferral = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    registration: string,
    person: string,
    application: string,
    division: string,
    office: string,
    vacancy: string,
    copy: string,
    points: string,
    means: string,
    note: string,
    now: Date,
    account: string | null,
    name: string,
    askDue: string,
    basis: string,
  ]
>(
  'referral.put',
  `insert into referral (tenant, id, registration_id, person_id, application_id, division, office, vacancy_id, vacancy, points, means, note,
     consented_at, referred_at, referred_by, referred_by_name, ask_due, basis, state)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, $14, $15, $16, $17, 'open')`,
);

export const putTold = sql<Record<string, never>, [tenant: string, id: string, told: string]>(
  'referral.putTold',
  'update referral set told = $3, version = version + 1 where tenant = $1 and id = $2',
);

export const settle = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    state: string,
    reason: string,
    learntBy: string,
    startedOn: string | null,
    suitable: boolean | null,
    withoutGoodReason: boolean | null,
    now: Date,
    account: string | null,
    name: string,
  ]
>(
  'referral.settle',
  `update referral set state = $3, reason = $4, learnt_by = $5, started_on = $6, suitable = $7, without_good_reason = $8,
     settled_at = $9, settled_by = $10, settled_by_name = $11, version = version + 1
   where tenant = $1 and id = $2`,
);

export const setExit = sql<Record<string, never>, [tenant: string, id: string, exit: string]>(
  'referral.setExit',
  'update referral set exit_id = $3 where tenant = $1 and id = $2',
);

/** What is due of one county's referrals; shared by the list and its counts, so that they agree. */
const due = `division = d.division and state = 'open' and office >= $2 and office < $3`;

type Range = [divisions: readonly string[], lo: string, hi: string];

export interface ReferralItemRow extends ReferralRow {
  registration_number: string;
  name: string | null;
  form_name: string | null;
  identity_sealed: Buffer | null;
  form_sealed: Buffer | null;
}

/**
 * Referrals to be asked about, earliest first: index referral_ask, one page a county; then the person by key. `from` and `to` bound the due
 * date; `told`: only those whose person has said how it went.
 */
export const referralPage = sql<
  ReferralItemRow,
  [...Range, afterDue: string, afterId: string, limit: number, from: string, to: string, told: boolean]
>(
  'referral.page',
  `select ${columns}, r.number as registration_number, p.name, a.form->>'name' as form_name, p.identity_sealed, a.sealed as form_sealed
   from (
     select w.* from unnest($1::bpchar[]) d (division) cross join lateral (
       select * from referral where ${due} and (ask_due, id) > ($4::date, $5::uuid) and ask_due >= $7::date and ask_due <= $8::date
         and (not $9::boolean or told is not null)
       order by ask_due, id limit $6
     ) w order by w.ask_due, w.id limit $6
   ) f
   join registration r on r.tenant = f.tenant and r.id = f.registration_id
   left join application a on a.tenant = f.tenant and a.id = f.application_id
   left join person p on p.tenant = f.tenant and p.id = f.person_id
   order by f.ask_due, f.id`,
);

/** Counts of the same rows; `near` up to the day given, from today on. */
export const countReferrals = sql<
  { open: number; near: number; late: number; told: number },
  [...Range, today: string, near: string]
>(
  'referral.count',
  `select count(*)::int as open, (count(*) filter (where w.ask_due >= $4::date and w.ask_due <= $5::date))::int as near,
     (count(*) filter (where w.ask_due < $4::date))::int as late, (count(*) filter (where w.told))::int as told
   from unnest($1::bpchar[]) d (division) cross join lateral (
     select ask_due, told is not null as told from referral where ${due}
   ) w`,
);
