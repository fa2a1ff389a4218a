import { createCipheriv, randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { Secrets } from '../scripts/supervise/secrets.ts';
import { withClient } from './system.ts';
import { workerForm } from './workers.ts';

/** Counties of the bench; the clerk's is the second. Five, so that it has a full page already at 100,000 rows. */
export const counties = ['410802', '410803', '410804', '410811', '410821'];

/** The tables filled, parents first. */
const filled = ['person', 'application', 'registration'];

/** An envelope as the server seals one: AES-256-GCM; tag 1, key version, IV, data, tag. */
export function seal(keys: Secrets['keys'], value: unknown): Buffer {
  const iv = randomBytes(12);
  const head = Buffer.from([1, keys.current]);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(keys.data[keys.current]!, 'hex'), iv).setAAD(head);
  const body = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  return Buffer.concat([head, iv, body, cipher.getAuthTag()]);
}

/**
 * Adds cases `from` to `to`: a person, an application and, when decided, a registration each. Three in a thousand applications
 * are open, due on one of the next working days; the rest are spread over two years. Of the valid registrations 55 in a hundred have been seen this month,
 * 40 in the last, 5 before. Indexes are rebuilt afterwards.
 */
export function addCases(ownerUrl: string, secrets: Secrets, from: number, to: number): Promise<void> {
  return withClient(ownerUrl, (client) => fill(client, secrets, from, to));
}

/**
 * Fills tables without their indexes and foreign keys, which hold by construction and would take most of the time; afterwards all indexes are there
 * and the planner knows.
 */
export async function inBulk(client: pg.Client, tables: readonly string[], work: () => Promise<void>): Promise<void> {
  await client.query(
    "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '256MB'",
  );
  const { rows: indexes } = await client.query<{ name: string; text: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as text
     from pg_index i where i.indrelid = any ($1::regclass[]) and not i.indisprimary`,
    [tables],
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await work();
  for (const { text } of indexes) await client.query(text);
  await client.query(`vacuum analyze ${tables.join(', ')}`);
  await client.query('checkpoint');
}

async function fill(client: pg.Client, secrets: Secrets, from: number, to: number): Promise<void> {
  await inBulk(client, filled, () => put(client, secrets, from, to));
}

async function put(client: pg.Client, secrets: Secrets, from: number, to: number): Promise<void> {
  const form = workerForm(0);
  const { idNumber, documentNumber, mobile, landline, email, household, residence, ...open } = form;
  const identity = seal(secrets.keys, { idNumber, documentNumber });
  const contact = seal(secrets.keys, {
    mobile,
    landline,
    email,
    householdDetail: household.detail,
    residenceDetail: residence.detail,
  });
  const sealed = seal(secrets.keys, {
    idNumber,
    documentNumber,
    mobile,
    landline,
    email,
    householdDetail: household.detail,
  });
  const basis = JSON.stringify({
    decisionWorkingDays: { value: 3, citation: { document: '人社厅发〔2020〕79号', clauseId: 'M79-3a' } },
  });
  // What every row of the three needs: its number, ids spread like hashes, county, whether it is open, its day.
  const rows = `generate_series($1::int, $2::int) n,
    lateral (select md5('p' || n)::uuid as person, md5('a' || n)::uuid as id, ($3::text[])[1 + n / 7 % 5] as county,
      n % 1000 in (7, 338, 669) as open, date '2018-09-28' + n % 720 as day) c`;
  const range = [from, to - 1, counties];
  await client.query(
    `insert into person (tenant, id, office, id_hash, name, name_pinyin, name_initials, id_tail, sex, birth_date, ethnic, political,
       education, health, document_type, household_division, residence_division, mobile_hash, identity_sealed, contact_sealed,
       created_at, updated_at)
     select '4108', person, county, decode(md5('p' || n) || md5('h' || n), 'hex'), '王' || chr(20013 + n % 3000) || chr(22269 + n % 700),
       'wang' || left(md5(n::text), 6), left(md5(n::text), 3), right(n::text, 4), (1 + n % 2)::text, date '1962-01-01' + n % 14000,
       '01', '13', '21', '10', '01', county, county, decode(md5('m' || n), 'hex'), $4, $5, day, day
     from ${rows}`,
    [...range, identity, contact],
  );
  await client.query(
    `insert into application (tenant, id, number, person_id, division, office, channel, status, place_kind, reason, wants_benefit,
       unemployed_month, form, sealed, commitment_version, commitment_digest, signed_at, submitted_at, submitted_on, due_on, basis,
       checked_at, decided_at, decided_by_name, request_digest)
     select '4108', id, lpad(n::text, 16, '0'), person, county, county, 'portal', case when open then 'submitted' else 'registered' end,
       'household', '2', false, '2020-08', $4::jsonb, $5, '2020-79-1', decode(md5('c' || n), 'hex'), day, day,
       case when open then date '2020-09-28' else day end,
       case when open then date '2020-09-28' + n / 1000 % 12 else day + 3 end, $6::jsonb,
       now(), case when open then null else day + interval '1 day' end, case when open then null else '李经办' end, decode(md5('r' || n), 'hex')
     from ${rows}`,
    [...range, JSON.stringify(open), sealed, basis],
  );
  await client.query(
    `insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind, channel,
       reason, registered_at, registered_on, first_contact_due, first_contact_at, last_contact_month, basis, next_contact_on)
     select '4108', md5('r' || n)::uuid, '2' || lpad(n::text, 15, '0'), '0000', id, person, county, county,
       case when n % 10 < 6 then 'active' else 'exited' end, 'household', 'portal', '21', day, day, day + 5,
       case when n % 100 = 0 then null else day + interval '3 days' end, case when n / 10 % 20 < 11 then '2020-09' when n / 10 % 20 < 19 then '2020-08' else '2020-07' end, '{}',
       case when n / 10 % 20 < 11 then date '2020-10-01' + n % 30 when n / 10 % 20 < 19 then date '2020-09-01' + n % 30 else date '2020-08-31' end
     from ${rows} where not open`,
    range,
  );
}
