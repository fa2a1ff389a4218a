import { plainCaseNumber } from '@yingdeng/rules/numbers.ts';
import type { Context } from '../../context.ts';
import { publicActor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { personKey } from '../../platform/identity.ts';
import { limitAttempts } from '../../platform/limits.ts';
import { allTenants } from '../../platform/tenants.ts';
import { type WorkerCaseRow, workerStatus } from '../casefile/index.ts';
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
    status: workerStatus(context, businessDate(now), caseOf(row)),
  };
}

/** The row as a case; what stands behind a status is mapped in one place. */
function caseOf(row: ProgressRow): WorkerCaseRow {
  return {
    application: { ...row, handedOver: row.handed_over },
    ...(row.registration_status
      ? {
          registration: {
            ...row,
            status: row.registration_status,
            office: row.registration_office ?? row.office,
          },
        }
      : {}),
    ...(row.exit_status
      ? { exit: { status: row.exit_status, answered: row.exit_answered, answer_due: row.exit_answer_due } }
      : {}),
  };
}
