import { isGround } from '@yingdeng/rules/eligibility.ts';
import { plainCaseNumber } from '@yingdeng/rules/numbers.ts';
import { statusForWorker } from '@yingdeng/rules/status-for-worker.ts';
import type { Context } from '../../context.ts';
import { publicActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { personKey } from '../../platform/identity.ts';
import { limitAttempts } from '../../platform/limits.ts';
import { allTenants } from '../../platform/tenants.ts';
import { findProgress, type ProgressRow } from './public.sql.ts';

// A hall shares one address, a person has one number: the second limit is what stops guessing.
const bySource = { name: 'progress-source', times: 60, minutes: 10 };
const byPerson = { name: 'progress-person', times: 10, minutes: 10 };

/**
 * Progress by case number and identity number, without an account (M79-6a). A wrong pair, a number of somebody else and a
 * number of nobody are told apart by nothing.
 * @throws AppError request.notFound, request.tooMany
 */
export async function enquireProgress(
  context: Context,
  source: string,
  asked: { number: string; idNumber: string },
  now: Date,
): Promise<Answer<'enquireProgress'>> {
  const key = personKey(context.crypto, asked.idNumber.replace(/\s/g, ''));
  await limitAttempts(context, now, bySource, [source]);
  await limitAttempts(context, now, byPerson, [key.hash.toString('hex')]);
  const number = plainCaseNumber(asked.number);
  const row = await context.db.read(publicActor(key.personId), (tx) =>
    tx.first(findProgress, allTenants(), key.personId, number),
  );
  if (!row) throw new AppError('request.notFound');
  const office = row.registration_office ?? row.office;
  return {
    number: row.number,
    submittedOn: row.submitted_on,
    ...(row.status === 'submitted' ? { dueOn: row.due_on } : {}),
    officeName: context.reference.officeName(office),
    officeTelephone: context.reference.office(office)?.telephone ?? '',
    status: statusOf(context, row, businessDate(now)),
  };
}

function statusOf(context: Context, row: ProgressRow, today: string): Answer<'enquireProgress'>['status'] {
  const { reference } = context;
  return statusForWorker({
    today,
    application: {
      status: row.status,
      due: row.due_on,
      office: reference.officeName(row.office),
      handedOver: row.handed_over,
      grounds: [row.ground].filter(isGround),
    },
    ...(row.registration_status
      ? {
          registration: {
            status: row.registration_status,
            office: reference.officeName(row.registration_office ?? row.office),
            firstContactDone: row.first_contact_at !== null,
            firstContactDue: row.first_contact_due ?? undefined,
            attempts: row.attempts,
            restored: row.exit_status === 'restored',
            exitedOn: row.exited_on ?? undefined,
          },
        }
      : {}),
    ...(row.exit_status ? { exit: { status: row.exit_status, answered: row.exit_answered } } : {}),
  });
}
