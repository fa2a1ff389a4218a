import { sql } from '../../platform/sql.ts';

export interface ProgressRow {
  number: string;
  office: string;
  status: 'submitted' | 'registered' | 'refused' | 'withdrawn' | 'duplicate';
  submitted_on: string;
  due_on: string;
  ground: string | null;
  handed_over: boolean;
  registration_status: 'active' | 'exitProposed' | 'exited' | null;
  registration_office: string | null;
  first_contact_due: string | null;
  first_contact_at: Date | null;
  exited_on: string | null;
  attempts: number;
  exit_status: 'asked' | 'proposed' | 'awaitingReview' | 'confirmed' | 'rejected' | 'restored' | null;
  exit_answered: boolean;
  exit_answer_due: string | null;
}

/**
 * One case of one person by the number of its application or registration. The row-level policy leaves the person's own rows;
 * index application_person, one descent a city.
 */
export const findProgress = sql<ProgressRow, [tenants: readonly string[], person: string, number: string]>(
  'public.progress',
  `select a.number, a.office, a.status, a.submitted_on, a.due_on, a.ground,
     exists (select 1 from application_action h where h.tenant = a.tenant and h.application_id = a.id and h.action = 'handOver')
       as handed_over,
     r.status as registration_status, r.office as registration_office, r.first_contact_due, r.first_contact_at, r.exited_on,
     (select count(*) from contact c where c.tenant = r.tenant and c.registration_id = r.id and c.outcome = 'attempt'
       and c.means <> 'comparison') as attempts,
     e.status as exit_status, coalesce(e.answered, false) as exit_answered, e.answer_due as exit_answer_due
   from application a
   left join registration r on r.tenant = a.tenant and r.application_id = a.id
   left join lateral (
     select x.status, x.answer is not null as answered, x.answer_due from exit x
     where x.tenant = r.tenant and x.registration_id = r.id order by x.proposed_at desc limit 1
   ) e on true
   where a.tenant = any ($1::bpchar[]) and a.person_id = $2 and a.status <> 'handedOver' and (a.number = $3 or r.number = $3)
   order by a.submitted_at desc limit 1`,
);

interface CertificateRow {
  check_code: string;
  status: 'active' | 'exitProposed' | 'exited';
  registered_on: string;
  office: string;
  name: string;
}

/** A registration by its number; index registration_number, one descent a city. */
export const findCertificate = sql<CertificateRow, [tenants: readonly string[], number: string]>(
  'public.certificate',
  `select r.check_code, r.status, r.registered_on, r.office, p.name
   from registration r join person p on p.tenant = r.tenant and p.id = r.person_id
   where r.tenant = any ($1::bpchar[]) and r.number = $2 and r.moved_to is null limit 1`,
);

export interface ListRow {
  list: 'policies' | 'services' | 'institutions';
  division: string;
  version: number;
  items: Record<string, string>[];
  valid_from: string;
}

/** The latest version in force of each list at each of a few divisions; primary key. */
export const listsInForce = sql<ListRow, [divisions: readonly string[], on: string]>(
  'public.lists',
  `select distinct on (list, division) list, division, version, items, valid_from
   from list_version where division = any ($1::text[]) and valid_from <= $2 order by list, division, version desc`,
);

export const putListVersion = sql<
  Record<string, never>,
  [list: string, division: string, version: number, items: string, validFrom: string, approvedBy: string, now: Date]
>(
  'public.putListVersion',
  `insert into list_version (list, division, version, items, valid_from, approved_by, created_at)
   values ($1, $2, $3, $4, $5, $6, $7) on conflict (list, division, version) do nothing`,
);
