import { sql } from '../../../platform/sql.ts';

export interface ReferralRow {
  id: string;
  application_id: string;
  state: 'asked' | 'forwarded' | 'withdrawn';
  version: number;
  wish: string;
  consented_on: string | null;
  consent_how: string | null;
  name: string;
  identity_sealed: Buffer;
  number: string;
  registered_on: string;
  exited_on: string | null;
}
const referral = `s.id, s.application_id, s.state, s.version, s.wish, s.consented_on, s.consent_how, p.name, p.identity_sealed, r.number,
     r.registered_on, r.exited_on`;
const registered = `join registration r on r.tenant = s.tenant and r.application_id = s.application_id
   join person p on p.tenant = s.tenant and p.id = s.person_id`;

/** Referrals of a county without an answer, oldest first (M79-5b); index sub_matter_referral. One not sent yet waits for a valid registration. */
export const openReferrals = sql<ReferralRow, [division: string]>(
  'civil.openReferrals',
  `select ${referral} from sub_matter s ${registered}
   where s.division = $1 and s.kind = 'livingAllowance' and s.state in ('asked', 'forwarded') and (s.state = 'forwarded' or r.status <> 'exited')
   order by s.asked_at, s.id for update of s`,
);

/** Referrals the person took back after they had been sent, since an instant; index sub_matter_referral_back. */
export const takenBack = sql<ReferralRow, [division: string, since: Date]>(
  'civil.takenBack',
  `select ${referral} from sub_matter s ${registered}
   where s.division = $1 and s.kind = 'livingAllowance' and s.state = 'withdrawn' and s.decided_at > $2 and s.forwarded_at is not null
   order by s.decided_at, s.id`,
);

export interface RecipientRow {
  name: string;
  identity_sealed: Buffer;
  number: string;
  registered_on: string;
  exited_on: string | null;
}

/**
 * Registrants who draw the allowance by the list of a county, wherever in the city they are registered, and those of them whose registration ended since
 * a day; index registration_allowance_by.
 */
export const recipients = sql<RecipientRow, [by: string, since: string]>(
  'civil.recipients',
  `select p.name, p.identity_sealed, r.number, r.registered_on, r.exited_on
   from registration r join person p on p.tenant = r.tenant and p.id = r.person_id
   where r.allowance_by = $1 and r.allowance_from is not null and r.allowance_to is null and (r.status <> 'exited' or r.exited_on >= $2::date)
   order by r.id`,
);

/** When the last file of a county was made; primary key by the letters its name begins with. */
export const lastCivilFile = sql<{ made_at: Date }, [tenant: string, from: string, to: string]>(
  'civil.lastFile',
  'select made_at from exchange_file where tenant = $1 and name >= $2 and name < $3 order by name desc limit 1',
);

export interface CivilFileRow {
  name: string;
  division: string;
  batch_id: string;
  encoding: 'utf-8' | 'gb18030';
  digest: Buffer;
  count: number;
  content_sealed: Buffer;
  state: 'intended' | 'written';
  made_at: Date;
}
const file = 'name, division, batch_id, encoding, digest, count, content_sealed, state, made_at';

/** Named but not on the disk; index exchange_file_intended. */
export const civilFilesToWrite = sql<CivilFileRow, [tenants: readonly string[]]>(
  'civil.filesToWrite',
  `select ${file} from exchange_file where tenant = any($1::bpchar[]) and state = 'intended' and kind = 'civil' order by name`,
);

export const civilFile = sql<CivilFileRow, [tenant: string, batch: string]>(
  'civil.file',
  `select ${file} from exchange_file where tenant = $1 and batch_id = $2 and kind = 'civil'`,
);

/** The first answer to a file; later ones stand with the answers. */
export const fileAnswered = sql<Record<string, never>, [tenant: string, batch: string, receipt: string, now: Date]>(
  'civil.fileAnswered',
  'update exchange_file set receipt = $3, receipt_at = $4 where tenant = $1 and batch_id = $2 and receipt is null',
);

/** Registrants of a city by the hash of their number; the claim holds one a person. */
export const registrantsByHash = sql<
  { id_hash: Buffer; id: string; name: string },
  [tenant: string, hashes: readonly Buffer[]]
