import { sql } from '../../../platform/sql.ts';
import { type DecisionUploadRow, shown, source } from '../decisions/decisions.sql.ts';

/** One upload of a result, as the actor may see it; primary key. */
export const decisionById = sql<DecisionUploadRow, [tenant: string, id: string]>(
  'evidence.decision',
  `select ${shown} from (select * from decision_upload where tenant = $1 and application_id = $2) d ${source}`,
);

/** Uploads under a number, the own one of a case or the platform's; indexes application_number and decision_upload_platform. */
export const decisionsUnder = sql<DecisionUploadRow, [tenants: readonly string[], number: string]>(
  'evidence.decisionsUnder',
  `select ${shown}
   from (
     select * from decision_upload where tenant = any($1::bpchar[]) and platform_number = $2
     union
     select u.* from application c join decision_upload u on u.tenant = c.tenant and u.application_id = c.id
     where c.tenant = any($1::bpchar[]) and c.number = $2
   ) d
   ${source} order by d.decided_at desc, d.application_id desc limit 20`,
);

export const contentOfDecision = sql<{ content_sealed: Buffer | null }, [tenant: string, id: string]>(
  'evidence.contentOfDecision',
  'select content_sealed from decision_upload where tenant = $1 and application_id = $2',
);

export interface DeliveryRow {
  tenant: string;
  platform_number: string;
  revision: number;
  office: string;
  submitted_at: Date;
  received_at: Date;
  state: 'applied' | 'joined' | 'faulty';
  application_id: string | null;
  faults: { field: string; message: string }[];
  digest: Buffer;
}

/** Deliveries under a number of the platform, the latest first; primary key, a few. */
export const deliveriesUnder = sql<DeliveryRow, [tenants: readonly string[], number: string]>(
  'evidence.deliveriesUnder',
  `select tenant, platform_number, revision, office, submitted_at, received_at, state, application_id, faults, digest
   from forwarded_application where tenant = any($1::bpchar[]) and platform_number = $2
   order by revision desc, received_at desc limit 50`,
);

export const contentOfDelivery = sql<
  { content_sealed: Buffer },
  [tenant: string, platformNumber: string, revision: number]
>(
  'evidence.contentOfDelivery',
  'select content_sealed from forwarded_application where tenant = $1 and platform_number = $2 and revision = $3',
);
