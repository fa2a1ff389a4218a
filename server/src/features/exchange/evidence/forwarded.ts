import { type FormField, formFields } from '@yingdeng/rules/form-fields.ts';
import type { Context } from '../../../context.ts';
import { type Actor, systemActor } from '../../../platform/actor.ts';
import { canonicalJson } from '../../../platform/audit.ts';
import { sm3 } from '../../../platform/crypto.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Answer } from '../../../platform/http.ts';
import { uploadOf } from '../decisions/uploads.ts';
import { formOfPlatform } from '../forwarded/form.ts';
import { shownField } from '../forwarded/shown.ts';
import { tenantsOf } from '../places.ts';
import { type Proof, proofOf } from './batch.ts';
import { contentOfDelivery, type DeliveryRow, decisionsUnder, deliveriesUnder } from './case.sql.ts';

type Evidence = Answer<'getExchangeForwarded'>;
type Delivery = Evidence['deliveries'][number];

const system = systemActor('exchange-evidence');
const masked: ReadonlySet<FormField> = new Set([
  'idNumber',
  'documentNumber',
  'mobile',
  'landline',
  'email',
  'household',
  'residence',
]);

/** Every delivery under a number of the platform, within the actor's range, and what was answered. @throws AppError exchange.notFound */
export async function readForwarded(context: Context, actor: Actor, number: string): Promise<Evidence> {
  const tenants = tenantsOf(context, actor);
  const [rows, decisions] = await context.db.read(actor, (tx) =>
    Promise.all([tx.rows(deliveriesUnder, tenants, number), tx.rows(decisionsUnder, tenants, number)]),
  );
  if (rows.length === 0) throw new AppError('exchange.notFound');
  const deliveries: Delivery[] = [];
  for (const row of rows) {
    deliveries.push({
      revision: row.revision,
      officeName: context.reference.officeName(row.office),
      submittedAt: row.submitted_at.toISOString(),
      receivedAt: row.received_at.toISOString(),
      state: row.state,
      ...(row.application_id ? { applicationId: row.application_id } : {}),
      faults: row.faults.map(({ field, message }) => ({ field, message })),
      digest: row.digest.toString('hex'),
      fields: await fieldsOf(context, row),
    });
  }
  return { deliveries, decisions: decisions.map((row) => uploadOf(context, row)) };
}

/** Recomputes the digest of every delivery under a number; the first that is not what was received speaks. @throws AppError exchange.notFound */
export async function checkForwarded(context: Context, actor: Actor, number: string): Promise<Proof> {
  const tenants = tenantsOf(context, actor);
  const rows = await context.db.read(actor, (tx) => tx.rows(deliveriesUnder, tenants, number));
  let last: Proof | undefined;
  for (const row of rows) {
    const sealed = await sealedOf(context, row);
    last = proofOf(
      context,
      row.digest,
      () => sealed && sm3(canonicalJson(context.crypto.open<unknown>(sealed))),
      '收到',
    );
    if (!last.same) break;
  }
  if (!last) throw new AppError('exchange.notFound');
  return last;
}

async function sealedOf(context: Context, row: DeliveryRow): Promise<Buffer | undefined> {
  const kept = await context.db.read(system, (tx) =>
    tx.first(contentOfDelivery, row.tenant, row.platform_number, row.revision),
  );
  return kept?.content_sealed;
}

/** The form as received, field by field, numbers and addresses masked; nothing when there is none, or its seal is broken. */
async function fieldsOf(context: Context, row: DeliveryRow): Promise<Delivery['fields']> {
  const sealed = await sealedOf(context, row);
  if (!sealed) return [];
  let content: unknown;
  try {
    content = context.crypto.open<unknown>(sealed);
  } catch (error) {
    context.log.error({ error: (error as Error).message }, 'kept evidence cannot be opened');
    return [];
  }
  const given = typeof content === 'object' && content !== null ? (content as { form?: unknown }).form : undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return [];
  const form = formOfPlatform(given as Readonly<Record<string, unknown>>);
  return (Object.keys(formFields) as FormField[])
    .filter((field) => form[field] !== undefined)
    .map((field) => {
      const value = shownField(form, field);
      return { field, name: formFields[field].label, value, masked: masked.has(field) && value !== '' };
    });
}
