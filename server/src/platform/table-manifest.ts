/**
 * What each table is, so that a cluster can be joined later without a rewrite: `tenant` tables are distributed by tenant,
 * `claim` by its own key, `reference` tables are copied to every node, `local` ones stay where they are.
 * `personal` tables hold personal data and carry row-level policies. `appendOnly` tables are never updated or deleted from.
 * A test reads pg_catalog and proves every line of it (server/test/catalogue.test.ts).
 */
export interface TableFacts {
  readonly kind: 'tenant' | 'claim' | 'reference' | 'local';
  readonly personal?: true;
  readonly appendOnly?: true;
}

export const tableManifest: Readonly<Record<string, TableFacts>> = {
  office: { kind: 'reference' },
  account: { kind: 'reference' },
  calendar_day: { kind: 'reference' },
  provision: { kind: 'reference', appendOnly: true },
  list_version: { kind: 'reference', appendOnly: true },
  message_template: { kind: 'reference', appendOnly: true },
  city_load: { kind: 'reference' },
  person: { kind: 'tenant', personal: true },
  application: { kind: 'tenant', personal: true },
  application_action: { kind: 'tenant', personal: true, appendOnly: true },
  check_result: { kind: 'tenant', personal: true, appendOnly: true },
  registration: { kind: 'tenant', personal: true },
  registration_claim: { kind: 'claim' },
  registration_action: { kind: 'tenant', personal: true, appendOnly: true },
  contact: { kind: 'tenant', personal: true, appendOnly: true },
  list_handover: { kind: 'tenant', personal: true, appendOnly: true },
  service_record: { kind: 'tenant', personal: true, appendOnly: true },
  service_class: { kind: 'tenant', personal: true, appendOnly: true },
  difficulty: { kind: 'tenant', personal: true },
  plan: { kind: 'tenant', personal: true },
  plan_step: { kind: 'tenant', personal: true },
  exit: { kind: 'tenant', personal: true },
  message: { kind: 'tenant', personal: true },
  correction: { kind: 'tenant', personal: true },
  objection: { kind: 'tenant', personal: true },
  supervision_event: { kind: 'tenant', personal: true, appendOnly: true },
  vacancy_counter: { kind: 'tenant' },
  vacancy: { kind: 'tenant' },
  vacancy_change: { kind: 'tenant', appendOnly: true },
  job_wish: { kind: 'tenant', personal: true },
  referral: { kind: 'tenant', personal: true },
  exit_upload: { kind: 'tenant', personal: true },
  exchange_batch: { kind: 'tenant', personal: true },
  exchange_attempt: { kind: 'tenant', appendOnly: true },
  reconciliation: { kind: 'tenant' },
  exchange_difference: { kind: 'tenant', personal: true },
  decision_upload: { kind: 'tenant', personal: true },
  forwarded_application: { kind: 'tenant', personal: true, appendOnly: true },
  back_load: { kind: 'tenant' },
  registration_upload: { kind: 'tenant', personal: true },
  forwarded_task: { kind: 'tenant', personal: true },
  exchange_cursor: { kind: 'tenant' },
  exchange_file: { kind: 'tenant', personal: true },
  audit_event: { kind: 'tenant', personal: true, appendOnly: true },
  audit_seal: { kind: 'tenant', appendOnly: true },
  draft: { kind: 'local', personal: true },
  session: { kind: 'local', personal: true },
  one_time_code: { kind: 'local', personal: true },
  idempotency: { kind: 'local' },
  attempt_count: { kind: 'local' },
  job_run: { kind: 'local' },
  exchange_incoming: { kind: 'local' },
  schema_migration: { kind: 'local' },
};
