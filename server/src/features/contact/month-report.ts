import { monthOf } from '@yingdeng/rules/contact.ts';
import { type MonthReport, reportText } from '@yingdeng/rules/month-report.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { recordStep } from '../casefile/index.ts';
import { lockRegistration, markContact, putReport } from './contact.sql.ts';
import { nextContact } from './next-contact.ts';
import { registrationChanged } from './record.ts';

/** What a recorded report did; no words of the person. */
export interface RecordedReport {
  readonly contact: string;
  readonly month: string;
}

/**
 * The worker's own report of the month (A21-5a): a row of the service record by the worker, which covers the month (A21-5b) and fulfils no
 * first contact. Reports of one month follow each other, the latest stands. None of them ends the registration.
 * @throws AppError request.notFound for somebody else's registration, registration.changed after the exit
 */
export async function recordMonthReport(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  given: { kind: MonthReport; text: string },
): Promise<RecordedReport> {
  const { registrationId, key, now } = on;
  const request = { route: 'reportMonth', key, request: [registrationId, given], now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    const row = await tx.first(lockRegistration, tenantOfId(registrationId), registrationId);
    if (!row || row.person_id !== actor.person) throw new AppError('request.notFound');
    if (row.status === 'exited') throw registrationChanged(row);
    const month = monthOf(businessDate(now));
    const contact = newTenantId(row.tenant, now);
    const subject = [row.tenant, contact, row.id, row.person_id, row.office] as const;
    await tx.run(putReport, ...subject, now, month, actor.name, reportText(given.kind, given.text), given.kind);
    await Promise.all([
      tx.run(markContact, row.tenant, row.id, null, month, nextContact(context, row, now, now)),
      recordStep(tx, row, now, { action: 'selfReport', detail: { contact } }),
      audit(tx, context.crypto, now, {
        tenant: row.tenant,
        office: row.office,
        action: 'contact.record',
        subjectKind: 'registration',
        subjectId: row.id,
        personId: row.person_id,
        detail: { contact, report: given.kind },
      }),
    ]);
    return { contact, month };
  });
  return result;
}
