import { sql } from '../../platform/sql.ts';

/** The form of an open application anew; no row when somebody decided it meanwhile. */
export const putAmendedForm = sql<
  { version: number },
  [
    tenant: string,
    id: string,
    placeKind: string,
    reason: string,
    wantsBenefit: boolean,
    month: string,
    form: string,
    sealed: Buffer,
  ]
>(
  'application.putAmendedForm',
  `update application set place_kind = $3, reason = $4, wants_benefit = $5, unemployed_month = $6, form = $7, sealed = $8,
     version = version + 1
   where tenant = $1 and id = $2 and status = 'submitted' returning version`,
);

/** The person's file follows the form of the open case. */
export const putAmendedPerson = sql<
  Record<string, never>,
  [
    tenant: string,
    id: string,
    now: Date,
    name: string,
    pinyin: string,
    initials: string,
    sex: string,
    ethnic: string,
    political: string | null,
    education: string,
    health: string,
    disability: string | null,
    documentType: string,
    household: string,
    residence: string,
    mobileHash: Buffer | null,
    identity: Buffer,
    contact: Buffer,
  ]
>(
  'application.putAmendedPerson',
  `update person set updated_at = $3, name = $4, name_pinyin = $5, name_initials = $6, sex = $7, ethnic = $8, political = $9,
     education = $10, health = $11, disability = $12::jsonb, document_type = $13, household_division = $14,
     residence_urban = case when residence_division = $15 then residence_urban end, residence_division = $15, mobile_hash = $16, identity_sealed = $17, contact_sealed = $18
   where tenant = $1 and id = $2`,
);

/** The clock of an open case starts with the earlier submission; no row when it does so already. */
export const startEarlier = sql<
  { person_id: string; office: string },
  [tenant: string, id: string, submittedAt: Date, submittedOn: string, dueOn: string, basis: string]
>(
  'application.startEarlier',
  `update application set submitted_at = $3, submitted_on = $4, due_on = $5, basis = $6, version = version + 1
   where tenant = $1 and id = $2 and status = 'submitted' and submitted_at > $3 and due_on > $5::date
   returning person_id, office`,
);

/** The person applied on the platform too. */
export const markJoined = sql<Record<string, never>, [tenant: string, id: string]>(
  'application.markJoined',
  `update application set platform_joined = true where tenant = $1 and id = $2 and channel <> 'platform' and not platform_joined`,
);