>(
  'civil.registrants',
  `select c.id_hash, r.id, p.name from registration_claim c
   join registration r on r.tenant = c.tenant and r.id = c.registration_id
   join person p on p.tenant = r.tenant and p.id = r.person_id
   where c.id_hash = any($2::bytea[]) and c.tenant = $1`,
);

/** Draws the allowance, by today's word; said again, only the day moves. */
export const markAllowance = sql<
  Record<string, never>,
  [tenant: string, ids: readonly string[], from: readonly string[], toldOn: string, by: string]
>(
  'civil.markAllowance',
  `update registration r set allowance_from = k.since, allowance_to = null, allowance_told_on = $4::date, allowance_by = $5
   from unnest($2::uuid[], $3::date[]) k (id, since) where r.tenant = $1 and r.id = k.id`,
);

/** No longer on the whole list of the county that named them: index registration_allowance_by. */
export const endAllowance = sql<{ id: string }, [by: string, still: readonly string[], on: string]>(
  'civil.endAllowance',
  `update registration set allowance_to = greatest($3::date, allowance_from)
   where allowance_by = $1 and allowance_from is not null and allowance_to is null and not id = any($2::uuid[]) returning id`,
);

/** An answer with what it did; no row when it was read before. */
export const putAnswer = sql<
  { receipt: string },
  [
    tenant: string,
    receipt: string,
    batch: string,
    division: string,
    result: string,
    reason: string,
    digest: Buffer,
    receivedAt: string,
    now: Date,
    settled: number,
    pending: number,
    hasList: boolean,
    recipients: number,
    registered: number,
    faults: string,
    content: Buffer,
  ]
>(
  'civil.putAnswer',
  `insert into civil_answer (tenant, receipt, batch_id, division, result, reason, digest, received_at, read_at, settled, pending, has_list, recipients,
     registered, faults, content_sealed)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict do nothing returning receipt`,
);

export interface AnswerRow {
  batch_id: string;
  receipt: string;
  result: 'received' | 'refused';
  reason: string;
  digest: Buffer;
  received_at: Date;
  read_at: Date;
  settled: number;
  pending: number;
  has_list: boolean;
  recipients: number;
  registered: number;
  faults: { line: number; text: string }[];
}
const answer = `batch_id, receipt, result, reason, digest, received_at, read_at, settled, pending, has_list, recipients, registered, faults`;

export const answerRead = sql<{ batch_id: string; digest: Buffer }, [tenant: string, receipt: string]>(
  'civil.answerRead',
  'select batch_id, digest from civil_answer where tenant = $1 and receipt = $2',
);

/** Answers to some files, oldest first; index civil_answer_batch. */
export const answersOf = sql<AnswerRow, [tenants: readonly string[], batches: readonly string[]]>(
  'civil.answers',
  `select ${answer} from civil_answer where tenant = any($1::bpchar[]) and batch_id = any($2::text[]) order by read_at`,
);

export interface ShownFile {
  name: string;
  division: string;
  batch_id: string;
  count: number;
  state: 'intended' | 'written';
  trouble: string;
  made_at: Date;
  written_at: Date | null;
}

/** Files of a range, the latest day first, its counties in order; index exchange_file_made. */
export const civilFiles = sql<ShownFile, [tenants: readonly string[], since: Date, limit: number]>(
  'civil.files',
  `select name, division, batch_id, count, state, trouble, made_at, written_at from exchange_file
   where tenant = any($1::bpchar[]) and made_at > $2 and kind = 'civil' order by (made_at at time zone 'Asia/Shanghai')::date desc, name limit $3`,
);

/** How many referrals wait in some counties, and how many registrants draw the allowance: two partial indexes. */
export const civilCounts = sql<
  { waiting: number; sent: number; recipients: number },
  [divisions: readonly string[], lo: string, hi: string]
>(
  'civil.counts',
  `select count(*) filter (where state = 'asked')::int as waiting, count(*) filter (where state = 'forwarded')::int as sent,
     (select count(*)::int from registration where division = any($1::bpchar[]) and office >= $2 and office < $3
        and allowance_from is not null and allowance_to is null and status <> 'exited') as recipients
   from sub_matter where division = any($1::bpchar[]) and office >= $2 and office < $3 and kind = 'livingAllowance'
     and state in ('asked', 'forwarded')`,
);
