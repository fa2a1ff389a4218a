import { codeText } from '@yingdeng/contract/code-tables.ts';
import { divisionName } from '@yingdeng/contract/divisions.ts';
import { type ExitField, type ExitRecord, exitFields } from '@yingdeng/rules/exit-record/index.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../../context.ts';
import { type Actor, systemActor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { sm3, tenantOfId } from '../../../platform/crypto.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Answer } from '../../../platform/http.ts';
import { batchById } from '../days.sql.ts';
import { outcomeText } from '../decisions/uploads.ts';
import { tenantsOf } from '../places.ts';
import { recordText } from '../record.ts';
import { contentOf } from '../show.ts';
import { type Batch, batchOf, type Proof, proofOf } from './batch.ts';
import { decisionsUnder, deliveriesUnder } from './case.sql.ts';
import { contentOfBatch, type EvidenceRow, evidenceOf, findBatch, recordsUnder } from './evidence.sql.ts';
import { faultsOf } from './faults.ts';

type Field = Answer<'lookAtExchangeRecord'>['fields'][number];

const system = systemActor('exchange-evidence');
const masked: readonly ExitField[] = ['AAC002', 'AAC044'];

/**
 * The evidence of one record within the actor's range: content as sent with numbers masked, digest, receipts, every batch it
 * travelled in with every attempt. @throws AppError exchange.notFound
 */
export async function readRecord(context: Context, actor: Actor, exit: string): Promise<Answer<'getExchangeRecord'>> {
  const row = await recordRow(context, actor, exit);
  const content = await sentContent(context, row);
  const batches: Batch[] = [];
  for (const id of [row.batch_id, ...(row.earlier_batches ?? []).toReversed()]) {
    const batch = id === null ? undefined : await context.db.read(system, (tx) => tx.first(batchById, row.tenant, id));
    if (batch) batches.push(await batchOf(context, batch));
  }
  return {
    exitId: row.exit_id,
    applicationId: row.application_id,
    serial: row.serial,
    division: row.division,
    divisionName: divisionName(row.division),
    officeName: context.reference.officeName(row.office),
    date: row.business_date,
    state: row.state,
    name: row.name ?? '',
    digest: row.digest.toString('hex'),
    builtAt: row.built_at.toISOString(),
    ...(row.settled_at ? { settledAt: row.settled_at.toISOString() } : {}),
    faults: faultsOf(row.faults),
    fields: content ? fieldsOf(content, true) : [],
    batches,
  };
}

/**
 * The record as it was sent, whole, for a stated reason; the look is written first and the worker sees it.
 * @throws AppError exchange.notFound
 */
export async function lookAtRecord(
  context: Context,
  actor: Actor,
  exit: string,
  reason: string,
): Promise<Answer<'lookAtExchangeRecord'>> {
  const row = await recordRow(context, actor, exit);
  await context.db.transaction(actor, (tx) =>
    audit(tx, context.crypto, context.clock.now(), {
      tenant: row.tenant,
      office: row.office,
      action: 'exchange.look',
      subjectKind: 'exit',
      subjectId: exit,
      personId: row.person_id,
      reason,
      detail: { fields: masked },
    }),
  );
  const content = await sentContent(context, row);
  return { fields: content ? fieldsOf(content, false) : [] };
}

/** Recomputes the digest of the record that is kept, and of the batch it went in. @throws AppError exchange.notFound */
export async function checkRecord(context: Context, actor: Actor, exit: string): Promise<Proof> {
  const row = await recordRow(context, actor, exit);
  const sealed = await sealedContent(context, row);
  return proofOf(context, row.digest, () => {
    const content = contentOf(context, row.serial, sealed);
    return content && sm3(recordText(content));
  });
}

/** What was exchanged under a number: records, a batch, results of review, a forwarded application; within the actor's range. */
export async function findRecords(context: Context, actor: Actor, q: string): Promise<Answer<'findExchangeRecords'>> {
  const tenants = tenantsOf(context, actor);
  const wanted = q.normalize('NFKC').trim();
  const [records, batch, decisions, deliveries] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(recordsUnder, tenants, wanted),
      tx.first(findBatch, tenants, wanted),
      tx.rows(decisionsUnder, tenants, wanted),
      tx.rows(deliveriesUnder, tenants, wanted),
    ]),
  );
  return {
    records: records.map((row) => ({
      exitId: row.exit_id,
      serial: row.serial,
      divisionName: divisionName(row.division),
      date: row.business_date,
      state: row.state,
      name: row.name ?? '',
    })),
    ...(batch ? { batchId: batch.id } : {}),
    decisions: decisions.map((row) => ({
      id: row.id,
      outcomeText: outcomeText(row.outcome),
      state: row.state,
      name: row.name ?? '',
    })),
    ...(deliveries[0] ? { forwarded: deliveries[0].platform_number } : {}),
  };
}

async function recordRow(context: Context, actor: Actor, exit: string): Promise<EvidenceRow> {
  const row = await context.db.read(actor, (tx) => tx.first(evidenceOf, tenantOfId(exit), exit));
  if (!row) throw new AppError('exchange.notFound');
  return row;
}

/** A batch holds records of a whole county, so it is opened by the system for the one record the actor may see. */
async function sealedContent(context: Context, row: EvidenceRow) {
  const { batch_id: id } = row;
  const batch =
    id === null ? undefined : await context.db.read(system, (tx) => tx.first(contentOfBatch, row.tenant, id));
  return { record_sealed: row.record_sealed, content_sealed: batch?.content_sealed ?? null };
}

/** Nothing when it waits for a batch, or when its seal is broken: the check says so. */
async function sentContent(context: Context, row: EvidenceRow): Promise<ExitRecord | undefined> {
  const sealed = await sealedContent(context, row);
  try {
    return contentOf(context, row.serial, sealed);
  } catch (error) {
    context.log.error({ error: (error as Error).message }, 'kept evidence cannot be opened');
    return undefined;
  }
}

function fieldsOf(record: ExitRecord, mask: boolean): Field[] {
  return exitFields.map(({ field, name }) => {
    const value = record[field] ?? '';
    const hidden = mask && masked.includes(field) && value !== '';
    return { field, name, value: hidden ? maskIdentityNumber(value) : said(field, value), masked: hidden };
  });
}

/** A code with what it stands for. */
function said(field: ExitField, value: string): string {
  const text =
    field === 'AJC00A'
      ? codeText('exitReason', value)
      : field === 'AAC058'
        ? codeText('identityDocument', value)
        : field === 'AAB301'
          ? divisionName(value)
          : undefined;
  return text && text !== value ? `${value} ${text}` : value;
}
