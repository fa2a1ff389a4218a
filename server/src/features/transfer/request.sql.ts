// A transfer that one office asks of the other. Requests lie in the city that holds the registration; either office reads its own.
import type { DeclineGround, TransferRequestState, TransferSide } from '@yingdeng/rules/transfer-request.ts';
import { sql } from '../../platform/sql.ts';

export interface RequestRow {
  tenant: string;
  id: string;
  registration_id: string;
  person_id: string;
  from_office: string;
  office: string;
  place_kind: 'household' | 'residence' | 'employment' | 'insurance';
  side: TransferSide;
  reason: string;
  asked_at: Date;
  asked_by_name: string;
  due_on: string;
  basis: unknown;
  state: TransferRequestState;
  ground: DeclineGround | null;
  answer: string;
  settled_at: Date | null;
  settled_by_name: string | null;
  version: number;
}

const columns = `tenant, id, registration_id, person_id, from_office, office, place_kind, side, reason, asked_at, asked_by_name, due_on, basis,
     state, ground, answer, settled_at, settled_by_name, version`;

/** No row back: there is an open one already (unique index transfer_request_open). */
export const putRequest = sql<
  { id: string },
  [
    tenant: string,
    id: string,
    registration: string,
    office: string,
    place: string,
    side: TransferSide,
    reason: string,
    now: Date,
    by: string | null,
    name: string,
    due: string,
    basis: string,
  ]
>(
  'transfer.putRequest',
  `insert into transfer_request (tenant, id, registration_id, person_id, from_division, from_office, division, office, place_kind, side, reason,
     asked_at, asked_by, asked_by_name, due_on, basis, state)
   select tenant, $2, id, person_id, division, office, left($4, 6), $4, $5, $6, $7, $8, $9, $10, $11, $12, 'asked'
   from registration where tenant = $1 and id = $3
   on conflict do nothing returning id`,
);

export const lockRequest = sql<RequestRow, [tenant: string, id: string]>(
  'transfer.lockRequest',
  `select ${columns} from transfer_request where tenant = $1 and id = $2 for update`,
);

export const settleRequest = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    state: TransferRequestState,
    ground: string | null,
    answer: string,
    now: Date,
    by: string | null,
    name: string,
  ]
>(
  'transfer.settleRequest',
  `update transfer_request set state = $3, ground = $4, answer = $5, settled_at = $6, settled_by = $7, settled_by_name = $8, version = version + 1
   where tenant = $1 and id = $2`,
);

/** Open ones, earliest due first; index transfer_request_due. */
export const openRequests = sql<RequestRow, [limit: number]>(
  'transfer.openRequests',
  `select ${columns} from transfer_request where state = 'asked' order by due_on, id limit $1`,
);

/** What an office has to answer. */
export const owedAnswers = sql<{ due_on: string }, [lo: string, hi: string]>(
  'transfer.owedAnswers',
  `select due_on from transfer_request
   where state = 'asked' and case side when 'from' then office >= $1 and office < $2 else from_office >= $1 and from_office < $2 end`,
);

/** Settled ones since an instant, latest first; index transfer_request_settled. */
export const settledRequests = sql<RequestRow, [since: Date, limit: number]>(
  'transfer.settledRequests',
  `select ${columns} from transfer_request where state <> 'asked' and settled_at >= $1 order by settled_at desc, id desc limit $2`,
);

export interface SubjectRow {
  id: string;
  application_id: string;
  number: string;
  registered_on: string;
  moved_to: string | null;
  name: string;
  identity_sealed: Buffer;
}

/** Whom some requests are about; primary keys. Of the other city: read after the requests themselves, which the actor may see. */
export const subjectsOf = sql<SubjectRow, [tenants: readonly string[], registrations: readonly string[]]>(
  'transfer.subjects',
  `select r.id, r.application_id, r.number, r.registered_on, r.moved_to, p.name, p.identity_sealed
   from unnest($1::bpchar[], $2::uuid[]) k (tenant, id)
   join registration r on r.tenant = k.tenant and r.id = k.id
   join person p on p.tenant = r.tenant and p.id = r.person_id`,
);

/** The valid registration of somebody, wherever it lies, by the claim. */
export const registrationOfPerson = sql<{ tenant: string; id: string; name: string; office: string }, [idHash: Buffer]>(
  'transfer.registrationOfPerson',
  `select c.tenant, c.registration_id as id, p.name, r.office from registration_claim c
   join registration r on r.tenant = c.tenant and r.id = c.registration_id
   join person p on p.tenant = r.tenant and p.id = r.person_id
   where c.id_hash = $1`,
);
