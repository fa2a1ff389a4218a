import { checkService, type GivenService, serviceKinds, serviceResults } from '@yingdeng/rules/service.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { putRecord, type SubjectRow } from './service.sql.ts';
import { lawful, type OnRegistration, openSubject, record } from './subject.ts';

/**
 * Records a service with content and result, at once (A21-4a, A21-5a).
 * @throws AppError request.notFound, access.denied, registration.changed, service.faulty, decision.forbiddenGround
 */
export async function recordService(
  context: Context,
  actor: Actor,
  on: OnRegistration,
  given: GivenService,
): Promise<void> {
  const { registrationId, key, now } = on;
  await once(context.db, actor, { route: 'recordService', key, request: [registrationId, given], now }, async (tx) => {
    const row = await openSubject(tx, registrationId, 'service.record');
    await writeService(context, tx, row, given, now);
    return { registration: row.id };
  });
}

/** Checks and writes a service within the transaction of what it came of: a step, a referral, a policy application. */
export async function writeService(
  context: Context,
  tx: Tx,
  row: SubjectRow,
  given: GivenService,
  now: Date,
  stepId?: string,
): Promise<void> {
  if (!Object.hasOwn(serviceKinds, given.kind)) throw new AppError('service.faulty', { why: '请选服务项目。' });
  const on = {
    registeredOn: row.registered_on,
    today: businessDate(now),
    ...(row.deceased_on ? { deceasedOn: row.deceased_on } : {}),
  };
  lawful(checkService(given, on));
  const [content, outcome] = [given.content.trim(), given.outcome.trim()];
  blockForbidden(`${content}\n${outcome}`, '服务记录');
  await Promise.all([
    tx.run(
      putRecord,
      row.tenant,
      newTenantId(row.tenant, now),
      row.id,
      row.person_id,
      row.office,
      given.kind,
      content,
      given.result,
      outcome,
      given.on,
      now,
      tx.actor.kind === 'staff' ? tx.actor.id : null,
      tx.actor.name,
      stepId ?? null,
    ),
    record(tx, context, row, now, {
      action: 'service',
      audited: 'service.record',
      text: `${serviceKinds[given.kind].text}，${serviceResults[given.result]}`,
      detail: { kind: given.kind, result: given.result },
    }),
  ]);
}
